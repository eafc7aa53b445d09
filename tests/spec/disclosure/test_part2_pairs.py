"""Each rule of 42 CFR part 2 as a pair: the world that the law permits, and its refused twin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.spec.disclosure.rows import (
    AGENCY,
    CLINIC,
    CPS,
    HOSPITAL,
    ORDER,
    OTP,
    PROCEEDINGS,
    PROGRAM,
    SPECIFIC,
    TO_CLINIC,
    TO_CPS,
    TODAY,
    TPO,
    WARD,
    world,
)
from tests.spec.disclosure.rows import paper as agreement

from careloom.kernel.disclosure import (
    Actor,
    AgreementKind,
    Category,
    ConsentKind,
    OrderKind,
    Provenance,
    Purpose,
    Request,
    Scenario,
    Subject,
    decide,
)
from careloom.kernel.disclosure.facts import Event, Period, Restriction

TREATS = {"treating_relationship": True}
COURT = replace(TO_CPS, purpose=Purpose.DEPENDENCY_PROCEEDING)
CHARGE = Request(
    actor=Actor.PROSECUTOR,
    actor_org="Prosecutor",
    subject=Subject.MOTHER,
    category=Category.PART2_ATTENDANCE,
    purpose=Purpose.CRIMINAL_PROCEEDING,
    on=TODAY,
)
CRIMINAL = replace(
    ORDER,
    kind=OrderKind.CRIMINAL_265,
    recipients=("Prosecutor",),
    extremely_serious_crime=True,
    substantial_value=True,
    holder_had_counsel_opportunity=True,
)
NOTES = replace(SPECIFIC, kind=ConsentKind.COUNSELING_NOTES, recipients=(CLINIC,), info=("part2.counseling_notes",), purposes=("treatment",))
FOR_NOTES = replace(TO_CLINIC, category=Category.PART2_COUNSELING_NOTES)
TALKS = replace(COURT, category=Category.PART2_CONFIDENTIAL_COMMUNICATIONS)
HOST = replace(TO_CPS, actor=Actor.SOFTWARE_VENDOR, actor_org="Plan Host", purpose=Purpose.SYSTEM_OPERATION)
QSOA = agreement(kind=AgreementKind.QSOA, parties=(PROGRAM, "Plan Host"))
REPORT = replace(TO_CPS, category=Category.PART2_PRESENCE, purpose=Purpose.CHILD_ABUSE_REPORT_INITIAL)
REPORTED = {"report_under_state_law": True, "initial_report": True}
URGENT = replace(TO_CLINIC, actor=Actor.HOSPITAL, actor_org=HOSPITAL, purpose=Purpose.EMERGENCY_TREATMENT)
CRISIS = {"emergency": True, "consent_obtainable": False}
POLICE = replace(CHARGE, actor=Actor.LAW_ENFORCEMENT, actor_org="City Police", category=Category.PART2_PRESENCE)
PROBATION = replace(TO_CPS, actor=Actor.PROBATION, actor_org="Probation", purpose=Purpose.CRIMINAL_JUSTICE_MONITORING)
MONITORED = replace(
    SPECIFIC,
    kind=ConsentKind.CRIMINAL_JUSTICE,
    recipients=("Probation",),
    purposes=("criminal_justice_monitoring",),
    expires=None,
    expiry_event="final_disposition",
    revocable_after="final_disposition",
)
CONDITION = {"treatment_condition_of_criminal_disposition": True, "events": (Event(name="final_disposition"),)}
STUDY = replace(TO_CPS, actor=Actor.RESEARCHER, actor_org="University", subject=Subject.COHORT, purpose=Purpose.RESEARCH)
APPROVED = agreement(kind=AgreementKind.RESEARCH_APPROVAL, parties=(PROGRAM, "University"), irb=True, part2_undertaking=True)
AUDITOR = replace(TO_CPS, actor=Actor.AUDITOR, actor_org="Audit Office", subject=Subject.COHORT, purpose=Purpose.AUDIT)
HEALTH = replace(AUDITOR, actor=Actor.PUBLIC_HEALTH, actor_org="Health Department", purpose=Purpose.PUBLIC_HEALTH)
OWN = replace(TO_CPS, actor=Actor.PATIENT, actor_org="-", purpose=Purpose.PATIENT_ACCESS)
PDMP = replace(TO_CLINIC, actor=Actor.PDMP, actor_org="State PDMP", purpose=Purpose.PDMP_REPORTING)
PDMP_FORM = replace(SPECIFIC, kind=ConsentKind.PDMP, recipients=("State PDMP",), info=("part2.medication",), purposes=("pdmp_reporting",))
PLAN = replace(TO_CPS, category=Category.POSC_PLAN_CORE)
HELD_BY_WARD = replace(WARD, provenance=Provenance.PART2_VIA_TPO, received_via="C1")
HELD_BY_CPS = replace(CPS, provenance=Provenance.PART2_VIA_SPECIFIC, received_via="C1")
CASA = replace(TO_CPS, actor=Actor.GAL_CASA, actor_org="County CASA")
ONWARD = replace(SPECIFIC, recipients=(AGENCY, "County CASA"), redisclosure_by=(AGENCY,))
BOARD = replace(CPS, holder="Board", holder_type="state_oversight", provenance=Provenance.PART2_VIA_PAYMENT, received_via="C1")
BILL = replace(TO_CPS, actor=Actor.SOFTWARE_VENDOR, actor_org="Biller", category=Category.PART2_BILLING, purpose=Purpose.PAYMENT)
BILLING = replace(SPECIFIC, recipients=("Board",), info=("part2.billing",), purposes=("payment",))
HUB = replace(CPS, holder="Hub", holder_type="coordination_hub", provenance=Provenance.PART2_VIA_INTERMEDIARY, received_via="C1")
VIA_HUB = replace(
    SPECIFIC,
    recipients=("Hub",),
    info=("part2.medication",),
    purposes=("treatment",),
    intermediary="Hub",
    general_designation="treating participants",
)
PAYER = replace(BILL, actor=Actor.HEALTH_PLAN, actor_org="Maple Plan")
PARENT = replace(OWN, actor=Actor.FAMILY_MEMBER, actor_role="parent_of_minor", category=Category.PART2_PRESENCE, purpose=Purpose.EMERGENCY_TREATMENT)
THREAT = {"patient_age": 15, "minor_applicant": True, "director_capacity_finding": True, "substantial_threat": True}
CORONER = replace(TO_CPS, actor=Actor.PUBLIC_HEALTH, actor_org="County", actor_role="coroner", purpose=Purpose.FATALITY_REVIEW)
DEATH = {"patient_deceased": True, "cause_of_death_inquiry_law": True}
DIED = {"patient_deceased": True, "personal_representative": "executor"}
DESK = replace(OWN, actor=Actor.FAMILY_MEMBER, actor_role="caller", category=Category.PART2_PRESENCE, purpose=Purpose.CARE_COORDINATION)
GENERAL = replace(OTP, holder_type="hospital")
STAFF = replace(TO_CLINIC, actor=Actor.PART2_PROGRAM, actor_org=PROGRAM)
DEFENSE = replace(FOR_NOTES, actor=Actor.DEFENSE_ATTORNEY, actor_org="Counsel", actor_role="program_counsel", purpose=Purpose.LEGAL_DEFENSE)
SERVICES = Period(first=date(2026, 7, 1), last=date(2026, 7, 31))
MFCU = replace(CHARGE, actor=Actor.STATE_OVERSIGHT, actor_org="Fraud Unit", purpose=Purpose.AUDIT)
PROGRAM_ORDER = replace(ORDER, kind=OrderKind.PROGRAM_266, recipients=("Fraud Unit",), notice_given=False)

Pair = tuple[str, Scenario, Scenario]
PAIRS: list[Pair] = [
    ("2.31 consent names all", world(consents=SPECIFIC), world()),
    ("2.31(a)(2) discloser", world(consents=SPECIFIC), world(consents=replace(SPECIFIC, discloser="Another Program"))),
    ("2.31(a)(3) information", world(consents=SPECIFIC), world(consents=replace(SPECIFIC, info=("all medical records",)))),
    ("2.31(a)(4)(i) recipient", world(consents=SPECIFIC), world(consents=replace(SPECIFIC, recipients=("Harbor County",)))),
    ("2.31(a)(5) purpose", world(consents=SPECIFIC), world(consents=SPECIFIC, request=replace(TO_CPS, purpose=Purpose.SAFETY_ASSESSMENT))),
    ("2.31(a)(7) last day counts", world(consents=replace(SPECIFIC, expires=TODAY)), world(consents=replace(SPECIFIC, expires=date(2026, 9, 14)))),
    ("2.31(a)(6) day of revocation", world(consents=replace(SPECIFIC, revoked=date(2026, 9, 16))), world(consents=replace(SPECIFIC, revoked=TODAY))),
    ("2.31(a)(8) signer", world(consents=SPECIFIC), world(consents=replace(SPECIFIC, signer="friend"))),
    ("2.31(a)(9) signed", world(consents=replace(SPECIFIC, signed=TODAY)), world(consents=replace(SPECIFIC, signed=None))),
    ("2.31(d) own form", world(request=COURT, consents=PROCEEDINGS), world(request=COURT, consents=replace(PROCEEDINGS, kind=ConsentKind.SPECIFIC))),
    ("2.31(b) own form", world(request=FOR_NOTES, consents=NOTES), world(request=FOR_NOTES, consents=TPO, facts=TREATS)),
    ("2.33(a)(2) treating", world(request=TO_CLINIC, consents=TPO, facts=TREATS), world(request=TO_CLINIC, consents=TPO)),
    ("2.33(a)(2) never CPS", world(request=PAYER, consents=TPO), world(consents=TPO, facts=TREATS)),
    ("2.64 order", world(request=COURT, orders=ORDER), world(request=COURT, orders=replace(ORDER, finding_balance=False))),
    ("2.64(b) notice", world(orders=ORDER), world(orders=replace(ORDER, notice_given=False))),
    ("2.64(e) live and in scope", world(orders=ORDER), world(orders=replace(ORDER, expires=date(2026, 9, 14)))),
    ("2.64(e) protective terms", world(orders=ORDER), world(orders=replace(ORDER, protective_terms=False))),
    (
        "2.63 ground",
        world(request=TALKS, orders=replace(ORDER, scope=(TALKS.category or "",), ground_2_63="threat_child_abuse")),
        world(request=TALKS, orders=replace(ORDER, scope=(TALKS.category or "",))),
    ),
    ("2.65 serious crime", world(request=CHARGE, orders=CRIMINAL), world(request=CHARGE, orders=replace(CRIMINAL, extremely_serious_crime=False))),
    ("2.65 value and counsel", world(request=CHARGE, orders=CRIMINAL), world(request=CHARGE, orders=replace(ORDER, recipients=("Prosecutor",)))),
    ("2.65 every finding", world(request=CHARGE, orders=CRIMINAL), world(request=CHARGE, orders=replace(CRIMINAL, substantial_value=False))),
    ("2.65 counsel", world(request=CHARGE, orders=CRIMINAL), world(request=CHARGE, orders=replace(CRIMINAL, holder_had_counsel_opportunity=False))),
    (
        "2.66 the program, not the patient",
        world(request=MFCU, orders=PROGRAM_ORDER, facts={"target": "program"}),
        world(request=MFCU, orders=PROGRAM_ORDER, facts={"target": "program", "against_patient": True}),
    ),
    ("2.12(c)(4) service", world(request=HOST, agreements=QSOA), world(request=HOST, agreements=replace(QSOA, end=date(2026, 9, 1)))),
    (
        "2.11 who may serve",
        world(request=HOST, agreements=QSOA),
        world(request=replace(TO_CPS, purpose=Purpose.QSO_SERVICE), agreements=replace(QSOA, parties=(PROGRAM, AGENCY))),
    ),
    ("2.12(c)(5) crime", world(request=POLICE, facts={"crime_on_premises": True}), world(request=POLICE)),
    ("2.12(c)(6) report", world(request=REPORT, facts=REPORTED), world(request=REPORT, facts={**REPORTED, "initial_report": False})),
    (
        "2.12(c)(6) is no chart",
        world(request=REPORT, facts=REPORTED),
        world(request=replace(REPORT, category=Category.PART2_FULL_RECORD), facts=REPORTED),
    ),
    ("2.12(c)(6) authority", world(request=REPORT, facts=REPORTED), world(request=replace(REPORT, actor=Actor.SCHOOL), facts=REPORTED)),
    (
        "2.12(c)(3) within",
        world(request=STAFF, facts={"same_program": True, "need_to_know": True}),
        world(request=STAFF, facts={"same_program": True}),
    ),
    ("2.51 emergency", world(request=URGENT, facts=CRISIS), world(request=URGENT, facts={**CRISIS, "consent_obtainable": True})),
    ("2.51 medical personnel", world(request=URGENT, facts=CRISIS), world(request=replace(URGENT, actor=Actor.CPS_AGENCY), facts=CRISIS)),
    (
        "2.51(a)(2) disaster",
        world(request=URGENT, facts={"declared_disaster": True, "program_closed": True, "consent_obtainable": False}),
        world(request=URGENT, facts={"declared_disaster": True, "consent_obtainable": False}),
    ),
    ("2.35 condition", world(request=PROBATION, consents=MONITORED, facts=CONDITION), world(request=PROBATION, consents=MONITORED)),
    (
        "2.35(c) revocation waits",
        world(request=PROBATION, consents=replace(MONITORED, revoked=TODAY), facts=CONDITION),
        world(
            request=PROBATION, consents=replace(MONITORED, revoked=TODAY), facts={**CONDITION, "events": (Event(name="final_disposition", on=TODAY),)}
        ),
    ),
    (
        "2.36 law and consent",
        world(request=PDMP, consents=PDMP_FORM, facts={"state_law_requires_pdmp": True}),
        world(request=PDMP, consents=PDMP_FORM),
    ),
    ("2.52 review", world(request=STUDY, agreements=APPROVED), world(request=STUDY, agreements=replace(APPROVED, part2_undertaking=False))),
    (
        "2.52(b) no names",
        world(request=STUDY, agreements=APPROVED),
        world(request=replace(STUDY, purpose=Purpose.PUBLIC_DISCLOSURE), agreements=APPROVED),
    ),
    (
        "2.53 copies in writing",
        world(request=AUDITOR, facts={"audit_authority": True, "copying": True, "written_agreement": True}),
        world(request=AUDITOR, facts={"audit_authority": True, "copying": True}),
    ),
    ("2.54 de-identified", world(request=HEALTH, facts={"deidentified": "safe_harbor"}), world(request=HEALTH, facts={"deidentified": True})),
    ("2.23 own record", world(request=OWN), world(request=replace(OWN, subject=Subject.OTHER_PARENT))),
    ("2.23 not the notes", world(request=OWN), world(request=replace(OWN, category=Category.PART2_COUNSELING_NOTES))),
    (
        "2.13(c) the plan shows a patient",
        world(request=PLAN, consents=replace(SPECIFIC, info=("posc.plan_core",))),
        world(request=PLAN, consents=SPECIFIC),
    ),
    (
        "2.13(c) general facility",
        world(source=GENERAL, request=DESK, facts={"reveals_sud": False, "directory_only": True}),
        world(request=DESK, facts={"reveals_sud": False, "directory_only": True}),
    ),
    ("2.14(c) minor applicant", world(request=PARENT, facts=THREAT), world(request=PARENT, facts={**THREAT, "director_capacity_finding": False})),
    (
        "2.14 signatures",
        world(consents=replace(SPECIFIC, cosigner="parent"), facts={"patient_age": 17, "minor_may_consent_alone": False}),
        world(consents=SPECIFIC, facts={"patient_age": 17, "minor_may_consent_alone": False}),
    ),
    (
        "2.15(a)(1) guardian",
        world(consents=replace(SPECIFIC, signer="guardian"), facts={"adjudicated_incapacity": True, "guardian_appointed": True}),
        world(consents=replace(SPECIFIC, signer="guardian"), facts={"guardian_appointed": True}),
    ),
    (
        "2.15(a)(2) director",
        world(
            request=PAYER,
            consents=replace(BILLING, recipients=("Maple Plan",), signer="program_director"),
            facts={"director_incapacity_determination": True},
        ),
        world(consents=replace(SPECIFIC, signer="program_director"), facts={"director_incapacity_determination": True}),
    ),
    ("2.15(b)(1) inquiry", world(request=CORONER, facts=DEATH), world(request=CORONER, facts={"patient_deceased": True})),
    (
        "2.15(b)(2) who signs",
        world(consents=replace(SPECIFIC, signer="executor"), facts=DIED),
        world(consents=replace(SPECIFIC, signer="other_parent"), facts=DIED),
    ),
    (
        "2.15(b)(2) spouse",
        world(consents=replace(SPECIFIC, signer="other_parent"), facts={"patient_deceased": True, "surviving_spouse": True}),
        world(consents=replace(SPECIFIC, signer="grandmother"), facts={"patient_deceased": True}),
    ),
    (
        "2.26 restriction",
        world(request=PAYER, consents=TPO),
        world(request=PAYER, consents=TPO, facts={"restriction": Restriction(to="health_plan", paid_in_full=True)}),
    ),
    (
        "2.31(a)(6) reliance",
        world(request=PAYER, consents=replace(TPO, revoked=date(2026, 9, 1)), facts={"reliance": True, "services_dates": SERVICES}),
        world(request=PAYER, consents=replace(TPO, revoked=date(2026, 7, 15)), facts={"reliance": True, "services_dates": SERVICES}),
    ),
    (
        "2.31(b)(1) originator",
        world(request=replace(STAFF, category=FOR_NOTES.category), facts={"originator": True}),
        world(request=replace(STAFF, category=FOR_NOTES.category), facts={"originator": False}),
    ),
    ("2.31(b)(1) defense", world(request=DEFENSE, facts={"action_brought_by_patient": True}), world(request=DEFENSE)),
    (
        "2.33(b)(1) covered entity",
        world(source=HELD_BY_WARD, request=TO_CLINIC, consents=TPO, facts=TREATS),
        world(source=HELD_BY_WARD, request=replace(TO_CLINIC, purpose=Purpose.DEPENDENCY_PROCEEDING), consents=TPO, facts=TREATS),
    ),
    (
        "2.33(b)(1) received in time",
        world(source=HELD_BY_WARD, request=TO_CLINIC, consents=replace(TPO, revoked=TODAY), facts={**TREATS, "received_on": date(2026, 7, 1)}),
        world(source=HELD_BY_WARD, request=TO_CLINIC, consents=replace(TPO, revoked=TODAY), facts=TREATS),
    ),
    (
        "2.33(b) expressly permitted",
        world(source=HELD_BY_CPS, request=CASA, consents=ONWARD),
        world(source=HELD_BY_CPS, request=CASA, consents=SPECIFIC),
    ),
    (
        "2.33(a) own use",
        world(source=HELD_BY_CPS, consents=SPECIFIC),
        world(source=HELD_BY_CPS, request=replace(TO_CPS, actor_org="Other"), consents=SPECIFIC),
    ),
    (
        "2.33(b)(2) program outside HIPAA",
        world(source=replace(HELD_BY_WARD, is_covered_entity=False, is_part2_program=True), request=TO_CLINIC, consents=TPO, facts=TREATS),
        world(source=replace(HELD_BY_WARD, is_covered_entity=False, is_part2_program=True), request=TO_CLINIC, consents=TPO),
    ),
    (
        "2.33(c) contract",
        world(source=BOARD, request=BILL, consents=BILLING, agreements=agreement(kind=AgreementKind.CONTRACT_233C, parties=("Board", "Biller"))),
        world(source=BOARD, request=BILL, consents=BILLING, agreements=agreement(kind=AgreementKind.MOU, parties=("Board", "Biller"))),
    ),
    (
        "2.31(a)(4)(ii) intermediary",
        world(source=HUB, request=TO_CLINIC, consents=VIA_HUB, facts={**TREATS, "participant": True}),
        world(source=HUB, request=TO_CLINIC, consents=VIA_HUB, facts={"participant": True}),
    ),
    (
        "2.24 list in writing",
        world(source=HUB, request=OWN, facts={"request_in_writing": True, "lookback_years": 3}),
        world(source=HUB, request=OWN, facts={"request_in_writing": False, "lookback_years": 3}),
    ),
    (
        "2.35(d) same matter",
        world(
            source=replace(CPS, holder="Probation", provenance=Provenance.PART2_VIA_235, received_via="C1"),
            request=PROBATION,
            consents=MONITORED,
            facts=CONDITION,
        ),
        world(source=replace(CPS, holder="Probation", provenance=Provenance.PART2_VIA_235, received_via="C1"), consents=MONITORED, facts=CONDITION),
    ),
    (
        "2.11 back to the program",
        world(
            source=replace(CPS, holder="Plan Host", provenance=Provenance.PART2_VIA_QSO),
            request=replace(STAFF, purpose=Purpose.QSO_SERVICE),
            agreements=QSOA,
        ),
        world(source=replace(CPS, holder="Plan Host", provenance=Provenance.PART2_VIA_QSO), agreements=QSOA),
    ),
]


@pytest.mark.parametrize(("permitted", "refused"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_the_law_permits_one_and_refuses_its_twin(permitted: Scenario, refused: Scenario) -> None:
    yes, no = decide(permitted), decide(refused)
    assert yes.permits, yes
    assert not no.permits, no
    assert no.basis
    assert all(reason.sentence for reason in (*yes.reasons, *no.reasons))


def test_a_day_and_the_papers_come_with_the_permit() -> None:
    decision = decide(world(consents=SPECIFIC))
    assert (decision.ends_on, decision.instruments) == (date(2027, 5, 1), ("C1",))
    assert decide(world(request=TO_CLINIC, consents=TPO, facts=TREATS)).ends_on is None
    assert decide(world(consents=replace(SPECIFIC, revoked=date(2026, 9, 20)))).ends_on == date(2026, 9, 19)
