"""Lists over many plans: the families of a worker, and the reviews that are late. Each takes the same few queries at any size."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet, Sum

from careloom.infra.access import Viewer, require
from careloom.infra.access.models import Caseload, Grant
from careloom.kernel.clocks import local_day
from careloom.people.models import PersonRecord
from careloom.people.queries import names_of
from careloom.plans.merging import needs_now
from careloom.plans.models import OPEN_STATES, CareTeamMember, Need, NeedStep, OverdueReviewCount, PlanInfant, PlanOfSafeCare
from careloom.work.models import Obligation

PAGE = 25
FAR = date(9999, 12, 31)


@dataclass(frozen=True, kw_only=True)
class FamilyLine:
    """One plan in a list. `mother` and `infants` are the records that the viewer sees; `lead` is None when hidden from her."""

    plan: PlanOfSafeCare
    mother: PersonRecord | None
    infant_ids: tuple[UUID, ...]
    infants: tuple[PersonRecord, ...]
    lead: CareTeamMember | None
    needs_open: int

    def rows(self) -> list[PlanOfSafeCare | PersonRecord | CareTeamMember]:
        """Every row that the line shows, for the accounting."""
        return [row for row in (self.plan, self.mother, *self.infants, self.lead) if row is not None]


@dataclass(frozen=True, kw_only=True)
class FamiliesPage:
    """A page of families, those with the soonest review first."""

    lines: tuple[FamilyLine, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class LateReview:
    """A plan whose review is late, and by how many days."""

    line: FamilyLine
    days_late: int


@dataclass(frozen=True, kw_only=True)
class LateReviews:
    """A page of the board of late reviews, the latest first."""

    rows: tuple[LateReview, ...]
    page: int
    has_more: bool


def list_families(*, viewer: Viewer, at: datetime, page: int = 1, state: str = "OPEN", only: str = "") -> FamiliesPage:
    """The plans that `viewer` works with, 25 a page, soonest review first. `state`: OPEN or CLOSED.

    `only` narrows the list: EXPECTING (no birth yet), LATE (the review day is past), NEEDS_SOMEONE (something is due now). Eight queries.

    A worker's list starts from her caseload, what is shared with the agency from its grants, and never from an index of everybody.
    """
    require(viewer)
    wanted = (Q(status__in=OPEN_STATES) if state == "OPEN" else ~Q(status__in=OPEN_STATES)) & _narrowed(only, viewer=viewer, at=at)
    most = page * PAGE + 1
    own = PlanOfSafeCare.objects.seen_by(viewer).filter(wanted, holder_id=viewer.holder_id)
    if not viewer.whole_agency:
        live = Caseload.objects.filter(holder_id=viewer.holder_id, worker_id=viewer.worker_id, starts_at__lte=at, ends_at__gt=at)
        own = own.filter(identity_id__in=live.values("identity_id"))
    grants = Grant.objects.filter(recipient_id=viewer.principal_id, category="posc.plan_core", valid_from__lte=at, valid_to__gt=at)
    shared = PlanOfSafeCare.objects.seen_by(viewer).filter(wanted, identity_id__in=grants.values("identity_id")).exclude(holder_id=viewer.holder_id)
    found = [*_first(own, most), *_first(shared, most)]
    found.sort(key=lambda plan: (plan.next_review_on or FAR, str(plan.pk)))
    shown = found[(page - 1) * PAGE : page * PAGE]
    return FamiliesPage(lines=_lines(viewer=viewer, plans=shown), page=page, has_more=len(found) > page * PAGE)


def overdue_reviews(*, viewer: Viewer, today: date, page: int = 1) -> LateReviews:
    """The plans that the viewer's agency leads and whose review day is past, the latest first, 25 a page. Seven queries."""
    require(viewer)
    late = PlanOfSafeCare.objects.seen_by(viewer).filter(lead_agency_id=viewer.holder_id, status__in=OPEN_STATES, next_review_on__lt=today)
    start = (page - 1) * PAGE
    found = list(late.order_by("next_review_on", "id")[start : start + PAGE + 1])
    lines = _lines(viewer=viewer, plans=found[:PAGE])
    rows = tuple(LateReview(line=line, days_late=(today - (line.plan.next_review_on or today)).days) for line in lines)
    return LateReviews(rows=rows, page=page, has_more=len(found) > PAGE)


def overdue_total(*, on: date) -> int:
    """How many reviews were ten business days late on a day, over all agencies: a number without names for the partnership."""
    return OverdueReviewCount.objects.filter(on=on).aggregate(total=Sum("count"))["total"] or 0


def _narrowed(only: str, *, viewer: Viewer, at: datetime) -> Q:
    if only == "EXPECTING":
        return Q(born_on=None)
    if only == "LATE":
        return Q(next_review_on__lt=local_day(at=at, zone=settings.TIME_ZONE))
    if only == "NEEDS_SOMEONE":
        due = Obligation.objects.filter(holder_id=viewer.holder_id, met_at=None, waiting_on=None, due_at__lte=at + timedelta(days=1))
        return Q(identity_id__in=due.values("family_id"))
    return Q()


def _first(rows: QuerySet[PlanOfSafeCare], most: int) -> list[PlanOfSafeCare]:
    return list(rows.order_by("next_review_on", "id")[:most])


def _lines(*, viewer: Viewer, plans: Iterable[PlanOfSafeCare]) -> tuple[FamilyLine, ...]:
    plans = list(plans)
    ids = [plan.pk for plan in plans]
    infants: dict[UUID, dict[UUID, None]] = defaultdict(dict)
    for row in PlanInfant.objects.seen_by(viewer).filter(plan_id__in=ids).order_by("made_at", "id"):
        infants[row.plan_id][row.identity_id] = None
    leads = {row.plan_id: row for row in CareTeamMember.objects.seen_by(viewer).filter(plan_id__in=ids, leads=True, ends_at=None)}
    rows, steps = (model.objects.seen_by(viewer).filter(plan_id__in=ids) for model in (Need, NeedStep))
    needs = Counter(need.row.plan_id for need in needs_now(rows, steps) if not need.is_over)
    babies = [identity for held in infants.values() for identity in held]
    names = names_of(viewer=viewer, identity_ids=[*(plan.identity_id for plan in plans), *babies])
    return tuple(
        FamilyLine(
            plan=plan,
            mother=names.get(plan.identity_id),
            infant_ids=tuple(infants[plan.pk]),
            infants=tuple(names[identity] for identity in infants[plan.pk] if identity in names),
            lead=leads.get(plan.pk),
            needs_open=needs[plan.pk],
        )
        for plan in plans
    )
