"""Public findings, title IV-E, foster parents and state law: 42 USC 5106a(b)(2)(B)(x), 671(a)(8), 675(5)(D) (law.md 3.1-3.2, 3.6-3.7)."""

from __future__ import annotations

from typing import Final

from tests.spec.disclosure.law.other_words import (
    AUDITOR,
    CPS,
    CPS_FLORIDA,
    DATA_MANAGER,
    DROP,
    EMPLOYER,
    FOSTER,
    HOSPITAL,
    LANDLORD,
    LEGISLATOR,
    PRESS,
    PROGRAM,
    PRUDENTIAL,
    RESEARCHER,
    VISITOR,
    Situation,
    asker,
    consent,
    deny,
    permit,
)

CONFIDENTIAL = "42 USC 5106a(b)(2)(B)(viii)"
REPORTER = "42 USC 5106a(b)(3)"
DEATH = "42 USC 5106a(b)(2)(B)(x)"
IVE = "42 USC 671(a)(8)"
PLACED = "42 USC 675(5)(D)"
HEALTHY_START = asker("home_visitor", "home_visiting", "Healthy Start Coalition")
CBC = asker("case_manager", "cbc_contractor", "Harbor Community Care")

PUBLIC: Final = Situation(
    name="C-PUBLIC",
    source=CPS,
    asker=PRESS,
    subject="infant",
    category="cw.case_record",
    purpose="public_disclosure",
    facts={"fatality_or_near_fatality": True},
    cases=[
        permit(DEATH, "Findings about a child's death or near death are public (x).", "REDACT_REPORTER", certainty=PRUDENTIAL),
        permit(DEATH, "To the legislature too (x).", asker=LEGISLATOR, certainty=PRUDENTIAL),
        deny(CONFIDENTIAL, "No death, no near death (viii).", facts={}),
        deny(CONFIDENTIAL, "No death (viii).", facts={"fatality_or_near_fatality": False}),
        deny(REPORTER, "Never who reported (b)(3).", request__category="cw.reporter_identity"),
        deny("42 CFR 2.12(d)", "What a program told stays closed (2.12(d)).", "SEGMENT_EXCLUDE", source__provenance="part2_via_specific",
             source__received_via="C1", request__subject="mother", request__category="part2.treatment_summary",
             consents=[consent("specific", by=PROGRAM, to="Pine County Children and Families", info=["part2.treatment_summary"],
                               purpose=["posc_monitoring"])]),
        deny("45 CFR 164.502(a)", "The hospital does not publish (164.502(a)).", source=HOSPITAL, request__category="hipaa.newborn_record"),
    ],
)  # fmt: skip

FEDERAL: Final = Situation(
    name="C-IVE",
    source=CPS,
    asker=AUDITOR,
    subject="infant",
    category="cw.case_record",
    purpose="audit",
    facts={"title_iv_e": True, "audit_authority": True},
    cases=[
        permit("42 USC 671(a)(8)(D)", "An audit authorized by law (671(a)(8)(D)).", "CW_CONFIDENTIAL"),
        permit("42 USC 671(a)(8)(D)", "The case plan, for the audit (671(a)(8)(D)).", "CW_CONFIDENTIAL", request__category="cw.case_plan"),
        permit("42 USC 671(a)(8)(A)", "Running the plan itself (671(a)(8)(A)).", "CW_CONFIDENTIAL", asker=DATA_MANAGER,
               request__purpose="federal_reporting", facts={"title_iv_e": True}, certainty=PRUDENTIAL),
        deny(IVE, "A legislator gets nothing that names a family (671(a)(8)).", asker=LEGISLATOR, request__purpose="public_disclosure",
             facts={"title_iv_e": True}),
        deny(IVE, "Nor one with audit in the paper, for publication (671(a)(8)).", asker=LEGISLATOR, request__purpose="public_disclosure"),
        deny(IVE, "An audit nobody authorized (671(a)(8)(D)).", facts={"title_iv_e": True}),
        deny(IVE, "An audit nobody authorized (671(a)(8)(D)).", facts={"title_iv_e": True, "audit_authority": False}),
        deny(CONFIDENTIAL, "It is no IV-E record, so the IV-E audit rule does not reach it (671(a)(8); viii).",
             facts={"title_iv_e": False, "audit_authority": True}, certainty=PRUDENTIAL),
        deny(IVE, "A landlord (671(a)(8)).", asker=LANDLORD, request__purpose="care_coordination", facts={"title_iv_e": True}),
        deny(IVE, "An employer (671(a)(8)).", asker=EMPLOYER, request__purpose="employment", facts={"title_iv_e": True}),
        deny(IVE, "A researcher without more (671(a)(8)).", asker=RESEARCHER, request__purpose="research", facts={"title_iv_e": True},
             certainty=PRUDENTIAL),
    ],
)  # fmt: skip

