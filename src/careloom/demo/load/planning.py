"""The plan as its lead writes it with her: team, strengths, goals, needs, agreement, birth, reviews, a change of lead, the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from careloom.demo.draw import ZONE
from careloom.demo.load import records
from careloom.demo.load.family import Family, Moment
from careloom.demo.load.sharing import PLAN, release
from careloom.demo.story import Goal, LeadQuestion, Need, TeamSeat
from careloom.infra.access import Viewer
from careloom.kernel.agency_kinds import AgencyKind
from careloom.plans.actions import (
    InfantBorn,
    add_goal,
    add_need,
    add_strength,
    add_team_member,
    agree_plan,
    offer_lead,
    record_birth,
    start_plan,
)
from careloom.plans.models import PlanOfSafeCare
from careloom.plans.presenters.words import ROLES

ROLE_OF = {"HOSPITAL": "HOSPITAL_SOCIAL_WORKER", "HOME_VISITING": "HOME_VISITOR", "CPS_AGENCY": "CPS_WORKER", "TRIBAL_ICWA": "TRIBAL_WORKER"}
METHOD = {"SIGNED": "SCREEN", "VERBAL_WITH_WITNESS": "SPOKEN"}

# The stories name seats by what is done; the product's list of roles is shorter.
SEATS = {
    "LEAD": "CARE_COORDINATOR", "HOME_VISITING": "HOME_VISITOR", "BABY_DOCTOR": "PEDIATRICIAN", "PEDIATRIC": "PEDIATRICIAN",
    "OBSTETRIC": "OB", "HEALTH_PLAN": "INSURANCE", "TRANSPORT": "INSURANCE", "PEER_SUPPORT": "PEER",
}  # fmt: skip


def moments(family: Family) -> Iterator[Moment]:
    """Everything of the plan but consents, referrals and reviews."""
    story, plan = family.story, family.story.plan
    if plan is None or not plan.leads or plan.started_on is None:
        return
    start = family.on(plan.started_on, 15)
    if plan.kind == "AT_BIRTH":
        start = family.after_birth(start)
    yield Moment(at=start, order=5, play=lambda at: begin(family, at=at))
    if plan.kind == "PRENATAL" and story.infants:
        yield Moment(at=family.after_birth(story.infants[0].born_at), order=6, play=lambda at: born(family, at=at))
    if plan.agreed_on is not None:
        agreed = max(start, family.on(plan.agreed_on, 14))
        yield Moment(at=agreed, order=7, play=lambda at: write_down(family, at=at))
        yield Moment(at=family.past(agreed + timedelta(minutes=50)), order=8, play=lambda at: agree(family, at=at))
        yield from _later(family, agreed)
    if plan.lead_question is not None:
        asked = plan.lead_question
        yield Moment(at=max(start, family.past(asked.asked_at)), order=20, play=lambda at: ask_to_lead(family, asked, at=at))


def _later(family: Family, agreed: datetime) -> Iterator[Moment]:
    for goal in family.story.goals:
        # A goal that replaces another is her own change of it, on her page.
        if not goal.replaces:
            at = max(agreed, family.on(goal.stated_on, 14, 10))
            yield Moment(at=at, order=9, play=lambda at, goal=goal: say_goal(family, goal, at=at))  # type: ignore[misc]
    for need in family.story.needs:
        at = max(agreed, family.on(need.named_on, 9, 30))
        if need.person_key != family.story.mother.key:
            at = family.after_birth(at)
        yield Moment(at=at, order=10, play=lambda at, need=need: name_need(family, need, at=at))  # type: ignore[misc]
    for seat in family.story.care_team:
        if not seat.is_lead:
            at = max(agreed, family.on(seat.joined_on, 17))
            yield Moment(at=at, order=30, play=lambda at, seat=seat: join_team(family, seat, at=at))  # type: ignore[misc]


def begin(family: Family, *, at: datetime) -> None:
    """The lead meets her, writes down her family and starts the plan."""
    story, plan = family.story, family.story.plan
    if plan is None:
        return
    records.meet(family, family.lead_agency, worker=family.lead_key, at=at)
    with family.acting(family.lead_key) as by:
        # Her hospital's chart knows her already where the hospital itself leads; then only what it lacks is added.
        records.reach(family, by=by, at=at)
        records.household(family, by=by, at=at)
        records.told_pregnancy(family, by=by, at=at)
        postnatal = plan.kind == "AT_BIRTH"
        made = start_plan(
            by=by,
            at=at,
            mother_id=family.her,
            pregnancy_id=family.pregnancy_id,  # type: ignore[arg-type]
            pack="columbia",
            request_key=family.key(plan.key),
            kind="POSTNATAL" if postnatal else "PRENATAL",
            level=family.level or (story.notification.level if story.notification else "L1"),
            language=plan.language if plan.language in ("en", "es") else "en",
            lead_role=ROLE_OF.get(family.county.agency_by_key[family.lead_agency].kind, "CARE_COORDINATOR"),
            co_lead_ids=(family.agency_id(plan.co_lead_agency_key),) if plan.co_lead_agency_key else (),
            born_on=story.infants[0].born_at.astimezone(ZONE).date() if postnatal and story.infants else None,
            discharged_on=story.infants[0].discharged_on if postnatal and story.infants else None,
            infants=_infants(family) if postnatal else (),
        )
        if family.count(made):
            family.plan_id = made.pk  # type: ignore[union-attr]


def _infants(family: Family) -> tuple[InfantBorn, ...]:
    return tuple(InfantBorn(identity_id=family.infants[b.key], birth_id=family.births.get(b.key)) for b in family.story.infants)


def born(family: Family, *, at: datetime) -> None:
    """The birth becomes part of the plan: by the hospital that she showed it to, else by the lead."""
    story = family.story
    hospital = story.infants[0].hospital_key
    shown = any(c.recipient_key == hospital and c.signed_on <= at.date() < c.ends_on for c in story.consents)
    with family.acting(family.lead_key) as by:
        records.meet_infants(family, by=by, at=at)
    for worker in (family.hand(hospital), family.lead_key) if shown else (family.lead_key,):
        with family.acting(worker) as by:
            # A release that has ended by now shows the hospital nothing, also while an earlier day is played; then the lead writes it down.
            if find(by=by, plan_id=family.plan_id):  # type: ignore[arg-type]
                done = record_birth(
                    by=by, at=at, plan_id=family.plan_id, born_on=story.infants[0].born_at.astimezone(ZONE).date(),  # type: ignore[arg-type]
                    infants=_infants(family), discharged_on=story.infants[0].discharged_on,
                )  # fmt: skip
                family.count(done)
                return


def find(*, by: Viewer, plan_id: UUID) -> bool:
    """Whether this worker sees the plan."""
    return PlanOfSafeCare.objects.seen_by(by).filter(pk=plan_id).exists()


def write_down(family: Family, *, at: datetime) -> None:
    """What goes well, before anything else (R-120)."""
    words = family.story.strengths
    with family.acting(family.lead_key) as by:
        for place, row in enumerate(words):
            key = family.key(family.story.key, f"strength{place}")
            family.count(add_strength(by=by, at=at, plan_id=family.plan_id, text=row.words, request_key=key))  # type: ignore[arg-type]


def agree(family: Family, *, at: datetime) -> None:
    """She agrees to the plan, on the screen or spoken before a witness."""
    plan = family.story.plan
    if plan is None:
        return
    method = METHOD.get(plan.how_agreed or "", "SCREEN")
    witness = family.county.worker_by_key[family.lead_key].name if method == "SPOKEN" else ""
    # A plan has strengths and needs before she agrees: what she names on that day; the rest follows on its own day.
    needs = [need for need in family.story.needs if need.person_key == family.story.mother.key and need.named_on <= at.date()]
    for need in needs:
        name_need(family, need, at=at)
    with family.acting(family.lead_key) as by:
        key = family.key(plan.key, "agreed")
        asked = "" if needs else "She was asked about each part of her life and names none today."
        family.count(
            agree_plan(by=by, at=at, plan_id=family.plan_id, method=method, request_key=key, witness=witness, no_needs_because=asked)  # type: ignore[arg-type]
        )


def say_goal(family: Family, goal: Goal, *, at: datetime) -> None:
    """A goal in her words."""
    with family.acting(family.lead_key) as by:
        made = add_goal(by=by, at=at, plan_id=family.plan_id, words=goal.words, request_key=family.key(goal.key))  # type: ignore[arg-type]
        if family.count(made):
            family.goals[goal.key] = made.pk  # type: ignore[union-attr]


def name_need(family: Family, need: Need, *, at: datetime) -> None:
    """A need of somebody in the family with her answer."""
    baby = next((b for b in family.story.infants if b.key == need.person_key), None)
    with family.acting(family.lead_key) as by:
        made = add_need(
            by=by, at=at, plan_id=family.plan_id, code=need.code, request_key=family.key(need.key),  # type: ignore[arg-type]
            identity_id=family.person(need.person_key), for_whom=baby.given if baby else "", her_choice=need.choice or "NOT_ASKED",
            her_words=need.her_words, existing_service="With the care she has already" if need.has_service_already else "",
        )  # fmt: skip
        if family.count(made):
            family.needs[need.key] = made.pk  # type: ignore[union-attr]


def join_team(family: Family, seat: TeamSeat, *, at: datetime) -> None:
    """Somebody joins the care team: a worker of an agency, or a person she named."""
    if seat.worker_key:
        worker = family.county.worker_by_key[seat.worker_key]
        facts = {"name": worker.name, "agency_id": family.agency_id(worker.agency_key), "worker_id": family.worker_id(seat.worker_key)}
        facts |= {"phone": worker.phone}
    else:
        member = next(m for m in family.story.household if m.key == seat.member_key)
        facts = {"name": member.name, "phone": member.phone or "", "through_her": True}
    with family.acting(family.lead_key) as by:
        key = family.key(family.story.key, "seat", seat.worker_key or seat.member_key or "")
        role = SEATS.get(seat.role, seat.role)
        facts["role"] = role if role in ROLES else "OTHER"
        family.count(add_team_member(by=by, at=at, plan_id=family.plan_id, request_key=key, **facts))  # type: ignore[arg-type]


def ask_to_lead(family: Family, asked: LeadQuestion, *, at: datetime) -> None:
    """The lead asks another agency to take over; until it says yes nothing changes."""
    to, key = family.agency_id(asked.to_agency_key), family.key(family.story.key, "lead")
    with family.acting(asked.from_worker_key) as by:
        # Whoever is asked must see the plan first, and only she can allow that.
        release(
            family, by=by, at=at, discloser=by.holder_id, recipient=to, information=PLAN,  # type: ignore[arg-type]
            purposes=(AgencyKind(family.ground.agencies[asked.to_agency_key].kind).purpose,), key=f"{key}:release",
        )  # fmt: skip
        answer = offer_lead(
            by=by,
            at=at,
            plan_id=family.plan_id,
            to_agency_id=to,
            to_worker_id=family.worker_id(asked.to_worker_key),
            request_key=key,  # type: ignore[arg-type]
        )
        family.count(answer)
