"""What beats every permission for a Part 2 record (42 CFR 2.12(d)(1), 2.26, 2.31(a)(5)(iii); 42 USC 290dd-2(c))."""

from __future__ import annotations

from careloom.kernel.disclosure.groups import PAYING, PROVIDERS, TPO, TREATING
from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.minimum import asks_too_much
from careloom.kernel.disclosure.reasons import PartTwo
from careloom.kernel.disclosure.rule import Finding, Rule, prohibit
from careloom.kernel.disclosure.vocabulary import Actor, Obligation, Provenance, Purpose

# Named once: to find a word by its name costs more than to compare it.
_LEGISLATURE_PUBLIC, _MEDICAID_AGENCY = Actor.LEGISLATURE_PUBLIC, Actor.MEDICAID_AGENCY
_PART2_VIA_266 = Provenance.PART2_VIA_266
_PUBLIC_DISCLOSURE, _PATIENT_ACCESS, _EMERGENCY_TREATMENT = Purpose.PUBLIC_DISCLOSURE, Purpose.PATIENT_ACCESS, Purpose.EMERGENCY_TREATMENT
_TREATMENT = Purpose.TREATMENT


def _public(scenario: Scenario) -> tuple[Finding, ...]:
    public = scenario.request.purpose is _PUBLIC_DISCLOSURE or scenario.request.actor is _LEGISLATURE_PUBLIC
    return prohibit(PartTwo.PUBLIC_BARRED, duties={Obligation.SEGMENT_EXCLUDE}) if public else ()


def _inadvertent(scenario: Scenario) -> tuple[Finding, ...]:
    own = scenario.request.purpose is _PATIENT_ACCESS
    return prohibit(PartTwo.INADVERTENT) if scenario.facts.inadvertent_disclosure and not own else ()


def _fundraising(scenario: Scenario) -> tuple[Finding, ...]:
    use = scenario.facts.use
    # A use that is not known here is no use that a form allows.
    barred = use is not None and not (use == "fundraising" and scenario.facts.fundraising_statement)
    return prohibit(PartTwo.FUNDRAISING) if barred else ()


def _investigated(scenario: Scenario) -> tuple[Finding, ...]:
    """What an investigation of the program found is never used against a patient, whatever the papers say."""
    against = scenario.source.provenance is _PART2_VIA_266 and scenario.facts.against_patient is not False
    return prohibit(PartTwo.PROGRAM_INVESTIGATION_BOUND) if against and scenario.facts.target != "program" else ()


def restricted(scenario: Scenario) -> bool:
    """Whether a restriction that the patient asked for binds this disclosure (42 CFR 2.26; 45 CFR 164.522(a))."""
    limit, request = scenario.facts.restriction, scenario.request
    if limit is None or request.purpose not in TPO | PAYING | TREATING or request.purpose is _EMERGENCY_TREATMENT:
        return False
    if scenario.facts.emergency and request.actor in PROVIDERS and request.purpose is _TREATMENT:
        return False
    reached = {request.actor_org, request.actor.value if request.actor else ""}
    # A state's Medicaid agency is a health plan (45 CFR 160.103).
    reached |= {Actor.HEALTH_PLAN.value} if request.actor is _MEDICAID_AGENCY else set()
    if limit.to not in reached:
        return False
    must_agree = limit.paid_in_full and request.purpose in PAYING | {Purpose.HEALTH_CARE_OPERATIONS}
    return limit.agreed or must_agree


def _restriction(scenario: Scenario) -> tuple[Finding, ...]:
    return prohibit(PartTwo.RESTRICTED) if restricted(scenario) else ()


def _minimum(scenario: Scenario) -> tuple[Finding, ...]:
    return prohibit(PartTwo.NOT_MINIMUM) if asks_too_much(scenario) else ()


PART2_PROHIBITIONS = (
    Rule(name="part2_public", authority=("42 CFR 2.12(d)",), find=_public),
    Rule(name="part2_inadvertent", authority=("42 CFR 2.13(a)",), find=_inadvertent, review_needed=True),
    Rule(name="part2_fundraising", authority=("42 CFR 2.31(a)(5)(iii)",), find=_fundraising),
    Rule(name="part2_program_investigation", authority=("42 CFR 2.66(d)(2)",), find=_investigated),
    Rule(name="part2_restriction", authority=("42 CFR 2.26",), find=_restriction),
    Rule(name="part2_minimum", authority=("42 CFR 2.13(a)", "45 CFR 164.502(b)"), find=_minimum),
)
