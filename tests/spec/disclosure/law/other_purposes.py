"""Each permission serves its purpose and no other: the purposes that fit, and those that do not (law.md 0.3, 2, 3)."""

from __future__ import annotations

from typing import Final

from tests.spec.disclosure.law.other_words import (
    AUDITOR,
    CASEWORKER,
    CITIZEN_PANEL,
    CPS,
    EARLY,
    FOSTER,
    GAL,
    HOSPITAL,
    INTAKE,
    INTEGRITY,
    JUDGE,
    LAWYER,
    OB,
    OTHER_COUNTY,
    PRUDENTIAL,
    SCHOOL,
    SHELTER,
    SISTER,
    TRIBE,
    VISITOR,
    Case,
    Situation,
    asker,
    consent,
    deny,
    order,
    permit,
)

CW = "42 USC 5106a(b)(2)(B)(viii)"
REPORTER = "42 USC 5106a(b)(3)"
GUARDIAN = "42 USC 5106a(b)(2)(B)(xiii)"
COURT = "45 CFR 164.512(e)(1)(i)"
THREAT = "45 CFR 164.512(j)"
PLACED = "42 USC 675(5)(D)"


def fits(name: str, cite: str, *purposes: str, certainty: str = PRUDENTIAL) -> list[Case]:
    """The permission holds for these purposes."""
    return [permit(cite, f"{name}: {purpose} is what it is for ({cite}).", certainty=certainty, request__purpose=purpose) for purpose in purposes]


def strays(name: str, cite: str, *purposes: str, certainty: str = PRUDENTIAL) -> list[Case]:
    """The permission does not reach these purposes."""
    return [deny(cite, f"{name}: {purpose} is not what it is for ({cite}).", certainty=certainty, request__purpose=purpose) for purpose in purposes]


NEVER = ("employment", "insurance_underwriting", "research", "public_disclosure")

GUARDIANS: Final = Situation(
    name="U-GAL", source=CPS, asker=GAL, subject="infant", category="cw.case_record", purpose="dependency_proceeding", facts={"appointed": True},
    cases=[
        *fits("The guardian ad litem", GUARDIAN, "dependency_proceeding", "permanency_hearing", "safety_assessment"),
        *strays("The guardian ad litem", CW, *NEVER, "federal_reporting", "payment"),
    ],
)  # fmt: skip

PLACEMENT: Final = Situation(
    name="U-FOSTER", source=CPS, asker=FOSTER, subject="infant", category="hipaa.newborn_record", purpose="care_coordination",
    facts={"placement": True},
    cases=[
        *fits("The child's record at placement", PLACED, "care_coordination", "treatment"),
        *strays("The child's record at placement", PLACED, *NEVER, "criminal_proceeding", "audit"),
    ],
)  # fmt: skip

WARNED: Final = Situation(
    name="U-THREAT", source=OB, asker=CASEWORKER, subject="mother", category="hipaa.mental_health", purpose="safety_assessment",
    facts={"serious_imminent_threat": True, "recipient_can_prevent": True},
    cases=[
        *fits("A warning", "45 CFR 164.512(j)(1)(i)", "safety_assessment"),
        *strays("A warning", THREAT, *NEVER, "payment", "federal_reporting", "program_evaluation", "education"),
    ],
)  # fmt: skip

ORDERED: Final = Situation(
    name="U-COURT", source=HOSPITAL, asker=JUDGE, subject="mother", category="hipaa.ob_record", purpose="dependency_proceeding",
    orders=[order("general_order", scope=["hipaa.ob_record"], to=[JUDGE, CASEWORKER])],
    cases=[
        *fits("An order of the court", COURT, "dependency_proceeding", "permanency_hearing"),
        *strays("An order of the court", "45 CFR 164.512(e)(1)", *NEVER, "program_evaluation", "payment"),
    ],
)  # fmt: skip

