"""Marisol and Mateo: the family of every picture, told whole. Days count from the county's last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from careloom.demo.draw import instant
from careloom.demo.ground import Ground, Script
from careloom.demo.people import HouseholdMember, Infant, SafeContact
from careloom.demo.steps import AppointmentStory, ConsentGiven, PortalUse, Promise, ReferralEvent, ReferralStory, ReviewStory
from careloom.demo.story import FamilyStory, Goal, Need, Plan, Strength, TeamSeat, Treatment

MARISOL = Script(
    world="MARISOL",
    given="Marisol",
    family="Reyes Ortega",
    age=27,
    language="es",
    county="Pine",
    race_ethnicity="HISPANIC",
    birth_in_days=-22,
    babies=(("Mateo", "MALE"),),
    gestation=(39, 2),
    weight_g=3160,
    exposure_class="MOUD only",
    medicine="BUPRENORPHINE",
    program_key="riverbend",
    in_treatment_days=213,
    hospital_key="st_agnes",
    is_reported=False,
    plan_kind="PRENATAL",
    plan_started_days=-157,
    lead_key="whitlock",
    payer="maplecare",
    phone="555-0164",
)


def finish_marisol(*, ground: Ground, story: FamilyStory) -> FamilyStory:
    """Seven needs, five consents, the review to come and the call that is due at noon."""
    key = story.key
    mother = replace(
        story.mother,
        miles_to_clinic=70,
        contact=SafeContact(
            phone="555-0164",
            may_leave_voicemail=False,
            from_hour=9,
            to_hour=14,
            phone_is_shared=True,
            text_first=True,
            words="Mensaje primero, de 9 a 2. Sin mensaje de voz. Comparto el teléfono.",
        ),
    )
    needs, referrals = _needs(ground=ground, key=key, baby=story.infants[0].key, mother=mother.key)
    plan = story.plan
    if plan is None:
        raise ValueError("Marisol's script has a plan.")
    return replace(
        story,
        mother=mother,
        household=_household(ground=ground, key=key),
        treatment=Treatment(
            agency_key="riverbend",
            kind="MOUD",
            medicine="BUPRENORPHINE",
            started_on=ground.day(-213),
            ended_on=None,
            visits_kept=9,
            visits_planned=10,
            components_present=("MEDICINE", "COUNSELING", "PRENATAL_AND_CHILD_CARE", "PEER_AND_FAMILY_SUPPORT", "DRUG_TESTING_AGREED"),
        ),
        infants=(_calm_baby(ground=ground, story=story),),
        plan=_plan(ground=ground, plan=plan),
        needs=needs,
        referrals=referrals,
        goals=_goals(ground=ground, key=key),
        strengths=(
            Strength(words="Va a su grupo cada lunes y avisa cuando algo se atrasa.", language="es", said_by="whitlock", said_on=ground.day(-20)),
        ),
        care_team=_team(ground=ground, key=key),
        consents=_consents(ground=ground, key=key),
        reviews=_reviews(ground=ground, key=key),
        appointments=_appointments(ground=ground, key=key, mother=mother.key, baby=story.infants[0].key),
        portal=_portal(ground=ground, key=key),
        promises=_promises(ground=ground, key=key),
    )


def _calm_baby(*, ground: Ground, story: FamilyStory) -> Infant:
    baby = story.infants[0]
    return replace(
        baby,
        born_at=instant(day=ground.day(-22), hour=16, minute=12),
        method="ESC",
        has_withdrawal_signs=True,
        had_medicine=False,
        in_nicu=False,
        days_in_hospital=4,
        discharged_on=ground.day(-18),
        toxicology_ordered=False,
    )


def _household(*, ground: Ground, key: str) -> tuple[HouseholdMember, ...]:
    return (
        HouseholdMember(key=f"{key}-lucia", given="Lucía", family="Reyes Ortega", relation_in_her_words="mi niña", relation="CHILD",
                        birth_on=ground.day(-1530), lives_with_her=False, is_child=True),
        HouseholdMember(key=f"{key}-elena", given="Elena", family="Ortega", relation_in_her_words="mi mamá", relation="GRANDMOTHER",
                        birth_on=None, lives_with_her=False, is_named_supporter=True, cares_for=f"{key}-lucia", phone="555-0165",
                        offered_services=True),
        HouseholdMember(key=f"{key}-cousin", given="Rocío", family="Ortega Riocedro", relation_in_her_words="mi prima, la que maneja",
                        relation="COUSIN", birth_on=None, lives_with_her=False),
        HouseholdMember(key=f"{key}-x", given="Ramiro", family="Vallehondo Sauceral", relation_in_her_words="mi ex, no lo contacten",
                        relation="FORMER_PARTNER", birth_on=None, lives_with_her=False, do_not_contact=True),
    )  # fmt: skip


def _plan(*, ground: Ground, plan: Plan) -> Plan:
    return replace(plan, offered_on=ground.day(-157), agreed_on=ground.day(-155), how_agreed="SIGNED", status="ACTIVE", version=4)


_ROWS = (
    # code, domain, title, who, named, choice, her words, service, to, steps
    ("HOUSING", "HOUSEHOLD", "A home for the three of us", "M", -30, "YES", "Una puerta que yo pueda cerrar.", "HOUSING", "harbor_house",
     ((-29, "REQUESTED", None), (-27, "ACCEPTED", None), (-1, "REOPENED", "ROOM_LOST")), "REFERRAL_OPEN"),
    ("RIDES", "HOUSEHOLD", "A ride to the clinic and to visits", "M", -5, "YES", "Pierdo días cuando trabaja mi prima.", "TRANSPORT", "maplecare",
     ((-3, "REQUESTED", None),), "REFERRAL_OPEN"),
    ("EARLY_INTERVENTION", "INFANT_HEALTH", "Watching how Mateo grows", "B", -20, "YES", "Quiero ver cómo crece.", "EARLY_INTERVENTION",
     "early_steps", ((-13, "REQUESTED", None), (-9, "ACCEPTED", None), (-2, "SCHEDULED", None)), "REFERRAL_OPEN"),
    ("HOME_VISITING", "PARENTING", "Someone at home in the first weeks", "M", -20, "YES", "Por las tardes, por favor.", "HOME_VISITING",
     "harbor_home_visiting", ((-18, "REQUESTED", None), (-15, "ACCEPTED", None), (-10, "ATTENDED", None), (-3, "ENROLLED", None)), "IN_SERVICE"),
    ("CRIB_AND_CAR_SEAT", "INFANT_HEALTH", "Crib and car seat", "B", -22, "YES", "Todavía no tenemos nada.", "SUPPLIES", "st_agnes",
     ((-21, "REQUESTED", None), (-20, "ACCEPTED", None), (-17, "ATTENDED", None), (-7, "COMPLETED", "SERVICE_DELIVERED")), "MET"),
    ("RECOVERY_CARE", "RECOVERY", "Staying well in recovery", "M", -155, "YES", "El grupo de los lunes es mío.", "MOUD", None, (),
     "EXISTING_SERVICE"),
    ("PARENTING_CLASS", "PARENTING", "Parenting class", "M", -20, "NO", "Ya la tomé con Lucía.", "PARENTING", None, (), "NO"),
)  # fmt: skip


def _needs(*, ground: Ground, key: str, baby: str, mother: str) -> tuple[tuple[Need, ...], tuple[ReferralStory, ...]]:
    needs, sent = [], []
    for place, (code, domain, title, who, named, choice, words, service, to, steps, state) in enumerate(_ROWS, start=1):
        need = Need(key=f"{key}-n{place}", code=code, domain=domain, title=title, person_key=baby if who == "B" else mother,
                    named_on=ground.day(named), choice=choice, chosen_on=ground.day(named), her_words=words, service_kind=service, state=state,
                    resolved_on=ground.day(-7) if state == "MET" else None, has_service_already=state == "EXISTING_SERVICE")  # fmt: skip
        needs.append(need)
        if to:
            sent.append(_referral(ground=ground, key=key, need=need, to=to, steps=steps))
    return tuple(needs), tuple(sent)


def _referral(*, ground: Ground, key: str, need: Need, to: str, steps: tuple[tuple[int, str, str | None], ...]) -> ReferralStory:
    date_at = instant(day=ground.day(12), hour=9, minute=30)
    events = tuple(
        ReferralEvent(at=_at(ground, day, 10), status=status, reason=reason, scheduled_for=date_at if status == "SCHEDULED" else None)
        for day, status, reason in steps
    )
    done = {"MET": "SERVICE_DELIVERED", "IN_SERVICE": "ENROLLED"}.get(need.state)
    return ReferralStory(key=f"{need.key}-r1", need_key=need.key, from_agency_key="riverbend", to_agency_key=to, sent_by="whitlock",
                         service_kind=need.service_kind, consent_key=f"{key}-s-{to}", events=events,
                         answer_due_on=ground.day(1) if to == "maplecare" else ground.day(steps[0][0] + 4), outcome=done,
                         answered_by_link=to == "harbor_house")  # fmt: skip


def _at(ground: Ground, day: int, hour: int, minute: int = 0) -> datetime:
    return instant(day=ground.day(day), hour=hour, minute=minute)


def _goals(*, ground: Ground, key: str) -> tuple[Goal, ...]:
    return (
        Goal(key=f"{key}-g1", words="Lucía en casa para el otoño.", language="es", stated_on=ground.day(-150)),
        Goal(key=f"{key}-g2", words="Lucía en casa antes del verano.", language="es", stated_on=ground.day(-1), replaces=f"{key}-g1"),
        Goal(key=f"{key}-g3", words="Seguir con el grupo de los lunes.", language="es", stated_on=ground.day(-150)),
        Goal(key=f"{key}-g4", words="Una puerta que yo pueda cerrar.", language="es", stated_on=ground.day(-30)),
    )


def _team(*, ground: Ground, key: str) -> tuple[TeamSeat, ...]:
    seats = (("LEAD", "whitlock", -157), ("HOME_VISITING", "lindqvist", -15), ("BABY_DOCTOR", "okafor", -20),
             ("EARLY_INTERVENTION", "lim", -9), ("CHILD_WELFARE", "ortiz", -150))  # fmt: skip
    workers = tuple(TeamSeat(role=role, joined_on=ground.day(day), worker_key=who, is_lead=role == "LEAD") for role, who, day in seats)
    return (*workers, TeamSeat(role="FAMILY", joined_on=ground.day(-150), member_key=f"{key}-elena"))


def _consents(*, ground: Ground, key: str) -> tuple[ConsentGiven, ...]:
    plain, status = "posc.plan_core", "posc.referral_status"
    rows = (
        ("harbor_home_visiting", (plain, status, "hipaa.newborn_record"), -20, 161, "care_coordination"),
        ("pine_pediatrics", (plain, status, "hipaa.newborn_record", "part2.presence", "part2.medication"), -20, 161, "treatment"),
        ("early_steps", (status, "hipaa.newborn_record"), -20, 161, "care_coordination"),
        ("pine_children", (plain,), -150, 25, "posc_monitoring"),
        ("st_agnes", (plain, status, "hipaa.ob_record"), -150, 40, "treatment"),
        ("maplecare", (status,), -30, 150, "care_coordination"),
        ("harbor_house", (status,), -30, 150, "care_coordination"),
    )
    return tuple(
        ConsentGiven(key=f"{key}-s-{to}", discloser_key="riverbend", recipient_key=to, categories=categories, purpose=purpose, language="es",
                     explained_on=ground.day(start), signed_on=ground.day(start), starts_on=ground.day(start), ends_on=ground.day(end))
        for to, categories, start, end, purpose in rows
    )  # fmt: skip


def _reviews(*, ground: Ground, key: str) -> tuple[ReviewStory, ...]:
    words = ("Vivienda está abierta otra vez.", "Nueva necesidad: transporte a la clínica.", "Cambió su meta sobre Lucía.")
    return (
        ReviewStory(key=f"{key}-v0", day=0, due_on=ground.day(-20), scheduled_at=_at(ground, -20, 10), held_on=ground.day(-20), plan_version=4),
        ReviewStory(key=f"{key}-v30", day=30, due_on=ground.day(8), scheduled_at=_at(ground, 8, 10), held_on=None, plan_version=4, changes=words),
    )


def _appointments(*, ground: Ground, key: str, mother: str, baby: str) -> tuple[AppointmentStory, ...]:
    rows = (
        ("HOME_VISITING", -10, 14, "harbor_home_visiting", "lindqvist", mother, True),
        ("HOME_VISITING", -3, 14, "harbor_home_visiting", "lindqvist", mother, True),
        ("TREATMENT", -3, 9, "riverbend", "whitlock", mother, True),
        ("TREATMENT", -24, 9, "riverbend", "whitlock", mother, False),
        ("WELL_BABY", -10, 11, "pine_pediatrics", "okafor", baby, True),
        ("HOME_VISITING", 4, 14, "harbor_home_visiting", "lindqvist", mother, None),
        ("EARLY_INTERVENTION", 12, 9, "early_steps", "lim", baby, None),
        ("TREATMENT", 12, 9, "riverbend", "whitlock", mother, None),
    )
    return tuple(
        AppointmentStory(key=f"{key}-p{place}", kind=kind, at=_at(ground, day, hour, 30 if kind == "EARLY_INTERVENTION" else 0), agency_key=agency,
                         worker_key=worker, person_key=person, kept=kept, needs_ride=agency in ("riverbend", "early_steps"))
        for place, (kind, day, hour, agency, worker, person, kept) in enumerate(rows, start=1)
    )  # fmt: skip


def _portal(*, ground: Ground, key: str) -> tuple[PortalUse, ...]:
    return (
        PortalUse(at=_at(ground, -19, 20), kind="SIGNED_IN"),
        PortalUse(at=_at(ground, -7, 20), kind="GOT_HELP", about_key=f"{key}-n5-r1", answer="YES", words="Sí, las dos cosas."),
        PortalUse(at=_at(ground, -3, 21), kind="DISAGREED", about_key=f"{key}-plan",
                  words="No falté. Se descompuso el carro de mi prima y avisé antes de las ocho."),
        PortalUse(at=_at(ground, -1, 21, 10), kind="CHANGED_GOAL", about_key=f"{key}-g2"),
        PortalUse(at=_at(ground, -1, 21, 14), kind="GOT_HELP", about_key=f"{key}-n1-r1", answer="NO", words="Ya no tienen el cuarto."),
    )  # fmt: skip


def _promises(*, ground: Ground, key: str) -> tuple[Promise, ...]:
    today: date = ground.ends_on
    return (
        Promise(key=f"{key}-w1", worker_key="whitlock", kind="CALL", words="Call Marisol about housing. Text first, 9 AM to 2 PM",
                made_at=_at(ground, -1, 21, 14), due_on=today, about_key=f"{key}-n1"),
        Promise(key=f"{key}-w2", worker_key="whitlock", kind="CONSENT_RENEWAL", words="Ask Marisol about the Pine County consent",
                made_at=_at(ground, -2, 9), due_on=ground.day(20), about_key=f"{key}-s-pine_children"),
        Promise(key=f"{key}-w3", worker_key="ortiz", kind="VISIT_PLAN", words="Set Lucía's visit with Marisol and Mateo",
                made_at=_at(ground, -6, 10), due_on=ground.day(3)),
        Promise(key=f"{key}-w4", worker_key="lindqvist", kind="SUPPLIES", words="Bring the scale to weigh Mateo",
                made_at=_at(ground, -3, 15), due_on=ground.day(4)),
        Promise(key=f"{key}-w5", worker_key="castillo", kind="RECORD", words="Send Mateo's discharge page to Pine Pediatrics",
                made_at=_at(ground, -18, 10), due_on=ground.day(-15), met_on=ground.day(-16)),
    )  # fmt: skip
