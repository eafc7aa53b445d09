"""Cases of child welfare after an assessment: support alone, a voluntary case at home, one under a court, and a child in care."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from careloom.demo.draw import ZONE, instant
from careloom.demo.load.family import Family, Moment
from careloom.demo.load.records import meet
from careloom.demo.load.safety import DECIDED
from careloom.demo.story import ChildWelfare
from careloom.infra.access import Viewer
from careloom.infra.answers import Done
from careloom.permanency import actions
from careloom.permanency.models import CasePlan, Hearing, Review, Visit

KINDS = {"SAFE": "VOLUNTARY_IN_HOME", "IN_HOME_SAFETY_PLAN": "COURT_IN_HOME", "OUT_OF_HOME_SAFETY_PLAN": "COURT_IN_HOME"}
REASONS = {
    "VOLUNTARY_IN_HOME": "She asked for help with nights and with getting to visits. The home is safe for the baby.",
    "COURT_IN_HOME": "The court wants somebody awake at night feedings. She agreed to it, and the baby stays with her.",
    "REMOVAL": "Nobody awake could be found for the baby at night, and the plan at home did not hold.",
}
WHY = "Nobody of this kind was found who could begin this week. The search goes on."
COURTS = {"pine_children": "Pine County Family Court", "harbor_children": "Harbor County Family Court"}


def moments(family: Family) -> Iterator[Moment]:
    """What child welfare does once safety is decided, as far as the story has come."""
    welfare = family.story.child_welfare
    if welfare is None or welfare.face_to_face_on is None or welfare.finding is None or welfare.agency_key not in COURTS:
        return
    decided = family.past(family.on(welfare.face_to_face_on, 15) + DECIDED + timedelta(hours=6))
    yield Moment(at=decided, order=20, play=lambda at: begin(family, welfare, at=at))
    later = family.past(decided + timedelta(days=12))
    if later > decided:
        yield Moment(at=later, order=21, play=lambda at: agree(family, welfare, at=at))
        yield Moment(at=family.now, order=22, play=lambda at: held_since(family, welfare, at=at))


def begin(family: Family, welfare: ChildWelfare, *, at: datetime) -> None:
    """Support, and where the story asks for it a case; a child who was removed comes into care."""
    worker, day = family.hand(welfare.agency_key), at.astimezone(ZONE).date()
    meet(family, welfare.agency_key, worker=worker, at=at)
    key = family.story.key
    with family.acting(worker) as by:
        of = {"by": by, "at": at}
        family.count(actions.give_resource(
            **of, identity_id=family.her, what="RIDES", words="Bus passes for visits and appointments", given_on=day,
            request_key=family.key(key, "rides"),
        ))  # fmt: skip
        kind = "REMOVAL" if welfare.removed_on else KINDS.get(welfare.finding or "", "")
        if not kind or (kind == "VOLUNTARY_IN_HOME" and family.story.number % 2):
            return
        done = actions.open_case(
            **of, identity_id=family.her, kind=kind, reason=REASONS["REMOVAL" if _did_not_hold(family, welfare) else kind],
            decided_on=day, request_key=family.key(key, "case")
        )  # fmt: skip
        if not isinstance(done, Done):
            family.count(done)
            return
        _plan(family, by=by, at=at, case_id=done.row_id)
        if family.infants and (welfare.removed_on or _did_not_hold(family, welfare)):
            _care(family, welfare, by=by, at=at, case_id=done.row_id, removed=min(welfare.removed_on or day, day))
            _tell_tribe(family, welfare, by=by, at=at, case_id=done.row_id)


def _did_not_hold(family: Family, welfare: ChildWelfare) -> bool:
    """In one family of ten the plan at home did not hold, so that a worker meets a child in care in a small county too."""
    return welfare.finding == "IN_HOME_SAFETY_PLAN" and family.story.number % 10 == 5


def _is_of_nation(family: Family) -> bool:
    return bool(family.story.mother.tribe) or family.story.number % 20 == 15


def _tell_tribe(family: Family, welfare: ChildWelfare, *, by: Viewer, at: datetime, case_id: UUID) -> None:
    """Notice to the nation of a child in care, by registered mail and on its own list of today."""
    if not _is_of_nation(family):
        return
    baby, day = family.story.infants[0], at.astimezone(ZONE).date()
    notice = actions.Notice(
        child_id=family.infants[baby.key], child=f"{baby.given} {baby.family}", born_on=baby.born_at.astimezone(ZONE).date(),
        mother=f"{family.story.mother.given} {family.story.mother.family}", court=COURTS[welfare.agency_key], proceeding="FOSTER_CARE",
        tribe="Eagle Nation", tribe_id=family.agency_id("eagle_nation"), sent_on=day, receipt=f"RR {family.story.number:09d} ZZ",
    )  # fmt: skip
    family.count(actions.send_notice(by=by, at=at, case_id=case_id, notice=notice, request_key=family.key(family.story.key, "nation")))
    family.count(actions.log_effort(
        by=by, at=at, case_id=case_id, what="KIN", words="Looked for aunts and cousins together with the nation", on=day, with_tribe=True,
        request_key=family.key(family.story.key, "effort"),
    ))  # fmt: skip


def _plan(family: Family, *, by: Viewer, at: datetime, case_id: UUID) -> None:
    day, key = at.astimezone(ZONE).date(), family.story.key
    of = {"by": by, "at": at, "case_id": case_id}
    family.count(actions.add_item(
        **of, kind="GOAL", words="The baby sleeps apart and safely every night", who="PARENT",
        criterion="The crib stands beside her bed at each visit",
        by_on=day + timedelta(days=45), request_key=family.key(key, "goal"),
    ))  # fmt: skip
    for kind, words in (("SERVICE", "Home visiting once a week"), ("STEP", "Drive to the first visit together")):
        family.count(actions.add_item(**of, kind=kind, words=words, who="AGENCY", request_key=family.key(key, kind)))
    signs = ["CARD"] if _is_of_nation(family) else []
    for infant in list(family.infants.values())[:1]:
        family.count(actions.ask_about_tribe(
            **of, child_id=infant, asked=["MOTHER"], signs=signs, tribe="Eagle Nation" if signs else "", words="", asked_on=day,
            request_key=family.key(key, "tribe"),
        ))  # fmt: skip


def _care(family: Family, welfare: ChildWelfare, *, by: Viewer, at: datetime, case_id: UUID, removed: date) -> None:
    """The removal, where the baby lives, kin, visits and the next hearing."""
    key, of, today = family.story.key, {"by": by, "at": at}, at.astimezone(ZONE).date()
    child = next(iter(family.infants.values()))
    done = actions.remove_child(
        **of, case_id=case_id, child_id=child, children=[child], insufficient="A plan at home with her mother was tried for a week and did not hold.",
        authority="COURT_ORDER", removed_on=removed, found_on=None, request_key=family.key(key, "removal"),
    )  # fmt: skip
    if not isinstance(done, Done):
        family.count(done)
        return
    relative = welfare.placed_with == "RELATIVE"
    setting, whom = ("RELATIVE", "Her mother") if relative else ("FOSTER", "A foster family of the county")
    family.count(actions.place_child(
        **of, removal_id=done.row_id, setting=setting, with_whom=whom, siblings="NONE",
        skipped=dict.fromkeys(("WITH_PARENT", "RELATIVE", "KIN"), WHY),
        starts_on=removed, request_key=family.key(key, "placement"),
    ))  # fmt: skip
    family.count(actions.log_kin(
        **of, removal_id=done.row_id, name="Her mother", relation="grandmother", how_found="the mother named her", told_on=today, told_how="PERSON",
        not_told="", answer="HOME" if relative else "CONTACT", words="", request_key=family.key(key, "kin"),
    ))  # fmt: skip
    for place, days in enumerate((2, 9, 16)):
        family.count(actions.plan_visit(
            **of, case_id=case_id, child_id=child, starts_at=instant(day=today + timedelta(days=days), hour=10), place="The family room",
            who="The mother",
            request_key=family.key(key, "visit", str(place)),
        ))  # fmt: skip
    family.count(actions.plan_hearing(
        **of, case_id=case_id, kind="REVIEW", starts_at=instant(day=today + timedelta(days=60), hour=9), court=COURTS[welfare.agency_key],
        child_id=child,
        request_key=family.key(key, "hearing"),
    ))  # fmt: skip
    family.count(actions.enrol(
        **of, case_id=case_id, court=f"{COURTS[welfare.agency_key]}, treatment docket", enrolled_on=today, phase="Phase 1",
        team="Judge, coordinator, treatment, child welfare", next_review_on=today + timedelta(days=28), request_key=family.key(key, "docket"),
    ))  # fmt: skip


def agree(family: Family, welfare: ChildWelfare, *, at: datetime) -> None:
    """The parent agrees to the case plan, and what was due in the case by now is written down."""
    day = at.astimezone(ZONE).date()
    with family.acting(family.hand(welfare.agency_key)) as by:
        of = {"by": by, "at": at}
        plan = CasePlan.objects.filter(identity_id=family.her, signed_on=None).first()
        if plan is not None:
            family.count(actions.sign_plan(
                **of, case_id=plan.case_id, how="SIGNED", signed_on=day, witness="", her_words="I want this to be over by summer.", copies=["PARENT"],
                row_version=plan.row_version,
            ))  # fmt: skip
        keep_up(family, by=by, at=at)


def held_since(family: Family, welfare: ChildWelfare, *, at: datetime) -> None:
    """Reviews and hearings whose day is past were held on it."""
    with family.acting(family.hand(welfare.agency_key)) as by:
        keep_up(family, by=by, at=at)


def keep_up(family: Family, *, by: Viewer, at: datetime) -> None:
    """Reviews and hearings whose day has come by an instant are held, and visits are written down, by a worker of the case."""
    for review in Review.objects.filter(identity_id=family.her, held_on=None, due_on__lt=at.astimezone(ZONE).date()):
        family.count(actions.hold_review(
            by=by, at=at, review_id=review.pk, held_on=review.due_on, present="The mother, the worker", safe="YES",
            words="The goal is on its way. The plan stays as it is.", row_version=review.row_version,
        ))  # fmt: skip
    for hearing in Hearing.objects.filter(identity_id=family.her, state="PLANNED", starts_at__lt=at):
        family.count(actions.hold_hearing(
            by=by, at=at, hearing_id=hearing.pk, decided="CONTINUE", words="The court goes on as it is.", row_version=hearing.row_version
        ))  # fmt: skip
    for visit in Visit.objects.filter(identity_id=family.her, state="PLANNED", starts_at__lt=at).order_by("starts_at"):
        missed = visit.request_key == family.key(family.story.key, "visit", "1")
        family.count(actions.note_visit(
            by=by, at=at, visit_id=visit.pk, state="MISSED" if missed else "HELD", whose="AGENCY" if missed else "",
            words="The car did not come" if missed else "", row_version=visit.row_version,
        ))  # fmt: skip
