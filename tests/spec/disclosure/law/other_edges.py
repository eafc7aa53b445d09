"""Edges between regimes: a notification that is a report, exchanges and hubs, those who stand in for another, school records with a child in care."""

from __future__ import annotations

from typing import Final

from tests.spec.disclosure.law.other_words import (
    AUDITOR,
    COUNSELOR,
    CPS,
    EMPLOYER,
    FATHER,
    FOSTER,
    GAL,
    HOSPITAL,
    HUB_COORDINATOR,
    INSURER,
    INTAKE,
    LANDLORD,
    MEDICAID,
    MOTHER,
    OBSTETRICIAN,
    PEDIATRICIAN,
    POLICE,
    PRESS,
    PRINCIPAL,
    PROGRAM,
    PRUDENTIAL,
    RESEARCHER,
    SISTER,
    Situation,
    agreement,
    asker,
    consent,
    deny,
    permit,
)

NOTES = "45 CFR 164.508(a)(2)"
CW = "42 USC 5106a(b)(2)(B)(viii)"
BIRTH = "42 USC 5106a(b)(2)(B)(ii)"
ABUSE = "45 CFR 164.512(b)(1)(ii)"
ASSOCIATE = "45 CFR 164.502(e)"
PAPER = "45 CFR 164.508"
EXCHANGE = asker("hie_gateway", "hie", "StateHIE")
LABORATORY = asker("lab_tech", "lab", "QuickLab")
EXECUTOR = asker("executor", "family_member", "-")
SYSTEM = asker("intake_system", "cps_agency", "Pine County Children and Families")
USA = {**CPS, "provenance": "ferpa_via_usa"}
HER_WORD = consent("hipaa_authorization", by=HOSPITAL, to=INTAKE, info=["notif.capta_identified"], purpose=["capta_notification"], patient="infant")

NOTIFIED: Final = Situation(
    name="E-NOTICE",
    source=HOSPITAL,
    asker=INTAKE,
    subject="infant",
    category="notif.capta_identified",
    purpose="capta_notification",
    cases=[
        permit(PAPER, "Her authorization lets the hospital name the infant where no law makes it (164.508).", "LIMIT_PURPOSE", consents=[HER_WORD],
               facts={"state_law_requires_identified_notification": False}),
        permit(PAPER, "The last day of it (164.508).", consents=[HER_WORD], request__date="2027-05-01"),
        deny(BIRTH, "It has ended (164.508).", consents=[HER_WORD], request__date="2027-05-02"),
        deny(BIRTH, "She took it back (164.508(b)(5)).", consents=[{**HER_WORD, "revoked": "2026-09-01"}]),
        deny(BIRTH, "It names another agency (164.508(c)(1)(iii)).", consents=[{**HER_WORD, "recipients": ["Harbor County Family Services"]}]),
        deny(BIRTH, "It is for something else (164.508(c)(1)(iv)).", consents=[{**HER_WORD, "purpose": ["research"]}]),
        permit(ABUSE, "Where state law makes the notification a report, it goes as one (164.512(b)(1)(ii); Blackshear).", "ACCOUNT_164_528",
               facts={"report_under_state_law": True, "initial_report": True}, certainty=PRUDENTIAL),
        permit("42 CFR 2.12(c)(6)", "From a program only where state law makes it a report of suspected abuse (2.12(c)(6)).", source=PROGRAM,
               request__subject="mother", facts={"report_under_state_law": True, "initial_report": True}, certainty=PRUDENTIAL),
        deny("42 CFR 2.12(c)(6)", "A program's notification that is no report (2.12(c)(6)).", source=PROGRAM, request__subject="mother",
             facts={"report_under_state_law": False, "state_law_requires_identified_notification": True}, certainty=PRUDENTIAL),
        deny("42 CFR 2.12(c)(6)", "Labeled as no report (2.12(c)(6)).", source=PROGRAM, request__subject="mother", certainty=PRUDENTIAL,
             facts={"label": "notification_not_report", "state_law_requires_identified_notification": True}),
        permit("42 CFR 2.31", "A program with her consent that names notification and agency (2.31).", "NOTICE_2_32", "ACCOUNT_2_25", source=PROGRAM,
               request__subject="mother", certainty=PRUDENTIAL,
               consents=[consent("specific", by=PROGRAM, to=INTAKE, info=["notif.capta_identified"], purpose=["capta_notification"])]),
        permit(BIRTH, "A program's row that names nobody (5106a(b)(2)(B)(ii); 2.12(a)).", source=PROGRAM, asker=SYSTEM,
               request__subject="mother", request__category="notif.capta_deid", facts={"fields": ["birth_year", "state", "substance_class"]},
               certainty=PRUDENTIAL),
        *[permit(BIRTH, f"{word} names nobody (164.514(b)(2)).", asker=SYSTEM, request__category="notif.capta_deid", certainty=PRUDENTIAL,
                 facts={"fields": ["birth_year", "state", word]})
          for word in ("substance_class", "prescribed", "in_treatment", "safety_concern", "plan_in_place", "age_years", "diagnosis")],
        *[deny("45 CFR 164.514(b)(2)", f"{word} is one of the eighteen, or gives one away (164.514(b)(2)(i)).", asker=SYSTEM,
               request__category="notif.capta_deid", facts={"fields": ["birth_year", "state", word]})
          for word in ("zip", "birth_month", "age_hours", "gestational_days", "email", "ssn", "photo", "mother_birth_date", "case_number")],
    ],
)  # fmt: skip

