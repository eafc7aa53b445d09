"""Police, the dead, research, de-identified data, and the person herself: 45 CFR 164.502(f)-(g), 512(f)-(i), 514, 524, 528."""

from __future__ import annotations

from typing import Final

from tests.spec.disclosure.law.other_words import (
    CASEWORKER,
    CPS,
    DATA_MANAGER,
    DROP,
    EMPLOYER,
    FATHER,
    HEALTH_DEPARTMENT,
    HOSPITAL,
    INSURER,
    MEDICAID,
    MOTHER,
    OBSTETRICIAN,
    PEDIATRICS,
    POLICE,
    PRESS,
    PROGRAM,
    PROSECUTOR,
    PRUDENTIAL,
    RESEARCHER,
    SISTER,
    Situation,
    agreement,
    asker,
    deny,
    order,
    permit,
)

ONLY = "45 CFR 164.502(a)"
CORONER = asker("coroner", "state_oversight", "County Coroner")
PARENT = asker("parent_of_minor", "family_member", "-")
POLICE_LAW = "45 CFR 164.512(f)"
SAFE_HARBOR = "45 CFR 164.514(b)(2)"
LIMITED = "45 CFR 164.514(e)"

LAW_ENFORCEMENT: Final = Situation(
    name="A-POLICE",
    source=HOSPITAL,
    asker=POLICE,
    subject="infant",
    category="hipaa.toxicology",
    purpose="criminal_proceeding",
    cases=[
        deny(POLICE_LAW, "No process, no exception (164.512(f)).", "NEUTRAL_DENIAL", facts={"legal_process": None}),
        deny(POLICE_LAW, "Nothing said at all (164.512(f)).", "NEUTRAL_DENIAL"),
        deny(POLICE_LAW, "The mother's prenatal record neither (164.512(f)).", request__subject="mother", request__category="hipaa.ob_record"),
        deny(POLICE_LAW, "A prosecutor stands no better (164.512(f)).", asker=PROSECUTOR),
        permit("45 CFR 164.512(f)(1)", "A court's order that names the police and the record (164.512(f)(1)(ii)(A)).", "ACCOUNT_164_528",
               "ORDER_SCOPE_ONLY", orders=[order("general_order", scope=["hipaa.toxicology"], to=[POLICE], court="Common Pleas")],
               certainty=PRUDENTIAL),
        deny(POLICE_LAW, "The order names the prosecutor (164.512(f)(1)).", certainty=PRUDENTIAL,
             orders=[order("general_order", scope=["hipaa.toxicology"], to=[PROSECUTOR], court="Common Pleas")]),
        permit("45 CFR 164.512(f)(5)", "A crime on the premises (164.512(f)(5)).", "ACCOUNT_164_528", request__subject="mother",
               request__category="hipaa.ob_record", facts={"crime_on_premises": True}, certainty=PRUDENTIAL),
        deny("45 CFR 164.508(a)(2)", "Notes of psychotherapy are not among it (164.508(a)(2)).", request__subject="mother",
             request__category="hipaa.psychotherapy_notes"),
    ],
)  # fmt: skip

DECEASED: Final = Situation(
    name="A-CORONER",
    source=HOSPITAL,
    asker=CORONER,
    subject="infant",
    category="hipaa.newborn_record",
    purpose="fatality_review",
    facts={"patient_deceased": True, "infant_deceased": True, "cause_of_death_inquiry_law": True},
    cases=[
        permit("45 CFR 164.512(g)", "A coroner determines the cause of death (164.512(g)(1)).", "ACCOUNT_164_528"),
        permit("45 CFR 164.512(g)", "The mother's own, when she died (164.512(g)(1)).", "ACCOUNT_164_528", request__subject="mother",
               request__category="hipaa.ob_record", facts={"patient_deceased": True, "cause_of_death_inquiry_law": True}),
        deny(ONLY, "A record is protected for fifty years after death: an employer (164.502(f)).", asker=EMPLOYER, request__purpose="employment"),
        deny(ONLY, "The press (164.502(f)).", asker=PRESS, request__purpose="public_disclosure"),
        deny(ONLY, "A life insurer (164.502(f)).", asker=INSURER, request__purpose="insurance_underwriting"),
        deny(ONLY, "The coroner's inquiry is its only purpose (164.512(g)(1)).", request__purpose="employment"),
        deny(ONLY, "Nor life insurance (164.512(g)(1)).", request__purpose="insurance_underwriting"),
        deny(ONLY, "Nobody died: no coroner's inquiry (164.512(g)).", facts={}),
    ],
)  # fmt: skip

