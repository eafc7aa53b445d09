"""Siblings of the sample's rows: the same papers and words with one of them turned, and who stands on a state's list (law.md 2, 3.2, 3.7)."""

from __future__ import annotations

from typing import Final

from tests.spec.disclosure.law.other_words import (
    AGENCY_ATTORNEY,
    CASEWORKER,
    CPS,
    CPS_FLORIDA,
    EMPLOYER,
    HEALTH_DEPARTMENT,
    HER_LAWYER,
    HOSPITAL,
    INTEGRITY,
    JUDGE,
    LANDLORD,
    LAWYER,
    MEDICAID,
    MOTHER,
    OBSTETRICIAN,
    OTHER_COUNTY,
    PLAN,
    POLICE,
    PRESS,
    PROGRAM,
    PROSECUTOR,
    PRUDENTIAL,
    SCREENER,
    SHELTER,
    SISTER,
    VISITOR,
    Situation,
    asker,
    consent,
    deny,
    order,
    permit,
)

SUBPOENA = "45 CFR 164.512(e)(1)(ii)"
NOTES = "45 CFR 164.508(a)(2)"
LIST = "s. 39.202"
CW = "42 USC 5106a(b)(2)(B)(viii)"
PAYER = asker("claims_analyst", "medicaid_agency", "State Medicaid")
ALL_WORDS = "hipaa.psychotherapy_notes"
UNCOVERED_MEDICAID = {**MEDICAID, "holder_is_covered_entity": False}
RELEASE = consent("hipaa_authorization", by=HOSPITAL, to=VISITOR, info=["hipaa.ob_record"], purpose=["care_coordination"])
PLAIN_SUBPOENA = order("subpoena", scope=["part2.attendance", "part2.drug_screens"], to=[CASEWORKER, JUDGE])

BY_SUBPOENA: Final = Situation(
    name="S-SUBPOENA",
    source=HOSPITAL,
    asker=LAWYER,
    subject="mother",
    category="hipaa.ob_record",
    purpose="dependency_proceeding",
    facts={"satisfactory_assurance": True},
    orders=[PLAIN_SUBPOENA],
    cases=[
        permit(SUBPOENA, "The subpoena of sample D141, now with assurance: the rule asks for nothing else (164.512(e)(1)(ii)(A)).", "ACCOUNT_164_528",
               certainty=PRUDENTIAL),
        permit(SUBPOENA, "Or with a qualified protective order (164.512(e)(1)(ii)(B)).", "RETURN_OR_DESTROY", facts={"satisfactory_assurance": False},
               order__qualified_protective_order=True, certainty=PRUDENTIAL),
        deny(SUBPOENA, "Sample D141 itself: neither (164.512(e)(1)(ii)).", facts={"satisfactory_assurance": False}),
        deny(SUBPOENA, "Not a protective order that qualifies (164.512(e)(1)(ii)(B)).", facts={}, order__qualified_protective_order=False),
        deny("42 CFR 2.61", "Assurance does nothing for a Part 2 record (2.61, 2.13(b)).", source=PROGRAM, request__category="part2.attendance",
             asker=AGENCY_ATTORNEY),
        deny(NOTES, "Nor for psychotherapy notes (164.508(a)(2)).", request__category=ALL_WORDS),
        deny("34 USC 12291(b)(2)", "Nor for a shelter's record (12291(b)(2)).", source=SHELTER, request__category="dv.victim_record",
             certainty=PRUDENTIAL),
        deny("42 USC 5106a(b)(2)(B)(viii)(V)", "Nor for child welfare's record, which wants a finding (viii)(V).", source=CPS,
             request__category="cw.report", certainty=PRUDENTIAL),
    ],
)  # fmt: skip

NOTES_BY_LAW: Final = Situation(
    name="S-NOTES",
    source=HOSPITAL,
    asker=CASEWORKER,
    subject="mother",
    category=ALL_WORDS,
    purpose="child_abuse_followup",
    facts={"required_by_law": True},
    cases=[
        permit(NOTES, "Sample D102 with its fact turned: what the law requires (164.508(a)(2)(ii), 164.512(a)).", "ACCOUNT_164_528"),
        permit(NOTES, "For an initial report that the law requires (164.508(a)(2)(ii)).", "ACCOUNT_164_528", asker=SCREENER,
               request__purpose="child_abuse_report_initial",
               facts={"required_by_law": True, "report_under_state_law": True, "initial_report": True}),
        permit(NOTES, "An order of a court is law that requires (164.508(a)(2)(ii), 164.512(a)).", asker=JUDGE, facts={},
               request__purpose="dependency_proceeding", orders=[order("general_order", scope=[ALL_WORDS], to=[JUDGE])], certainty=PRUDENTIAL),
        deny(NOTES, "Sample D102 itself (164.508(a)(2)).", facts={"required_by_law": False}),
        deny(NOTES, "Nothing said of a law (164.508(a)(2)).", facts={}),
        deny(NOTES, "A report the law allows, not requires (164.508(a)(2)).", asker=SCREENER, request__purpose="child_abuse_report_initial",
             facts={"required_by_law": False, "report_under_state_law": True, "initial_report": True}),
        deny(NOTES, "The order does not name them (164.512(e)(1)(i)).", asker=JUDGE, facts={}, request__purpose="dependency_proceeding",
             orders=[order("general_order", scope=["hipaa.ob_record"], to=[JUDGE])]),
        deny(NOTES, "A surveillance law's health department without a duty to tell them (164.508(a)(2)).", asker=HEALTH_DEPARTMENT,
             request__purpose="public_health", facts={"state_reporting_law": True}, certainty=PRUDENTIAL),
    ],
)  # fmt: skip

