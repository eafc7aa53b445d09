"""Part 2 consent: a live conforming consent that reaches the request (42 CFR 2.31, 2.33(a), 2.35, 2.36)."""

from __future__ import annotations

from datetime import date

from careloom.kernel.disclosure import duties
from careloom.kernel.disclosure.consent_life import last_day, life_reasons
from careloom.kernel.disclosure.consent_match import in_named_class, is_legacy, names_recipient, part2_gaps
from careloom.kernel.disclosure.groups import EXCHANGES
from careloom.kernel.disclosure.inputs import Consent, Scenario
from careloom.kernel.disclosure.papers import earlier, ids, latest_end, serving
from careloom.kernel.disclosure.part2_scope import BOUND
from careloom.kernel.disclosure.reasons import PartTwo, PartTwoConsent, Reason
from careloom.kernel.disclosure.rule import Finding, Rule, permit, refuse
from careloom.kernel.disclosure.signers import signer_reason
from careloom.kernel.disclosure.vocabulary import ConsentKind, Obligation, Provenance, Purpose

_MAIN: dict[ConsentKind, Reason] = {
    ConsentKind.TPO_SINGLE: PartTwoConsent.TPO_CONSENTED,
    ConsentKind.PROCEEDINGS: PartTwoConsent.PROCEEDINGS_CONSENTED,
    ConsentKind.COUNSELING_NOTES: PartTwoConsent.NOTES_CONSENTED,
    ConsentKind.CRIMINAL_JUSTICE: PartTwoConsent.CRIMINAL_JUSTICE_CONSENTED,
    ConsentKind.PDMP: PartTwoConsent.PDMP_CONSENTED,
}
#: A consent in the file widens no narrow use, and an intermediary passes on by its own rule.
_CLOSED = BOUND | {Provenance.PART2_VIA_INTERMEDIARY}
# Named once: to find a word by its name costs more than to compare it.
_HIPAA_AUTHORIZATION, _PDMP = ConsentKind.HIPAA_AUTHORIZATION, ConsentKind.PDMP
_RESEARCH, _PDMP_REPORTING = Purpose.RESEARCH, Purpose.PDMP_REPORTING


def _find(scenario: Scenario) -> tuple[Finding, ...]:
    on = scenario.on
    if scenario.source.provenance in _CLOSED:
        return ()
    found: list[Finding] = []
    for consent in scenario.consents:
        gaps = part2_gaps(scenario=scenario, consent=consent, on=on)
        found += refuse(*gaps) if gaps else _permission(scenario, consent, on)
    return tuple(found)


def _permission(scenario: Scenario, consent: Consent, on: date) -> tuple[Finding, ...]:
    reasons = list(_reasons(scenario, consent, on))
    owed = set(duties.consented(scenario))
    ends = last_day(scenario=scenario, consent=consent)
    instruments: tuple[str, ...] = (consent.id,)
    if consent.intermediary is not None:
        owed.add(Obligation.INTERMEDIARY_LIST_2_24)
    papers = serving(scenario=scenario, on=on) if scenario.request.actor in EXCHANGES else ()
    if papers:
        reasons.append(PartTwoConsent.HIE_SERVES_PROGRAM)
        owed.add(Obligation.QSOA_TERMS)
        ends, instruments = earlier(ends, latest_end(papers)), (*instruments, *ids(papers))
    return permit(*reasons, duties=owed, instruments=instruments, last_day=ends)


def _reasons(scenario: Scenario, consent: Consent, on: date) -> list[Reason]:
    kind = consent.kind
    reasons: list[Reason] = [_MAIN.get(kind, PartTwoConsent.CONSENTED) if kind is not None else PartTwoConsent.CONSENTED]
    reasons += life_reasons(scenario=scenario, consent=consent, on=on)
    signature = signer_reason(scenario=scenario, consent=consent)
    reasons += [signature] if signature is not None else []
    by_class = not names_recipient(scenario=scenario, consent=consent) and in_named_class(scenario=scenario, consent=consent)
    passed_on = scenario.source.provenance is not None and scenario.source.provenance.startswith("part2_via_")
    flags: dict[Reason, bool] = {
        PartTwo.REDISCLOSED_AS_CONSENTED: passed_on,
        PartTwoConsent.RESEARCH_CONSENTED: scenario.request.purpose is _RESEARCH,
        PartTwoConsent.PDMP_NAMED: scenario.request.purpose is _PDMP_REPORTING and kind is not _PDMP,
        PartTwoConsent.CLASS_NAMED: by_class,
        PartTwoConsent.LEGACY_FORM: is_legacy(consent),
        PartTwoConsent.SUBSTANCE_OVER_TITLE: kind is _HIPAA_AUTHORIZATION,
        PartTwoConsent.INTERMEDIARY_NAMED: consent.intermediary is not None,
    }
    return reasons + [reason for reason, holds in flags.items() if holds]


PART2_CONSENT = Rule(
    name="part2_consent",
    authority=("42 CFR 2.31", "42 CFR 2.33(a)"),
    find=_find,
    effective_from=date(2024, 4, 16),
)