EXCHANGED: Final = Situation(
    name="E-HIE",
    source=HOSPITAL,
    asker=EXCHANGE,
    subject="mother",
    category="hipaa.ob_record",
    purpose="treatment",
    agreements=[agreement("BAA", "Mercy Hospital L&D", "StateHIE")],
    cases=[
        permit(ASSOCIATE, "An exchange that is the hospital's business associate moves its records for treatment (164.502(e))."),
        permit(ASSOCIATE, "And for payment (164.502(e)).", request__purpose="payment", certainty=PRUDENTIAL),
        permit(ASSOCIATE, "A hub under contract coordinates care for the hospital (164.502(e)).", asker=HUB_COORDINATOR,
               request__purpose="care_coordination", agreement__parties=["Mercy Hospital L&D", "CarePath Hub"], certainty=PRUDENTIAL),
        permit("45 CFR 164.506(c)", "A laboratory that treats needs no contract (164.506(c)(2)).", asker=LABORATORY, agreements=[],
               facts={"treating_relationship": True}, certainty=PRUDENTIAL),
        deny(ASSOCIATE, "The contract has ended (164.504(e)).", request__date="2027-01-02"),
        deny(ASSOCIATE, "The contract is another's (164.504(e)).", agreement__parties=["Harbor General", "StateHIE"]),
        deny("45 CFR 164.502(a)", "A hub without contract or authorization (164.502(a), (e)).", asker=HUB_COORDINATOR, agreements=[],
             request__purpose="care_coordination"),
        deny("45 CFR 164.502(a)", "A memorandum makes no business associate (164.504(e)).", asker=HUB_COORDINATOR,
             request__purpose="care_coordination", agreements=[agreement("MOU", "Mercy Hospital L&D", "CarePath Hub")]),
        deny("45 CFR 164.502(a)", "The contract does not open it for insurance (164.504(e)).", request__purpose="insurance_underwriting"),
        deny("45 CFR 164.508(a)(2)", "Nor psychotherapy notes (164.508(a)(2)).", request__category="hipaa.psychotherapy_notes", certainty=PRUDENTIAL),
    ],
)  # fmt: skip

STANDING_IN: Final = Situation(
    name="E-DEAD",
    source=HOSPITAL,
    asker=EXECUTOR,
    subject="mother",
    category="hipaa.ob_record",
    purpose="patient_access",
    facts={"patient_deceased": True, "personal_representative": "executor"},
    cases=[
        permit("45 CFR 164.502(g)", "An executor stands in the place of one who died (164.502(g)(4)).", "VERIFY_164_514H", certainty=PRUDENTIAL),
        deny("45 CFR 164.502", "Nobody named an executor (164.502(f), (g)(4)).", facts={"patient_deceased": True}, certainty=PRUDENTIAL),
        deny("45 CFR 164.502", "She lives: an executor has no part (164.502(g)(4)).", facts={"patient_deceased": False,
             "personal_representative": "executor"}, certainty=PRUDENTIAL),
        deny("45 CFR 164.502(a)", "A landlord is no executor (164.502(f)).", asker=LANDLORD, request__purpose="housing"),
    ],
)  # fmt: skip

