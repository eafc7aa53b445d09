"""Lists of barriers: the register, the queue of oversight, what goes up and comes down, what is open for an agenda, and chips for each body."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When

from careloom.barriers.counting import ends_on, families_of
from careloom.barriers.models import Barrier, Posting, Step
from careloom.infra.access import Viewer
from careloom.infra.ui.paging import Some, some
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import OVER, Deed, State
from careloom.kernel.suppression import Cell
from careloom.partnership.standing import Standing, standing_of

MOST, A_FEW = 200, 10
PLACES = ("TRIAGE", "WORK_GROUP", "CORE", "OVERSIGHT", "TOLD")
# No order tells when something came in: the late ones first, then by month for what comes from families.
IN_ORDER = ("due_on", "-raised_on", "county", "service", "cause", "id")


@dataclass(frozen=True, kw_only=True)
class Asks:
    """What a list is narrowed to. Empty texts ask for everything; `mine` are those that the reader raised."""

    tier: str = ""
    state: str = ""
    county: str = ""
    kind: str = ""
    late: bool = False
    mine: bool = False
    silent: bool = False  # unanswered beyond the pack's days


@dataclass(frozen=True, kw_only=True)
class Chip:
    """What a body holds: how many open barriers, and how many of them are late."""

    count: int
    late: int


@dataclass(frozen=True, kw_only=True)
class Register:
    """One page of the register. `stands`: how many of the open ones stand where; `for_me`: answers that wait for the reader."""

    standing: Standing
    some: Some
    rows: tuple[Barrier, ...]
    families: dict[UUID, Cell]
    counties: tuple[str, ...]
    open_count: int
    late_count: int
    silent_count: int
    stands: dict[str, Chip]
    for_me: tuple[Barrier, ...]
    silent_before: date


def register_of(*, viewer: Viewer, collaborative_id: UUID, asks: Asks, page: int, today: date) -> Register:
    """The register of a collaborative. Ten queries. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    whole = Barrier.objects.filter(collaborative_id=standing.collaborative.pk)
    living = whole.exclude(state__in=OVER)
    silent = _silent(living, today=today)
    late = living.filter(due_on__lt=today)
    found = some(_narrowed(whole, asks, viewer=viewer, today=today).select_related("body", "owner", "partner").order_by(*IN_ORDER), page=page)
    rows: tuple[Any, ...] = found.rows
    return Register(
        standing=standing, some=found, rows=rows, families=families_of([row.pk for row in rows], today=today),
        counties=tuple(whole.exclude(county="").order_by("county").values_list("county", flat=True).distinct()[:MOST]),
        open_count=living.count(), late_count=late.count(), silent_count=silent.count(), stands=_stands(living, today=today),
        for_me=tuple(whole.filter(raised_by=viewer.worker_id, state=State.TOLD).order_by("due_on")[:A_FEW]) if viewer.worker_id else (),
        silent_before=silent_before(today),
    )  # fmt: skip


def queue_of(*, viewer: Viewer, collaborative_id: UUID, today: date, page: int = 1) -> tuple[Standing, Some, dict[UUID, Cell], tuple[Step, ...]]:
    """What waits for oversight, the latest due first; with the newest decisions and how the collaborative stands. Six queries. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Barrier.objects.filter(collaborative_id=standing.collaborative.pk, state__in=(State.QUEUED, State.REFERRED))
    found = some(rows.select_related("body", "came_from").order_by(*IN_ORDER), page=page)
    ids = [row.pk for row in found.rows]  # type: ignore[attr-defined]
    decided = Step.objects.filter(collaborative_id=standing.collaborative.pk, deed=Deed.DECIDE).select_related("barrier", "barrier__body")
    return standing, found, families_of(ids, today=today), tuple(decided.order_by("-on", "-number")[:A_FEW])


def channel_of(*, viewer: Viewer, collaborative_id: UUID, page: int, today: date) -> tuple[Standing, Some, Some]:
    """What went up, with or without an answer, and what was posted down (R-016). The unanswered first. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    pk = standing.collaborative.pk
    up = Barrier.objects.filter(collaborative_id=pk).select_related("body", "partner", "joined_to")
    unanswered = Case(When(Q(answered_on=None) & ~Q(state__in=OVER), then=Value(1)), default=Value(0))
    ups = some(up.annotate(waits=unanswered).order_by("-waits", "-raised_on", "county", "id"), page=page)
    return standing, ups, some(Posting.objects.filter(collaborative_id=pk).select_related("body", "to", "barrier").order_by("-on", "id"), page=page)