LIMITS: Final = Situation(
    name="S-LIMIT",
    source=HOSPITAL,
    asker=VISITOR,
    subject="mother",
    category="hipaa.ob_record",
    purpose="care_coordination",
    consents=[RELEASE],
    cases=[
        permit("45 CFR 164.508", "What she authorized needs no measure of the minimum (164.502(b)(2)(iii)).",
               facts={"minimum_necessary_documented": False}),
        permit("45 CFR 164.508", "A restriction on treatment, payment and operations leaves her own authorization alone (164.522(a)(1)(i)).",
               facts={"restriction": {"to": "Bright Start Home Visiting", "agreed": True}}, certainty=PRUDENTIAL),
        permit("45 CFR 164.506(c)", "Treatment needs no measure of the minimum (164.502(b)(2)(i)).", asker=OBSTETRICIAN, consents=[],
               request__purpose="treatment", facts={"minimum_necessary_documented": False, "treating_relationship": True}),
        permit("45 CFR 164.524", "Nor does her own access (164.502(b)(2)(ii)).", asker=MOTHER, consents=[], request__purpose="patient_access",
               facts={"minimum_necessary_documented": False}),
        permit("45 CFR 164.512(a)", "Nor what the law requires (164.502(b)(2)(v)).", asker=CASEWORKER, consents=[],
               request__purpose="child_abuse_followup", facts={"minimum_necessary_documented": False, "required_by_law": True}),
        deny("45 CFR 164.502(b)", "Oversight does (164.502(b)).", asker=INTEGRITY, consents=[], request__purpose="audit",
             facts={"minimum_necessary_documented": False, "oversight_authority": True}, certainty=PRUDENTIAL),
        deny("45 CFR 164.502(b)", "Payment does (164.502(b)).", asker=PLAN, consents=[], request__purpose="payment",
             facts={"minimum_necessary_documented": False}, certainty=PRUDENTIAL),
        deny("45 CFR 164.522(a)(1)(vi)", "Medicaid is a health plan: paid in full binds it too (164.522(a)(1)(vi)).", asker=PAYER, consents=[],
             request__purpose="payment", facts={"restriction": {"to": "health_plan", "paid_in_full": True, "agreed": True}}, certainty=PRUDENTIAL),
        deny("45 CFR 164.522(a)", "What she asked not to be told to family (164.522(a)(1)(i)(B)).", asker=SISTER, consents=[],
             facts={"patient_agreed": True, "restriction": {"to": "family_member", "agreed": True}}, certainty=PRUDENTIAL),
        permit("45 CFR 164.512(e)(1)(i)", "A restriction does not stop a court's order (164.522(a)(1)(v)).", asker=JUDGE, consents=[],
               request__purpose="dependency_proceeding", orders=[order("general_order", scope=["hipaa.ob_record"], to=[JUDGE])],
               facts={"restriction": {"to": "Juvenile Court", "agreed": True}}),
        permit("45 CFR 164.524", "Nor her own access (164.522(a)(1)(v)).", asker=MOTHER, consents=[], request__purpose="patient_access",
               facts={"restriction": {"to": "patient", "agreed": True}}),
    ],
)  # fmt: skip

