"""The form itself: which elements of 42 CFR 2.31 are missing, for the consent builder and for every decision.

`validate_consent` looks at the paper only. Whether it is live and reaches a request is `consent_match`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from careloom.kernel.disclosure.groups import PROCEEDINGS, TPO
from careloom.kernel.disclosure.inputs import Consent
from careloom.kernel.disclosure.reasons import FormGap
from careloom.kernel.disclosure.vocabulary import Category, ConsentKind, Purpose

#: Words for an end that never comes; only treatment, payment, operations and research may use them.
OPEN_ENDED_EVENTS: Final = frozenset({"none", "end of the treatment", "end_of_treatment", "end of the research study"})
#: Accepted when the patient asked for the disclosure (42 CFR 2.31(a)(5)); it matches no request by itself.
PATIENT_REQUEST: Final = "at the request of the patient"

NEXT_STEPS: Final = {
    FormGap.PATIENT: "Choose the person whose record this is.",
    FormGap.DISCLOSER: "Name the organization that may disclose.",
    FormGap.INFO: "List the kinds of information by name.",
    FormGap.RECIPIENTS: "Name who may receive the information, or describe the class.",
    FormGap.INTERMEDIARY: "Name the hub or exchange, and its participants or those who treat the patient.",
    FormGap.REDISCLOSURE_STATEMENT: "Add the statement on redisclosure under HIPAA and its limit in proceedings.",
    FormGap.PURPOSE: "State each purpose.",
    FormGap.TPO_PURPOSE: "Keep only treatment, payment and health care operations, and put other purposes on another form.",
    FormGap.REVOCATION: "Add the right to revoke in writing and how to do it.",
    FormGap.IRREVOCABLE: "Remove the delay of revocation.",
    FormGap.EXPIRY: "Set the day or the event on which the consent ends.",
    FormGap.EXPIRY_NONE: "Set a day or an event; this purpose cannot run without an end.",
    FormGap.SIGNATURE: "Ask the person who may sign to sign.",
    FormGap.SIGNED_DATE: "Add the day of signature.",
    FormGap.MAY_BE_REDISCLOSED: "Add the statement that the record may be redisclosed and no longer protected.",
    FormGap.REFUSAL: "Add what follows when the person does not sign.",
    FormGap.NOTES_APART: "Put the counseling notes on a form of their own.",
    FormGap.PSYCHOTHERAPY_APART: "Put the psychotherapy notes on a form of their own.",
    FormGap.PROCEEDINGS_APART: "Put the proceeding on a form of its own.",
    FormGap.CRIMINAL_PURPOSE: "Use this form only to monitor a criminal disposition.",
    FormGap.PDMP_SCOPE: "Limit the form to medication and to reporting to the state program.",
    FormGap.RESEARCH_PURPOSE: "Limit the form to research.",
    FormGap.REGISTRY_PURPOSE: "Limit the form to treatment and to the central registry.",
    FormGap.PLAN_HOLDS_PART2: "Move the treatment record to a Part 2 consent.",
}

_PLACE: Final = {gap: place for place, gap in enumerate(NEXT_STEPS)}
_TPO_WORDS: Final = frozenset(p.value for p in TPO)
_PURPOSE_WORDS: Final = frozenset(p.value for p in Purpose) | {PATIENT_REQUEST}
_PROCEEDING_WORDS: Final = frozenset(p.value for p in PROCEEDINGS)
_CATEGORY_WORDS: Final = frozenset(c.value for c in Category)
_PART2_WORDS: Final = frozenset(c.value for c in Category if c.family == "part2") | {Category.POSC_PLAN_PART2_SEGMENT.value}
_NOTES, _THERAPY = Category.PART2_COUNSELING_NOTES.value, Category.HIPAA_PSYCHOTHERAPY_NOTES.value
#: Forms that HIPAA asks for two statements more (45 CFR 164.508(c)(2)).
_TELLS_MORE: Final = frozenset({ConsentKind.TPO_SINGLE, ConsentKind.HIPAA_AUTHORIZATION, ConsentKind.PLAN_AGREEMENT})
#: Forms for one purpose and no other, and what is missing when they name another.
_ONLY_PURPOSE: Final = {
    ConsentKind.CRIMINAL_JUSTICE: (Purpose.CRIMINAL_JUSTICE_MONITORING, FormGap.CRIMINAL_PURPOSE),
    ConsentKind.PDMP: (Purpose.PDMP_REPORTING, FormGap.PDMP_SCOPE),
    ConsentKind.RESEARCH: (Purpose.RESEARCH, FormGap.RESEARCH_PURPOSE),
    ConsentKind.CENTRAL_REGISTRY: (Purpose.TREATMENT, FormGap.REGISTRY_PURPOSE),
}
# Forms that every consent is compared with, named once: to find a word by its name costs more than to compare it.
_SINGLE, _FOR_NOTES, _FOR_COURT = ConsentKind.TPO_SINGLE, ConsentKind.COUNSELING_NOTES, ConsentKind.PROCEEDINGS
_PDMP, _PLAN = ConsentKind.PDMP, ConsentKind.PLAN_AGREEMENT
_KNOWN_SIGNERS: Final = frozenset({"mother", "other_parent", "guardian", "executor", "program_director", "grandmother", "spouse", "cps_agency"})


@dataclass(frozen=True, kw_only=True)
class MissingElement:
    """One gap of the form: what, by which rule, and what to do next."""

    element: FormGap
    citation: str
    next_step: str


def validate_consent(consent: Consent) -> tuple[MissingElement, ...]:
    """Name each missing or defective element of the form (42 CFR 2.31(a) to (d), 2.35, 2.36; 45 CFR 164.508(c)).

    An empty answer means that the paper conforms; it says nothing about dates, revocation or who asks.
    """
    return tuple(MissingElement(element=gap, citation=gap.citations[0], next_step=NEXT_STEPS[gap]) for gap in form_gaps(consent))


def form_gaps(consent: Consent) -> tuple[FormGap, ...]:
    """The gaps alone, in the order of the law."""
    found = _gaps(consent)
    return tuple(found) if len(found) < 2 else tuple(sorted(set(found), key=_PLACE.__getitem__))


def _gaps(consent: Consent) -> list[FormGap]:
    return _named_parts(consent) + _expiry(consent) + _signature(consent) + _statements(consent) + _separation(consent)


def _named_parts(consent: Consent) -> list[FormGap]:
    gaps: list[FormGap] = []
    if consent.patient is None:
        gaps.append(FormGap.PATIENT)
    if not consent.discloser.strip():
        gaps.append(FormGap.DISCLOSER)
    if _CATEGORY_WORDS.isdisjoint(consent.info):
        gaps.append(FormGap.INFO)
    if not "".join(consent.recipients).strip(" -"):
        gaps.append(FormGap.RECIPIENTS)
    if _PURPOSE_WORDS.isdisjoint(consent.purposes):
        gaps.append(FormGap.PURPOSE)
    if not _intermediary_conforms(consent):
        gaps.append(FormGap.INTERMEDIARY)
    return gaps


def _intermediary_conforms(consent: Consent) -> bool:
    if consent.intermediary is None:
        return consent.general_designation is None
    others = set(consent.recipients) - {consent.intermediary}
    return bool(others) or "treating" in (consent.general_designation or "")


def _expiry(consent: Consent) -> list[FormGap]:
    gaps: list[FormGap] = []
    event = consent.expiry_event
    if consent.expires is None and not event:
        gaps.append(FormGap.EXPIRY)
    elif consent.expires is None and event in OPEN_ENDED_EVENTS:
        allowed = _TPO_WORDS | {Purpose.RESEARCH.value}
        if not consent.purposes or not set(consent.purposes) <= allowed:
            gaps.append(FormGap.EXPIRY_NONE)
    return gaps


def _signature(consent: Consent) -> list[FormGap]:
    gaps: list[FormGap] = []
    if consent.signer not in _KNOWN_SIGNERS:
        gaps.append(FormGap.SIGNATURE)
    if consent.signed is None:
        gaps.append(FormGap.SIGNED_DATE)
    return gaps


def _statements(consent: Consent) -> list[FormGap]:
    gaps: list[FormGap] = []
    said = consent.statements
    if not said.revocation_right:
        gaps.append(FormGap.REVOCATION)
    if consent.revocable_after is not None and not _may_delay_revocation(consent):
        gaps.append(FormGap.IRREVOCABLE)
    if consent.kind is _SINGLE and not said.hipaa_redisclosure_statement:
        gaps.append(FormGap.REDISCLOSURE_STATEMENT)
    if consent.kind in _TELLS_MORE:
        if not said.may_be_redisclosed:
            gaps.append(FormGap.MAY_BE_REDISCLOSED)
        if not said.refusal_consequences:
            gaps.append(FormGap.REFUSAL)
    return gaps


def _may_delay_revocation(consent: Consent) -> bool:
    return consent.kind is ConsentKind.CRIMINAL_JUSTICE and consent.revocable_after == "final_disposition"


def _separation(consent: Consent) -> list[FormGap]:
    gaps: list[FormGap] = []
    purposes, info = consent.purposes, consent.info
    notes = _NOTES in info
    if (notes or consent.kind is _FOR_NOTES) and set(info) != {_NOTES}:
        gaps.append(FormGap.NOTES_APART)
    if notes and consent.kind is not _FOR_NOTES:
        gaps.append(FormGap.NOTES_APART)
    if _THERAPY in info and set(info) != {_THERAPY}:
        gaps.append(FormGap.PSYCHOTHERAPY_APART)
    in_court = consent.kind is _FOR_COURT or not _PROCEEDING_WORDS.isdisjoint(purposes)
    if in_court and not _PROCEEDING_WORDS.issuperset(purposes):
        gaps.append(FormGap.PROCEEDINGS_APART)
        if notes:
            gaps.append(FormGap.NOTES_APART)
    return gaps + _kind_purposes(consent)


def _kind_purposes(consent: Consent) -> list[FormGap]:
    gaps: list[FormGap] = []
    if consent.kind is _SINGLE and not _TPO_WORDS.issuperset(consent.purposes):
        gaps.append(FormGap.TPO_PURPOSE)
    if consent.kind is _PDMP and set(consent.info) != {Category.PART2_MEDICATION.value}:
        gaps.append(FormGap.PDMP_SCOPE)
    only = _ONLY_PURPOSE.get(consent.kind) if consent.kind is not None else None
    if only is not None and set(consent.purposes) != {only[0].value}:
        gaps.append(only[1])
    if consent.kind is _PLAN and not _PART2_WORDS.isdisjoint(consent.info):
        gaps.append(FormGap.PLAN_HOLDS_PART2)
    return gaps
