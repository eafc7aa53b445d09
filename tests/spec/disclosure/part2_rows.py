"""Requests, papers and facts that the Part 2 pairs are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.spec.disclosure.rows import (
    AGENCY,
    CLINIC,
    CPS,
    HOSPITAL,
    ORDER,
    OTP,
    PROGRAM,
    SPECIFIC,
    TO_CLINIC,
    TO_CPS,
    TODAY,
    WARD,
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
    Subject,
)
from careloom.kernel.disclosure.facts import Event, Period

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
