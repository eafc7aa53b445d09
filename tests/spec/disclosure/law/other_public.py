"""HIPAA towards courts, police, oversight, health departments, coroners, researchers, and the child abuse authority: 45 CFR 164.512, 514."""

from __future__ import annotations

from typing import Final

from tests.spec.disclosure.law.other_words import (
    AUDITOR,
    CASEWORKER,
    DROP,
    EMPLOYER,
    HEALTH_DEPARTMENT,
    HOSPITAL,
    INTEGRITY,
    JUDGE,
    LANDLORD,
    LAWYER,
    OB,
    POLICE,
    PRESS,
    PRINCIPAL,
    PRUDENTIAL,
    RESEARCHER,
    SCREENER,
    SISTER,
    VISITOR,
    Situation,
    deny,
    order,
    permit,
)

ONLY = "45 CFR 164.502(a)"
ABUSE = "45 CFR 164.512(b)(1)(ii)"
COURT = "45 CFR 164.512(e)(1)(i)"
SUBPOENA = "45 CFR 164.512(e)(1)(ii)"

REPORT: Final = Situation(
    name="P-REPORT",
    source=HOSPITAL,
    asker=SCREENER,
    subject="infant",
    category="hipaa.newborn_record",
    purpose="child_abuse_report_initial",
    facts={"report_under_state_law": True, "initial_report": True},
    cases=[
        permit(ABUSE, "A hospital may report suspected abuse to the authority that receives reports (164.512(b)(1)(ii)).", "ACCOUNT_164_528"),
        permit(ABUSE, "What it knows of the mother may be in the report (164.512(b)(1)(ii)).", "ACCOUNT_164_528", request__subject="mother",
               request__category="hipaa.ob_record"),
        permit(ABUSE, "Toxicology may be in the report (164.512(b)(1)(ii)).", "ACCOUNT_164_528", request__category="hipaa.toxicology"),
        permit(ABUSE, "Her mental health record, of a HIPAA holder (164.512(b)(1)(ii)).", "ACCOUNT_164_528", request__subject="mother",
               request__category="hipaa.mental_health"),
        permit(ABUSE, "An obstetric clinic may report too (164.512(b)(1)(ii)).", "ACCOUNT_164_528", source=OB),
        permit(ABUSE, "No agreement of hers is needed (164.512(b)(1)(ii); (c) does not apply).", "ACCOUNT_164_528", facts__patient_refused=True),
        permit(ABUSE, "An objection of hers does not stop a report (164.512(b)(1)(ii)).", "ACCOUNT_164_528", facts__patient_objected=True),
        permit(ABUSE, "Follow-up of a report: minimum necessary (164.512(b)(1)(ii), 164.502(b)).", "MIN_NECESSARY", "ACCOUNT_164_528",
               "VERIFY_164_514H", request__purpose="child_abuse_followup", facts__initial_report=False, certainty=PRUDENTIAL),
        permit("45 CFR 164.512(a)", "Psychotherapy notes where the report is required by law (164.508(a)(2)(ii), 164.512(a)).", "ACCOUNT_164_528",
               request__subject="mother", request__category="hipaa.psychotherapy_notes", facts__required_by_law=True, certainty=PRUDENTIAL),
        deny("45 CFR 164.508(a)(2)", "Psychotherapy notes where no law requires the report (164.508(a)(2)).", request__subject="mother",
             request__category="hipaa.psychotherapy_notes", facts__required_by_law=False),
        deny("45 CFR 164.512(b)(1)(ii)", "A principal is not the authority (164.512(b)(1)(ii)).", asker=PRINCIPAL),
        deny(ONLY, "A landlord is not the authority (164.502(a)).", asker=LANDLORD),
        deny(ONLY, "An employer is not the authority (164.502(a)).", asker=EMPLOYER),
        deny(ONLY, "The press is not the authority (164.502(a)).", asker=PRESS),
        deny(ONLY, "A home visitor is not the authority (164.502(a)).", asker=VISITOR),
        deny("42 CFR 2.12(c)(6)", "Two weeks later a program's records stay closed (2.12(c)(6)).", "NEUTRAL_DENIAL", source={
            "holder": "Riverbend OTP", "holder_type": "part2_program", "holder_is_covered_entity": True, "holder_is_part2_program": True,
            "provenance": "originating"}, request__subject="mother", request__category="part2.attendance",
            request__purpose="child_abuse_followup", facts__initial_report=False),
        deny("45 CFR 164.502(b)", "A follow-up for everything, with no reason written why it is all needed (164.502(b), 164.514(d)).",
             request__purpose="child_abuse_followup", facts={"report_under_state_law": True, "minimum_necessary_documented": False},
             certainty=PRUDENTIAL),
    ],
)  # fmt: skip