SERVED: Final = Situation(
    name="U-SUBPOENA", source=HOSPITAL, asker=LAWYER, subject="mother", category="hipaa.ob_record", purpose="dependency_proceeding",
    facts={"satisfactory_assurance": True}, orders=[order("subpoena", scope=["hipaa.ob_record"], to=[LAWYER])],
    cases=[
        *fits("A subpoena with assurance", "45 CFR 164.512(e)(1)(ii)", "dependency_proceeding", "permanency_hearing", "legal_defense"),
        *strays("A subpoena with assurance", "45 CFR 164.512(e)(1)", *NEVER, "treatment", "audit"),
    ],
)  # fmt: skip

FOUND: Final = Situation(
    name="U-FINDING", source=CPS, asker=JUDGE, subject="mother", category="cw.report", purpose="dependency_proceeding",
    orders=[order("cw_access_finding", scope=["cw.report"], to=[JUDGE], finding_necessary=True, in_camera=True)],
    cases=[
        *fits("A finding of the court", "42 USC 5106a(b)(2)(B)(viii)(V)", "dependency_proceeding", "permanency_hearing", "criminal_proceeding"),
        *strays("A finding of the court", CW, *NEVER, "payment", "program_evaluation"),
    ],
)  # fmt: skip

NAMED: Final = Situation(
    name="U-REPORTER", source=CPS, asker=JUDGE, subject="mother", category="cw.reporter_identity", purpose="dependency_proceeding",
    orders=[order("reporter_identity_order", scope=["cw.reporter_identity"], to=[JUDGE], in_camera=True, finding_knowingly_false=True)],
    cases=[
        *fits("The reporter's name, by order", REPORTER, "dependency_proceeding", "criminal_proceeding"),
        *strays("The reporter's name, by order", REPORTER, *NEVER, "care_coordination", "posc_monitoring", "patient_access"),
    ],
)  # fmt: skip

SHELTER_ORDERED: Final = Situation(
    name="U-DV", source=SHELTER, asker=JUDGE, subject="mother", category="dv.victim_record", purpose="dependency_proceeding",
    orders=[order("general_order", scope=["dv.victim_record"], to=[JUDGE])],
    cases=[
        *fits("A court's mandate", "34 USC 12291(b)(2)", "dependency_proceeding", "criminal_proceeding"),
        *strays("A court's mandate", "34 USC 12291(b)(2)", *NEVER, "payment", "federal_reporting"),
    ],
)  # fmt: skip

SCHOOLS: Final = Situation(
    name="U-SCHOOL", source=SCHOOL, asker=CASEWORKER, subject="sibling", category="edu.school", purpose="education",
    facts={"legal_custody": "cps", "case_plan_access": True},
    cases=[
        *fits("The agency responsible for the child", "20 USC 1232g(b)(1)(L)", "education", "care_coordination"),
        *strays("The agency responsible for the child", "20 USC 1232g", *NEVER, "criminal_proceeding"),
    ],
)  # fmt: skip

REFERRED: Final = Situation(
    name="U-REFER", source=HOSPITAL, asker=EARLY, subject="infant", category="posc.referral_status", purpose="care_coordination",
    facts={"affected_by_prenatal_exposure": True},
    cases=[
        *fits("The referral", "20 USC 1437(a)(6)", "care_coordination", "treatment", "education"),
        *strays("The referral", "20 USC 1437(a)(6)", *NEVER, "criminal_proceeding", "payment"),
    ],
)  # fmt: skip

AUTOPSY: Final = Situation(
    name="U-CORONER", source=HOSPITAL, asker=asker("coroner", "state_oversight", "County Coroner"), subject="infant",
    category="hipaa.newborn_record", purpose="fatality_review", facts={"patient_deceased": True, "infant_deceased": True},
    cases=[
        *fits("A coroner", "45 CFR 164.512(g)", "fatality_review"),
        *strays("A coroner", "45 CFR 164.512(g)", *NEVER, "payment", "education"),
    ],
)  # fmt: skip

PROTECTED: Final = Situation(
    name="U-NEED", source=CPS, asker=OTHER_COUNTY, subject="sibling", category="cw.history", purpose="safety_assessment",
    facts={"need_to_protect_child": True},
    cases=[
        *fits("Need to protect a child", "42 USC 5106a(b)(2)(B)(ix)", "safety_assessment", "child_abuse_followup"),
        *strays("Need to protect a child", CW, *NEVER, "payment", "federal_reporting"),
    ],
)  # fmt: skip

