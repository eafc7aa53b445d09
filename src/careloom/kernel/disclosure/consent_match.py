"""Whether one consent reaches one Part 2 request: form, life, signer, discloser, recipient, category, purpose.

The order is that of law.md 0.3 step 6. An empty answer means that the consent carries the disclosure.
"""

from __future__ import annotations

from datetime import date

from careloom.kernel.disclosure.consent_form import form_gaps
from careloom.kernel.disclosure.consent_life import life_gaps
from careloom.kernel.disclosure.groups import CAN_SERVE, COVERED, EXCHANGES, FULL_RECORD_COVERS, PAYERS, PAYING, PROVIDERS, TPO, TREATING
from careloom.kernel.disclosure.inputs import Consent, Scenario
from careloom.kernel.disclosure.papers import serving
from careloom.kernel.disclosure.part2_scope import is_proceeding
from careloom.kernel.disclosure.reasons import FormGap, PartTwoConsent, Reason
from careloom.kernel.disclosure.signers import signer_gap
from careloom.kernel.disclosure.vocabulary import Actor, Category, ConsentKind, Purpose, Subject

#: Compliance date of 89 FR 12472; older conforming forms stay usable until they end.
COMPLIANCE_DATE = date(2026, 2, 16)
CLASS_WORDS = ("team", "providers", "programs", "agencies", "participants", "staff", "members", "workers", "plans", "payers", "class of", "any ")
#: The classes of 2.31(a)(4)(i), which the relationship decides and not a label.
_CARE_CLASS = ("treating providers", "health plans", "third-party payers", "helping to operate")
_BEYOND = frozenset({PartTwoConsent.OTHER_RECIPIENT, PartTwoConsent.OTHER_PURPOSE, PartTwoConsent.NOT_TREATING})
#: Forms that may carry an ordinary Part 2 disclosure; substance counts over title for the last one.
ORDINARY = frozenset({ConsentKind.SPECIFIC, ConsentKind.TPO_SINGLE, ConsentKind.HIPAA_AUTHORIZATION})
#: Whom a single consent for treatment, payment and operations can reach: who treats or pays, and who serves them.
_SINGLE_CONSENT_REACHES = COVERED | CAN_SERVE
#: Forms that may carry a purpose with a section of its own.
_EXPECTED = {
    Purpose.CRIMINAL_JUSTICE_MONITORING: frozenset({ConsentKind.CRIMINAL_JUSTICE, ConsentKind.SPECIFIC}),
    Purpose.PDMP_REPORTING: frozenset({ConsentKind.PDMP, ConsentKind.SPECIFIC}),
    Purpose.RESEARCH: frozenset({ConsentKind.RESEARCH, ConsentKind.SPECIFIC, ConsentKind.HIPAA_AUTHORIZATION}),
}
# Named once: to find a word by its name costs more than to compare it.
_PART2_COUNSELING_NOTES = Category.PART2_COUNSELING_NOTES
_TPO_SINGLE, _CRIMINAL_JUSTICE, _PDMP = ConsentKind.TPO_SINGLE, ConsentKind.CRIMINAL_JUSTICE, ConsentKind.PDMP
_COUNSELING_NOTES, _PROCEEDINGS = ConsentKind.COUNSELING_NOTES, ConsentKind.PROCEEDINGS
_PDMP_REPORTING, _CRIMINAL_JUSTICE_MONITORING, _TREATMENT = Purpose.PDMP_REPORTING, Purpose.CRIMINAL_JUSTICE_MONITORING, Purpose.TREATMENT


