"""What a worker owes, in the order of Today. One indexed query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from careloom.infra.access import Viewer, require
from careloom.work.models import Obligation
from careloom.work.standing_in import covered_by

PAGE = 50
ORDER = ("-promised", "due_at", "opened_at", "id")  # PostgreSQL puts those without a day last.


@dataclass(frozen=True, kw_only=True)
class TodayRows:
    """Open obligations in order: late and promised first, then due today, this week, later; and whether there are more."""

    rows: tuple[Obligation, ...]
    page: int
    has_more: bool


def _open(viewer: Viewer, *, whole_agency: bool, covers: Sequence[UUID] = ()) -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(holder_id=viewer.holder_id, met_at=None)
    mine = Q(worker_id__in=[viewer.worker_id, *covers]) if covers else Q(worker_id=viewer.worker_id)
    return rows if whole_agency else rows.filter(mine | Q(worker_id=None))


def today(*, viewer: Viewer, at: datetime, page: int = 1, whole_agency: bool = False) -> TodayRows:
    """The open obligations of `viewer` and of those for whom she stands in (or of her whole agency, for a supervisor), fifty a page."""
    require(viewer)
    start = (page - 1) * PAGE
    covers = () if whole_agency else covered_by(viewer=viewer, at=at)
    rows, most = _open(viewer, whole_agency=whole_agency, covers=covers), start + PAGE + 1
    # A worker's own list is short and sorted as it is; of an agency's each heap gives its first rows, read off an index.
    ordered = _heaps(rows, at=at, most=most) if whole_agency else _placed(rows, at=at)
    found = list(ordered.order_by("place", *ORDER)[start:most])
    return TodayRows(rows=tuple(found[:PAGE]), page=page, has_more=len(found) > PAGE)


def _placed(rows: QuerySet[Obligation], *, at: datetime) -> QuerySet[Obligation]:
    place = Case(
        When(waiting_on__isnull=False, then=Value(3)),
        When(due_at__lte=at, then=Value(0)),
        When(due_at__lte=at + timedelta(days=1), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.annotate(place=place)


def _heaps(rows: QuerySet[Obligation], *, at: datetime, most: int) -> QuerySet[Obligation]:
    """The same places, at most so many rows of each."""
    tomorrow = at + timedelta(days=1)
    heaps = (
        Q(waiting_on=None, due_at__lte=at),
        Q(waiting_on=None, due_at__gt=at, due_at__lte=tomorrow),
        Q(waiting_on=None) & (Q(due_at__gt=tomorrow) | Q(due_at=None)),
        Q(waiting_on__isnull=False),
    )
    first, *rest = (
        rows.filter(heap).annotate(place=Value(place, output_field=IntegerField())).order_by(*ORDER)[:most] for place, heap in enumerate(heaps)
    )
    return first.union(*rest, all=True)


def of_family(*, viewer: Viewer, family_id: object, at: datetime, most: int = 10) -> list[Obligation]:
    """What `viewer` owes one family, soonest first."""
    require(viewer)
    rows = _open(viewer, whole_agency=False).filter(family_id=family_id, waiting_on=None)
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "opened_at")[:most])


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many duties of a worker are late, and how many are due by the end of a day. Numbers only: what a digest may say."""

    late: int
    due: int


def counts(*, viewer: Viewer, at: datetime, until: datetime) -> Counted:
    """The worker's own numbers, those for whom she stands in included. Two queries."""
    require(viewer)
    rows = _open(viewer, whole_agency=False, covers=covered_by(viewer=viewer, at=at)).filter(waiting_on=None)
    found = rows.aggregate(late=Count("pk", filter=Q(due_at__lte=at)), due=Count("pk", filter=Q(due_at__gt=at, due_at__lte=until)))
    return Counted(late=found["late"], due=found["due"])


def told_above(*, viewer: Viewer, everybody: bool = False) -> QuerySet[Obligation]:
    """What is late and was told to the worker as the one above (or to anybody of the agency), the longest late first. For a paged list."""
    require(viewer)
    late = Obligation.objects.filter(holder_id=viewer.holder_id, met_at=None).exclude(escalated_to="")
    mine = Q(escalated_worker_id=viewer.worker_id) | Q(escalated_worker_id=None)
    return (late if everybody else late.filter(mine)).order_by("due_at", "id")


def met_lately(*, viewer: Viewer, since: datetime, most: int = 5) -> list[Obligation]:
    """What was met for the worker's families since an instant, newest first: the good news of Today."""
    require(viewer)
    met = Obligation.objects.filter(holder_id=viewer.holder_id, worker_id=viewer.worker_id, met_at__gte=since)
    return list(met.order_by("-met_at")[:most])


def met_by_me(*, viewer: Viewer, obligation_id: UUID, at: datetime) -> Obligation | None:
    """What the worker met within the last hour, and so may still take back; else None. One query."""
    require(viewer)
    rows = Obligation.objects.filter(pk=obligation_id, holder_id=viewer.holder_id, met_by=viewer.worker_id, met_at__gt=at - timedelta(hours=1))
    return rows.first()


def open_one(*, viewer: Viewer, obligation_id: UUID) -> Obligation | None:
    """One open obligation of the viewer's agency that she may see, or None. One query."""
    require(viewer)
    return Obligation.objects.filter(pk=obligation_id, holder_id=viewer.holder_id, met_at=None).first()
