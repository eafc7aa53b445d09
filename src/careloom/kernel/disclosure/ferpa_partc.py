"""School and early intervention records (20 USC 1232g; 20 USC 1437, 1439; 34 CFR 303.414)."""

from __future__ import annotations

from careloom.kernel.disclosure.groups import CARING_USES
from careloom.kernel.disclosure.hipaa import represents_child
from careloom.kernel.disclosure.hipaa_special import COURT_ORDERS, in_force
from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.reasons import Other, Reason
from careloom.kernel.disclosure.releases import RELEASES, released
from careloom.kernel.disclosure.rule import Finding, Rule, permit, refuse
from careloom.kernel.disclosure.vocabulary import Actor, Category, Obligation, Provenance, Purpose, Subject

_O = Obligation
_LOGGED = frozenset({_O.FERPA_LOG, _O.NO_REDISCLOSURE, _O.LIMIT_PURPOSE})
_EDUCATION = frozenset({Actor.SCHOOL, Actor.EARLY_INTERVENTION})
_CRISIS = frozenset({Actor.HOSPITAL, Actor.PEDIATRIC_CLINIC, Actor.OB_CLINIC, Actor.PUBLIC_HEALTH, Actor.LAW_ENFORCEMENT, Actor.CPS_AGENCY})
_RESPONSIBLE = CARING_USES | {
    Purpose.SAFETY_ASSESSMENT,
    Purpose.CHILD_ABUSE_FOLLOWUP,
    Purpose.DEPENDENCY_PROCEEDING,
    Purpose.PERMANENCY_HEARING,
    Purpose.ICWA_NOTICE,
}
# Named once: to find a word by its name costs more than to compare it.
_EDU_PARTC = Category.EDU_PARTC
_FERPA_VIA_USA = Provenance.FERPA_VIA_USA
_FOR_EDUCATION, _EMERGENCY_TREATMENT = Purpose.EDUCATION, Purpose.EMERGENCY_TREATMENT


def _is_partc(scenario: Scenario) -> bool:
    return scenario.request.category is _EDU_PARTC


def _custody(scenario: Scenario) -> tuple[Finding, ...]:
    """1232g(b)(1)(L): the agency legally responsible for the child, with the right to see the case plan."""
    request, facts = scenario.request, scenario.facts
    agency = request.actor in {Actor.CPS_AGENCY, Actor.TRIBAL_ICWA} and facts.legal_custody in {"cps", "tribe"}
    child = request.subject in {Subject.INFANT, Subject.SIBLING}
    if agency and child and facts.case_plan_access and request.purpose in _RESPONSIBLE and not _received(scenario):
        return permit(Other.PARTC_CUSTODY if _is_partc(scenario) else Other.FERPA_CUSTODY, duties=_LOGGED)
    return ()


def _received(scenario: Scenario) -> bool:
    return scenario.source.provenance is _FERPA_VIA_USA


def _onward(scenario: Scenario) -> tuple[Finding, ...]:
    if not _received(scenario):
        return ()
    if scenario.request.actor in _EDUCATION and scenario.request.purpose is _FOR_EDUCATION:
        return permit(Other.FERPA_EDUCATION_NEEDS, duties=_LOGGED)
    return refuse(Other.FERPA_BOUND)


def _parent(scenario: Scenario) -> tuple[Finding, ...]:
    request = scenario.request
    if request.purpose in {Purpose.PATIENT_ACCESS, Purpose.EDUCATION} and represents_child(scenario):
        return permit(Other.PARTC_PARENT if _is_partc(scenario) else Other.FERPA_PARENT, duties={_O.VERIFY_164_514H, _O.SEGMENT_EXCLUDE})
    return ()


def _court(scenario: Scenario) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for order in scenario.orders:
        if order.kind in COURT_ORDERS and in_force(order=order, scenario=scenario):
            found += permit(Other.FERPA_COURT, duties=_LOGGED | {_O.ORDER_SCOPE_ONLY}, instruments=(order.id,), last_day=order.expires)
    return tuple(found)


def _emergency(scenario: Scenario) -> tuple[Finding, ...]:
    crisis = scenario.facts.emergency is True and scenario.request.purpose is _EMERGENCY_TREATMENT
    if crisis and scenario.request.actor in _CRISIS:
        return permit(Other.FERPA_EMERGENCY, duties=_LOGGED, last_day=scenario.request.on)
    return ()


def _directory(scenario: Scenario) -> tuple[Finding, ...]:
    facts = scenario.facts
    if facts.directory_only and not facts.patient_objected and not _is_partc(scenario) and not _received(scenario):
        return permit(Other.FERPA_DIRECTORY, duties={_O.LIMIT_PURPOSE})
    return ()


def _consent(scenario: Scenario) -> tuple[Finding, ...]:
    reason: Reason = Other.PARTC_CONSENT if _is_partc(scenario) else Other.FERPA_CONSENT
    closed: Reason = Other.PARTC_CLOSED if _is_partc(scenario) else Other.FERPA_CLOSED
    return released(scenario, reason=reason, kinds=RELEASES, owed=_LOGGED) or refuse(closed)


FERPA_PARTC = (
    Rule(name="edu_custody", authority=("20 USC 1232g(b)(1)(L)",), find=_custody),
    Rule(name="edu_onward", authority=("20 USC 1232g(b)(1)(L)",), find=_onward),
    Rule(name="edu_parent", authority=("20 USC 1232g(a)(1)(A)", "34 CFR 303.405"), find=_parent),
    Rule(name="edu_court", authority=("20 USC 1232g(b)(2)(B)",), find=_court),
    Rule(name="edu_emergency", authority=("20 USC 1232g(b)(1)(I)",), find=_emergency),
    Rule(name="edu_directory", authority=("20 USC 1232g(a)(5)(A)",), find=_directory, review_needed=True),
    Rule(name="edu_consent", authority=("34 CFR 303.414", "34 CFR 99.30"), find=_consent),
)
