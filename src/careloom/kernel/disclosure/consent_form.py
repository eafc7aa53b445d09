"""The form itself: which elements of 42 CFR 2.31 are missing, for the consent builder and for every decision.

`validate_consent` looks at the paper only. Whether it is live and reaches a request is `consent_match`.
"""

from __future__ import annotations

from collections.abc import Iterator
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

_ORDER: Final = tuple(NEXT_STEPS)
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
    return tuple(sorted(set(found), key=_ORDER.index)) if found else ()


def _gaps(consent: Consent) -> list[FormGap]:
    return [*_named_parts(consent), *_expiry(consent), *_signature(consent), *_statements(consent), *_separation(consent)]


def _named_parts(consent: Consent) -> Iterator[FormGap]:
    if consent.patient is None:
        yield FormGap.PATIENT
    if not consent.discloser.strip():
        yield FormGap.DISCLOSER
    if _CATEGORY_WORDS.isdisjoint(consent.info):
        yield FormGap.INFO
    if not "".join(consent.recipients).strip(" -"):
        yield FormGap.RECIPIENTS
    if _PURPOSE_WORDS.isdisjoint(consent.purposes):
        yield FormGap.PURPOSE
    if not _intermediary_conforms(consent):
        yield FormGap.INTERMEDIARY


def _intermediary_conforms(consent: Consent) -> bool:
    if consent.intermediary is None:
        return consent.general_designation is None
    others = set(consent.recipients) - {consent.intermediary}
    return bool(others) or "treating" in (consent.general_designation or "")


def _expiry(consent: Consent) -> Iterator[FormGap]:
    event = consent.expiry_event
    if consent.expires is None and not event:
        yield FormGap.EXPIRY
    elif consent.expires is None and event in OPEN_ENDED_EVENTS:
        allowed = _TPO_WORDS | {Purpose.RESEARCH.value}
        if not consent.purposes or not set(consent.purposes) <= allowed:
            yield FormGap.EXPIRY_NONE


def _signature(consent: Consent) -> Iterator[FormGap]:
    if consent.signer not in _KNOWN_SIGNERS:
        yield FormGap.SIGNATURE
    if consent.signed is None:
        yield FormGap.SIGNED_DATE


def _statements(consent: Consent) -> Iterator[FormGap]:
    said = consent.statements
    if not said.revocation_right:
        yield FormGap.REVOCATION
    if consent.revocable_after is not None and not _may_delay_revocation(consent):
        yield FormGap.IRREVOCABLE
    if consent.kind is ConsentKind.TPO_SINGLE and not said.hipaa_redisclosure_statement:
        yield FormGap.REDISCLOSURE_STATEMENT
    if consent.kind in _TELLS_MORE:
        if not said.may_be_redisclosed:
            yield FormGap.MAY_BE_REDISCLOSED
        if not said.refusal_consequences:
            yield FormGap.REFUSAL


def _may_delay_revocation(consent: Consent) -> bool:
    return consent.kind is ConsentKind.CRIMINAL_JUSTICE and consent.revocable_after == "final_disposition"


def _separation(consent: Consent) -> Iterator[FormGap]:
    purposes, info = set(consent.purposes), set(consent.info)
    notes = _NOTES in info
    if (notes or consent.kind is ConsentKind.COUNSELING_NOTES) and info != {_NOTES}:
        yield FormGap.NOTES_APART
    if notes and consent.kind is not ConsentKind.COUNSELING_NOTES:
        yield FormGap.NOTES_APART
    if _THERAPY in info and info != {_THERAPY}:
        yield FormGap.PSYCHOTHERAPY_APART
    in_court = purposes & _PROCEEDING_WORDS
    if (in_court or consent.kind is ConsentKind.PROCEEDINGS) and purposes != in_court:
        yield FormGap.PROCEEDINGS_APART
        if notes:
            yield FormGap.NOTES_APART
    yield from _kind_purposes(consent, purposes, info)


def _kind_purposes(consent: Consent, purposes: set[str], info: set[str]) -> Iterator[FormGap]:
    if consent.kind is ConsentKind.TPO_SINGLE and not purposes <= _TPO_WORDS:
        yield FormGap.TPO_PURPOSE
    if consent.kind is ConsentKind.PDMP and info != {Category.PART2_MEDICATION.value}:
        yield FormGap.PDMP_SCOPE
    only = _ONLY_PURPOSE.get(consent.kind) if consent.kind is not None else None
    if only is not None and purposes != {only[0].value}:
        yield only[1]
    if consent.kind is ConsentKind.PLAN_AGREEMENT and info & _PART2_WORDS:
        yield FormGap.PLAN_HOLDS_PART2
