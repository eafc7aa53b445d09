"""HIPAA's narrow doors: psychotherapy notes, courts and police (45 CFR 164.508(a)(2), 164.512(e), (f))."""

from __future__ import annotations

from careloom.kernel.disclosure import duties
from careloom.kernel.disclosure.groups import COURT_USES, OUTSIDE_CARE, PROCEEDINGS
from careloom.kernel.disclosure.hipaa import OMNIBUS, OVERSEERS, is_notes
from careloom.kernel.disclosure.inputs import CourtOrder, Scenario
from careloom.kernel.disclosure.part2_orders import order_is_live, order_reaches
from careloom.kernel.disclosure.reasons import Hipaa
from careloom.kernel.disclosure.rule import Finding, Rule, permit, refuse
from careloom.kernel.disclosure.vocabulary import Actor, Obligation, OrderKind, Purpose

#: Papers that a court signs as its order; a subpoena is not one, nor are orders for other records.
COURT_ORDERS = frozenset({OrderKind.GENERAL_ORDER, OrderKind.CIVIL_264, OrderKind.CRIMINAL_265})
PROCESS = frozenset({"court_order", "warrant", "court_ordered_warrant", "grand_jury_subpoena"})
_FOLLOW_UP = frozenset({Purpose.CHILD_ABUSE_FOLLOWUP, Purpose.SAFETY_ASSESSMENT})
#: Officials who enforce the law (45 CFR 164.103).
_POLICE = frozenset({Actor.LAW_ENFORCEMENT, Actor.PROSECUTOR})
_LITIGANTS = frozenset({Actor.COURT, Actor.DEFENSE_ATTORNEY, Actor.PROSECUTOR, Actor.GAL_CASA})
# Named once: to find a word by its name costs more than to compare it.
_CPS_AGENCY, _LAW_ENFORCEMENT = Actor.CPS_AGENCY, Actor.LAW_ENFORCEMENT
_SUBPOENA = OrderKind.SUBPOENA
_TREATMENT, _LEGAL_DEFENSE, _CHILD_ABUSE_REPORT_INITIAL = Purpose.TREATMENT, Purpose.LEGAL_DEFENSE, Purpose.CHILD_ABUSE_REPORT_INITIAL
_AUDIT = Purpose.AUDIT


def in_force(*, order: CourtOrder, scenario: Scenario) -> bool:
    """Whether a court made the paper, it lives on the day, names this record and this recipient, and a court's purpose is served."""
    live = order_is_live(order=order, on=scenario.on) and bool(order.court.strip()) and scenario.request.purpose in COURT_USES
    return live and order_reaches(order=order, scenario=scenario)


def _notes(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if not is_notes(scenario):
        return ()
    own = bool(request.actor_org) and request.actor_org == scenario.source.holder
    if facts.originator and own and request.purpose is _TREATMENT:
        return permit(Hipaa.NOTES_ORIGINATOR, duties={Obligation.LIMIT_PURPOSE})
    if facts.action_brought_by_patient and request.purpose is _LEGAL_DEFENSE and request.actor_role.endswith("counsel"):
        return permit(Hipaa.NOTES_DEFENSE, duties={Obligation.LIMIT_PURPOSE, Obligation.SEAL})
    first = request.purpose is _CHILD_ABUSE_REPORT_INITIAL and facts.initial_report is not False and facts.report_under_state_law is True
    required = (first and facts.suspicion is not False) or request.purpose in _FOLLOW_UP
    report = facts.required_by_law is True and required and request.actor is _CPS_AGENCY
    oversight = request.purpose is _AUDIT and request.actor in OVERSEERS and facts.oversight_authority is True
    oversight = oversight and facts.originator is not False
    if report or oversight:
        return permit(Hipaa.NOTES_EXCEPTION, duties=duties.hipaa(scenario) | {Obligation.LIMIT_PURPOSE})
    return refuse(Hipaa.NOTES_CLOSED)


def _court(scenario: Scenario) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for order in scenario.orders:
        if not (in_force(order=order, scenario=scenario) or _served(order, scenario)):
            continue
        owed = duties.hipaa(scenario) | {Obligation.ORDER_SCOPE_ONLY}
        if order.kind in COURT_ORDERS:
            more = [Hipaa.POLICE_PROCESS] if scenario.request.actor in _POLICE else []
            more += [Hipaa.NOTES_EXCEPTION] if is_notes(scenario) else []
            found += permit(Hipaa.COURT_ORDER, *more, duties=owed, instruments=(order.id,), last_day=order.expires)
        elif order.kind is _SUBPOENA and not is_notes(scenario) and _assured(order, scenario):
            protected = owed | {Obligation.RETURN_OR_DESTROY, Obligation.NO_REDISCLOSURE}
            found += permit(Hipaa.SUBPOENA, duties=protected, instruments=(order.id,), last_day=order.expires)
    if found:
        return tuple(found)
    subpoenaed = any(order.kind is _SUBPOENA for order in scenario.orders)
    court = scenario.request.purpose in PROCEEDINGS or scenario.request.actor in _LITIGANTS or bool(scenario.orders)
    return (*(refuse(Hipaa.NO_COURT_ORDER) if court else ()), *(refuse(Hipaa.BARE_SUBPOENA) if subpoenaed else ()))


def _served(order: CourtOrder, scenario: Scenario) -> bool:
    """A live subpoena of a litigant. It is no order: its list binds only where it lists records of this kind at all."""
    request = scenario.request
    litigates = request.actor in _LITIGANTS | {Actor.CPS_AGENCY} and request.purpose in PROCEEDINGS | {Purpose.LEGAL_DEFENSE}
    live = order.kind is _SUBPOENA and order_is_live(order=order, on=scenario.on) and bool(order.court.strip())
    family = request.category.family + "." if request.category is not None else ""
    silent = not any(listed.startswith(family) for listed in order.scope)
    return litigates and live and silent


def _assured(order: CourtOrder, scenario: Scenario) -> bool:
    """Notice to the patient was assured, or a qualified protective order stands (164.512(e)(1)(ii))."""
    return order.qualified_protective_order or scenario.facts.satisfactory_assurance is True


def _police(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.actor not in _POLICE or request.purpose is _CHILD_ABUSE_REPORT_INITIAL:
        return ()
    if facts.crime_on_premises and request.actor is _LAW_ENFORCEMENT and request.purpose not in OUTSIDE_CARE and not is_notes(scenario):
        return permit(Hipaa.CRIME_ON_PREMISES, duties=duties.hipaa(scenario))
    if scenario.facts.legal_process in PROCESS and not is_notes(scenario):
        return permit(Hipaa.POLICE_PROCESS, duties=duties.hipaa(scenario) | {Obligation.ORDER_SCOPE_ONLY})
    return refuse(Hipaa.NO_POLICE_PROCESS, duties={Obligation.NEUTRAL_DENIAL})


HIPAA_SPECIAL = (
    Rule(name="hipaa_notes", authority=("45 CFR 164.508(a)(2)",), find=_notes, effective_from=OMNIBUS),
    Rule(name="hipaa_court", authority=("45 CFR 164.512(e)",), find=_court, effective_from=OMNIBUS),
    Rule(name="hipaa_police", authority=("45 CFR 164.512(f)",), find=_police, effective_from=OMNIBUS),
)