REQUIRED: Final = Situation(
    name="P-LAW",
    source=HOSPITAL,
    asker=CASEWORKER,
    subject="mother",
    category="hipaa.ob_record",
    purpose="safety_assessment",
    facts={"required_by_law": True},
    cases=[
        permit("45 CFR 164.512(a)", "What a law requires may be disclosed, limited to what it requires (164.512(a)).", "ACCOUNT_164_528"),
        permit("45 CFR 164.512(a)", "For the infant too (164.512(a)).", "ACCOUNT_164_528", request__subject="infant",
               request__category="hipaa.newborn_record"),
        permit("45 CFR 164.512(a)", "And toxicology (164.512(a)).", "ACCOUNT_164_528", request__category="hipaa.toxicology"),
        permit("45 CFR 164.512(a)", "What a law requires for follow-up of a report (164.512(a)).", "ACCOUNT_164_528",
               request__purpose="child_abuse_followup"),
        permit("45 CFR 164.512(a)", "What a law requires for oversight of the plan (164.512(a)).", "ACCOUNT_164_528",
               request__purpose="posc_monitoring"),
        permit("45 CFR 164.512(a)", "What a law requires a hospital to tell the police (164.512(a), (f)(1)(i)).", "ACCOUNT_164_528", asker=POLICE,
               request__purpose="criminal_proceeding", certainty=PRUDENTIAL),
        permit("45 CFR 164.512(a)", "What a law requires for the health department (164.512(a)).", "ACCOUNT_164_528", asker=HEALTH_DEPARTMENT,
               request__purpose="public_health"),
        deny(ONLY, "No law requires it (164.512(a)).", facts__required_by_law=False),
        deny(ONLY, "Nothing says that a law requires it (164.512(a)).", facts={}),
        deny(ONLY, "An unknown fact helps nobody.", facts={"required_by_habit": True}),
        deny("42 CFR 2.13", "What HIPAA lets a law require does not open Part 2 records (2.13(a), 2.20).", source={
            "holder": "Riverbend OTP", "holder_type": "part2_program", "holder_is_covered_entity": True, "holder_is_part2_program": True,
            "provenance": "originating"}, request__category="part2.attendance"),
    ],
)  # fmt: skip

THREAT: Final = Situation(
    name="P-THREAT",
    source=OB,
    asker=CASEWORKER,
    subject="mother",
    category="hipaa.mental_health",
    purpose="safety_assessment",
    facts={"serious_imminent_threat": True, "recipient_can_prevent": True},
    cases=[
        permit("45 CFR 164.512(j)(1)(i)", "To one able to prevent a serious and imminent threat (164.512(j)(1)(i)).", "ACCOUNT_164_528",
               "MIN_NECESSARY"),
        permit("45 CFR 164.512(j)(1)(i)", "To the police, who can prevent it (164.512(j)(1)(i)).", "ACCOUNT_164_528", asker=POLICE),
        permit("45 CFR 164.512(j)(1)(i)", "To the sister who can prevent it (164.512(j)(1)(i)).", "ACCOUNT_164_528", asker=SISTER),
        permit("45 CFR 164.512(j)(1)(i)", "From the prenatal record (164.512(j)(1)(i)).", "ACCOUNT_164_528", request__category="hipaa.ob_record"),
        deny("45 CFR 164.512(j)", "One who cannot prevent it (164.512(j)(1)(i)(B)).", facts__recipient_can_prevent=False),
        deny("45 CFR 164.512(j)", "Nothing says that the recipient can prevent it (164.512(j)(1)(i)(B)).", facts__recipient_can_prevent=DROP),
        deny("45 CFR 164.512(j)", "The threat is not serious and imminent (164.512(j)(1)(i)(A)).", facts__serious_imminent_threat=False),
        deny("45 CFR 164.512(j)", "Averting a threat is the only purpose: not employment (164.512(j)(1)(i)).", request__purpose="employment"),
        deny("45 CFR 164.512(j)", "Nor life insurance (164.512(j)(1)(i)).", request__purpose="insurance_underwriting"),
        deny("45 CFR 164.512(j)", "Nor publication (164.512(j)(1)(i)).", request__purpose="public_disclosure"),
        deny(ONLY, "No threat at all (164.502(a)).", facts={}),
        deny("42 CFR 2.13", "Part 2 knows no such exception outside a medical emergency (2.51, 2.13(a)).", source={
            "holder": "Riverbend OTP", "holder_type": "part2_program", "holder_is_covered_entity": True, "holder_is_part2_program": True,
            "provenance": "originating"}, request__category="part2.attendance"),
    ],
)  # fmt: skip

