"""Each rule of 42 CFR part 2 as a pair: the world that the law permits, and its refused twin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.spec.disclosure.part2_rows import (
    APPROVED,
    AUDITOR,
    BILL,
    BILLING,
    BOARD,
    CASA,
    CHARGE,
    CONDITION,
    CORONER,
    COURT,
    CRIMINAL,
    CRISIS,
    DEATH,
    DEFENSE,
    DESK,
    DIED,
    FOR_NOTES,
    GENERAL,
    HEALTH,
    HELD_BY_CPS,
    HELD_BY_WARD,
    HOST,
    HUB,
    MFCU,
    MONITORED,
    NOTES,
    ONWARD,
    OWN,
    PARENT,
    PAYER,
    PDMP,
    PDMP_FORM,
    PLAN,
    POLICE,
    PROBATION,
    PROGRAM_ORDER,
    QSOA,
    REPORT,
    REPORTED,
    SERVICES,
    STAFF,
    STUDY,
    TALKS,
    THREAT,
    TREATS,
    URGENT,
    VIA_HUB,
)
from tests.spec.disclosure.rows import (
    AGENCY,
    CPS,
    ORDER,
    PROCEEDINGS,
    PROGRAM,
    SPECIFIC,
    TO_CLINIC,
    TO_CPS,
    TODAY,
    TPO,
    world,
)
from tests.spec.disclosure.rows import paper as agreement

from careloom.kernel.disclosure import (
    Actor,
    AgreementKind,
    Category,
    ConsentKind,
    Provenance,
    Purpose,
    Scenario,
    Subject,
    decide,
)
from careloom.kernel.disclosure.facts import Event, Restriction

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
        world(consents=replace(SPECIFIC, signer="grandmother"), facts={"patient_deceased": True, "surviving_spouse": True}),
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
