"""The exceptions that take a disclosure out of Part 2 (42 CFR 2.12(c)(3) to (c)(6))."""

from __future__ import annotations

from careloom.kernel.disclosure import duties
from careloom.kernel.disclosure.groups import CAN_SERVE, NOTES, PAYING, PROVIDERS, TPO, TREATING
from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.papers import ids, latest_end, serving
from careloom.kernel.disclosure.part2_scope import is_proceeding
from careloom.kernel.disclosure.reasons import PartTwo
from careloom.kernel.disclosure.rule import Finding, Rule, permit, refuse
from careloom.kernel.disclosure.vocabulary import Actor, AgreementKind, Category, Obligation, Provenance, Purpose

WITHIN = TPO | TREATING | PAYING | {Purpose.QSO_SERVICE, Purpose.SYSTEM_OPERATION, Purpose.POSC_MONITORING}
SERVICES = frozenset({Purpose.QSO_SERVICE, Purpose.SYSTEM_OPERATION})
#: What the police may learn of a crime at the program (2.12(c)(5)(ii)).
CRIME_FACTS = frozenset({"circumstances", "patient_status", "name", "address", "last_known_whereabouts"})
_POLICING = frozenset({Purpose.CRIMINAL_PROCEEDING, Purpose.SAFETY_ASSESSMENT})
AUTHORITIES = frozenset({Actor.CPS_AGENCY, Actor.LAW_ENFORCEMENT})
#: A report tells what is suspected; it is not the chart, the bill or the notes.
NOT_A_REPORT = frozenset({Category.PART2_FULL_RECORD, Category.PART2_COUNSELING_NOTES, Category.PART2_BILLING})
_OWN = frozenset({Provenance.ORIGINATING, Provenance.SELF_REPORTED})
# Named once: to find a word by its name costs more than to compare it.
_LAB, _LAW_ENFORCEMENT = Actor.LAB, Actor.LAW_ENFORCEMENT
_QSOA = AgreementKind.QSOA
_PART2_PRESENCE = Category.PART2_PRESENCE
_TREATMENT, _CAPTA_NOTIFICATION, _CHILD_ABUSE_FOLLOWUP = Purpose.TREATMENT, Purpose.CAPTA_NOTIFICATION, Purpose.CHILD_ABUSE_FOLLOWUP
_CHILD_ABUSE_REPORT_INITIAL = Purpose.CHILD_ABUSE_REPORT_INITIAL


def from_program(scenario: Scenario) -> bool:
    """Whether the program itself holds what it originated, the only place where 2.12(c)(3) to (5) begin."""
    return scenario.source.is_part2_program and scenario.source.provenance in _OWN


def _within(scenario: Scenario) -> tuple[Finding, ...]:
    facts = scenario.facts
    told = (facts.same_program, facts.direct_administrative_control, facts.need_to_know)
    asked = told != (None, None, None) or scenario.request.actor_org == scenario.source.holder
    if not from_program(scenario) or not asked:
        return ()
    request = scenario.request
    inside = (facts.same_program is True and request.actor_org == scenario.source.holder and request.actor in PROVIDERS) or (
        facts.direct_administrative_control is True and request.actor in PROVIDERS
    )
    allowed = inside and facts.need_to_know and scenario.request.purpose in WITHIN and facts.use is None
    if not allowed or scenario.request.category in NOTES or is_proceeding(scenario):
        return refuse(PartTwo.NOT_WITHIN_PROGRAM)
    return permit(PartTwo.WITHIN_PROGRAM, duties=duties.PART2)


def _service(scenario: Scenario) -> tuple[Finding, ...]:
    request = scenario.request
    if not from_program(scenario):
        return ()
    papers = serving(scenario=scenario, on=scenario.on) if scenario.agreements else ()
    serves = request.purpose in SERVICES or (request.actor is _LAB and request.purpose is _TREATMENT)
    if papers and serves and request.actor in CAN_SERVE and request.category not in NOTES and not is_proceeding(scenario):
        owed = duties.PART2 | {Obligation.QSOA_TERMS, Obligation.NO_REDISCLOSURE}
        return permit(PartTwo.SERVICE_ORGANIZATION, duties=owed, instruments=ids(papers), last_day=latest_end(papers))
    tried = serves or any(request.actor_org in a.parties or a.kind is _QSOA for a in scenario.agreements)
    return refuse(PartTwo.NO_SERVICE_AGREEMENT) if tried else ()


def _crime(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.actor is not _LAW_ENFORCEMENT or not from_program(scenario):
        return refuse(PartTwo.CRIME_NOT_THIS) if facts.crime_on_premises is not None else ()
    limited = request.category is _PART2_PRESENCE and (facts.limited_to is None or set(facts.limited_to) <= CRIME_FACTS)
    if facts.crime_on_premises and limited and request.purpose in _POLICING:
        return permit(PartTwo.CRIME_ON_PREMISES, duties=duties.without_consent(scenario), last_day=request.on)
    return refuse(PartTwo.CRIME_LIMITS)


def _report(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.purpose is _CAPTA_NOTIFICATION:
        return refuse(PartTwo.NOTIFICATION_NOT_REPORT)
    if request.purpose is _CHILD_ABUSE_FOLLOWUP:
        return refuse(PartTwo.ABUSE_REPORT_ONLY)
    if request.purpose is not _CHILD_ABUSE_REPORT_INITIAL:
        spoken_of = facts.report_under_state_law is not None or facts.initial_report is not None
        return refuse(PartTwo.ABUSE_REPORT_ONLY) if spoken_of else ()
    is_report = facts.report_under_state_law is True and facts.initial_report is True and facts.suspicion is not False
    honest = not facts.known_false and request.category not in NOT_A_REPORT
    if request.actor in AUTHORITIES and is_report and honest:
        return permit(PartTwo.ABUSE_REPORT, duties=duties.without_consent(scenario), last_day=request.on)
    return refuse(PartTwo.ABUSE_REPORT_ONLY)


PART2_APPLICABILITY = (
    Rule(name="part2_within_program", authority=("42 CFR 2.12(c)(3)",), find=_within),
    Rule(name="part2_service_organization", authority=("42 CFR 2.12(c)(4)", "42 CFR 2.11"), find=_service),
    Rule(name="part2_crime_on_premises", authority=("42 CFR 2.12(c)(5)",), find=_crime),
    Rule(name="part2_abuse_report", authority=("42 CFR 2.12(c)(6)",), find=_report),
)