def open_for(*, viewer: Viewer, collaborative_id: UUID, body_id: UUID | None = None) -> list[Barrier]:
    """The open barriers of a collaborative, or those that one body holds, for an agenda: the latest due first. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Barrier.objects.filter(collaborative_id=standing.collaborative.pk).exclude(state__in=OVER)
    rows = rows.filter(body_id=body_id) if body_id else rows
    return list(rows.select_related("body", "owner").order_by(*IN_ORDER)[:MOST])


def holding(*, viewer: Viewer, collaborative_id: UUID, today: date) -> dict[UUID | None, Chip]:
    """What each body holds, by its id; None for what waits for triage. One query more than the standing. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Barrier.objects.filter(collaborative_id=standing.collaborative.pk).exclude(state__in=OVER).order_by()
    counts: dict[UUID | None, list[int]] = defaultdict(lambda: [0, 0])
    for body_id, due in rows.values_list("body_id", "due_on"):
        counts[body_id][0] += 1
        counts[body_id][1] += bool(due and due < today)
    return {key: Chip(count=count, late=late) for key, (count, late) in counts.items()}


def told_to_families(*, counties: frozenset[str] = frozenset()) -> list[Barrier]:
    """The newest answers that were written for families, those of `counties` first. They name nobody, and everybody may read them. One query."""
    rows = Barrier.objects.exclude(plain="").order_by("-answered_on", "pk")[:MOST]
    return sorted(rows, key=lambda row: row.county not in counties)[:A_FEW]


def silent_before(today: date) -> date:
    """What was raised before this day and has no answer is flagged (R-016)."""
    days = (ends_on("BARRIER_ANSWER", start=today) or today) - today
    return today - days


def _silent(living: QuerySet[Barrier], *, today: date) -> QuerySet[Barrier]:
    return living.filter(answered_on=None, raised_on__lt=silent_before(today))


def _narrowed(whole: QuerySet[Barrier], asks: Asks, *, viewer: Viewer, today: date) -> QuerySet[Barrier]:
    rows = whole.filter(state=asks.state) if asks.state in set(State) else whole.exclude(state__in=OVER) if not asks.mine else whole
    rows = rows.filter(tier=asks.tier).exclude(body=None) if asks.tier in set(Tier) else rows
    rows = rows.filter(county=asks.county) if asks.county else rows
    rows = rows.filter(kind=asks.kind) if asks.kind else rows
    rows = rows.filter(due_on__lt=today).exclude(state__in=OVER) if asks.late else rows
    rows = rows.filter(raised_by=viewer.worker_id or UUID(int=0)) if asks.mine else rows
    return _silent(rows, today=today) if asks.silent else rows


def _stands(living: QuerySet[Barrier], *, today: date) -> dict[str, Chip]:
    """Where the open ones stand: TRIAGE, WORK_GROUP (with local teams), CORE, OVERSIGHT, and TOLD, which wait for who raised them."""
    counts = {place: [0, 0] for place in PLACES}
    for state, tier, body_id, due in living.order_by().values_list("state", "tier", "body_id", "due_on"):
        place = "TRIAGE" if body_id is None else "TOLD" if state == State.TOLD else "WORK_GROUP" if tier == Tier.LOCAL_TEAM else tier
        counts[place][0] += 1
        counts[place][1] += bool(due and due < today)
    return {place: Chip(count=count, late=late) for place, (count, late) in counts.items()}
