"""What a form lacks, said so that she can read it too: the kernel names the element, these are its words in her language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from careloom.consents.forms.builder import ConsentForm
from careloom.kernel.disclosure import FormGap, MissingElement, Reason
from careloom.kernel.disclosure.reasons import PartTwoConsent

STEPS: dict[FormGap, Any] = {
    FormGap.PATIENT: _("Choose the person whose record this is."),
    FormGap.DISCLOSER: _("Name the agency that may tell."),
    FormGap.INFO: _("Mark what may be told."),
    FormGap.RECIPIENTS: _("Choose who may hear it."),
    FormGap.INTERMEDIARY: _("Name the network, and its members or those who treat her."),
    FormGap.REDISCLOSURE_STATEMENT: _("The form must say that it may be told on, and never in court against her."),
    FormGap.PURPOSE: _("Mark why it may be told."),
    FormGap.TPO_PURPOSE: _("Keep only treatment, payment and running the clinic. Other reasons need another form."),
    FormGap.REVOCATION: _("The form must say that she may stop it, and how."),
    FormGap.IRREVOCABLE: _("She must be able to stop it on any day."),
    FormGap.EXPIRY: _("Choose the day or the event on which it ends."),
    FormGap.EXPIRY_NONE: _("Choose a day or an event. This reason cannot go on without an end."),
    FormGap.SIGNATURE: _("Ask the person who may sign to sign."),
    FormGap.SIGNED_DATE: _("Write down the day of the signature."),
    FormGap.MAY_BE_REDISCLOSED: _("The form must say that who hears it may tell it on."),
    FormGap.REFUSAL: _("The form must say what follows if she says no."),
    FormGap.NOTES_APART: _("Put the counselor’s notes on a form of their own."),
    FormGap.PSYCHOTHERAPY_APART: _("Put the therapist’s notes on a form of their own."),
    FormGap.PROCEEDINGS_APART: _("Put the court case on a form of its own."),
    FormGap.CRIMINAL_PURPOSE: _("Use this form only to follow what a criminal court ordered."),
    FormGap.PDMP_SCOPE: _("Keep only medicine, for the state’s prescription list."),
    FormGap.RESEARCH_PURPOSE: _("Keep only the study."),
    FormGap.REGISTRY_PURPOSE: _("Keep only treatment, for the registry."),
    FormGap.PLAN_HOLDS_PART2: _("What a treatment program keeps needs a form under 42 CFR part 2."),
}
AUTHORITY: dict[Reason, Any] = {
    PartTwoConsent.MINOR_SIGNATURES: _("The law of this state asks for a parent’s signature beside hers. Ask both to sign."),
    PartTwoConsent.INCAPACITY_SIGNATURE: _("Only the guardian whom a court named may sign, or the program director for payment."),
    PartTwoConsent.DECEASED_SIGNATURE: _("Ask the executor of her estate. If there is none, ask her spouse, else who in her family is responsible."),
    PartTwoConsent.SIGNER_WITHOUT_AUTHORITY: _("This person may not sign for everybody on the form. Choose who may, or take a name off the form."),
}


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One thing to do before she can sign, and the rule that asks for it."""

    next_step: Any
    citation: str


def gaps(missing: Iterable[MissingElement], *, form: ConsentForm | None = None) -> list[Gap]:
    """Everything that a form lacks, the kernel's elements first."""
    found = [Gap(next_step=STEPS.get(one.element, one.next_step), citation=one.citation) for one in missing]
    return found + [Gap(next_step=one.next_step, citation=one.citation) for one in (form.lacking() if form else [])]


def authority(reason: Reason) -> Gap:
    """Why this signature does not bind, and what to do."""
    return Gap(next_step=AUTHORITY.get(reason, reason.sentence), citation=reason.citations[0])