IN_CARE: Final = Situation(
    name="E-CARE",
    source=USA,
    asker=FOSTER,
    subject="sibling",
    category="edu.school",
    purpose="education",
    facts={"placement": True, "legal_custody": "cps", "case_plan_access": True},
    cases=[
        permit("42 USC 675(5)(D)", "The education record goes with the child to the foster parent (675(5)(D); 1232g(b)(1)(L)).", "NO_REDISCLOSURE",
               certainty=PRUDENTIAL),
        permit("20 USC 1232g(b)(1)(L)", "It is passed on for the child's education, and logged (1232g(b)(1)(L), (b)(4)).", "FERPA_LOG",
               certainty=PRUDENTIAL),
        deny("20 USC 1232g", "The child is not placed there (675(5)(D)).", facts={"placement": False}, certainty=PRUDENTIAL),
        deny("20 USC 1232g", "Nothing says the child is placed there.", facts={}, certainty=PRUDENTIAL),
        permit("20 USC 1232g(b)(1)(L)", "To the school that teaches the child (1232g(b)(1)(L)).", "NO_REDISCLOSURE", asker=PRINCIPAL),
        deny("20 USC 1232g(b)(1)(L)", "Not to the guardian ad litem for the hearing (1232g(b)(1)(L)).", asker=GAL, certainty=PRUDENTIAL,
             request__purpose="permanency_hearing"),
        deny("20 USC 1232g(b)(1)(L)", "Not to housing (1232g(b)(1)(L)).", asker=LANDLORD),
        deny("20 USC 1232g(b)(1)(L)", "Not to the police (1232g(b)(1)(L)).", asker=POLICE, request__purpose="criminal_proceeding"),
        deny("20 USC 1232g(b)(1)(L)", "Not to a researcher (1232g(b)(1)(L)).", asker=RESEARCHER, request__purpose="research"),
    ],
)  # fmt: skip

MIXED: Final = Situation(
    name="E-MIXED",
    source=PROGRAM,
    asker=asker("ed_physician", "hospital", "Mercy Hospital L&D"),
    subject="mother",
    category="cw.reporter_identity",
    purpose="emergency_treatment",
    facts={"emergency": True, "consent_obtainable": False},
    cases=[
        deny("42 USC 5106a(b)(3)", "An emergency opens treatment, not who reported, though a program holds it (b)(3).", "REDACT_REPORTER"),
        deny("42 USC 5106a(b)(3)", "Nor does research (b)(3).", "REDACT_REPORTER", asker=RESEARCHER, request__purpose="research", facts={},
             agreements=[agreement("research_approval", "Riverbend OTP", "State University", irb=True, privacy_board_waiver=True,
                                   part2_undertaking=True)]),
        deny("42 USC 5106a(b)(3)", "Nor a service to the program (b)(3).", "REDACT_REPORTER", request__purpose="qso_service", facts={},
             asker=asker("parent_educator", "parenting_provider", "Family Skills"), agreements=[agreement("QSOA", "Riverbend OTP", "Family Skills")]),
        deny("42 USC 5106a(b)(3)", "Nor the staff of the program (b)(3).", "REDACT_REPORTER", asker=COUNSELOR, request__purpose="treatment",
             facts={"same_program": True, "need_to_know": True}),
        deny("42 USC 5106a(b)(3)", "Nor her own access, though she asks a program (b)(3).", "REDACT_REPORTER", asker=MOTHER, facts={},
             request__purpose="patient_access"),
        deny("42 USC 5106a(b)(3)", "Nor her consent (b)(3).", "REDACT_REPORTER", asker=OBSTETRICIAN, request__purpose="treatment", facts={},
             consents=[consent("specific", by=PROGRAM, to=OBSTETRICIAN, info=["cw.reporter_identity"], purpose=["treatment"])]),
        deny("42 USC 5106a(b)(3)", "Nor a hospital's need to treat (b)(3).", source=HOSPITAL, request__purpose="treatment"),
        deny("34 USC 12291(b)(2)", "A shelter's record in a program's hands keeps both laws (12291(b)(2)).", request__category="dv.victim_record",
             asker=RESEARCHER, request__purpose="research", facts={}, certainty=PRUDENTIAL,
             agreements=[agreement("research_approval", "Riverbend OTP", "State University", irb=True, privacy_board_waiver=True,
                                   part2_undertaking=True)]),
        deny(CW, "Child welfare's record in a program's hands keeps both laws (viii); 0.3.", request__category="cw.case_record", asker=RESEARCHER,
             request__purpose="research", facts={}, certainty=PRUDENTIAL,
             agreements=[agreement("research_approval", "Riverbend OTP", "State University", irb=True, privacy_board_waiver=True,
                                   part2_undertaking=True)]),
        deny(CW, "An audit of a record that nobody says is IV-E's (671(a)(8)(D); viii).", source=CPS, asker=AUDITOR, request__purpose="audit",
             request__category="cw.case_record", facts={"audit_authority": True}, certainty=PRUDENTIAL),
        deny(CW, "An oversight of health care is none of child welfare (viii).", source=CPS, asker=AUDITOR, request__purpose="audit",
             request__category="cw.case_record", facts={"oversight_authority": True}, certainty=PRUDENTIAL),
    ],
)  # fmt: skip

