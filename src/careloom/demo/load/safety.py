"""What child welfare does after it accepted a report: sees the family, assesses safety, has it approved, and keeps a safety plan where one is needed.

Families whose finding is not known yet stand in the states between, so that a worker and her supervisor have something to open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from careloom.demo.draw import ZONE
from careloom.demo.load.family import Family, Moment
from careloom.demo.story import ChildWelfare
from careloom.infra.access import Viewer
from careloom.safety import actions
from careloom.safety.actions.drafting import mark_of
from careloom.safety.instruments import Instrument, instrument_of
from careloom.safety.models import AssessedPerson, Finding, SafetyAssessment, SafetyPlan

RESPONSES = {
    "SAFE": "SAFE", "IN_HOME_SAFETY_PLAN": "IN_HOME", "OUT_OF_HOME_SAFETY_PLAN": "OUT_OF_HOME", "LEGALLY_AUTHORIZED_PLACEMENT": "PLACEMENT",
}  # fmt: skip
DECIDED = timedelta(days=5)  # from the first visit to the decision
WEEK = timedelta(days=7)
AMONG = 3  # of three families without a finding one waits for approval, one came back with words, one is being filled in
DANGER = "C.care"
SHOWS = {
    "needs_treatment": "Asked for an intake date herself", "protected_before": "Kept the older child safe", "self_control": "Calm at the visit",
    "tolerates_stress": "Asks for help before it is too much", "copes": "Calls her mother at night", "child_first": "Feeds the baby first",
    "meets_needs": "Crib, formula and a warm room are there",
}  # fmt: skip
HELPS = {
    "needs_treatment": "Drives her there", "protected_before": "Raised children of her own", "self_control": "Calm",
    "tolerates_stress": "Takes the nights",
    "copes": "Rests when the baby rests", "child_first": "Changed a job shift", "meets_needs": "There day and night",
}  # fmt: skip
BABY = {
    "physical": ("immobile", "Small, and cannot turn"), "emotional": ("overreacts", "Startles at noise"), "cognitive": ("no_harm_sense", ""),
    "behavioral": ("no_self_soothe", "Needs to be held to settle"),
}  # fmt: skip
OLDER = {"cognitive": ("no_harm_sense", "Knows two safe adults, and is too small to be alone")}


def moments(family: Family) -> Iterator[Moment]:
    """The visit, the decision, the approval and the plan, as far as the story has come."""
    welfare = family.story.child_welfare
    if (
        welfare is None
        or not welfare.screened_in
        or welfare.face_to_face_on is None
        or welfare.agency_key not in {"pine_children", "harbor_children"}
    ):
        return
    seen = family.past(family.on(welfare.face_to_face_on, 15) + timedelta(minutes=40))
    yield Moment(at=seen, order=5, play=lambda at: visit(family, welfare, at=at))
    decided = family.past(seen + DECIDED)
    yield Moment(at=decided, order=6, play=lambda at: decide(family, welfare, at=at))
    if welfare.finding in {"IN_HOME_SAFETY_PLAN", "OUT_OF_HOME_SAFETY_PLAN"}:
        yield Moment(at=family.past(decided + timedelta(hours=3)), order=8, play=lambda at: agree(family, welfare, at=at))
        yield from _watched(family, welfare, decided)


def _watched(family: Family, welfare: ChildWelfare, decided: datetime) -> Iterator[Moment]:
    """A contact each week; after some weeks the plan ends, unless it is recent: then the household changed and safety is assessed again."""
    week, last = 1, decided + timedelta(days=80)
    while decided + WEEK * week < min(family.now, last):
        yield Moment(at=decided + WEEK * week, order=9, play=lambda at: keep(family, welfare, at=at))
        week += 1
    if last < family.now:
        yield Moment(at=last, order=10, play=lambda at: end(family, welfare, at=at))
    elif decided + WEEK < family.now:
        yield Moment(at=family.now - timedelta(hours=20), order=10, play=lambda at: look_again(family, welfare, at=at))


def _row(family: Family) -> SafetyAssessment | None:
    return SafetyAssessment.objects.filter(identity_id=family.her).order_by("-started_at").first()


def visit(family: Family, welfare: ChildWelfare, *, at: datetime) -> None:
    """The first visit: everybody is seen, she is told the words that reassure, and parts A and B are begun."""
    with family.acting(family.hand(welfare.agency_key)) as by:
        row = _row(family)
        if row is None:
            return
        for member in family.story.household:
            if member.is_child or member.lives_with_her:
                person = actions.Person(
                    kind="CHILD" if member.is_child else "ADULT", name=f"{member.given} {member.family}",
                    born_on=member.birth_on if member.is_child else None,
                    relation="" if member.is_child else member.relation_in_her_words, at_home=not member.is_child,
                )  # fmt: skip
                family.count(actions.put_person(by=by, at=at, assessment_id=row.pk, person=person, request_key=member.key[-48:]))
        day = at.astimezone(ZONE).date()
        _see(family, row, by=by, at=at)
        points = ("help", "treatment_is_good", "together", "private")
        how = "INTERPRETER" if family.story.mother.wants_interpreter else "IN_PERSON"
        family.count(actions.note_told(
            by=by, at=at, identity_id=family.her, points=points, told_on=day, how=how, asked="", request_key=family.key(family.story.key, "told")
        ))  # fmt: skip
        _fill(family, row, by=by, at=at, response=RESPONSES.get(welfare.finding or "", "IN_HOME"), parts="AB")


def decide(family: Family, welfare: ChildWelfare, *, at: datetime) -> None:
    """Part C, the worker's decision, and the supervisor's answer."""
    worker = family.hand(welfare.agency_key)
    supervisor = family.county.worker_by_key[worker].supervisor_key or worker
    place = family.story.number % AMONG
    with family.acting(worker) as by:
        row = _row(family)
        if row is None:
            return
        response = RESPONSES.get(welfare.finding or "", "IN_HOME")
        named = family.story.world is not None
        _fill(family, row, by=by, at=at, response=response, parts="C", lacks_date=welfare.finding is None and (named or place == 0))
        if welfare.finding is None and (named or place == 0):
            return
        row.refresh_from_db()
        why = "A court has ordered it, and no plan at home holds the danger back." if response == "PLACEMENT" else ""
        done = actions.complete(by=by, at=at, assessment_id=row.pk, response=response, why=why, row_version=row.row_version)
        if not family.count(done):
            return
        row.refresh_from_db()
    with family.acting(supervisor) as above:
        if welfare.finding is not None:
            family.count(actions.approve(by=above, at=at, assessment_id=row.pk, row_version=row.row_version))
        elif place == 1:
            words = "Ask the nurse which nights she saw, and write the day down."
            family.count(actions.return_to_worker(by=above, at=at, assessment_id=row.pk, words=words, row_version=row.row_version))


def agree(family: Family, welfare: ChildWelfare, *, at: datetime) -> None:
    """The safety plan, with a step for its danger and the spoken yes; an old involvement is written down as a summary."""
    with family.acting(family.hand(welfare.agency_key)) as by:
        row = _row(family)
        if row is None or row.state != "APPROVED":
            return
        done = actions.start_plan(by=by, at=at, assessment_id=row.pk, request_key=family.key(family.story.key, "safety-plan"))
        if not isinstance(done, actions.Done):
            family.count(done)
            return
        helper = _helper(row)
        family.count(actions.add_step(
            by=by, at=at, safety_plan_id=done.row_id, factor=DANGER, what="Somebody who is awake is with the baby at every feeding", who=helper,
            when="Day and night, until we say so together", request_key=family.key(family.story.key, "step"),
        ))  # fmt: skip
        plan = SafetyPlan.objects.get(pk=done.row_id)
        family.count(actions.note_spoken(
            by=by, at=at, safety_plan_id=plan.pk, who=f"{family.story.mother.given} and {helper}", heard_by="The child welfare worker",
            row_version=plan.row_version,
        ))  # fmt: skip
        day = at.astimezone(ZONE).date()
        family.count(actions.note_history(
            by=by, at=at, identity_id=family.her, from_on=day - timedelta(days=900), to_on=day - timedelta(days=840), kind="ASSESSMENT",
            outcome="SERVICES_ENDED", request_key=family.key(family.story.key, "history"),
        ))  # fmt: skip


def keep(family: Family, welfare: ChildWelfare, *, at: datetime) -> None:
    """The signatures once, a visit, and that a plan of safe care is ensured."""
    with family.acting(family.hand(welfare.agency_key)) as by:
        row = _row(family)
        plan = SafetyPlan.objects.filter(assessment_id=row.pk).first() if row is not None else None
        if plan is None or not plan.is_in_force:
            return
        day, told = at.astimezone(ZONE).date(), {"by": by, "at": at}
        family.count(actions.note_signature(
            **told, safety_plan_id=plan.pk, name=family.story.mother.given, role="mother", how="WRITTEN", on=day, reason="", last=True,
            request_key=family.key(family.story.key, "signature"),
        ))  # fmt: skip
        family.count(actions.note_contact(
            **told, safety_plan_id=plan.pk, on=day, how="VISIT", with_whom=family.story.mother.given, kept=True, words="",
            request_key=family.key(family.story.key, "contact", day.isoformat()),
        ))  # fmt: skip
        if family.story.plan is not None:
            family.count(actions.ensure_plan(
                **told, identity_id=family.her, how="LED_BY_OTHER", words="Another agency leads it with her", on=day,
                request_key=family.key(family.story.key, "ensured"),
            ))  # fmt: skip


def end(family: Family, welfare: ChildWelfare, *, at: datetime) -> None:
    """The danger is held back by her own doing now."""
    with family.acting(family.hand(welfare.agency_key)) as by:
        row = _row(family)
        plan = SafetyPlan.objects.filter(assessment_id=row.pk).first() if row is not None else None
        if plan is not None and plan.is_in_force:
            words = "She wakes and feeds the baby by herself, and calls before it is too much"
            family.count(actions.end_plan(by=by, at=at, safety_plan_id=plan.pk, because="CONTROLLED", words=words, row_version=plan.row_version))


def look_again(family: Family, welfare: ChildWelfare, *, at: datetime) -> None:
    """Somebody moved in: the family is assessed again, and the supervisor has it on her list."""
    with family.acting(family.hand(welfare.agency_key)) as by:
        done = actions.start(
            by=by, at=at, identity_id=family.her, because="HOUSEHOLD", words="Her sister moved in and shares the nights",
            request_key=family.key(family.story.key, "again"),
        )  # fmt: skip
        row = _row(family)
        if not family.count(done) or row is None:
            return
        _see(family, row, by=by, at=at)
        _fill(family, row, by=by, at=at, response="SAFE", parts="AB")
        _fill(family, row, by=by, at=at, response="SAFE", parts="C")
        row.refresh_from_db()
        family.count(actions.complete(by=by, at=at, assessment_id=row.pk, response="SAFE", why="", row_version=row.row_version))


def _see(family: Family, row: SafetyAssessment, *, by: Viewer, at: datetime) -> None:
    for seen in AssessedPerson.objects.filter(assessment_id=row.pk):
        told = actions.Person(
            kind=seen.kind, name=seen.name, relation=seen.relation, born_on=seen.born_on, cares=seen.cares, at_home=seen.at_home,
            seen_on=at.astimezone(ZONE).date(),
        )  # fmt: skip
        family.count(actions.put_person(by=by, at=at, assessment_id=row.pk, person=told, request_key="", person_id=seen.pk))


def _helper(row: SafetyAssessment) -> str:
    other = AssessedPerson.objects.filter(assessment_id=row.pk, kind="ADULT", cares=False).order_by("place").first()
    return other.name if other is not None else "The grandmother"


def _fill(
    family: Family, row: SafetyAssessment, *, by: Viewer, at: datetime, response: str, parts: str, lacks_date: bool = False
) -> None:  # fmt: skip
    """The parts as the response of the story needs them."""
    instrument = instrument_of(pack=row.pack, key=row.instrument)
    people = list(AssessedPerson.objects.filter(assessment_id=row.pk).order_by("place"))
    if response == "IN_HOME" and "A" in parts and not any(p.kind == "ADULT" and not p.cares for p in people):
        helper = actions.Person(kind="ADULT", name="The grandmother", relation="grandmother", at_home=True, seen_on=at.astimezone(ZONE).date())
        family.count(actions.put_person(by=by, at=at, assessment_id=row.pk, person=helper, request_key="helper"))
        people = list(AssessedPerson.objects.filter(assessment_id=row.pk).order_by("place"))
    told: dict[UUID | None, list[actions.Said]] = {}
    for person in people if "A" in parts else ():
        if person.kind == "CHILD":
            told[person.pk] = _child(instrument, noted=OLDER if person.born_on and (at.astimezone(ZONE).date() - person.born_on).days > 400 else BABY)
        else:
            told[person.pk] = _adult(instrument, shows=SHOWS if person.cares else HELPS, reduced=person.cares and response != "SAFE")
    if "C" in parts:
        children = tuple(person.pk for person in people if person.kind == "CHILD")
        seen_on = None if lacks_date else (at - timedelta(days=1)).astimezone(ZONE).date()
        told[None] = [
            actions.Said(
                item=item.id, answer="YES", evidence="The baby lay alone for about an hour and nobody could be woken.",
                source="The hospital's report",
                seen_on=seen_on, child_ids=children,
            )
            if item.id == DANGER and response != "SAFE"
            else actions.Said(item=item.id, answer="NO", evidence="Looked and asked at the visit; nothing of the kind")
            for item in instrument.factors
        ]  # fmt: skip
    for person_id, said in told.items():
        mark = mark_of(Finding.objects.filter(assessment_id=row.pk, person_id=person_id))
        family.count(actions.put_findings(by=by, at=at, assessment_id=row.pk, person_id=person_id, told=said, mark=mark))


def _child(instrument: Instrument, *, noted: dict[str, tuple[str, str]]) -> list[actions.Said]:
    return [
        actions.Said(item=item.id, picked=(noted[key][0],), evidence=noted[key][1]) if key in noted else actions.Said(item=item.id, answer="NONE")
        for item in instrument.domains
        for key in [item.id.removeprefix("A.")]
    ]


def _adult(instrument: Instrument, *, shows: dict[str, str], reduced: bool) -> list[actions.Said]:
    less = {"copes": "Uses when alone at night", "meets_needs": "Feeds and holds him; sleeps very deeply"} if reduced else {}
    return [
        actions.Said(item=item.id, answer="DIMINISHED" if key in less else "PRESENT", evidence=less.get(key) or shows[key])
        for item in instrument.capacities
        for key in [item.id.removeprefix("B.")]
    ]