RESEARCH: Final = Situation(
    name="A-RESEARCH",
    source=HOSPITAL,
    asker=RESEARCHER,
    subject="cohort",
    category="hipaa.newborn_record",
    purpose="research",
    agreements=[agreement("research_approval", "Mercy Hospital L&D", "State University", irb=True, privacy_board_waiver=True)],
    cases=[
        permit("45 CFR 164.512(i)", "A board waived authorization (164.512(i)(1)(i)).", "MIN_NECESSARY", "ACCOUNT_164_528", certainty=PRUDENTIAL),
        permit("45 CFR 164.512(i)", "A waiver (164.512(i)(1)(i)).", request__category="hipaa.ob_record"),
        permit("45 CFR 164.512(i)", "The first day of the approval.", request__date="2026-01-01"),
        deny("45 CFR 164.512(i)", "The approval has ended (164.512(i)).", request__date="2027-01-02"),
        deny("45 CFR 164.512(i)", "It has not begun (164.512(i)).", request__date="2025-12-31"),
        deny("45 CFR 164.512(i)", "No board, no waiver (164.512(i)).", agreements=[]),
        deny("45 CFR 164.512(i)", "Reviewed but authorization not waived (164.512(i)(1)(i)).", agreement__privacy_board_waiver=False,
             agreement__irb=DROP),
        deny("45 CFR 164.512(i)", "Another university's approval (164.512(i)).", agreement__parties=["Mercy Hospital L&D", "Lake College"]),
        deny("45 CFR 164.512(i)", "Another hospital's approval (164.512(i)).", agreement__parties=["Harbor General", "State University"]),
        deny("45 CFR 164.512(i)", "A memorandum is no approval (164.512(i)).", agreement__type="MOU"),
        deny(ONLY, "Approved for research, not for publication of persons (164.502(a)).", request__purpose="public_disclosure"),
        deny("45 CFR 164.508(a)(2)", "A waiver does not open psychotherapy notes (164.508(a)(2)).", request__category="hipaa.psychotherapy_notes"),
        deny(ONLY, "An employer with the same paper is no researcher (164.502(a)).", asker=EMPLOYER, request__purpose="employment"),
    ],
)  # fmt: skip

LIMITED_SET: Final = Situation(
    name="A-LIMITED",
    source=HOSPITAL,
    asker=RESEARCHER,
    subject="cohort",
    category="hipaa.newborn_record",
    purpose="research",
    facts={"limited_data_set": True},
    agreements=[agreement("DUA", "Mercy Hospital L&D", "State University")],
    cases=[
        permit(LIMITED, "A limited data set under a data use agreement, for research (164.514(e)).", "NO_REDISCLOSURE", certainty=PRUDENTIAL),
        permit(LIMITED, "Research is one of its three purposes (164.514(e)(3)).", facts__fields=["birth_date", "zip5", "substance_class"]),
        permit(LIMITED, "Public health is another (164.514(e)(3)).", asker=HEALTH_DEPARTMENT, request__purpose="public_health",
               agreement__parties=["Mercy Hospital L&D", "State DOH"]),
        permit(LIMITED, "Operations the third (164.514(e)(3)).", asker=OBSTETRICIAN, request__purpose="health_care_operations",
               agreement__parties=["Mercy Hospital L&D", "Elm OB"]),
        deny(LIMITED, "No data use agreement (164.514(e)(4)).", agreements=[]),
        deny(LIMITED, "An agreement that has ended (164.514(e)(4)).", request__date="2027-01-02"),
        deny(LIMITED, "An agreement of others (164.514(e)(4)).", agreement__parties=["Mercy Hospital L&D", "Lake College"]),
        deny(LIMITED, "Not one of the three purposes (164.514(e)(3)).", request__purpose="public_disclosure"),
        deny(LIMITED, "Names are not in a limited data set (164.514(e)(2)).", facts__fields=["name", "birth_date"]),
        deny(LIMITED, "Street addresses are not either (164.514(e)(2)).", facts__fields=["address"]),
        deny(LIMITED, "Record numbers are not either (164.514(e)(2)).", facts__fields=["mrn"]),
        deny("45 CFR 164.512(i)", "It is no limited data set, and no board waived (164.512(i)).", facts={"limited_data_set": False}),
    ],
)  # fmt: skip

