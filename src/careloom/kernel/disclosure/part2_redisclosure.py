"""Redisclosure by those who received a Part 2 record, by the way it came to them (42 CFR 2.33(b), 2.34, 2.35(d), 2.52, 2.53(f), 2.66)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from careloom.kernel.disclosure import duties
from careloom.kernel.disclosure.consent_form import form_gaps
from careloom.kernel.disclosure.consent_life import is_revoked, last_day
from careloom.kernel.disclosure.consent_match import category_matches, part2_gaps
from careloom.kernel.disclosure.groups import PAYERS, PAYING, PROVIDERS, TPO, TREATING
from careloom.kernel.disclosure.inputs import Consent, Scenario
from careloom.kernel.disclosure.papers import between, earlier, ids, latest_end
from careloom.kernel.disclosure.part2_scope import is_proceeding
from careloom.kernel.disclosure.reasons import PartTwo, PartTwoConsent, Reason
from careloom.kernel.disclosure.rule import Finding, Rule, permit, refuse
from careloom.kernel.disclosure.signers import signer_gap
from careloom.kernel.disclosure.vocabulary import Actor, AgreementKind, Category, ConsentKind, Obligation, Provenance, Purpose

_TPO_WORDS: Final = frozenset(p.value for p in TPO)
_EXCHANGE_GAPS: Final = frozenset({PartTwoConsent.OTHER_DISCLOSER, PartTwoConsent.OTHER_RECIPIENT, PartTwoConsent.NOT_AN_INTERMEDIARY})
# Named once: to find a word by its name costs more than to compare it.
_PART2_PROGRAM = Actor.PART2_PROGRAM
_PART2_COUNSELING_NOTES = Category.PART2_COUNSELING_NOTES
_TPO_SINGLE, _CRIMINAL_JUSTICE = ConsentKind.TPO_SINGLE, ConsentKind.CRIMINAL_JUSTICE
_PART2_VIA_TPO = Provenance.PART2_VIA_TPO
_HEALTH_CARE_OPERATIONS = Purpose.HEALTH_CARE_OPERATIONS


def received_by(scenario: Scenario) -> tuple[Consent, ...]:
    """The consent that the holder names as the way the record came, if it is in the file."""
    return tuple(c for c in scenario.consents if c.id == scenario.source.received_via)


def _reached(scenario: Scenario, *, excused: frozenset[PartTwoConsent]) -> tuple[Consent, ...]:
    """The receiving consents that carry this request too, but for what the way of receipt excuses."""
    return tuple(c for c in received_by(scenario) if not set(part2_gaps(scenario=scenario, consent=c, on=scenario.on)) - excused)


def _carried(scenario: Scenario, consent: Consent, reason: Reason, *more: Obligation) -> tuple[Finding, ...]:
    ends = last_day(scenario=scenario, consent=consent)
    return permit(reason, duties=duties.consented(scenario) | set(more), instruments=(consent.id,), last_day=ends)


def _covered(scenario: Scenario) -> tuple[Finding, ...]:
    """2.33(b)(1): a covered entity that received for treatment, payment or operations rediscloses under HIPAA."""
    found: list[Finding] = []
    allowed = _hipaa_allows(scenario) and not is_proceeding(scenario)
    for consent in received_by(scenario):
        if allowed and _came_rightly(scenario, consent):
            late = is_revoked(consent=consent, on=scenario.on)
            reasons: list[Reason] = [PartTwo.COVERED_REDISCLOSES, *([PartTwo.RECEIVED_BEFORE_REVOCATION] if late else [])]
            found += permit(*reasons, duties=duties.PART2 | duties.hipaa(scenario), instruments=(consent.id,))
    return tuple(found) or refuse(PartTwo.COVERED_NOT_THIS)


def _came_rightly(scenario: Scenario, consent: Consent) -> bool:
    """The consent conforms, is the patient's, is for TPO only, reached the holder, and lived when the record came."""
    purposes = set(consent.purposes)
    conforms = not form_gaps(consent) and purposes <= _TPO_WORDS and consent.patient is scenario.request.subject
    conforms = conforms and (consent.kind is _TPO_SINGLE or scenario.source.holder in consent.recipients)
    if not conforms or signer_gap(scenario=scenario, consent=consent) or not category_matches(scenario=scenario, consent=consent):
        return False
    came, ends = scenario.facts.received_on or scenario.on, last_day(scenario=scenario, consent=consent)
    return consent.signed is not None and consent.signed <= came <= scenario.on and (ends is None or came <= ends)


def _hipaa_allows(scenario: Scenario) -> bool:
    """Treatment, payment and operations of covered recipients (45 CFR 164.506(c)); nothing of child welfare or courts."""
    request, facts = scenario.request, scenario.facts
    if request.category is _PART2_COUNSELING_NOTES:
        return False
    serves = between(scenario=scenario, on=scenario.on, kinds={AgreementKind.BAA}) and request.purpose in PAYING | {Purpose.HEALTH_CARE_OPERATIONS}
    inside = request.actor_org == scenario.source.holder and request.purpose in TPO
    treats = request.actor in PROVIDERS and request.purpose in TREATING and bool(facts.treating_relationship or facts.treats)
    pays = request.actor in PAYERS | PROVIDERS and request.purpose in PAYING
    operates = request.actor in PAYERS and request.purpose is _HEALTH_CARE_OPERATIONS
    return bool(inside or treats or pays or operates or serves)


