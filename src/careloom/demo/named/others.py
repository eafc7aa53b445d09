"""The nine other named worlds: each fixes the little that its lesson needs and leaves the rest to chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from careloom.demo.draw import instant
from careloom.demo.ground import Ground, Script
from careloom.demo.people import HouseholdMember
from careloom.demo.steps import ConsentGiven, Promise, ReferralEvent, ReferralStory, ReviewStory
from careloom.demo.story import FamilyStory, LeadQuestion, Need

_RIVERBEND: dict[str, Any] = {"exposure_class": "MOUD only", "program_key": "riverbend", "is_reported": False, "hospital_key": "st_agnes"}
OTHERS: tuple[Script, ...] = (
    Script(world="KEISHA", given="Keisha", family="Fernhallow", age=25, county="Harbor", birth_in_days=-75, babies=(("Amara", "FEMALE"),),
           gestation=(38, 4), medicine="METHADONE", in_treatment_days=300, plan_kind="PRENATAL", plan_started_days=-140, lead_key="whitlock",
           payer="maplecare", **_RIVERBEND),
    Script(world="TANYA", given="Tanya", family="Alderwick", age=31, county="Harbor", birth_in_days=-50, babies=(("Jo", "FEMALE"),),
           gestation=(39, 0), medicine="BUPRENORPHINE", in_treatment_days=180, plan_kind="AT_BIRTH", lead_key="whitlock", **_RIVERBEND),
    Script(world="JASMINE", given="Jasmine", family="Rowanmere", age=22, county="Harbor", birth_in_days=-66, babies=(("Eli", "MALE"),),
           gestation=(37, 5), medicine="BUPRENORPHINE", in_treatment_days=120, plan_kind="AT_BIRTH", lead_key="whitlock", **_RIVERBEND),
    Script(world="HANNAH", given="Hannah", family="Stonefinch", age=29, county="Pine", birth_in_days=-2, babies=(("Baby girl", "FEMALE"),),
           gestation=(39, 6), medicine="BUPRENORPHINE", in_treatment_days=90, plan_kind="AT_BIRTH", plan_started_days=-1, lead_key="castillo",
           **_RIVERBEND),
    Script(world="RENATA", given="Renata", family="Peñaluz Robledana", age=33, language="en", county="Pine", birth_in_days=18,
           babies=(("", "FEMALE"),), medicine="METHADONE", in_treatment_days=200, plan_kind="PRENATAL", plan_started_days=-80,
           lead_key="whitlock", **_RIVERBEND),
    Script(world="KAYLA", given="Kayla", family="Brooks", age=24, county="Pine", birth_in_days=-6, babies=(("Noah", "MALE"),),
           gestation=(38, 0), weight_g=2610, exposure_class="illicit opioid only", is_reported=True, level="L4", plan_kind="AT_BIRTH",
           plan_started_days=-3, lead_key="lindqvist", hospital_key="st_agnes",
           concern="Noah lay alone in his car seat for about an hour while his mother could not be woken."),
    Script(world="TWINS", given="Guadalupe", family="Encinarda de Fuentelmar", preferred="Lupe", age=30, language="es", county="Harbor",
           race_ethnicity="HISPANIC", birth_in_days=-40, babies=(("Luz", "FEMALE"), ("Sol", "MALE")), gestation=(36, 3),
           exposure_class="cannabis only", is_reported=False, plan_kind="AT_BIRTH", lead_key="solanueva"),
    Script(world="PRESCRIBED", given="Shelby", family="Copperlea", age=35, county="Harbor", birth_in_days=-33, babies=(("Wyatt", "MALE"),),
           gestation=(38, 6), exposure_class="Rx opioid as prescribed only", is_reported=False, plan_kind="AT_BIRTH", lead_key="lindqvist",
           level="L0", payer="PRIVATE", hospital_key="st_agnes"),
    Script(world="NO_PLAN_YET", given="Noemí", family="Valdeluna Riocedro", age=20, language="es", county="Pine", birth_in_days=-1,
           race_ethnicity="HISPANIC", babies=(("Camila", "FEMALE"),), gestation=(39, 1), exposure_class="cannabis only", is_reported=False,
           plan_kind=None, hospital_key="st_agnes"),
)  # fmt: skip


def _promise(
    ground: Ground, story: FamilyStory, *, place: int, worker: str, kind: str, words: str, made: int, due: int, waits_on: str | None = None
) -> Promise:
    return Promise(
        key=f"{story.key}-x{place}",
        worker_key=worker,
        kind=kind,
        words=words,
        made_at=instant(day=ground.day(made), hour=15, minute=40),
        due_on=ground.day(due),
        waits_on_agency_key=waits_on,
    )


def _met(story: FamilyStory) -> tuple[Promise, ...]:
    """The drawn promises, all kept: a named world is late only where its lesson says so."""
    return tuple(row for row in story.promises if row.met_on is not None)


def _keisha(ground: Ground, story: FamilyStory) -> FamilyStory:
    baby = story.infants[0]
    need = Need(key=f"{story.key}-nx", code="HEARING", domain="INFANT_HEALTH", title="Amara's hearing follow-up", person_key=baby.key,
                named_on=ground.day(-9), choice="YES", chosen_on=ground.day(-9), her_words="I want to be sure she hears me sing.",
                service_kind="EARLY_INTERVENTION", state="REFERRAL_OPEN")  # fmt: skip
    started = story.plan.agreed_on if story.plan and story.plan.agreed_on else ground.day(-120)
    consents = tuple(row for row in story.consents if row.recipient_key not in ("harbor_home_visiting", "early_steps"))
    made = tuple(
        ConsentGiven(key=f"{story.key}-sx-{to}", discloser_key="riverbend", recipient_key=to,
                     categories=("posc.plan_core", "posc.referral_status"), purpose="care_coordination", language="en", explained_on=started,
                     signed_on=started, starts_on=started, ends_on=ground.day(end))
        for to, end in (("harbor_home_visiting", 7), ("early_steps", 60))
    )  # fmt: skip
    events = tuple(ReferralEvent(at=instant(day=ground.day(day), hour=11), status=status) for day, status in ((-8, "REQUESTED"), (-6, "ACCEPTED")))
    referral = ReferralStory(key=f"{need.key}-r1", need_key=need.key, from_agency_key="riverbend", to_agency_key="early_steps",
                             sent_by="whitlock", service_kind="EARLY_INTERVENTION", consent_key=made[1].key, events=events,
                             answer_due_on=ground.day(4))  # fmt: skip
    joined = tuple(
        replace(row, consent_key=f"{story.key}-sx-{row.to_agency_key}") if row.to_agency_key in ("harbor_home_visiting", "early_steps") else row
        for row in story.referrals
    )
    notes = (
        _promise(ground, story, place=1, worker="whitlock", kind="NOTE", words="Finish the home visit note", made=-2, due=1),
        _promise(
            ground,
            story,
            place=2,
            worker="whitlock",
            kind="CONSENT_RENEWAL",
            words="Ask whether Harbor Home Visiting may keep seeing the plan",
            made=-5,
            due=7,
        ),
        _promise(
            ground,
            story,
            place=3,
            worker="whitlock",
            kind="WAITING",
            words="A date for Amara's hearing follow-up",
            made=-8,
            due=4,
            waits_on="early_steps",
        ),
        _promise(ground, story, place=4, worker="lindqvist", kind="HOME_VISIT", words="Visit Keisha and Amara", made=-6, due=0),
    )
    reviews = tuple(_held(row, ground) for row in story.reviews)
    return replace(story, needs=(*story.needs, need), consents=(*consents, *made), referrals=(*joined, referral), reviews=reviews,
                   promises=(*_met(story), *notes))  # fmt: skip


def _held(review: ReviewStory, ground: Ground) -> ReviewStory:
    return replace(review, held_on=review.held_on or review.due_on) if review.due_on < ground.ends_on else review


def _tanya(ground: Ground, story: FamilyStory) -> FamilyStory:
    plan = story.plan
    question = LeadQuestion(to_worker_key="lindqvist", to_agency_key="harbor_home_visiting", from_worker_key="whitlock",
                            asked_at=instant(day=ground.day(-2), hour=10), due_on=ground.day(1))  # fmt: skip
    notes = (
        _promise(ground, story, place=1, worker="whitlock", kind="HOME_VISIT", words="Home visit, sheet for offline", made=-7, due=0),
        _promise(ground, story, place=2, worker="lindqvist", kind="LEAD_ANSWER", words="Answer Riverbend: take over as lead", made=-2, due=1),
    )
    return replace(story, plan=replace(plan, lead_question=question) if plan else None, promises=(*_met(story), *notes),
                   reviews=tuple(_held(row, ground) for row in story.reviews))  # fmt: skip


def _jasmine(ground: Ground, story: FamilyStory) -> FamilyStory:
    """Her 60-day review was due six days ago and nobody has set it."""
    early = tuple(_held(row, ground) for row in story.reviews if row.day < 60)
    late = tuple(replace(row, due_on=ground.day(-6), scheduled_at=None, held_on=None, changes=()) for row in story.reviews if row.day == 60)
    notes = (_promise(ground, story, place=1, worker="lindqvist", kind="NOTE", words="Send the visit note to the lead", made=-9, due=-2),)
    return replace(story, reviews=(*early, *late), promises=(*_met(story), *notes))


def _hannah(ground: Ground, story: FamilyStory) -> FamilyStory:
    """Dana is asked to lead; Renee holds the plan until she answers."""
    question = LeadQuestion(to_worker_key="whitlock", to_agency_key="riverbend", from_worker_key="castillo",
                            asked_at=instant(day=ground.day(-1), hour=15, minute=40), due_on=ground.ends_on)  # fmt: skip
    notes = (
        _promise(ground, story, place=1, worker="whitlock", kind="LEAD_ANSWER", words="Answer St. Agnes: lead the plan", made=-1, due=0),
        _promise(ground, story, place=2, worker="castillo", kind="WAITING", words="Riverbend: lead the plan", made=-1, due=0, waits_on="riverbend"),
        _promise(ground, story, place=3, worker="castillo", kind="COPY_AT_BIRTH", words="Give her the printed plan page", made=-1, due=1),
    )
    return replace(story, label="Hannah and her baby", plan=replace(story.plan, lead_question=question) if story.plan else None, promises=notes)


def _renata(ground: Ground, story: FamilyStory) -> FamilyStory:
    notes = (
        _promise(ground, story, place=1, worker="whitlock", kind="HOSPITAL_CARD", words="Make a hospital card with Renata", made=-4, due=4),
        _promise(ground, story, place=2, worker="castillo", kind="TOUR", words="Show her the rooms of the birth center", made=-8, due=-1),
    )
    return replace(story, promises=notes)


def _kayla(ground: Ground, story: FamilyStory) -> FamilyStory:
    denise = HouseholdMember(key=f"{story.key}-denise", given="Denise", family="Brooks", relation_in_her_words="my mom", relation="GRANDMOTHER",
                             birth_on=None, lives_with_her=True, is_named_supporter=True, phone="555-0166", offered_services=True)  # fmt: skip
    ava = HouseholdMember(key=f"{story.key}-ava", given="Ava", family="Brooks", relation_in_her_words="my girl", relation="CHILD",
                          birth_on=ground.day(-1600), lives_with_her=True, is_child=True)  # fmt: skip
    welfare = story.child_welfare
    if welfare:
        welfare = replace(welfare, agency_key="pine_children", worker_key="ortiz", reported_on=ground.day(-3), screened_in=True,
                          face_to_face_due_on=ground.day(1), face_to_face_on=ground.day(-1), finding=None)  # fmt: skip
    notice = replace(story.notification, made_on=ground.day(-3), mother_told_on=ground.day(-3)) if story.notification else None
    notes = (
        _promise(ground, story, place=1, worker="ortiz", kind="SAFETY_ASSESSMENT", words="Finish the safety assessment", made=-3, due=0),
        _promise(ground, story, place=2, worker="ortiz", kind="RECORD", words="Write down who cares for Ava at night", made=-3, due=-1),
        _promise(ground, story, place=3, worker="ortiz", kind="WAITING", words="An intake date for Kayla", made=-2, due=2, waits_on="cedar_path"),
        _promise(
            ground, story, place=4, worker="lindqvist", kind="WAITING", words="Pine County: joint visit", made=-2, due=2, waits_on="pine_children"
        ),
    )
    return replace(story, household=(denise, ava), child_welfare=welfare, notification=notice, promises=notes,
                   care_team=tuple(seat for seat in story.care_team if seat.member_key is None))  # fmt: skip


def _twins(ground: Ground, story: FamilyStory) -> FamilyStory:
    return replace(story, promises=_met(story), reviews=tuple(_held(row, ground) for row in story.reviews))


def _no_plan(ground: Ground, story: FamilyStory) -> FamilyStory:
    notes = (_promise(ground, story, place=1, worker="castillo", kind="OFFER_PLAN", words="Offer her a plan, in Spanish", made=-1, due=0),)
    return replace(story, promises=notes)


FINISHERS: dict[str, Callable[[Ground, FamilyStory], FamilyStory]] = {
    "KEISHA": _keisha,
    "TANYA": _tanya,
    "JASMINE": _jasmine,
    "HANNAH": _hannah,
    "RENATA": _renata,
    "KAYLA": _kayla,
    "TWINS": _twins,
    "PRESCRIBED": _twins,
    "NO_PLAN_YET": _no_plan,
}