FOSTERED: Final = Situation(
    name="C-FOSTER",
    source=CPS,
    asker=FOSTER,
    subject="infant",
    category="cw.case_record",
    purpose="care_coordination",
    facts={"placement": True},
    cases=[
        permit(PLACED, "The child's health record at placement (675(5)(D)).", "SEGMENT_EXCLUDE", request__category="hipaa.newborn_record"),
        deny(CONFIDENTIAL, "It is for the child's care, not for employment (675(5)(D)).", request__category="hipaa.newborn_record",
             request__purpose="employment", certainty=PRUDENTIAL),
        deny(CONFIDENTIAL, "Nor for life insurance (675(5)(D); viii).", request__category="hipaa.newborn_record",
             request__purpose="insurance_underwriting", certainty=PRUDENTIAL),
        deny(PLACED, "Not placed with them (675(5)(D)).", request__category="hipaa.newborn_record", facts={"placement": False}),
        deny(PLACED, "Nothing says the child is placed there (675(5)(D)).", request__category="hipaa.newborn_record", facts={}),
        deny(CONFIDENTIAL, "The mother's case record is not the child's health record (viii).", request__subject="mother"),
        deny(CONFIDENTIAL, "Nor her history (viii).", request__subject="mother", request__category="cw.history"),
        deny(REPORTER, "Nor who reported (b)(3).", request__category="cw.reporter_identity"),
        deny("45 CFR 164.502(a)", "Nor her hospital record (164.502(a)).", source=HOSPITAL, request__subject="mother",
             request__category="hipaa.ob_record"),
        deny("42 CFR 2.31", "Nor anything of a program (2.31).", source=PROGRAM, request__subject="mother", request__category="part2.attendance"),
    ],
)  # fmt: skip

STATES: Final = Situation(
    name="C-STATE",
    source=CPS_FLORIDA,
    asker=CBC,
    subject="mother",
    category="cw.case_record",
    purpose="safety_assessment",
    facts={"jurisdiction": "FL", "contract_provider": True},
    cases=[
        permit("s. 39.202", "Florida's contract providers of protective services (s. 39.202).", "CW_CONFIDENTIAL"),
        permit("s. 39.202", "The report (s. 39.202).", request__category="cw.report"),
        permit("s. 39.202", "Healthy Start services are on the list (s. 39.202).", asker=HEALTHY_START, request__purpose="care_coordination",
               certainty=PRUDENTIAL),
        deny(CONFIDENTIAL, "No contract (s. 39.202).", facts__contract_provider=False),
        deny(CONFIDENTIAL, "Nothing says there is a contract (s. 39.202).", facts__contract_provider=DROP),
        deny(REPORTER, "Not who reported (s. 39.202(5); (b)(3)).", request__category="cw.reporter_identity"),
        deny(CONFIDENTIAL, "A landlord with a contract is no protective service (s. 39.202).", asker=LANDLORD, certainty=PRUDENTIAL),
        permit("42 USC 5106a(b)(2)(B)(viii)(VI)", "Others whom state law names for a legitimate purpose (viii)(VI).", "CW_CONFIDENTIAL",
               source=CPS, asker=VISITOR, request__purpose="care_coordination", facts={"state_authorized_class": True}),
        deny(CONFIDENTIAL, "Employment is no legitimate state purpose (viii)(VI).", source=CPS, asker=VISITOR, request__purpose="employment",
             facts={"state_authorized_class": True}),
        deny(CONFIDENTIAL, "Nor is life insurance (viii)(VI).", source=CPS, asker=VISITOR, request__purpose="insurance_underwriting",
             facts={"state_authorized_class": True}),
        deny("42 USC 5106a(b)(2)(B)(viii)(VI)", "State law does not name them (viii)(VI).", source=CPS, asker=VISITOR,
             request__purpose="care_coordination", facts={"state_authorized_class": False}),
        deny(CONFIDENTIAL, "State law names no landlord (viii)(VI).", source=CPS, asker=LANDLORD, request__purpose="care_coordination",
             facts={"state_authorized_class": False}),
    ],
)  # fmt: skip

SITUATIONS: Final = (PUBLIC, FEDERAL, FOSTERED, STATES)