FLORIDA: Final = Situation(
    name="S-FLORIDA",
    source=CPS_FLORIDA,
    asker=PROSECUTOR,
    subject="mother",
    category="cw.report",
    purpose="criminal_proceeding",
    facts={"jurisdiction": "FL"},
    cases=[
        permit(LIST, "The state attorney is on Florida's list (s. 39.202(2)).", "CW_CONFIDENTIAL", certainty=PRUDENTIAL),
        permit(LIST, "Criminal justice agencies are on it (s. 39.202(2)).", "CW_CONFIDENTIAL", asker=POLICE, certainty=PRUDENTIAL),
        permit(LIST, "The parent's attorney is on it (s. 39.202(2)).", "CW_CONFIDENTIAL", asker=HER_LAWYER, certainty=PRUDENTIAL,
               request__purpose="dependency_proceeding", facts={"jurisdiction": "FL", "party": True}),
        permit(LIST, "A parent is on it (s. 39.202(2)).", "REDACT_REPORTER", asker=MOTHER, request__subject="infant",
               request__purpose="patient_access", facts={"jurisdiction": "FL", "legal_parent": True}, certainty=PRUDENTIAL),
        deny(CW, "Ohio names none of them without need to protect a child (viii), (ix).", source=CPS, facts={}),
        deny(CW, "A landlord is on no list (s. 39.202(2)).", asker=LANDLORD, request__purpose="care_coordination"),
        deny(CW, "An employer is on no list (s. 39.202(2)).", asker=EMPLOYER, request__purpose="employment"),
        deny(CW, "The press is on no list (s. 39.202(2)).", asker=PRESS, request__purpose="public_disclosure"),
        deny("42 USC 5106a(b)(3)", "Nobody on it gets the reporter's name (s. 39.202(5); (b)(3)).", "REDACT_REPORTER",
             request__category="cw.reporter_identity"),
        deny("42 CFR 2.12(d)", "And nothing that a program told (2.12(d)).", source={**CPS_FLORIDA, "provenance": "part2_via_specific",
             "received_via": "C1"}, request__category="cw.case_record", facts={"jurisdiction": "FL", "against_patient": True},
             consents=[consent("specific", by=PROGRAM, to="Columbia Department of Children", info=["part2.attendance"],
                               purpose=["posc_monitoring"])]),
    ],
)  # fmt: skip

FEDERAL: Final = Situation(
    name="S-IVE",
    source=CPS,
    asker=OTHER_COUNTY,
    subject="infant",
    category="cw.case_record",
    purpose="child_abuse_report_initial",
    facts={"title_iv_e": True, "report_under_state_law": True, "initial_report": True},
    cases=[
        permit("42 USC 671(a)(8)(E)", "Known abuse is reported to the authority, IV-E or not (671(a)(8)(E), (9)).", "CW_CONFIDENTIAL",
               certainty=PRUDENTIAL),
        permit("42 USC 5106a(b)(2)(B)(ix)", "Need to protect a child goes before IV-E's silence (ix).", request__purpose="safety_assessment",
               facts={"title_iv_e": True, "need_to_protect_child": True}, certainty=PRUDENTIAL),
        deny("42 USC 671(a)(8)", "A wish to know is no report (671(a)(8)).", request__purpose="care_coordination", facts={"title_iv_e": True}),
        deny("42 USC 671(a)(8)", "A landlord is no authority (671(a)(8)).", asker=LANDLORD),
        deny("42 USC 671(a)(8)", "Nor is the press (671(a)(8)).", asker=PRESS, request__purpose="public_disclosure"),
    ],
)  # fmt: skip

CLAIMS: Final = Situation(
    name="S-CLAIMS",
    source=UNCOVERED_MEDICAID,
    asker=CASEWORKER,
    subject="mother",
    category="medicaid.claims",
    purpose="posc_monitoring",
    cases=[
        deny("42 CFR 431.300", "Not the administration of the plan, covered entity or not (431.300)."),
        deny("42 CFR 431.300", "Nor safety assessment (431.300).", request__purpose="safety_assessment"),
        deny("42 CFR 431.300", "Nor a court's wish without more (431.300).", asker=JUDGE, request__purpose="dependency_proceeding"),
        permit("42 CFR 431.301", "Payment is the administration of the plan (431.301, 431.302).", asker=PLAN, request__purpose="payment",
               certainty=PRUDENTIAL),
        permit("42 CFR 431.306", "She consents to it (431.306(d)).", "LIMIT_PURPOSE", certainty=PRUDENTIAL,
               consents=[consent("hipaa_authorization", by=MEDICAID, to=CASEWORKER, info=["medicaid.claims"], purpose=["posc_monitoring"])]),
        deny("42 CFR 431.300", "Her consent has ended (431.306(d)).", request__date="2027-06-01", certainty=PRUDENTIAL,
             consents=[consent("hipaa_authorization", by=MEDICAID, to=CASEWORKER, info=["medicaid.claims"], purpose=["posc_monitoring"])]),
        deny("42 CFR 2.12(d)", "A Part 2 provider's claim is Part 2 as well, and closed twice (2.12(d)(2); 431.300).", certainty=PRUDENTIAL,
             source__provenance="part2_via_payment", source__received_via="C1",
             consents=[consent("tpo_single", by=PROGRAM, to="my treating providers, health plans, third-party payers, and people helping to "
                               "operate this program", info=["part2.full_record"], purpose=["treatment", "payment", "health_care_operations"],
                               expires=None, expiry_event="none")]),
    ],
)  # fmt: skip

SITUATIONS: Final = (BY_SUBPOENA, NOTES_BY_LAW, LIMITS, FLORIDA, FEDERAL, CLAIMS)
