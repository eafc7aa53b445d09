"""Who may sign for whom (42 CFR 2.14, 2.15; 45 CFR 164.502(g))."""

from __future__ import annotations

from careloom.kernel.disclosure.facts import Facts
from careloom.kernel.disclosure.groups import PAYING
from careloom.kernel.disclosure.inputs import Consent, Scenario
from careloom.kernel.disclosure.reasons import PartTwoConsent, Reason
from careloom.kernel.disclosure.vocabulary import Subject

ADULT = 18
_CHILDREN = frozenset({Subject.INFANT, Subject.SIBLING})
# Named once: to find a word by its name costs more than to compare it.
_OTHER_PARENT, _MOTHER = Subject.OTHER_PARENT, Subject.MOTHER


def signer_gap(*, scenario: Scenario, consent: Consent) -> Reason | None:
    """Why this signature does not bind this patient, or None when it does."""
    if consent.patient in _CHILDREN:
        return None if _signs_for_child(consent, scenario.facts) else PartTwoConsent.SIGNER_WITHOUT_AUTHORITY
    if consent.patient is _OTHER_PARENT:
        return None if consent.signer == "other_parent" else PartTwoConsent.SIGNER_WITHOUT_AUTHORITY
    return _gap_for_adult_patient(scenario, consent)


def signer_reason(*, scenario: Scenario, consent: Consent) -> Reason | None:
    """The special rule that a valid signature rests on, if any."""
    if consent.patient is not _MOTHER:
        return None
    if consent.signer == "mother":
        return PartTwoConsent.MINOR_SIGNS if _is_minor(scenario.facts) else None
    if consent.signer == "guardian":
        return PartTwoConsent.GUARDIAN_SIGNS
    if consent.signer == "program_director":
        return PartTwoConsent.DIRECTOR_SIGNS
    return PartTwoConsent.SURVIVOR_SIGNS


def _gap_for_adult_patient(scenario: Scenario, consent: Consent) -> Reason | None:
    facts = scenario.facts
    if _is_minor(facts) and consent.signer in {"grandmother", "other_parent", "friend"}:
        return PartTwoConsent.MINOR_SIGNATURES
    if consent.signer == "mother":
        if facts.adjudicated_incapacity or facts.director_incapacity_determination:
            return PartTwoConsent.INCAPACITY_SIGNATURE
        return None if not _is_minor(facts) or _minor_signatures(consent, facts) else PartTwoConsent.MINOR_SIGNATURES
    if consent.signer == "guardian":
        if _is_minor(facts) and not facts.adjudicated_incapacity:
            return PartTwoConsent.MINOR_SIGNATURES
        return None if facts.adjudicated_incapacity and facts.guardian_appointed else PartTwoConsent.INCAPACITY_SIGNATURE
    if consent.signer == "program_director":
        payment_only = scenario.request.purpose in PAYING and set(consent.purposes) <= {p.value for p in PAYING}
        may = facts.director_incapacity_determination and not facts.adjudicated_incapacity and payment_only
        return None if may else PartTwoConsent.INCAPACITY_SIGNATURE
    if facts.patient_deceased:
        return None if _may_sign_for_deceased(consent, facts) else PartTwoConsent.DECEASED_SIGNATURE
    return PartTwoConsent.SIGNER_WITHOUT_AUTHORITY


def _is_minor(facts: Facts) -> bool:
    # "She may not consent alone" says that she is a minor, though nobody wrote how old.
    return facts.minor_may_consent_alone is False if facts.patient_age is None else facts.patient_age < ADULT


def _minor_signatures(consent: Consent, facts: Facts) -> bool:
    return facts.minor_may_consent_alone is True or consent.cosigner == "parent"


def _may_sign_for_deceased(consent: Consent, facts: Facts) -> bool:
    representative = facts.personal_representative
    if representative is not None:
        return consent.signer == representative
    if consent.signer in {"other_parent", "spouse"}:
        return facts.surviving_spouse is True
    # The spouse comes first; a record that knows of none leaves it to a responsible member of the family.
    return consent.signer == "grandmother" and not facts.surviving_spouse


def _signs_for_child(consent: Consent, facts: Facts) -> bool:
    if facts.legal_custody == "cps":
        return consent.signer == "cps_agency"
    if facts.rights_restricted or facts.endangerment_belief:
        return False
    if consent.signer == "guardian":
        return facts.guardian_appointed is True
    if consent.signer == "other_parent":
        return facts.legal_parent is True
    return consent.signer == "mother"
