"""One function for each of her pages: asks every app, keeps only what is about her and hers, and returns one frozen page object."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid5

from careloom.agencies.queries import agencies_by_id
from careloom.infra.access.accounting import account
from careloom.infra.access.records import FamilyRecord
from careloom.kernel.agency_kinds import AgencyKind
from careloom.messages.models import Appointment
from careloom.messages.queries import appointments_of, clashing, kept_visits
from careloom.people.models import FamilyMember, PersonRecord
from careloom.people.queries import family_of, names_of
from careloom.plans.merging import GoalNow, NeedNow
from careloom.plans.models import CareTeamMember, HerView, PlanOfSafeCare, Referral, Strength
from careloom.plans.queries import PlanParts, plan_parts, plans_of
from careloom.portal.door import Her
from careloom.portal.models import ServiceRating
from careloom.portal.sharing import Sharing, shared_now

Row = TypeVar("Row", bound=FamilyRecord)
# A service that began: she met it at least once, so she can say how it was.
CAME = frozenset({"ATTENDED", "COMPLETED", "REOPENED"})
BACK = timedelta(days=60)
HELPED = frozenset({"ENROLLED", "SERVICE_DELIVERED"})


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Her plan as far as her pages show it: open goals, needs, referrals, team, strengths, and what she wrote beside it."""

    plan: PlanOfSafeCare
    goals: tuple[GoalNow, ...]
    needs: tuple[NeedNow, ...]
    referrals: tuple[Referral, ...]
    team: tuple[CareTeamMember, ...]
    strengths: tuple[Strength, ...]
    views: tuple[HerView, ...]
    next_review_on: object

    def views_of(self, item_id: UUID) -> tuple[HerView, ...]:
        """What she wrote beside a sentence, and what her team answered."""
        return tuple(view for view in self.views if view.item_id == item_id)

    def need(self, need_id: UUID) -> NeedNow | None:
        """One need that she may see."""
        return next((need for need in self.needs if need.row.pk == need_id), None)


@dataclass(frozen=True, kw_only=True)
class Question:
    """The one question of the home page: HELP about a referral, or WANT about a need."""

    kind: str
    id: UUID
    need: NeedNow | None
    referral: Referral | None = None