def part2_gaps(*, scenario: Scenario, consent: Consent, on: date) -> tuple[Reason, ...]:
    """Every reason why this consent does not carry this disclosure of a Part 2 record."""
    gaps: list[Reason] = list(form_gaps(consent))
    gaps += _kind_gaps(scenario, consent)
    gaps += _statement_gaps(scenario, consent)
    gaps += life_gaps(scenario=scenario, consent=consent, on=on)
    if scenario.facts.known_false:
        gaps.append(PartTwoConsent.KNOWN_FALSE)
    if not patient_matches(scenario=scenario, consent=consent):
        gaps.append(PartTwoConsent.OTHER_PATIENT)
    elif (gap := signer_gap(scenario=scenario, consent=consent)) is not None:
        gaps.append(gap)
    if not discloser_matches(scenario=scenario, consent=consent):
        gaps.append(PartTwoConsent.OTHER_DISCLOSER)
    gaps += _recipient_gaps(scenario, consent, on)
    if not category_matches(scenario=scenario, consent=consent):
        gaps.append(PartTwoConsent.OTHER_CATEGORY)
    if not purpose_matches(scenario=scenario, consent=consent):
        gaps.append(PartTwoConsent.OTHER_PURPOSE)
    if consent.kind is _TPO_SINGLE and not _BEYOND.isdisjoint(gaps):
        gaps.append(PartTwoConsent.TPO_ONLY)
    return tuple(dict.fromkeys(gaps))


def _kind_gaps(scenario: Scenario, consent: Consent) -> list[Reason]:
    gaps: list[Reason] = []
    request, facts = scenario.request, scenario.facts
    if consent.kind is _CRIMINAL_JUSTICE:
        monitors = request.actor in {Actor.PROBATION, Actor.COURT, Actor.PROSECUTOR}
        if not (monitors and facts.treatment_condition_of_criminal_disposition):
            gaps.append(PartTwoConsent.NO_CRIMINAL_CONDITION)
    if request.purpose is _PDMP_REPORTING and not facts.state_law_requires_pdmp:
        gaps.append(PartTwoConsent.NO_PDMP_LAW)
    if consent.kind is _CRIMINAL_JUSTICE and request.purpose is not _CRIMINAL_JUSTICE_MONITORING:
        gaps.append(PartTwoConsent.NOT_FOR_A_CHARGE)
    if consent.kind is _PDMP and request.purpose is not _PDMP_REPORTING:
        gaps.append(PartTwoConsent.PDMP_ONLY)
    notes = request.category is _PART2_COUNSELING_NOTES
    if notes and consent.kind is not _COUNSELING_NOTES:
        gaps.append(PartTwoConsent.NEEDS_NOTES_FORM)
    if is_proceeding(scenario) and consent.kind is not _PROCEEDINGS:
        gaps.append(PartTwoConsent.NEEDS_PROCEEDINGS_FORM)
    if notes or is_proceeding(scenario):
        return gaps
    if request.purpose is not None and consent.kind not in _EXPECTED.get(request.purpose, ORDINARY):
        gaps.append(PartTwoConsent.WRONG_KIND)
    return gaps


def _statement_gaps(scenario: Scenario, consent: Consent) -> list[Reason]:
    """A covered entity that gets a record for treatment, payment or operations needs 2.31(a)(4)(iii) on any form."""
    gaps: list[Reason] = []
    covered = scenario.request.actor in COVERED and scenario.request.purpose in TPO
    if covered and not is_legacy(consent) and not consent.statements.hipaa_redisclosure_statement:
        gaps.append(FormGap.REDISCLOSURE_STATEMENT)
    return gaps


def is_legacy(consent: Consent) -> bool:
    """Whether the form may follow the text before 2024: it says so and was signed before the compliance date."""
    return consent.legacy_pre2024 and consent.signed is not None and consent.signed < COMPLIANCE_DATE


def patient_matches(*, scenario: Scenario, consent: Consent) -> bool:
    """Each person consents for her own record; the plan of mother and infant is also the mother's."""
    request = scenario.request
    if consent.patient is None:
        return False
    plan = request.category is not None and request.category.family == "posc"
    return consent.patient is request.subject or (plan and (consent.patient, request.subject) == (Subject.MOTHER, Subject.INFANT))


def discloser_matches(*, scenario: Scenario, consent: Consent) -> bool:
    """The holder is the discloser, may redisclose by the form's words, or uses what the form gave to itself."""
    holder = scenario.source.holder
    if not holder:
        return False
    uses_own = scenario.request.actor_org == holder and holder in consent.recipients
    return holder == consent.discloser or holder in consent.redisclosure_by or uses_own