NOBODY: Final = Situation(
    name="E-NOBODY",
    source=HOSPITAL,
    asker=LANDLORD,
    subject="mother",
    category="hipaa.psychotherapy_notes",
    purpose="audit",
    facts={"oversight_authority": True, "originator": True},
    cases=[
        deny(NOTES, "A landlord oversees no health care, whatever a fact says (164.508(a)(2)(ii), 164.512(d))."),
        deny(NOTES, "Nor does an employer (164.508(a)(2)(ii)).", asker=EMPLOYER),
        deny(NOTES, "Nor a pediatrician (164.508(a)(2)(ii)).", asker=PEDIATRICIAN),
        deny(NOTES, "Nor a life insurer (164.508(a)(2)(ii)).", asker=INSURER),
        deny(NOTES, "Nor the press (164.508(a)(2)(ii)).", asker=PRESS),
        deny(NOTES, "A landlord did not write them (164.508(a)(2)(i)(A)).", request__purpose="treatment", facts={"originator": True}),
        deny(NOTES, "Nor did a hub of another house (164.508(a)(2)(i)(A)).", asker=HUB_COORDINATOR, request__purpose="treatment",
             facts={"originator": True}, certainty=PRUDENTIAL),
        deny("45 CFR 164.502(a)", "No law makes a hospital tell a landlord (164.512(a)).", request__category="hipaa.ob_record",
             request__purpose="care_coordination", facts={"required_by_law": True}, certainty=PRUDENTIAL),
        deny("45 CFR 164.502(a)", "Nor an employer for coordination of care (164.512(a)).", asker=EMPLOYER, request__category="hipaa.ob_record",
             request__purpose="care_coordination", facts={"required_by_law": True}, certainty=PRUDENTIAL),
        deny("45 CFR 164.512(b)(1)(ii)", "A report the law requires goes to the authority, not to a principal (164.512(b)(1)(ii)).", asker=PRINCIPAL,
             request__category="hipaa.ob_record", request__purpose="child_abuse_report_initial",
             facts={"required_by_law": True, "report_under_state_law": True, "initial_report": True}),
        deny("45 CFR 164.502(a)", "Nor to a life insurer (164.502(a)).", asker=INSURER, request__category="hipaa.ob_record",
             request__purpose="child_abuse_report_initial",
             facts={"required_by_law": True, "report_under_state_law": True, "initial_report": True}),
        deny("45 CFR 164.502(a)", "Nor to a sister (164.502(a)).", asker=SISTER, request__category="hipaa.ob_record",
             request__purpose="child_abuse_report_initial",
             facts={"required_by_law": True, "report_under_state_law": True, "initial_report": True}),
        deny(CW, "A father is nobody's contract provider (viii)(II).", source=CPS, asker=FATHER, request__category="cw.case_record",
             request__purpose="safety_assessment", facts={"contract_provider": True}, certainty=PRUDENTIAL),
        deny(CW, "Nor is a foster parent the agency's investigator (viii)(II).", source=CPS, asker=FOSTER, request__category="cw.case_record",
             request__purpose="safety_assessment", facts={"contract_provider": True}, certainty=PRUDENTIAL),
        permit("45 CFR 164.502(g)(3)", "A parent sees the infant's claims at a covered Medicaid agency (164.502(g)(3), 164.524).", "VERIFY_164_514H",
               source=MEDICAID, asker=FATHER, request__subject="infant", request__category="medicaid.claims", request__purpose="patient_access",
               facts={"legal_parent": True, "rights_restricted": False}, certainty=PRUDENTIAL),
    ],
)  # fmt: skip

SITUATIONS: Final = (NOTIFIED, EXCHANGED, STANDING_IN, IN_CARE, MIXED, NOBODY)