PEERS: Final = Situation(
    name="U-PANEL", source=CPS, asker=CITIZEN_PANEL, subject="infant", category="cw.case_record", purpose="program_evaluation",
    cases=[
        *fits("A review panel", "42 USC 5106a(b)(2)(B)(viii)(III)", "program_evaluation", "fatality_review"),
        *strays("A review panel", CW, *NEVER, "criminal_proceeding", "treatment"),
    ],
)  # fmt: skip

AUDITED: Final = Situation(
    name="U-IVE", source=CPS, asker=AUDITOR, subject="infant", category="cw.case_record", purpose="audit",
    facts={"title_iv_e": True, "audit_authority": True},
    cases=[
        *fits("A IV-E audit", "42 USC 671(a)(8)(D)", "audit"),
        *strays("A IV-E audit", "42 USC 671(a)(8)", *NEVER, "treatment", "criminal_proceeding"),
    ],
)  # fmt: skip

OVERSEEN: Final = Situation(
    name="U-OVERSIGHT", source=HOSPITAL, asker=INTEGRITY, subject="mother", category="hipaa.ob_record", purpose="audit",
    facts={"oversight_authority": True},
    cases=[
        *fits("Health oversight", "45 CFR 164.512(d)", "audit"),
        *strays("Health oversight", "45 CFR 164.502(a)", *NEVER, "care_coordination", "criminal_proceeding"),
    ],
)  # fmt: skip

NOTIFIED: Final = Situation(
    name="U-NOTICE", source=HOSPITAL, asker=INTAKE, subject="infant", category="notif.capta_identified", purpose="capta_notification",
    facts={"state_law_requires_identified_notification": True},
    cases=[
        *fits("The notification of a birth", "42 USC 5106a(b)(2)(B)(ii)", "capta_notification"),
        *strays("The notification of a birth", "42 USC 5106a(b)(2)(B)(ii)", *NEVER, "criminal_proceeding"),
    ],
)  # fmt: skip

HELPING: Final = Situation(
    name="U-FAMILY", source=HOSPITAL, asker=SISTER, subject="mother", category="hipaa.ob_record", purpose="care_coordination",
    facts={"patient_agreed": True},
    cases=[
        *fits("A sister who helps", "45 CFR 164.510(b)", "care_coordination", "treatment"),
        *strays("A sister who helps", "45 CFR 164.502(a)", *NEVER, "criminal_proceeding", "audit"),
    ],
)  # fmt: skip

TOLD_TRIBE: Final = Situation(
    name="U-ICWA", source=CPS, asker=TRIBE, subject="infant", category="cw.case_record", purpose="icwa_notice",
    facts={"reason_to_know_indian_child": True},
    cases=[
        *fits("Notice to the tribe", "25 USC 1912(a)", "icwa_notice"),
        *strays("Notice to the tribe", CW, *NEVER, "payment"),
    ],
)  # fmt: skip

TWICE: Final = Situation(
    name="Z-DUP", source=HOSPITAL, asker=VISITOR, subject="mother", category="hipaa.ob_record", purpose="care_coordination",
    consents=[consent("hipaa_authorization", by=HOSPITAL, to=VISITOR, info=["hipaa.ob_record"], purpose=["care_coordination"]),
              consent("hipaa_authorization", by=HOSPITAL, to=VISITOR, info=["hipaa.ob_record"], purpose=["care_coordination"],
                      revoked="2026-08-01")],
    cases=[deny("45 CFR 164.508", "One paper that says it was revoked and that it was not is no paper (164.508(b)(2)).", certainty=PRUDENTIAL)],
)  # fmt: skip

SITUATIONS: Final = (
    TWICE,
    GUARDIANS, PLACEMENT, WARNED, ORDERED, SERVED, FOUND, NAMED, SHELTER_ORDERED, SCHOOLS, REFERRED, AUTOPSY, PROTECTED, PEERS, AUDITED,
    OVERSEEN, NOTIFIED, HELPING, TOLD_TRIBE,
)  # fmt: skip