def _program(scenario: Scenario) -> tuple[Finding, ...]:
    """2.33(b)(2): a program that is no covered entity rediscloses as the single consent says."""
    found: list[Finding] = []
    for consent in _reached(scenario, excused=frozenset({PartTwoConsent.OTHER_DISCLOSER})):
        if consent.kind is _TPO_SINGLE:
            found += _carried(scenario, consent, PartTwo.PROGRAM_REDISCLOSES)
    return tuple(found)


def _payer(scenario: Scenario) -> tuple[Finding, ...]:
    """2.33(b)(3), (c): only to a contractor bound in writing, for that payment or those operations."""
    papers = between(scenario=scenario, on=scenario.on, kinds={AgreementKind.CONTRACT_233C})
    for_payment = scenario.request.purpose in PAYING | {Purpose.HEALTH_CARE_OPERATIONS} and not is_proceeding(scenario)
    owed = duties.WITH_CONSENT | {Obligation.CONTRACT_2_33C, Obligation.NO_REDISCLOSURE}
    found: list[Finding] = []
    for consent in _reached(scenario, excused=_EXCHANGE_GAPS) if papers and for_payment else ():
        if scenario.source.holder in consent.recipients:
            ends = earlier(latest_end(papers), last_day(scenario=scenario, consent=consent))
            found += permit(PartTwo.CONTRACTOR, duties=owed, instruments=(consent.id, *ids(papers)), last_day=ends)
    return tuple(found) or refuse(PartTwo.NO_CONTRACT)


def _intermediary(scenario: Scenario) -> tuple[Finding, ...]:
    """2.31(a)(4)(ii): to named participants, or by general designation to those who treat the patient."""
    request, facts = scenario.request, scenario.facts
    treats = facts.participant is True and request.actor in PROVIDERS and facts.treating_relationship is True
    found: list[Finding] = []
    for consent in _reached(scenario, excused=_EXCHANGE_GAPS):
        named = request.actor_org in set(consent.recipients) - {scenario.source.holder}
        designated = treats and "treating" in (consent.general_designation or "")
        if consent.intermediary == scenario.source.holder and (named or designated):
            found += _carried(scenario, consent, PartTwoConsent.INTERMEDIARY_NAMED, Obligation.INTERMEDIARY_LIST_2_24)
    return tuple(found) or refuse(PartTwo.INTERMEDIARY_LIMITS)


def _criminal_justice(scenario: Scenario) -> tuple[Finding, ...]:
    """2.35(d): within criminal justice, for the same matter only."""
    found: list[Finding] = []
    for consent in _reached(scenario, excused=frozenset({PartTwoConsent.OTHER_DISCLOSER})):
        if consent.kind is _CRIMINAL_JUSTICE:
            found += _carried(scenario, consent, PartTwoConsent.CRIMINAL_JUSTICE_CONSENTED)
    return tuple(found) or refuse(PartTwo.PROBATION_BOUND)


def _back_to_program(scenario: Scenario, kind: AgreementKind, bound: Reason) -> tuple[Finding, ...]:
    papers = between(scenario=scenario, on=scenario.on, kinds={kind})
    if papers and scenario.request.actor is _PART2_PROGRAM and not is_proceeding(scenario):
        owed = duties.PART2 | {Obligation.NO_REDISCLOSURE}
        return permit(PartTwo.RETURNED_TO_SOURCE, bound, duties=owed, instruments=ids(papers), last_day=latest_end(papers))
    return refuse(bound)


_WAYS: Final[dict[Provenance, Callable[[Scenario], tuple[Finding, ...]]]] = {
    Provenance.PART2_VIA_PAYMENT: _payer,
    Provenance.PART2_VIA_INTERMEDIARY: _intermediary,
    Provenance.PART2_VIA_235: _criminal_justice,
    Provenance.PART2_VIA_234: lambda s: refuse(PartTwo.REGISTRY_BOUND),
    Provenance.PART2_VIA_266: lambda s: refuse(PartTwo.PROGRAM_INVESTIGATION_BOUND),
    Provenance.PART2_VIA_QSO: lambda s: _back_to_program(s, AgreementKind.QSOA, PartTwo.SERVICE_ORGANIZATION_BOUND),
    Provenance.PART2_VIA_AUDIT: lambda s: _back_to_program(s, AgreementKind.AUDIT_AGREEMENT, PartTwo.AUDIT_BOUND),
    Provenance.PART2_VIA_RESEARCH: lambda s: _back_to_program(s, AgreementKind.RESEARCH_APPROVAL, PartTwo.RESEARCH_IDENTIFIES),
}
#: What a covered entity received with consent follows it under HIPAA, whichever form the consent had.
_COVERED_WAYS: Final = frozenset({Provenance.PART2_VIA_TPO, Provenance.PART2_VIA_SPECIFIC, Provenance.PART2_VIA_PAYMENT})


def _find(scenario: Scenario) -> tuple[Finding, ...]:
    provenance = scenario.source.provenance
    if provenance is None or not provenance.startswith("part2_via_"):
        return ()
    if scenario.source.is_covered_entity and provenance in _COVERED_WAYS:
        return _covered(scenario)
    if provenance is _PART2_VIA_TPO:
        return _program(scenario) if scenario.source.is_part2_program else ()
    way = _WAYS.get(provenance)
    return way(scenario) if way is not None else ()


PART2_REDISCLOSURE = Rule(
    name="part2_redisclosure",
    authority=("42 CFR 2.33(b)", "42 CFR 2.33(c)", "42 CFR 2.35(d)", "42 CFR 2.53(f)"),
    find=_find,
    effective_from=date(2024, 4, 16),
)
