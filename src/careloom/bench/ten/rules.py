"""The ten rules for our own engine, as `Rule` objects like those of the law, run by the same `decide`."""

from __future__ import annotations

from typing import Final

from careloom.kernel.disclosure import Consent, CourtOrder, Decision, Scenario, decide
from careloom.kernel.disclosure.duties import PART2, WITH_CONSENT
from careloom.kernel.disclosure.groups import CAN_SERVE, PROCEEDINGS, PROVIDERS, TPO
from careloom.kernel.disclosure.reasons import PartTwo, Reason
from careloom.kernel.disclosure.regimes import Regime
from careloom.kernel.disclosure.rule import Finding, Rule, permit, prohibit
from careloom.kernel.disclosure.vocabulary import Actor, AgreementKind, Category, ConsentKind, Obligation, OrderKind, Provenance, Purpose, Subject

WITHIN: Final = TPO | {
    *(Purpose.EMERGENCY_TREATMENT, Purpose.CARE_COORDINATION, Purpose.PAYMENT_OF_SERVICES),
    *(Purpose.QSO_SERVICE, Purpose.SYSTEM_OPERATION, Purpose.POSC_MONITORING),
}
SPECIFIC: Final = frozenset({ConsentKind.SPECIFIC, ConsentKind.PROCEEDINGS, ConsentKind.COUNSELING_NOTES})
NOTES: Final = Category.PART2_COUNSELING_NOTES
NO_REPORT: Final = frozenset({Category.PART2_FULL_RECORD, Category.PART2_COUNSELING_NOTES, Category.PART2_BILLING})
_TPO_SINGLE, _PROCEEDINGS, _NOTES_FORM = ConsentKind.TPO_SINGLE, ConsentKind.PROCEEDINGS, ConsentKind.COUNSELING_NOTES
_ORIGINATING, _MOTHER, _TREATMENT, _MONITORING = Provenance.ORIGINATING, Subject.MOTHER, Purpose.TREATMENT, Purpose.CRIMINAL_JUSTICE_MONITORING
_QSOA, _CIVIL = AgreementKind.QSOA, OrderKind.CIVIL_264


class Ten(Reason):
    """What each of the ten rules says."""

    PROCEEDINGS_BAR = ("42 CFR 2.12(d)(1); 42 USC 290dd-2(c)", "The record may not be used against the patient without a consent or order for it.")
    NOTES_APART = ("42 CFR 2.31(b)(1); 42 CFR 2.11", "Counseling notes need a consent of their own.")
    WITHIN_PROGRAM = ("42 CFR 2.12(c)(3)", "Staff of the program who need to know may share the record within it.")
    SERVICE_ORGANIZATION = ("42 CFR 2.12(c)(4); 42 CFR 2.11", "A live service agreement lets the program give what its service needs.")
    ABUSE_REPORT = ("42 CFR 2.12(c)(6)", "A first report of suspected child abuse under state law is outside Part 2.")
    PATIENT_ACCESS = ("42 CFR 2.23(a)", "A patient may see her own record.")
    EMERGENCY = ("42 CFR 2.51(a)", "In a medical emergency the record may go to medical personnel.")
    SPECIFIC_CONSENT = ("42 CFR 2.31(a); 42 CFR 2.33(a)(1)", "A live written consent names this recipient, category and purpose.")
    TPO_CONSENT = ("42 CFR 2.33(a)(2); 42 CFR 2.31(a)(4)(i)", "A single consent covers treatment, payment and health care operations.")
    COURT_ORDER = ("42 CFR 2.64; 42 CFR 2.61", "A court order with its findings opens what it lists to whom it names.")


_NONE: Final[tuple[Finding, ...]] = ()
_WITHIN = permit(Ten.WITHIN_PROGRAM, duties=PART2)
_REPORT = permit(Ten.ABUSE_REPORT, duties=PART2)
_ACCESS = permit(Ten.PATIENT_ACCESS, duties={Obligation.VERIFY_164_514H})
_EMERGENCY = permit(Ten.EMERGENCY, duties=PART2 | {Obligation.EMERGENCY_DOC_2_51})
_BARRED = prohibit(Ten.PROCEEDINGS_BAR, duties={Obligation.NEUTRAL_DENIAL})
_APART = prohibit(Ten.NOTES_APART, duties={Obligation.NEUTRAL_DENIAL})
_SERVED = PART2 | {Obligation.QSOA_TERMS, Obligation.NO_REDISCLOSURE}
_ORDERED = PART2 | {Obligation.ORDER_SCOPE_ONLY, Obligation.SEAL}


def _proceedings(scenario: Scenario) -> tuple[Finding, ...]:
    against, purpose = scenario.facts.against_patient, scenario.request.purpose
    proceeding = purpose in PROCEEDINGS if against is None else against and purpose is not _MONITORING
    if not proceeding or _signed(scenario, _PROCEEDINGS) or _order(scenario):
        return _NONE
    return _BARRED


def _notes(scenario: Scenario) -> tuple[Finding, ...]:
    own = scenario.facts.originator and scenario.request.purpose is _TREATMENT
    return _NONE if own or _signed(scenario, _NOTES_FORM) else _APART


def _within(scenario: Scenario) -> tuple[Finding, ...]:
    facts = scenario.facts
    return _WITHIN if facts.same_program and facts.need_to_know and _originated(scenario) else _NONE


def _service(scenario: Scenario) -> tuple[Finding, ...]:
    holder, org, on = scenario.source.holder, scenario.request.actor_org, scenario.on
    if not scenario.agreements or not org or holder == org or not _originated(scenario):
        return _NONE
    found = _NONE
    for paper in scenario.agreements:
        live = paper.start is not None and paper.start <= on and (paper.end is None or on <= paper.end)
        if live and paper.kind is _QSOA and holder in paper.parties and org in paper.parties:
            found += permit(Ten.SERVICE_ORGANIZATION, duties=_SERVED, instruments=(paper.id,), last_day=paper.end)
    return found


