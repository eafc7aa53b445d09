"""Reads of following. Each takes `viewer`; row security decides which rows there are, and a page accounts for what it showed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from careloom.agencies.queries import workers_of
from careloom.following.line import Place, place_of
from careloom.following.models import Attempt, BarrierDraft, BarrierNoted, Concern, Outreach
from careloom.following.words import IN_TOUCH
from careloom.infra import clock
from careloom.infra.access import Viewer, require
from careloom.infra.access.models import Caseload
from careloom.infra.packs import current_pack
from careloom.infra.ui.paging import Some, some
from careloom.kernel.clocks import local_day
from careloom.kernel.packs.following import Disengagement
from careloom.kernel.partnership.barrier import about
from careloom.kernel.suppression import Cell
from careloom.plans.models import OPEN_STATES, PlanOfSafeCare, Review
from careloom.plans.queries import PlanParts, plan_parts

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
MOST_BARRIERS = 200


@dataclass(frozen=True, kw_only=True)
class Follows:
    """A plan and where each of its needs stands. `noted` are needs that were passed on as barriers."""

    parts: PlanParts
    places: tuple[Place, ...]
    noted: frozenset[UUID]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """How a family was tried since somebody was last in touch with her: rows newest first, the different ways, and over how many days."""

    rows: tuple[Attempt, ...]
    ways: int
    days: int
    first_on: date | None

    def is_enough(self, rule: Disengagement) -> bool:
        """Whether every way and day that the pack asks for was tried. Nothing follows from it by itself."""
        return self.ways >= rule.ways and self.days >= rule.days


def follows_of(*, viewer: Viewer, plan_id: UUID, at: datetime) -> Follows:
    """Where each need of a plan stands, as far as `viewer` may see it. Raises NotVisible. Two statements more than the plan."""
    parts = plan_parts(viewer=viewer, plan_id=plan_id)
    return Follows(
        parts=parts, places=places_of(parts, viewer=viewer, at=at),
        noted=frozenset(BarrierNoted.objects.seen_by(viewer).filter(plan_id=plan_id).values_list("need_id", flat=True)),
    )  # fmt: skip


def places_of(parts: PlanParts, *, viewer: Viewer, at: datetime) -> tuple[Place, ...]:
    """The needs of a plan on their lines. One query: who works in the reader's own agency now."""
    ours = frozenset(m.worker_id for m in workers_of(agency_id=viewer.holder_id, at=at)) if viewer.holder_id else frozenset()
    today, lead = local_day(at=at, zone=settings.TIME_ZONE), parts.lead
    return tuple(
        place_of(
            need, referrals=parts.referrals_of(need.id), lead_id=lead.worker_id if lead else None,
            workers=ours if need.row.holder_id == viewer.holder_id else None, next_review_on=parts.plan.next_review_on, at=at, today=today,
        )
        for need in parts.needs
    )  # fmt: skip


def unreached(*, viewer: Viewer, at: datetime, page: int = 1) -> Some:
    """Open plans that the viewer's agency leads and where nobody was in touch since she went home, or after the pack's tries in a row.

    A worker's list holds her own families, a supervisor's those of the agency. The longest without contact first. Two queries.
    """
    require(viewer)
    rule = current_pack().following
    today = local_day(at=at, zone=settings.TIME_ZONE)
    plans = PlanOfSafeCare.objects.seen_by(viewer).filter(lead_agency_id=viewer.holder_id, status__in=OPEN_STATES)
    if not viewer.whole_agency:
        mine = Caseload.objects.filter(holder_id=viewer.holder_id, worker_id=viewer.worker_id, starts_at__lte=at, ends_at__gt=at)
        plans = plans.filter(identity_id__in=mine.values("identity_id"))
    waited = Review.objects.filter(plan_id=OuterRef("pk"), kind="FIRST_CONTACT", held_at=None, called_off_at=None).order_by("due_on")
    ours = Attempt.objects.filter(plan_id=OuterRef("pk"))
    touched = ours.filter(outcome__in=IN_TOUCH).order_by("-at")
    missed = ours.exclude(outcome__in=IN_TOUCH).filter(at__gt=Coalesce(OuterRef("touched_at"), Value(LONG_AGO))).order_by()
    found = plans.annotate(waited_on=Subquery(waited.values("due_on")[:1]), touched_at=Subquery(touched.values("at")[:1]))
    found = found.annotate(tries=Coalesce(Subquery(missed.values("plan_id").annotate(n=Count("pk")).values("n")), 0))
    late = Q(waited_on__lt=today - timedelta(days=rule.unreached_after_days)) & (Q(touched_at=None) | Q(touched_at__date__lt=F("born_on")))
    return some(found.filter(late | Q(tries__gte=rule.unreached_after_tries)).order_by(F("waited_on").asc(nulls_last=True), "pk"), page=page)


