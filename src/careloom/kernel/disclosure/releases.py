"""Written releases outside Part 2: authorizations, plan agreements and releases of agencies (45 CFR 164.508)."""

from __future__ import annotations

from collections.abc import Iterator

from careloom.kernel.disclosure.consent_form import form_gaps
from careloom.kernel.disclosure.consent_life import last_day, life_gaps
from careloom.kernel.disclosure.consent_match import in_named_class, names_recipient, patient_matches
from careloom.kernel.disclosure.inputs import Consent, Scenario
from careloom.kernel.disclosure.reasons import FormGap, PartTwoConsent, Reason
from careloom.kernel.disclosure.rule import Finding, permit
from careloom.kernel.disclosure.signers import signer_gap
from careloom.kernel.disclosure.vocabulary import ConsentKind, Obligation

AUTHORIZATIONS = frozenset({ConsentKind.HIPAA_AUTHORIZATION, ConsentKind.SPECIFIC, ConsentKind.PLAN_AGREEMENT})
RELEASES = AUTHORIZATIONS | {ConsentKind.CAPTA_RELEASE}
#: Elements that only Part 2 asks for.
_PART2_ONLY = frozenset({FormGap.PROCEEDINGS_APART, FormGap.REDISCLOSURE_STATEMENT, FormGap.INTERMEDIARY})


def release_gaps(*, scenario: Scenario, consent: Consent, kinds: frozenset[ConsentKind]) -> tuple[Reason, ...]:
    """Every reason why this release does not carry this request under a law other than Part 2."""
    return tuple(dict.fromkeys(_gaps(scenario, consent, kinds)))


def _gaps(scenario: Scenario, consent: Consent, kinds: frozenset[ConsentKind]) -> Iterator[Reason]:
    request = scenario.request
    if consent.kind not in kinds:
        yield PartTwoConsent.WRONG_KIND
    yield from (gap for gap in form_gaps(consent) if gap not in _PART2_ONLY)
    yield from life_gaps(scenario=scenario, consent=consent, on=scenario.on)
    if scenario.facts.known_false:
        yield PartTwoConsent.KNOWN_FALSE
    if not patient_matches(scenario=scenario, consent=consent):
        yield PartTwoConsent.OTHER_PATIENT
    elif (gap := signer_gap(scenario=scenario, consent=consent)) is not None:
        yield gap
    if not scenario.source.holder or consent.discloser != scenario.source.holder:
        yield PartTwoConsent.OTHER_DISCLOSER
    if not (names_recipient(scenario=scenario, consent=consent) or in_named_class(scenario=scenario, consent=consent)):
        yield PartTwoConsent.OTHER_RECIPIENT
    if request.category is None or request.category.value not in consent.info:
        yield PartTwoConsent.OTHER_CATEGORY
    if request.purpose is None or request.purpose.value not in consent.purposes:
        yield PartTwoConsent.OTHER_PURPOSE


def released(
    scenario: Scenario,
    *,
    reason: Reason,
    kinds: frozenset[ConsentKind],
    owed: frozenset[Obligation] | set[Obligation],
    dated: bool = False,
) -> tuple[Finding, ...]:
    """A permission for each release that carries the request; `dated` asks for an end by calendar date."""
    found: list[Finding] = []
    for consent in scenario.consents:
        if (consent.expires is not None or not dated) and not release_gaps(scenario=scenario, consent=consent, kinds=kinds):
            ends = last_day(scenario=scenario, consent=consent)
            found += permit(reason, duties=owed, instruments=(consent.id,), last_day=ends)
    return tuple(found)
