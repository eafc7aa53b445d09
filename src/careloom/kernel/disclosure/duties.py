"""Which duties travel with which kind of permission (domain/law.md 6.3)."""

from __future__ import annotations

from careloom.kernel.disclosure.groups import COVERED, PAYERS, PAYING, TPO
from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.vocabulary import Obligation, Purpose

_O = Obligation

#: Each Part 2 permission stays within its purpose, gives no more than needed, and never against the patient.
PART2 = frozenset({_O.LIMIT_PURPOSE, _O.MIN_NECESSARY, _O.PROCEEDINGS_BAR})
#: Every disclosure made with consent carries the notice, the consent or its scope, and a row of accounting.
WITH_CONSENT = PART2 | {_O.NOTICE_2_32, _O.CONSENT_COPY_OR_SCOPE, _O.ACCOUNT_2_25}
DENIED_PART2 = frozenset({_O.NEUTRAL_DENIAL})
# Named once: to find a word by its name costs more than to compare it.
_PATIENT_ACCESS = Purpose.PATIENT_ACCESS


def consented(scenario: Scenario) -> frozenset[Obligation]:
    """The duties of a Part 2 disclosure with consent to this recipient."""
    duties = set(WITH_CONSENT)
    if scenario.request.actor not in COVERED:
        duties.add(_O.NO_REDISCLOSURE)
    if scenario.request.actor in PAYERS or scenario.request.purpose in TPO:
        duties.add(_O.RESTRICTION_CHECK)
    return frozenset(duties)


def without_consent(scenario: Scenario) -> frozenset[Obligation]:
    """The duties of a Part 2 disclosure by an exception; a covered entity also accounts and verifies."""
    return PART2 | hipaa(scenario)


def hipaa(scenario: Scenario) -> frozenset[Obligation]:
    """What a covered entity owes for a disclosure outside treatment, payment and operations."""
    if not scenario.source.is_covered_entity:
        return frozenset()
    duties = {_O.VERIFY_164_514H, _O.MIN_NECESSARY}
    if scenario.request.purpose not in TPO | PAYING:
        duties.add(_O.ACCOUNT_164_528)
    return frozenset(duties)


def own_record(scenario: Scenario) -> frozenset[Obligation]:
    """What is owed when a person sees her own record or her child's: check who asks, leave others out."""
    duties = {_O.VERIFY_164_514H, _O.SEGMENT_EXCLUDE}
    if scenario.request.purpose is _PATIENT_ACCESS and scenario.facts.accounting_request:
        duties |= {_O.ACCOUNT_2_25, _O.ACCOUNT_164_528}
    return frozenset(duties)