OVERSIGHT: Final = Situation(
    name="P-OVERSIGHT",
    source=HOSPITAL,
    asker=INTEGRITY,
    subject="mother",
    category="hipaa.ob_record",
    purpose="audit",
    facts={"oversight_authority": True},
    cases=[
        permit("45 CFR 164.512(d)", "Oversight that a law provides for (164.512(d)).", "MIN_NECESSARY", "ACCOUNT_164_528"),
        permit("45 CFR 164.512(d)", "A state's auditor with that authority (164.512(d)).", "MIN_NECESSARY", "ACCOUNT_164_528", asker=AUDITOR),
        permit("45 CFR 164.512(d)", "The newborn's record (164.512(d)).", "MIN_NECESSARY", "ACCOUNT_164_528", request__subject="infant",
               request__category="hipaa.newborn_record"),
        permit("45 CFR 164.512(d)", "A whole cohort (164.512(d)).", "MIN_NECESSARY", "ACCOUNT_164_528", request__subject="cohort",
               request__category="hipaa.newborn_record"),
        deny("45 CFR 164.512(d)", "No authority (164.512(d)).", facts__oversight_authority=False),
        deny("45 CFR 164.512(d)", "Nothing says there is authority (164.512(d)).", facts={}),
        deny(ONLY, "An employer oversees no health care (164.502(a)).", asker=EMPLOYER),
        deny(ONLY, "The authority is for oversight, not for publication (164.502(a)).", request__purpose="public_disclosure"),
        deny("45 CFR 164.508(a)(2)", "Notes only where the one who wrote them is overseen (164.508(a)(2)(ii)).",
             request__category="hipaa.psychotherapy_notes", facts__originator=False, certainty=PRUDENTIAL),
    ],
)  # fmt: skip

HEALTH: Final = Situation(
    name="P-HEALTH",
    source=HOSPITAL,
    asker=HEALTH_DEPARTMENT,
    subject="infant",
    category="hipaa.newborn_record",
    purpose="public_health",
    facts={"state_reporting_law": True},
    cases=[
        permit("45 CFR 164.512(b)(1)(i)", "A law makes the hospital report withdrawal to the health department (164.512(b)(1)(i)).",
               "ACCOUNT_164_528"),
        permit("45 CFR 164.512(b)(1)(i)", "Authorized by law to collect (164.512(b)(1)(i)).", "ACCOUNT_164_528", "MIN_NECESSARY",
               facts={"public_health_authority": True}),
        permit("45 CFR 164.512(b)(1)(i)", "Toxicology (164.512(b)(1)(i)).", "ACCOUNT_164_528", request__category="hipaa.toxicology"),
        deny("45 CFR 164.512(b)(1)(i)", "No law, no authority named (164.512(b)(1)(i)).", facts={}),
        deny(ONLY, "A researcher is no public health authority (164.502(a)).", asker=RESEARCHER),
        deny(ONLY, "An employer is none either (164.502(a)).", asker=EMPLOYER),
        deny("42 CFR 2.54", "A program's identifiable record is not for it (2.54).", source={
            "holder": "Riverbend OTP", "holder_type": "part2_program", "holder_is_covered_entity": True, "holder_is_part2_program": True,
            "provenance": "originating"}, request__subject="mother", request__category="part2.medication"),
    ],
)  # fmt: skip