def category_matches(*, scenario: Scenario, consent: Consent) -> bool:
    """The category is listed, or the full record is, which never covers counseling notes."""
    category = scenario.request.category
    if category is None:
        return False
    return category.value in consent.info or (category in FULL_RECORD_COVERS and Category.PART2_FULL_RECORD.value in consent.info)


def purpose_matches(*, scenario: Scenario, consent: Consent) -> bool:
    """The purpose is listed; a single TPO consent also covers emergency care and coordination among providers."""
    purpose = scenario.request.purpose
    if purpose is None:
        return False
    if purpose.value in consent.purposes:
        return True
    by_provider = scenario.request.actor in PROVIDERS and purpose in TREATING
    return consent.kind is _TPO_SINGLE and by_provider and Purpose.TREATMENT.value in consent.purposes


def names_recipient(*, scenario: Scenario, consent: Consent) -> bool:
    """The recipient is named by name; a person without an organisation (`-`) is never named."""
    return bool(scenario.request.actor_org.strip(" -")) and scenario.request.actor_org in consent.recipients


def in_named_class(*, scenario: Scenario, consent: Consent) -> bool:
    """The form describes a class, and the record says that the recipient belongs to it and nothing says otherwise."""
    if not scenario.request.actor_org.strip(" -"):
        return False
    return any(_in_class(text, scenario) for text in consent.recipients)


def _in_class(text: str, scenario: Scenario) -> bool:
    """Those who treat, pay or serve are known by what they are (2.11); another class by the record's word, at the agency that the text names."""
    org, lowered = scenario.request.actor_org, text.casefold()
    if any(words in lowered for words in _CARE_CLASS):
        return _is_treating(scenario, lowered)
    if not scenario.facts.actor_in_class or org == text:
        return False
    _before, at, place = text.partition(" at ")
    return org in text or (not at and any(word in lowered for word in CLASS_WORDS)) or (bool(at) and org == place.strip())


def _is_treating(scenario: Scenario, lowered: str) -> bool:
    request = scenario.request
    return request.actor in PROVIDERS and scenario.facts.treating_relationship is True and "treating providers" in lowered


def _recipient_gaps(scenario: Scenario, consent: Consent, on: date) -> list[Reason]:
    gaps: list[Reason] = []
    request = scenario.request
    passes_on = request.actor in EXCHANGES and request.purpose in TPO and not serving(scenario=scenario, on=on)
    if passes_on and consent.intermediary != request.actor_org:
        gaps.append(PartTwoConsent.NOT_AN_INTERMEDIARY)
    if consent.kind is _TPO_SINGLE and request.actor not in _SINGLE_CONSENT_REACHES:
        # Child welfare, a court or an employer neither treats nor pays, even where a single consent names it.
        gaps.append(PartTwoConsent.TPO_ONLY)
        return gaps
    if names_recipient(scenario=scenario, consent=consent) or in_named_class(scenario=scenario, consent=consent):
        return gaps
    if consent.kind is _TPO_SINGLE:
        gaps += _tpo_class_gaps(scenario, consent, on)
    else:
        gaps.append(PartTwoConsent.OTHER_RECIPIENT)
    return gaps


def _tpo_class_gaps(scenario: Scenario, consent: Consent, on: date) -> list[Reason]:
    """The class of 2.31(a)(4)(i): treating providers, plans and payers, and those who help to operate the program."""
    gaps: list[Reason] = []
    request = scenario.request
    words = " ".join(consent.recipients).casefold()
    treats = _is_treating(scenario, words)
    pays = request.actor in PAYERS and request.purpose in PAYING | {Purpose.HEALTH_CARE_OPERATIONS}
    pays = pays and ("health plans" in words or "payers" in words)
    helps = "helping to operate" in words and bool(serving(scenario=scenario, on=on))
    if request.actor in EXCHANGES and request.purpose is _TREATMENT:
        # What the exchange passes on must reach someone who treats the patient.
        helps = helps and scenario.facts.treating_relationship is True
    own = request.actor_org == scenario.source.holder and "helping to operate" in words
    if not (treats or pays or helps or own):
        gaps.append(PartTwoConsent.NOT_TREATING if request.actor in PROVIDERS else PartTwoConsent.OTHER_RECIPIENT)
    return gaps