@dataclass(frozen=True, kw_only=True)
class Home:
    """The phone page."""

    name: str
    visit: Appointment | None
    question: Question | None
    plan: Plan | None
    sharing: list[Sharing]
    kept: int = 0


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A visit of hers and whether another one is at the same time."""

    row: Appointment
    clashes: bool


@dataclass(frozen=True, kw_only=True)
class Expect:
    """The meeting to come with the county or the court, and the dates of her own plan."""

    meeting: Appointment | None
    meeting_with: str
    plan: PlanOfSafeCare | None


def home(*, her: Her, at: datetime) -> Home:
    """Next visit, one question at most, what she wants, her team, who can see."""
    plan = plan_of(her=her)
    visits = visits_of(her=her, at=at)
    name = names_of(viewer=her.viewer, identity_ids=[her.identity_id]).get(her.identity_id)
    sharing = [] if her.is_supporter else shared_now(viewer=her.viewer, identity_id=her.identity_id)
    past = [] if her.is_supporter else _hers(kept_visits(viewer=her.viewer, identity_ids=her.subject_ids, since=at - BACK, until=at), her=her)
    _account(her, place="my:home", at=at, plan=plan, rows=[*(v.row for v in visits), *past])
    return Home(
        name=name_of(name), visit=visits[0].row if visits else None, question=question_of(plan) if plan and not her.is_supporter else None,
        plan=plan, sharing=sharing, kept=len(past),
    )  # fmt: skip


def read_plan(*, her: Her, at: datetime, place: str) -> Plan | None:
    """Her plan for a page called `place`, accounted."""
    plan = plan_of(her=her)
    _account(her, place=place, at=at, plan=plan, rows=[])
    return plan


def plan_of(*, her: Her) -> Plan | None:
    """Her newest plan, an open one first; None when there is none. The same number of queries whatever it holds."""
    found = plans_of(viewer=her.viewer, identity_ids=her.subject_ids)
    own = sorted(found, key=lambda p: (p.status in {"CLOSED", "MERGED"}, found.index(p)))
    return _plan(plan_parts(viewer=her.viewer, plan_id=own[0].pk), her=her) if own else None


def _plan(parts: PlanParts, *, her: Her) -> Plan:
    team = [row for row in parts.team if not row.category.startswith("dv.")]
    return Plan(
        plan=parts.plan,
        goals=tuple(goal for goal in parts.goals if goal.row.state == "OPEN" and _shown(goal.row, her=her)),
        needs=tuple(need for need in parts.needs if _shown(need.row, her=her)),
        referrals=tuple(_hers(parts.referrals, her=her)),
        team=tuple(_one_name(team)),
        strengths=tuple(_hers(parts.strengths, her=her)),
        views=tuple(_hers(parts.her_views, her=her)),
        next_review_on=parts.next_review.due_on if parts.next_review else None,
    )


def _shown(row: FamilyRecord, *, her: Her) -> bool:
    # What tells of violence at home stays off a phone that somebody else may hold (ux 7.2); other people's rows are not hers to read.
    return row.identity_id in her.subject_ids and not row.category.startswith("dv.")


def _hers(rows: Iterable[Row], *, her: Her) -> list[Row]:
    return [row for row in rows if _shown(row, her=her)]


def _one_name(team: list[CareTeamMember]) -> list[CareTeamMember]:
    seen: dict[tuple[str, str], CareTeamMember] = {}
    for row in team:
        seen.setdefault((row.name, row.role), row)
    return list(seen.values())


def question_of(plan: Plan) -> Question | None:
    """At most one: first whether help came, then whether she wants what was named and nobody asked her about."""
    for referral in plan.referrals:
        if asks_for_word(referral):
            return Question(kind="HELP", id=referral.pk, need=plan.need(referral.need_id), referral=referral)
    for need in plan.needs:
        if need.choice == "NOT_ASKED" and need.result == "OPEN":
            return Question(kind="WANT", id=need.row.pk, need=need)
    return None


def asks_for_word(referral: Referral) -> bool:
    """Whether only she can say what became of it (workflows 6.4)."""
    came = referral.state == "ATTENDED" or (referral.state == "COMPLETED" and referral.outcome in HELPED)
    return came and not referral.got_help


def visits_of(*, her: Her, at: datetime) -> list[Visit]:
    """Her visits from now on, soonest first, with what falls on the same hour."""
    rows = [r for r in appointments_of(viewer=her.viewer, identity_ids=her.subject_ids, since=at - timedelta(hours=1)) if r.state == "PLANNED"]
    shown = _hers(rows, her=her)
    together = clashing(shown)
    return [Visit(row=row, clashes=row.pk in together) for row in shown]


def read_visits(*, her: Her, at: datetime) -> list[Visit]:
    """The same for the page of visits, accounted."""
    visits = visits_of(her=her, at=at)
    _account(her, place="my:visits", at=at, plan=None, rows=[v.row for v in visits])
    return visits


def expect(*, her: Her, at: datetime) -> Expect:
    """The next meeting with the county or the court as she may see it, and her own dates (R-158, R-159)."""
    visits = visits_of(her=her, at=at)
    kinds = {pk: agency.kind for pk, agency in agencies_by_id(ids={v.row.holder_id for v in visits}).items()}
    official = {AgencyKind.CPS_AGENCY.value, AgencyKind.COURT.value}
    # A court date that her own team wrote down is a meeting with the court, not with who wrote it down.
    meeting = next((v.row for v in visits if v.row.kind == "COURT" or kinds.get(v.row.holder_id) in official), None)
    plan = plan_of(her=her)
    _account(her, place="my:expect", at=at, plan=plan, rows=[meeting] if meeting else [])
    with_whom = kinds.get(meeting.holder_id, "") if meeting else ""
    told = with_whom if with_whom in official or meeting is None else AgencyKind.COURT.value
    return Expect(meeting=meeting, meeting_with=told, plan=plan.plan if plan else None)


def family(*, her: Her, at: datetime) -> list[FamilyMember]:
    """The family as she defined it. Whoever she marked as unsafe is not shown on a phone."""
    rows = _hers(family_of(viewer=her.viewer, identity_id=her.identity_id), her=her)
    account(viewer=her.viewer, place="my:family", rows=rows, at=at)
    return rows


def ratings(*, her: Her, at: datetime) -> dict[UUID, ServiceRating]:
    """What she said of her services, by referral, accounted."""
    rows = list(ServiceRating.objects.seen_by(her.viewer).filter(holder_id=her.principal.pk, plan_id=None))
    account(viewer=her.viewer, place="my:ratings", rows=rows, at=at)
    return {row.referral_id: row for row in rows if row.referral_id is not None}


def name_of(record: PersonRecord | None) -> str:
    """What she likes to be called."""
    return (record.preferred_name or record.given_name) if record else ""


def _account(her: Her, *, place: str, at: datetime, plan: Plan | None, rows: Iterable[FamilyRecord]) -> None:
    shown: list[FamilyRecord] = list(rows)
    if plan is not None:
        shown += [plan.plan, *(g.row for g in plan.goals), *(n.row for n in plan.needs), *plan.referrals, *plan.team, *plan.strengths, *plan.views]
    account(viewer=her.viewer, place=place, rows=shown, at=at)


def fixed_id(*, her: Her, request_key: str) -> UUID:
    """The id that one form always gives, so that sending it twice writes one row."""
    return uuid5(her.principal.pk, request_key)