COURT_ORDER: Final = Situation(
    name="P-COURT",
    source=HOSPITAL,
    asker=JUDGE,
    subject="mother",
    category="hipaa.ob_record",
    purpose="dependency_proceeding",
    orders=[order("general_order", scope=["hipaa.ob_record"], to=[JUDGE, CASEWORKER])],
    cases=[
        permit(COURT, "An order expressly authorizes the prenatal record (164.512(e)(1)(i)).", "ORDER_SCOPE_ONLY", "ACCOUNT_164_528"),
        permit(COURT, "To the agency the order names (164.512(e)(1)(i)).", "ORDER_SCOPE_ONLY", "ACCOUNT_164_528",
               asker={**CASEWORKER, "actor_role": "agency_attorney"}),
        permit(COURT, "The day the order is made (164.512(e)(1)(i)).", "ORDER_SCOPE_ONLY", request__date="2026-06-01"),
        permit(COURT, "The last day of the order (164.512(e)(1)(i)).", "ORDER_SCOPE_ONLY", order__expires="2026-09-15"),
        permit(COURT, "The infant's record where the order names it (164.512(e)(1)(i)).", "ORDER_SCOPE_ONLY", request__subject="infant",
               request__category="hipaa.newborn_record", order__scope=["hipaa.newborn_record"]),
        permit(COURT, "Against her too: HIPAA asks for the order (164.512(e)(1)(i)).", "ORDER_SCOPE_ONLY", facts={"against_patient": True}),
        deny(COURT, "The order does not name the mental health record (164.512(e)(1)(i)).", request__category="hipaa.mental_health"),
        deny(COURT, "The order does not name toxicology (164.512(e)(1)(i)).", request__category="hipaa.toxicology"),
        deny(COURT, "The day before the order (164.512(e)(1)(i)).", request__date="2026-05-31"),
        deny(COURT, "The order has ended (164.512(e)(1)(i)).", order__expires="2026-09-14"),
        deny(COURT, "Not made (164.512(e)(1)(i)).", order__issued=None),
        deny(COURT, "The order does not name this lawyer (164.512(e)(1)(i)).", asker=LAWYER),
        deny(COURT, "An employer is not named (164.512(e)(1)(i)).", asker=EMPLOYER),
        deny("45 CFR 164.512(e)(1)", "No order and no subpoena (164.512(e)(1)).", orders=[]),
        deny(SUBPOENA, "A subpoena without assurance is not an order (164.512(e)(1)(ii)).", order__type="subpoena"),
        deny(COURT, "An order made for the court case is no leave for employment (164.512(e)(1)(i)).", request__purpose="employment"),
        deny(COURT, "Nor for life insurance (164.512(e)(1)(i)).", request__purpose="insurance_underwriting"),
        deny(COURT, "A paper without a court is no order of a court (164.512(e)(1)(i)).", order__court=None, certainty=PRUDENTIAL),
        deny("42 CFR 2.61", "A general order does not open Part 2 records (2.61, 2.64).", source={
            "holder": "Riverbend OTP", "holder_type": "part2_program", "holder_is_covered_entity": True, "holder_is_part2_program": True,
            "provenance": "originating"}, request__category="part2.attendance", order__scope=["part2.attendance"], facts={"against_patient": True},
            certainty=PRUDENTIAL),
    ],
)  # fmt: skip

SUBPOENAED: Final = Situation(
    name="P-SUBPOENA",
    source=HOSPITAL,
    asker=LAWYER,
    subject="mother",
    category="hipaa.ob_record",
    purpose="dependency_proceeding",
    facts={"satisfactory_assurance": True},
    orders=[order("subpoena", scope=["hipaa.ob_record"], to=[LAWYER])],
    cases=[
        permit(SUBPOENA, "A subpoena with satisfactory assurance that she was told (164.512(e)(1)(ii)(A)).", "ACCOUNT_164_528"),
        permit(SUBPOENA, "A subpoena with a qualified protective order (164.512(e)(1)(ii)(B)).", "RETURN_OR_DESTROY", "ACCOUNT_164_528",
               order__qualified_protective_order=True, facts={}),
        deny(SUBPOENA, "No assurance and no protective order (164.512(e)(1)(ii)).", facts={}),
        deny(SUBPOENA, "The assurance was not given (164.512(e)(1)(ii)).", facts__satisfactory_assurance=False),
        deny(SUBPOENA, "It does not ask for the mental health record (164.512(e)(1)(ii)).", request__category="hipaa.mental_health"),
        deny(SUBPOENA, "It was not issued for the landlord (164.512(e)(1)(ii)).", asker=LANDLORD),
        deny(SUBPOENA, "Process in a proceeding is no leave for employment (164.512(e)(1)(ii)).", request__purpose="employment"),
        deny(SUBPOENA, "Nor for life insurance (164.512(e)(1)(ii)).", request__purpose="insurance_underwriting"),
        deny(SUBPOENA, "Before it was issued (164.512(e)(1)(ii)).", request__date="2026-05-31"),
        deny("45 CFR 164.512(e)(1)", "Assurance of nothing (164.512(e)(1)).", orders=[]),
        deny("42 CFR 2.61", "A subpoena alone never opens Part 2 records (2.61).", source={
            "holder": "Riverbend OTP", "holder_type": "part2_program", "holder_is_covered_entity": True, "holder_is_part2_program": True,
            "provenance": "originating"}, request__category="part2.attendance", order__scope=["part2.attendance"]),
    ],
)  # fmt: skip

SITUATIONS: Final = (REPORT, REQUIRED, THREAT, OVERSIGHT, HEALTH, COURT_ORDER, SUBPOENAED)
