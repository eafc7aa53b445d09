"""Victim services, WIC, Medicaid, holders outside HIPAA, tables, extracts (34 USC 12291(b)(2); 7 CFR 246.26(d); 42 CFR 431.300; 45 CFR 164.514)."""

from __future__ import annotations

from careloom.kernel.disclosure.groups import COVERED, PAYERS, PAYING
from careloom.kernel.disclosure.hipaa import represents_child
from careloom.kernel.disclosure.hipaa_special import COURT_ORDERS, in_force
from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.papers import between, ids, latest_end
from careloom.kernel.disclosure.reasons import Hipaa, Other, PartTwo
from careloom.kernel.disclosure.releases import AUTHORIZATIONS, RELEASES, released
from careloom.kernel.disclosure.rule import Finding, Rule, permit, refuse
from careloom.kernel.disclosure.safe_fields import are_limited, are_safe
from careloom.kernel.disclosure.vocabulary import Actor, AgreementKind, Obligation, Purpose, Subject

_O = Obligation
_NARROW = frozenset({_O.LIMIT_PURPOSE, _O.NO_REDISCLOSURE})
_PLAN_USES = PAYING | {Purpose.HEALTH_CARE_OPERATIONS, Purpose.AUDIT}
#: Counts of 1 to 10 are small (CMS cell-size policy; domain/law.md 2).
SMALLEST_SHOWN = 11
# Named once: to find a word by its name costs more than to compare it.
_PATIENT, _CPS_AGENCY, _PUBLIC_HEALTH = Actor.PATIENT, Actor.CPS_AGENCY, Actor.PUBLIC_HEALTH
_PATIENT_ACCESS, _CHILD_ABUSE_REPORT_INITIAL, _AUDIT = Purpose.PATIENT_ACCESS, Purpose.CHILD_ABUSE_REPORT_INITIAL, Purpose.AUDIT
_MOTHER, _COHORT = Subject.MOTHER, Subject.COHORT


def _own(scenario: Scenario) -> bool:
    request = scenario.request
    return request.actor is _PATIENT and request.subject is _MOTHER and request.purpose is _PATIENT_ACCESS


def _reports(scenario: Scenario) -> bool:
    facts, request = scenario.facts, scenario.request
    reports = request.purpose is _CHILD_ABUSE_REPORT_INITIAL and request.actor is _CPS_AGENCY
    return reports and facts.report_under_state_law is True and facts.initial_report is not False and facts.suspicion is not False


def _victim(scenario: Scenario) -> tuple[Finding, ...]:
    """A survivor's record: her own release with a date on which it ends, or a statute or court."""
    if _own(scenario):
        return permit(Other.DV_OWN, duties={_O.VERIFY_164_514H, _O.SEGMENT_EXCLUDE})
    if _reports(scenario):
        return permit(Other.DV_MANDATE, duties=_NARROW | {_O.INFORM_PATIENT, _O.MIN_NECESSARY}, last_day=scenario.request.on)
    found: list[Finding] = []
    for order in scenario.orders:
        if order.kind in COURT_ORDERS and in_force(order=order, scenario=scenario):
            owed = _NARROW | {_O.INFORM_PATIENT, _O.ORDER_SCOPE_ONLY}
            found += permit(Other.DV_MANDATE, duties=owed, instruments=(order.id,), last_day=order.expires)
    found += released(scenario, reason=Other.DV_RELEASE, kinds=RELEASES, owed=_NARROW, dated=True)
    return tuple(found) or refuse(Other.DV_CLOSED, duties={_O.NEUTRAL_DENIAL})


def _wic(scenario: Scenario) -> tuple[Finding, ...]:
    if _own(scenario):
        return permit(Other.WIC_OWN, duties={_O.VERIFY_164_514H, _O.SEGMENT_EXCLUDE})
    if _reports(scenario):
        return permit(Other.WIC_REPORT, duties={_O.MIN_NECESSARY, _O.LIMIT_PURPOSE}, last_day=scenario.request.on)
    return released(scenario, reason=Other.WIC_RELEASE, kinds=RELEASES, owed=_NARROW) or refuse(Other.WIC_CLOSED)