def _report(scenario: Scenario) -> tuple[Finding, ...]:
    facts = scenario.facts
    allowed = facts.report_under_state_law and facts.suspicion is not False and scenario.request.category not in NO_REPORT
    return _REPORT if allowed else _NONE


def _access(scenario: Scenario) -> tuple[Finding, ...]:
    return _ACCESS if scenario.request.subject is _MOTHER and scenario.request.category is not NOTES else _NONE


def _emergency(scenario: Scenario) -> tuple[Finding, ...]:
    facts = scenario.facts
    return _EMERGENCY if facts.emergency and facts.consent_obtainable is False and not facts.patient_refused else _NONE


def _specific(scenario: Scenario) -> tuple[Finding, ...]:
    found = _NONE
    for consent in scenario.consents:
        if consent.kind in SPECIFIC and _names(consent, scenario) and _holds(consent, scenario):
            found += permit(Ten.SPECIFIC_CONSENT, duties=WITH_CONSENT, instruments=(consent.id,), last_day=consent.last_day)
    return found


def _tpo(scenario: Scenario) -> tuple[Finding, ...]:
    found = _NONE
    for consent in scenario.consents:
        if consent.kind is _TPO_SINGLE and consent.statements.hipaa_redisclosure_statement and _holds(consent, scenario):
            treats = scenario.facts.treating_relationship and scenario.request.actor in PROVIDERS
            if treats or _names(consent, scenario):
                found += permit(Ten.TPO_CONSENT, duties=WITH_CONSENT, instruments=(consent.id,), last_day=consent.last_day)
    return found


def _order(scenario: Scenario) -> tuple[Finding, ...]:
    found = _NONE
    for order in scenario.orders:
        if _opens(order, scenario):
            found += permit(Ten.COURT_ORDER, duties=_ORDERED, instruments=(order.id,), last_day=order.expires)
    return found


def _originated(scenario: Scenario) -> bool:
    return scenario.source.is_part2_program and scenario.source.provenance is _ORIGINATING


def _signed(scenario: Scenario, kind: ConsentKind) -> bool:
    forms = [consent for consent in scenario.consents if consent.kind is kind]
    return bool([form for form in forms if _names(form, scenario) and _holds(form, scenario)]) if forms else False


def _names(consent: Consent, scenario: Scenario) -> bool:
    org = scenario.request.actor_org
    return org != "" and org in consent.recipients


def _holds(consent: Consent, scenario: Scenario) -> bool:
    """The form conforms, is the patient's own, lives on the day and lists this category and this purpose."""
    request, on = scenario.request, scenario.on
    if consent.signed is None or consent.expires is None or not consent.signed <= on <= consent.expires:
        return False
    return (
        (consent.revoked is None or on < consent.revoked)
        and request.category in consent.info
        and request.purpose in consent.purposes
        and consent.discloser == scenario.source.holder
        and consent.patient is request.subject
        and consent.signer == "mother"
        and consent.statements.revocation_right
    )


def _opens(order: CourtOrder, scenario: Scenario) -> bool:
    request, on = scenario.request, scenario.on
    live = order.issued is not None and order.issued <= on and (order.expires is None or on <= order.expires)
    found = order.notice_given and order.opportunity_to_respond and order.finding_other_ways and order.finding_balance and order.protective_terms
    if order.kind is not _CIVIL or not live or not found or request.category not in order.scope:
        return False
    return request.actor_org != "" and (request.actor_org in order.recipients or request.actor_org == order.court)


def _rule(says: Ten, find: object, **concerns: frozenset[object]) -> Rule:
    return Rule(name=says.name.lower(), authority=says.citations, find=find, **concerns)  # type: ignore[arg-type]


RULES: Final = (
    _rule(Ten.PROCEEDINGS_BAR, _proceedings),
    _rule(Ten.NOTES_APART, _notes, categories=frozenset({NOTES})),
    _rule(Ten.WITHIN_PROGRAM, _within, purposes=WITHIN),
    _rule(Ten.SERVICE_ORGANIZATION, _service, purposes=frozenset({Purpose.QSO_SERVICE, Purpose.SYSTEM_OPERATION}), actors=CAN_SERVE),
    _rule(
        Ten.ABUSE_REPORT,
        _report,
        purposes=frozenset({Purpose.CHILD_ABUSE_REPORT_INITIAL}),
        actors=frozenset({Actor.CPS_AGENCY, Actor.LAW_ENFORCEMENT}),
    ),
    _rule(Ten.PATIENT_ACCESS, _access, purposes=frozenset({Purpose.PATIENT_ACCESS}), actors=frozenset({Actor.PATIENT})),
    _rule(Ten.EMERGENCY, _emergency, purposes=frozenset({Purpose.EMERGENCY_TREATMENT, Purpose.TREATMENT}), actors=PROVIDERS),
    _rule(Ten.SPECIFIC_CONSENT, _specific),
    _rule(Ten.TPO_CONSENT, _tpo, purposes=TPO),
    _rule(Ten.COURT_ORDER, _order),
)
TEN = Regime(name="TEN", rules=RULES, default=PartTwo.NO_BASIS)


def decide_ten(scenario: Scenario) -> Decision:
    """Decide by the ten rules alone."""
    return decide(scenario, regime=TEN)


def determining(decision: Decision) -> tuple[str, frozenset[str]]:
    """The outcome, and the names of the rules on which it rests; none for a denial by default."""
    return decision.outcome.value, frozenset(reason.name.lower() for reason in decision.reasons if isinstance(reason, Ten))