EXTRACT: Final = Situation(
    name="A-EXTRACT",
    source=HOSPITAL,
    asker=RESEARCHER,
    subject="cohort",
    category="deid.extract",
    purpose="research",
    facts={"deidentified": "safe_harbor"},
    cases=[
        permit(SAFE_HARBOR, "Safe harbor was met: no longer protected (164.514(b)(2))."),
        permit(SAFE_HARBOR, "To the health department (164.514(b)(2)).", asker=HEALTH_DEPARTMENT, request__purpose="public_health"),
        permit(SAFE_HARBOR, "To the state for evaluation (164.514(b)(2)).", asker=DATA_MANAGER, request__purpose="program_evaluation"),
        permit(SAFE_HARBOR, "Year and state only (164.514(b)(2)(i)).", facts__fields=["birth_year", "state", "substance_class"]),
        permit(SAFE_HARBOR, "Held by child welfare, de-identified the same way (164.514(b)(2)).", source=CPS),
        permit("45 CFR 164.514(b)", "A program's de-identified content to the health department (2.54, 164.514(b)).", source=PROGRAM,
               asker=HEALTH_DEPARTMENT, request__purpose="public_health"),
        deny("45 CFR 164.514(b)", "It was not de-identified (164.514(b)).", facts={"deidentified": False}),
        deny("45 CFR 164.514(b)", "Nothing says that it was (164.514(b)).", facts={}),
        deny("45 CFR 164.514(b)", "A way the rule does not know (164.514(b)).", facts={"deidentified": "initials_removed"}),
        *[deny(SAFE_HARBOR, f"One of the eighteen identifiers is left: {word} (164.514(b)(2)(i)).", facts__fields=["substance_class", word])
          for word in ("name", "birth_date", "zip5", "mrn", "ssn", "phone", "email", "address", "admission_date", "discharge_date",
                       "death_date", "county", "city", "health_plan_number", "photo", "ip_address", "device_id", "fax", "license_number")],
        deny("45 CFR 164.514(b)", "Identifiable, for public health: Part 2 asks for de-identified content (2.54).", source=PROGRAM,
             asker=HEALTH_DEPARTMENT, request__purpose="public_health", facts={"deidentified": False}),
    ],
)  # fmt: skip

HERSELF: Final = Situation(
    name="A-HERSELF",
    source=HOSPITAL,
    asker=MOTHER,
    subject="mother",
    category="hipaa.ob_record",
    purpose="patient_access",
    cases=[
        permit("45 CFR 164.524", "She may see her own record (164.524).", "VERIFY_164_514H"),
        permit("45 CFR 164.524", "Her toxicology (164.524).", "VERIFY_164_514H", request__category="hipaa.toxicology"),
        permit("45 CFR 164.524", "Her mental health record (164.524).", "VERIFY_164_514H", request__category="hipaa.mental_health"),
        permit("45 CFR 164.524", "Her claims, at the Medicaid agency (164.524).", "VERIFY_164_514H", source=MEDICAID,
               request__category="medicaid.claims"),
        permit("45 CFR 164.502(g)(3)", "Her infant's record, as the parent (164.502(g)(3), 164.524).", "VERIFY_164_514H", request__subject="infant",
               request__category="hipaa.newborn_record", facts={"legal_parent": True, "rights_restricted": False}),
        permit("45 CFR 164.524", "A fact that has nothing to do with it (164.524).", "VERIFY_164_514H", facts={"safety_concern": False}),
        permit("45 CFR 164.528", "Her accounting of disclosures, six years (164.528).", "ACCOUNT_164_528", "VERIFY_164_514H",
               facts={"accounting_request": True}),
        permit("45 CFR 164.528", "In writing (164.528).", "ACCOUNT_164_528", facts={"accounting_request": True, "request_in_writing": True}),
        deny("45 CFR 164.524(a)(1)(i)", "Not psychotherapy notes (164.524(a)(1)(i)).", request__category="hipaa.psychotherapy_notes"),
        deny(ONLY, "Not the other parent's (164.502(a)).", request__subject="other_parent"),
        deny(ONLY, "Not the other parent's mental health record (164.502(a)).", request__subject="other_parent",
             request__category="hipaa.mental_health"),
        deny(ONLY, "The father may not have hers by right of access (164.502(a)).", asker=FATHER),
        deny(ONLY, "Nor a sister (164.502(a)).", asker=SISTER),
        deny(ONLY, "Nor an employer in her name (164.502(a)).", asker=EMPLOYER),
        deny("45 CFR 164.502(g)", "One who is said not to be the legal parent (164.502(g)(3)).", request__subject="infant",
             request__category="hipaa.newborn_record", facts={"legal_parent": False}),
        deny("45 CFR 164.502(g)", "A mother whose rights a court restricted (164.502(g)(3)).", request__subject="infant",
             request__category="hipaa.newborn_record", facts={"legal_parent": True, "rights_restricted": True}),
        deny("45 CFR 164.502(g)", "Custody went to the agency: it stands in the child's place (164.502(g)(3)).", request__subject="infant",
             request__category="hipaa.newborn_record", facts={"legal_custody": "cps", "rights_restricted": True}),
        deny("45 CFR 164.502(g)(5)", "A parent who is believed to endanger the infant (164.502(g)(5)).", request__subject="infant",
             request__category="hipaa.newborn_record", facts={"legal_parent": True, "endangerment_belief": True}),
    ],
)  # fmt: skip

