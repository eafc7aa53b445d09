"""More pairs of the law: each was written because a broken rule would have passed the others (tests/mutation)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.spec.disclosure.part2_rows import PDMP, PDMP_FORM
from tests.spec.disclosure.rows import AGENCY, CPS, HOSPITAL, ORDER, PROGRAM, SPECIFIC, TO_CLINIC, TO_CPS, TPO, WARD, world
from tests.spec.disclosure.test_other_pairs import CARE, CASE, GRADES, OWN, SCHOOL, VISITS

from careloom.kernel.disclosure import Actor, Category, Provenance, Purpose, Scenario, Subject, decide

RUNS_IT = replace(TO_CLINIC, actor=Actor.PART2_PROGRAM, actor_org=PROGRAM, purpose=Purpose.HEALTH_CARE_OPERATIONS)
FRAUD_UNIT = replace(CPS, holder="Fraud Unit", holder_type="state_oversight", provenance=Provenance.PART2_VIA_266)
COUNTED = replace(TO_CPS, actor=Actor.STATE_OVERSIGHT, actor_org="State Office", subject=Subject.COHORT, purpose=Purpose.FEDERAL_REPORTING)
STUDIED = replace(CARE, actor=Actor.RESEARCHER, actor_org="University", subject=Subject.COHORT, purpose=Purpose.RESEARCH)
COUNTY_LAW = replace(TO_CPS, category=Category.HIPAA_OB_RECORD, purpose=Purpose.CARE_COORDINATION)
SHARED_CASE = replace(CASE, actor=Actor.HOME_VISITING, actor_org="Bright Visits", category=Category.CW_CASE_PLAN, purpose=Purpose.CARE_COORDINATION)
CASE_RELEASE = replace(SPECIFIC, discloser=AGENCY, recipients=("Bright Visits",), info=("cw.case_plan",), purposes=("care_coordination",))
URGENT_GRADES = replace(GRADES, actor=Actor.HOSPITAL, actor_org=HOSPITAL, purpose=Purpose.EMERGENCY_TREATMENT)
MISTAKE = {"inadvertent_disclosure": True}
NAMELESS = {"deidentified": "safe_harbor", "fields": ("birth_year", "state")}

PAIRS: list[tuple[str, Scenario, Scenario]] = [
    ("2.13(a) sent by mistake", world(consents=SPECIFIC), world(consents=SPECIFIC, facts=MISTAKE)),
    ("2.13(a) no more than needed", world(consents=SPECIFIC), world(consents=SPECIFIC, facts={"minimum_necessary_documented": False})),
    (
        "2.31(a)(5)(iii) fundraising",
        world(request=RUNS_IT, consents=TPO, facts={"use": "fundraising", "fundraising_statement": True}),
        world(request=RUNS_IT, consents=TPO, facts={"use": "fundraising"}),
    ),
    (
        "2.66(d)(2) never against a patient",
        world(source=FRAUD_UNIT, orders=ORDER, facts={"against_patient": False}),
        world(source=FRAUD_UNIT, orders=ORDER),
    ),
    ("2.12(a) counts of a program", world(request=COUNTED, facts=NAMELESS), world(request=COUNTED, facts={**NAMELESS, "fields": ("birth_date",)})),
    ("2.36 names what is missing", world(request=PDMP, consents=PDMP_FORM, facts={"state_law_requires_pdmp": True}), world(request=PDMP)),
    ("164.514(b) counts of a hospital", world(source=WARD, request=STUDIED, facts=NAMELESS), world(source=WARD, request=STUDIED)),
    ("164.512(a) required by law", world(source=WARD, request=COUNTY_LAW, facts={"required_by_law": True}), world(source=WARD, request=COUNTY_LAW)),
    ("106(viii) a subject's release", world(source=CPS, request=SHARED_CASE, consents=CASE_RELEASE), world(source=CPS, request=SHARED_CASE)),
    ("plan of her own anywhere", world(source=VISITS, request=OWN), world(source=VISITS, request=replace(OWN, subject=Subject.OTHER_PARENT))),
    (
        "1232g(b)(1)(I) emergency",
        world(source=SCHOOL, request=URGENT_GRADES, facts={"emergency": True}),
        world(source=SCHOOL, request=URGENT_GRADES),
    ),
    (
        "1232g(a)(5) directory",
        world(source=SCHOOL, request=GRADES, facts={"directory_only": True}),
        world(source=SCHOOL, request=GRADES, facts={"directory_only": True, "patient_objected": True}),
    ),
]


@pytest.mark.parametrize(("permitted", "refused"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_the_law_permits_one_and_refuses_its_twin(permitted: Scenario, refused: Scenario) -> None:
    assert decide(permitted).permits, decide(permitted)
    assert not decide(refused).permits, decide(refused)