def tried_of(*, viewer: Viewer, plan_ids: Iterable[UUID], at: datetime) -> dict[UUID, Tried]:
    """How each of these families was tried since anybody was last in touch with her. One query."""
    rows: dict[UUID, list[Attempt]] = defaultdict(list)
    ids = set(plan_ids)
    for row in Attempt.objects.seen_by(viewer).filter(plan_id__in=ids).order_by("-at", "-made_at"):
        rows[row.plan_id].append(row)
    return {plan_id: _tried(rows[plan_id], at=at) for plan_id in ids}


def _tried(rows: Sequence[Attempt], *, at: datetime) -> Tried:
    since: list[Attempt] = []
    for row in rows:
        if row.outcome in IN_TOUCH:
            break
        since.append(row)
    zone = settings.TIME_ZONE
    first_on = local_day(at=since[-1].at, zone=zone) if since else None
    days = (local_day(at=at, zone=zone) - first_on).days if first_on else 0
    return Tried(rows=tuple(since), ways=len({row.how for row in since}), days=days, first_on=first_on)


def attempts_of(*, viewer: Viewer, plan_id: UUID, page: int = 1) -> Some:
    """Every try to reach this family, newest first. One query."""
    return some(Attempt.objects.seen_by(viewer).filter(plan_id=plan_id).order_by("-at", "-made_at"), page=page)


def outreach_of(*, viewer: Viewer, plan_id: UUID) -> Outreach | None:
    """What the viewer's agency offered and wrote. One query."""
    return Outreach.objects.seen_by(viewer).filter(plan_id=plan_id, holder_id=viewer.holder_id).first()


def concerns_of(*, viewer: Viewer, plan_id: UUID) -> list[Concern]:
    """The concerns that people of the viewer's agency stated, newest first. One query."""
    return list(Concern.objects.seen_by(viewer).filter(plan_id=plan_id).order_by("-stated_at")[:20])


@dataclass(frozen=True, kw_only=True)
class BarrierGroup:
    """One barrier as the partnership's rooms may read it: where, what kind of service, why, the newest words, and how often, if that may be said."""

    county: str
    service: str
    code: str
    words: str
    times: Cell


def barriers(*, viewer: Viewer) -> tuple[BarrierGroup, ...]:
    """The drafts of barriers, those alike together, the most frequent first. Two queries.

    INVARIANT: one draft of a group is shown with its words, of months that are over, and never how many there are under the house's small number, nor
    a month: so a reader cannot tell a family from it. Numbers are rounded as the rooms round theirs, for who reads both could subtract them.
    Empty for who has no PARTNERSHIP.
    """
    if not viewer.can("PARTNERSHIP"):
        return ()
    keys = ("county", "service", "code")
    over = BarrierDraft.objects.filter(month__lt=clock.today().replace(day=1))
    found = list(over.values(*keys).annotate(n=Count("pk")).order_by("-n", *keys)[:MOST_BARRIERS])
    said = {tuple(row[:3]): row[3] for row in over.exclude(words="").order_by("month", "pk").values_list(*keys, "words")}
    groups = [(row, about(row["n"])) for row in found]
    # In the order of the alphabet where the number is hidden: the order of a list would tell it.
    ordered = sorted(groups, key=lambda pair: (-(pair[1].value or 0), *(pair[0][key] for key in keys)))
    return tuple(
        BarrierGroup(**{key: row[key] for key in keys}, words=said.get(tuple(row[key] for key in keys), ""), times=cell) for row, cell in ordered
    )