def _medicaid(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if _own(scenario):
        return permit(Hipaa.ACCESS, duties={_O.VERIFY_164_514H, _O.SEGMENT_EXCLUDE})
    child = request.subject in {Subject.INFANT, Subject.SIBLING} and request.purpose is _PATIENT_ACCESS
    if child and represents_child(scenario):
        return permit(Hipaa.CHILD_ACCESS, duties={_O.VERIFY_164_514H, _O.SEGMENT_EXCLUDE})
    administers = request.actor in PAYERS | {Actor.STATE_OVERSIGHT, Actor.AUDITOR} or (request.actor in COVERED and request.purpose in PAYING)
    authority = request.purpose is not _AUDIT or facts.audit_authority or facts.oversight_authority
    if administers and request.purpose in _PLAN_USES and authority:
        return permit(Other.MEDICAID_PLAN, duties={_O.MIN_NECESSARY, _O.LIMIT_PURPOSE, _O.VERIFY_164_514H})
    return released(scenario, reason=Other.MEDICAID_CONSENT, kinds=AUTHORIZATIONS, owed=_NARROW) or refuse(Other.MEDICAID_CLOSED)


def _uncovered(scenario: Scenario) -> tuple[Finding, ...]:
    """A record of health at an agency outside HIPAA (a home visitor, a peer group): held to her own written word, as HIPAA would."""
    if _own(scenario):
        return permit(Other.UNCOVERED_OWN, duties={_O.VERIFY_164_514H, _O.SEGMENT_EXCLUDE})
    if _reports(scenario):
        return permit(Other.UNCOVERED_REPORT, duties={_O.MIN_NECESSARY, _O.LIMIT_PURPOSE}, last_day=scenario.request.on)
    return released(scenario, reason=Other.UNCOVERED_RELEASE, kinds=RELEASES, owed=_NARROW)


def _table(scenario: Scenario) -> tuple[Finding, ...]:
    facts = scenario.facts
    hidden = facts.suppressed is True and facts.complementary_suppression is True
    large = facts.min_cell is not None and facts.min_cell >= SMALLEST_SHOWN
    if scenario.request.subject is _COHORT and facts.min_cell is not None and (large or hidden):
        return permit(Other.TABLE, duties={_O.SUPPRESS_SMALL_CELLS, _O.AGGREGATE_ONLY})
    if facts.suppressed and not facts.complementary_suppression:
        return refuse(Other.DIFFERENCING, duties={_O.SUPPRESS_SMALL_CELLS})
    return refuse(Other.SMALL_CELLS, duties={_O.SUPPRESS_SMALL_CELLS})


def _extract(scenario: Scenario) -> tuple[Finding, ...]:
    facts = scenario.facts
    if facts.limited_data_set:
        papers = between(scenario=scenario, on=scenario.on, kinds={AgreementKind.DUA})
        allowed = scenario.request.purpose in {Purpose.RESEARCH, Purpose.PUBLIC_HEALTH, Purpose.HEALTH_CARE_OPERATIONS}
        if not papers or not allowed or scenario.source.is_part2_program or not are_limited(facts.fields or ()):
            return refuse(Hipaa.NO_DATA_USE_AGREEMENT)
        owed = _NARROW | {_O.MIN_NECESSARY}
        return permit(Hipaa.LIMITED_DATA_SET, duties=owed, instruments=ids(papers), last_day=latest_end(papers))
    if facts.is_deidentified and are_safe(facts.fields or ()):
        # From a program, 2.54 is what lets a public health authority have it.
        authority = scenario.source.is_part2_program and scenario.request.actor is _PUBLIC_HEALTH
        more = (PartTwo.PUBLIC_HEALTH,) if authority else ()
        return permit(Hipaa.DEIDENTIFIED, *more, duties={_O.AGGREGATE_ONLY, _O.SUPPRESS_SMALL_CELLS})
    return refuse(Hipaa.IDENTIFIERS_LEFT)


VICTIM = (Rule(name="victim_services", authority=("34 USC 12291(b)(2)",), find=_victim, review_needed=True),)
WIC = (Rule(name="wic", authority=("7 CFR 246.26(d)",), find=_wic, review_needed=True),)
MEDICAID = (Rule(name="medicaid", authority=("42 CFR 431.300",), find=_medicaid, review_needed=True),)
UNCOVERED = (Rule(name="uncovered_holder", authority=("45 CFR 160.102",), find=_uncovered, review_needed=True),)
TABLE = (Rule(name="small_cells", authority=("small-cell policy",), find=_table),)
EXTRACT = (Rule(name="deidentified_extract", authority=("45 CFR 164.514(b)", "45 CFR 164.514(e)"), find=_extract),)