CHILD: Final = Situation(
    name="A-PARENT",
    source=HOSPITAL,
    asker=FATHER,
    subject="infant",
    category="hipaa.newborn_record",
    purpose="patient_access",
    facts={"legal_parent": True, "rights_restricted": False},
    cases=[
        permit("45 CFR 164.502(g)(3)", "A parent stands in the place of a minor child (164.502(g)(3)).", "SEGMENT_EXCLUDE", "VERIFY_164_514H"),
        permit("45 CFR 164.502(g)(3)", "Of a pediatric clinic too (164.502(g)(3)).", "SEGMENT_EXCLUDE", source=PEDIATRICS),
        permit("45 CFR 164.502(g)(3)", "The infant's toxicology is the infant's (164.502(g)(3)).", "SEGMENT_EXCLUDE",
               request__category="hipaa.toxicology"),
        deny("45 CFR 164.502(g)", "His rights are restricted (164.502(g)(3)).", facts__rights_restricted=True),
        deny("45 CFR 164.502(g)", "He is no legal parent (164.502(g)(3)).", facts__legal_parent=False),
        deny("45 CFR 164.502(g)", "Nothing says that he is (164.502(g)(3)).", facts={}),
        deny("45 CFR 164.502(g)(5)", "Believed to endanger (164.502(g)(5)).", facts__endangerment_belief=True),
        deny(ONLY, "The mother's record is not the infant's (164.502(a)).", request__subject="mother", request__category="hipaa.ob_record"),
        deny("42 CFR 2.31", "What a program holds of the mother is not the infant's (2.31).", source=PROGRAM, request__subject="mother",
             request__category="part2.treatment_summary"),
        permit("45 CFR 164.502(g)(3)", "The agency with custody stands in their place (164.502(g)(3)).", "VERIFY_164_514H", asker=CASEWORKER,
               facts={"legal_custody": "cps"}, request__purpose="treatment"),
        deny(ONLY, "Without custody it does not (164.502(g)(3)).", asker=CASEWORKER, facts={"legal_custody": "parent"}, request__purpose="treatment"),
        deny(ONLY, "Nothing is said of custody (164.502(g)(3)).", asker=CASEWORKER, facts={}, request__purpose="treatment"),
        deny(ONLY, "Custody of the infant opens nothing of the mother's (164.502(a)).", asker=CASEWORKER, facts={"legal_custody": "cps"},
             request__purpose="treatment", request__subject="mother", request__category="hipaa.ob_record"),
    ],
)  # fmt: skip

MINOR: Final = Situation(
    name="A-MINOR",
    source=HOSPITAL,
    asker=PARENT,
    subject="mother",
    category="hipaa.ob_record",
    purpose="patient_access",
    facts={"patient_age": 17, "minor_may_consent_alone": True},
    cases=[
        deny("45 CFR 164.502(g)(3)", "A minor who lawfully consented alone is her own (164.502(g)(3)(i)(A))."),
        permit("45 CFR 164.502(g)(3)", "Where she could not, the parent stands in her place (164.502(g)(3)).", "VERIFY_164_514H",
               facts={"patient_age": 15, "minor_may_consent_alone": False}, certainty=PRUDENTIAL),
        deny(ONLY, "A grown patient's parent has no such right (164.502(g)(3)).", facts={"patient_age": 19}),
        permit("45 CFR 164.524", "The minor who consented alone sees her own (164.502(g)(3), 164.524).", asker=MOTHER),
    ],
)  # fmt: skip

SITUATIONS: Final = (LAW_ENFORCEMENT, DECEASED, RESEARCH, LIMITED_SET, EXTRACT, HERSELF, CHILD, MINOR)
