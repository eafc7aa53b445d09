"""HIPAA, the plan, child welfare, education, victim services and counts as pairs: one permitted, one refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.spec.disclosure.rows import AGENCY, CPS, HOSPITAL, ORDER, SPECIFIC, TO_CLINIC, TO_CPS, WARD, paper, world

from careloom.kernel.disclosure import (
    Actor,
    AgreementKind,
    Category,
    ConsentKind,
    OrderKind,
    Provenance,
    Purpose,
    Restriction,
    Scenario,
    Subject,
    decide,
)

CARE = replace(TO_CLINIC, category=Category.HIPAA_OB_RECORD)
NEWBORN = replace(TO_CPS, subject=Subject.INFANT, category=Category.HIPAA_NEWBORN_RECORD, purpose=Purpose.CHILD_ABUSE_FOLLOWUP)
FATHER = replace(NEWBORN, actor=Actor.FAMILY_MEMBER, actor_org="-", purpose=Purpose.PATIENT_ACCESS)
VISITOR = replace(TO_CPS, actor=Actor.HOME_VISITING, actor_org="Bright Visits", category=Category.POSC_PLAN_CORE)
AGREED = replace(SPECIFIC, kind=ConsentKind.PLAN_AGREEMENT, discloser=HOSPITAL, recipients=("Bright Visits",), info=("posc.plan_core",))
OWN = replace(TO_CPS, actor=Actor.PATIENT, actor_org="-", category=Category.POSC_PLAN_CORE, purpose=Purpose.PATIENT_ACCESS)
JUDGE = replace(CARE, actor=Actor.COURT, actor_org="Family Court", purpose=Purpose.DEPENDENCY_PROCEEDING)
GENERAL = replace(ORDER, kind=OrderKind.GENERAL_ORDER, scope=("hipaa.ob_record",))
SUBPOENA = replace(GENERAL, kind=OrderKind.SUBPOENA)
CASE = replace(TO_CPS, category=Category.CW_CASE_RECORD, actor_org="Harbor County", purpose=Purpose.SAFETY_ASSESSMENT)
CASE_OWN = replace(OWN, category=Category.CW_REPORT)
NAME = replace(JUDGE, category=Category.CW_REPORTER_IDENTITY)
NAMED = replace(
    GENERAL,
    kind=OrderKind.REPORTER_IDENTITY_ORDER,
    scope=("cw.reporter_identity",),
    in_camera=True,
    finding_knowingly_false=True,
    finding_necessary=True,
)
FINDING = replace(NAMED, kind=OrderKind.CW_ACCESS_FINDING, scope=("cw.case_record",))
PANEL = replace(CASE, actor=Actor.REVIEW_PANEL, actor_org="Panel", purpose=Purpose.FATALITY_REVIEW)
PRESS = replace(CASE, actor=Actor.LEGISLATURE_PUBLIC, actor_org="Press", purpose=Purpose.PUBLIC_DISCLOSURE)
TRIBE = replace(CASE, actor=Actor.TRIBAL_ICWA, actor_org="Eagle Nation", purpose=Purpose.ICWA_NOTICE)
GUARDIAN = replace(CASE, actor=Actor.GAL_CASA, actor_org="CASA", subject=Subject.INFANT, purpose=Purpose.DEPENDENCY_PROCEEDING)
HOME = replace(NEWBORN, actor=Actor.FOSTER_PARENT, actor_org="-", purpose=Purpose.TREATMENT)
SCHOOL = replace(CPS, holder="Oak School", holder_type="school")
GRADES = replace(TO_CPS, subject=Subject.SIBLING, category=Category.EDU_SCHOOL, purpose=Purpose.EDUCATION)
EARLY = replace(CPS, holder="Early Steps", holder_type="early_intervention")
PARTC = replace(GRADES, subject=Subject.INFANT, category=Category.EDU_PARTC, purpose=Purpose.POSC_MONITORING)
PARTC_FORM = replace(
    SPECIFIC, kind=ConsentKind.CAPTA_RELEASE, patient=Subject.INFANT, discloser="Early Steps", recipients=(AGENCY,), info=("edu.partc",)
)
REFERRAL = replace(NEWBORN, actor=Actor.EARLY_INTERVENTION, actor_org="Early Steps", purpose=Purpose.CARE_COORDINATION)
SHELTER = replace(CPS, holder="Safe Shelter", holder_type="dv_program")
STAY = replace(TO_CPS, category=Category.DV_VICTIM_RECORD)
STAY_FORM = replace(SPECIFIC, discloser="Safe Shelter", info=("dv.victim_record",))
COUNTS = replace(TO_CPS, subject=Subject.COHORT, category=Category.AGG_TABLE, purpose=Purpose.FEDERAL_REPORTING, actor=Actor.STATE_OVERSIGHT)
FILE = replace(COUNTS, actor=Actor.RESEARCHER, actor_org="University", category=Category.DEID_EXTRACT, purpose=Purpose.RESEARCH)
DUA = paper(kind=AgreementKind.DUA, parties=(HOSPITAL, "University"))
BAA = paper(kind=AgreementKind.BAA, parties=(HOSPITAL, "Plan Host"))
HOST = replace(CARE, actor=Actor.SOFTWARE_VENDOR, actor_org="Plan Host", purpose=Purpose.SYSTEM_OPERATION)
STUDY = replace(CARE, actor=Actor.RESEARCHER, actor_org="University", purpose=Purpose.RESEARCH)
BOARD_OK = paper(kind=AgreementKind.RESEARCH_APPROVAL, parties=(HOSPITAL, "University"), irb=True)
TELL = replace(NEWBORN, category=Category.NOTIF_CAPTA_IDENTIFIED, purpose=Purpose.CAPTA_NOTIFICATION)
QUIET = replace(TELL, category=Category.NOTIF_CAPTA_DEID)
POLICE = replace(CARE, actor=Actor.LAW_ENFORCEMENT, actor_org="City Police", purpose=Purpose.CRIMINAL_PROCEEDING)
TALK = replace(NEWBORN, subject=Subject.MOTHER, category=Category.HIPAA_PSYCHOTHERAPY_NOTES, purpose=Purpose.CHILD_ABUSE_REPORT_INITIAL)
SISTER = replace(CARE, actor=Actor.FAMILY_MEMBER, actor_org="-", purpose=Purpose.CARE_COORDINATION)
CLAIMS = replace(CARE, actor=Actor.HEALTH_PLAN, actor_org="Maple Plan", category=Category.MEDICAID_CLAIMS, purpose=Purpose.PAYMENT)
MEDICAID = replace(CPS, holder="State Medicaid", holder_type="medicaid_agency")
VISITS = replace(CPS, holder="Bright Visits", holder_type="home_visiting")
KEPT = replace(TO_CPS, category=Category.POSC_PLAN_CORE, purpose=Purpose.CARE_COORDINATION)
KEPT_FORM = replace(SPECIFIC, discloser="Bright Visits", info=("posc.plan_core",), purposes=("care_coordination",))
KEPT_ORDER = replace(GENERAL, scope=("posc.plan_core",))
LISTED = replace(TO_CPS, category=Category.POSC_PLAN_CORE, purpose=Purpose.DEPENDENCY_PROCEEDING)
INQUEST = replace(CARE, actor_role="coroner", purpose=Purpose.FATALITY_REVIEW)
VISIT_NOTE = replace(TO_CPS, category=Category.HIPAA_OB_RECORD)
VISIT_FORM = replace(SPECIFIC, discloser="Bright Visits", info=("hipaa.ob_record",))
WIC = replace(CPS, holder="WIC Office", holder_type="wic")
FOOD = replace(TO_CPS, category=Category.WIC_RECORD)
WIC_FORM = replace(SPECIFIC, discloser="WIC Office", info=("wic.record",))
AUDIT = replace(CARE, actor=Actor.MEDICAID_AGENCY, actor_org="State Medicaid", purpose=Purpose.AUDIT)
HEALTH = replace(NEWBORN, actor=Actor.PUBLIC_HEALTH, actor_org="County", purpose=Purpose.PUBLIC_HEALTH)


HOSTED = replace(HOST, category=Category.POSC_PLAN_CORE)
FIRST = replace(NEWBORN, purpose=Purpose.CHILD_ABUSE_REPORT_INITIAL)
SUSPECTED = {"report_under_state_law": True, "initial_report": True, "suspicion": True}
BILL = replace(CARE, actor=Actor.HEALTH_PLAN, actor_org="Maple Plan", purpose=Purpose.PAYMENT)


def ward(request: Any, facts: dict[str, Any] | None = None, **papers: Any) -> Scenario:
    """At the hospital, outside Part 2."""
    return world(source=WARD, request=request, facts=facts or {}, **papers)


def agency(request: Any, facts: dict[str, Any] | None = None, **papers: Any) -> Scenario:
    """At the child welfare agency."""
    return world(source=CPS, request=request, facts=facts or {}, **papers)


RULE = {"state_law_requires_identified_notification": True}
PAIRS: list[tuple[str, Scenario, Scenario]] = [
    ("164.506(c) treatment", ward(CARE, {"treating_relationship": True}), ward(CARE)),
    ("164.502(e) associate", ward(HOST, agreements=BAA), ward(HOST)),
    ("164.508 authorization", ward(VISITOR, consents=AGREED), ward(VISITOR)),
    (
        "plan agreement carries no Part 2",
        ward(VISITOR, consents=AGREED),
        ward(VISITOR, consents=replace(AGREED, info=("posc.plan_core", "part2.presence"))),
    ),
    ("plan agreement is for those named", ward(VISITOR, consents=AGREED), ward(replace(VISITOR, actor_org="Other Visits"), consents=AGREED)),
    ("plan agreement opens no program", ward(VISITOR, consents=AGREED), world(request=VISITOR, consents=replace(AGREED, discloser="Willow Program"))),
    ("plan of her own", ward(OWN), ward(replace(OWN, subject=Subject.OTHER_PARENT))),
    (
        "plan monitoring by law",
        ward(replace(VISITOR, actor=Actor.CPS_AGENCY), {"required_by_law": True}),
        ward(replace(VISITOR, actor=Actor.CPS_AGENCY)),
    ),
    (
        "plan hosted under an agreement",
        world(source=VISITS, request=HOSTED, agreements=replace(BAA, parties=("Bright Visits", "Plan Host"))),
        world(source=VISITS, request=HOSTED),
    ),
    ("164.512(b)(1)(ii) suspicion", ward(FIRST, SUSPECTED), ward(FIRST, {**SUSPECTED, "suspicion": False})),
    ("164.524 own record", ward(replace(OWN, category=CARE.category)), ward(replace(OWN, category=Category.HIPAA_PSYCHOTHERAPY_NOTES))),
    ("164.506(c)(3) payment", ward(BILL), ward(BILL, {"minimum_necessary_documented": False})),
    ("164.506(c)(4) operations", ward(replace(BILL, purpose=Purpose.HEALTH_CARE_OPERATIONS)), ward(replace(BILL, purpose=Purpose.EMPLOYMENT))),
    ("164.512(g) coroner", ward(INQUEST, {"patient_deceased": True}), ward(INQUEST)),
    ("a plan with Part 2 inside", ward(VISITOR, consents=AGREED), ward(VISITOR, {"contains_part2": True}, consents=AGREED)),
    (
        "1232g parent",
        world(source=SCHOOL, request=replace(FATHER, category=Category.EDU_SCHOOL), facts={"legal_parent": True}),
        world(source=SCHOOL, request=replace(FATHER, category=Category.EDU_SCHOOL)),
    ),
    (
        "1232g(b)(2)(B) order",
        world(source=SCHOOL, request=GRADES, orders=replace(GENERAL, scope=("edu.school",))),
        world(source=SCHOOL, request=GRADES, orders=replace(SUBPOENA, scope=("edu.school",))),
    ),
    (
        "12291(b)(2)(C) court",
        world(source=SHELTER, request=STAY, orders=replace(GENERAL, scope=("dv.victim_record",))),
        world(source=SHELTER, request=STAY, orders=replace(SUBPOENA, scope=("dv.victim_record",))),
    ),
    (
        "own victim record",
        world(source=SHELTER, request=replace(OWN, category=Category.DV_VICTIM_RECORD)),
        world(source=SHELTER, request=replace(OWN, category=Category.DV_VICTIM_RECORD, subject=Subject.OTHER_PARENT)),
    ),
    ("164.512(b) after a report", ward(NEWBORN, {"report_under_state_law": True}), ward(NEWBORN)),
    ("164.512(b)(1)(i) law", ward(HEALTH, {"state_reporting_law": True}), ward(HEALTH)),
    ("164.512(d) authority", ward(AUDIT, {"oversight_authority": True}), ward(AUDIT)),
    ("164.502(g) legal parent", ward(FATHER, {"legal_parent": True}), ward(FATHER, {"legal_parent": True, "endangerment_belief": True})),
    ("164.502(g) rights", ward(FATHER, {"legal_parent": True}), ward(FATHER, {"legal_parent": True, "rights_restricted": True})),
    ("164.512(e) order", ward(JUDGE, orders=GENERAL), ward(JUDGE, orders=replace(GENERAL, scope=()))),
    ("164.512(e) subpoena", ward(JUDGE, orders=replace(SUBPOENA, qualified_protective_order=True)), ward(JUDGE, orders=SUBPOENA)),
    ("164.512(f) process", ward(POLICE, {"legal_process": "warrant"}), ward(POLICE)),
    (
        "164.512(j) threat",
        ward(CARE, {"serious_imminent_threat": True, "recipient_can_prevent": True}),
        ward(CARE, {"serious_imminent_threat": True}),
    ),
    ("164.510(b) family", ward(SISTER, {"patient_agreed": True}), ward(SISTER, {"patient_agreed": True, "patient_objected": True})),
    ("164.512(i) research", ward(STUDY, agreements=BOARD_OK), ward(STUDY, agreements=replace(BOARD_OK, irb=False))),
    ("164.514(e) limited set", ward(FILE, {"limited_data_set": True}, agreements=DUA), ward(FILE, {"limited_data_set": True})),
    ("164.514(b) extract", ward(FILE, {"deidentified": "safe_harbor"}), ward(FILE, {"deidentified": "safe_harbor", "fields": ("birth_date",)})),
    (
        "164.508(a)(2) notes",
        ward(TALK, {"required_by_law": True, "report_under_state_law": True}),
        ward(replace(TALK, purpose=Purpose.CHILD_ABUSE_FOLLOWUP), {"report_under_state_law": True}),
    ),
    ("106(b)(2)(B)(ii) identified", ward(TELL, RULE), world(request=TELL, facts=RULE)),
    ("106(b)(2)(B)(ii) quiet", ward(QUIET, {"fields": ("birth_year", "state")}), ward(QUIET, {"fields": ("birth_year", "shoe_size")})),
    ("106(ix) protecting", agency(CASE, {"need_to_protect_child": True}), agency(CASE)),
    ("106(viii)(I) subject", agency(CASE_OWN, {"subject_of_report": True}), agency(CASE_OWN)),
    ("106(viii)(III) panel", agency(PANEL), agency(replace(PANEL, purpose=Purpose.EMPLOYMENT))),
    (
        "106(viii)(V) court",
        agency(replace(JUDGE, category=CASE.category), orders=FINDING),
        agency(replace(JUDGE, category=CASE.category), orders=replace(FINDING, finding_necessary=False)),
    ),
    ("106(viii)(VI) class", agency(VISITOR_CASE := replace(CASE, actor=Actor.SCHOOL), {"state_authorized_class": True}), agency(VISITOR_CASE)),
    ("106(b)(3) reporter", agency(NAME, orders=NAMED), agency(NAME, orders=replace(NAMED, finding_knowingly_false=False))),
    ("106(x) findings", agency(PRESS, {"fatality_or_near_fatality": True}), agency(PRESS)),
    ("106(xiii) appointed", agency(GUARDIAN, {"appointed": True}), agency(GUARDIAN)),
    ("1912(a) notice", agency(TRIBE, {"reason_to_know_indian_child": True}), agency(TRIBE)),
    ("675(5)(D) placement", agency(HOME, {"placement": True}), agency(replace(HOME, subject=Subject.MOTHER), {"placement": True})),
    (
        "1232g(b)(1)(L) custody",
        world(source=SCHOOL, request=GRADES, facts={"legal_custody": "cps", "case_plan_access": True}),
        world(source=SCHOOL, request=GRADES, facts={"legal_custody": "parent", "case_plan_access": True}),
    ),
    (
        "1232g(b)(1)(L) onward",
        world(source=replace(CPS, provenance=Provenance.FERPA_VIA_USA), request=replace(GRADES, actor=Actor.SCHOOL, actor_org="New School")),
        world(source=replace(CPS, provenance=Provenance.FERPA_VIA_USA), request=replace(GRADES, actor=Actor.PROBATION, actor_org="Probation")),
    ),
    ("303.414 parent", world(source=EARLY, request=PARTC, consents=PARTC_FORM), world(source=EARLY, request=PARTC)),
    ("303.303 referral", ward(REFERRAL, {"affected_by_prenatal_exposure": True}), ward(REFERRAL)),
    (
        "12291(b)(2) release",
        world(source=SHELTER, request=STAY, consents=STAY_FORM),
        world(source=SHELTER, request=STAY, consents=replace(STAY_FORM, expires=None, expiry_event="shelter_exit")),
    ),
    (
        "164.522(a) kept",
        world(source=VISITS, request=KEPT, consents=KEPT_FORM, facts={"restriction": Restriction(to="Another", agreed=True)}),
        world(source=VISITS, request=KEPT, consents=KEPT_FORM, facts={"restriction": Restriction(to=AGENCY, agreed=True)}),
    ),
    ("164.512(e) outside HIPAA", world(source=VISITS, request=LISTED, orders=KEPT_ORDER), world(source=VISITS, request=LISTED)),
    (
        "164.510(a) directory",
        ward(replace(SISTER, purpose=Purpose.CARE_COORDINATION), {"directory_only": True}),
        ward(replace(SISTER, purpose=Purpose.CARE_COORDINATION), {"directory_only": True, "patient_objected": True}),
    ),
    ("160.102 release", world(source=VISITS, request=VISIT_NOTE, consents=VISIT_FORM), world(source=VISITS, request=VISIT_NOTE)),
    (
        "160.102 own",
        world(source=VISITS, request=replace(OWN, category=Category.HIPAA_OB_RECORD)),
        world(source=VISITS, request=replace(OWN, category=Category.HIPAA_OB_RECORD, subject=Subject.OTHER_PARENT)),
    ),
    ("246.26(d) release", world(source=WIC, request=FOOD, consents=WIC_FORM), world(source=WIC, request=FOOD)),
    ("431.300 plan", world(source=MEDICAID, request=CLAIMS), world(source=MEDICAID, request=replace(CLAIMS, purpose=Purpose.RESEARCH))),
    ("small cells", agency(COUNTS, {"min_cell": 11}), agency(COUNTS, {"min_cell": 10})),
    (
        "differencing",
        agency(COUNTS, {"min_cell": 3, "suppressed": True, "complementary_suppression": True}),
        agency(COUNTS, {"min_cell": 3, "suppressed": True}),
    ),
]


@pytest.mark.parametrize(("permitted", "refused"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_the_law_permits_one_and_refuses_its_twin(permitted: Scenario, refused: Scenario) -> None:
    assert decide(permitted).permits, decide(permitted)
    assert not decide(refused).permits, decide(refused)
    assert decide(refused).basis
