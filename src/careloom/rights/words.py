"""What the codes of rights are called for workers. Codes stay in the database; people read these. Her own pages have words of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careloom.agencies.words import CATEGORIES
from careloom.kernel.agency_kinds import AgencyKind
from careloom.rights.kinds import Right

RIGHTS: dict[str, Any] = {
    Right.ACCESS: _("A copy of her record"),
    Right.AMENDMENT: _("A correction"),
    Right.ACCOUNTING: _("A list of who was told"),
    Right.INTERMEDIARY: _("A list of whom an intermediary told"),
    Right.RESTRICTION: _("A limit on sharing"),
    Right.CONFIDENTIAL: _("Another way to be reached"),
}
STATES: dict[str, tuple[Any, str, str]] = {
    "RECEIVED": (_("To be answered"), "wait", "schedule"),
    "GRANTED": (_("Answered, yes"), "done", "check"),
    "PARTLY": (_("Answered in part"), "done", "check"),
    "DENIED": (_("Answered, no"), "", ""),
    "WITHDRAWN": (_("She took it back"), "", ""),
}
CAME_BY: dict[str, Any] = {"PORTAL": _("On her own pages"), "WRITTEN": _("In writing"), "SPOKEN": _("Spoken")}
COPIES: dict[str, Any] = {"PORTAL": _("On her own pages"), "FILE": _("As a file"), "PAPER": _("On paper")}
STEPS: dict[str, Any] = {
    "RECEIVED": _("The request came in"),
    "VERIFIED": _("It was verified that she asks"),
    "PUT_OFF": _("The answer was put off, with a reason"),
    "GRANTED": _("Answered, yes"),
    "PARTLY": _("Answered in part"),
    "DENIED": _("Answered, no"),
    "WITHDRAWN": _("She took it back"),
    "DISAGREED": _("Her statement was put beside the record"),
    "REBUTTED": _("The agency's own word was put beside it"),
    "REVIEW_ASKED": _("She asked for a review"),
    "UPHELD": _("The review: the answer stands"),
    "OVERTURNED": _("The review: open again"),
    "END_ASKED": _("She asked to end the limit"),
    "LIMIT_ENDED": _("The limit was ended"),
    "LATE": _("The time ran out, and a supervisor was told"),
}
GROUNDS: dict[str, Any] = {
    "NOTES": _("Notes of counseling or psychotherapy stay apart (45 CFR 164.524(a)(1)(i))"),
    "LITIGATION": _("Put together for a case in court (164.524(a)(1)(ii))"),
    "CONFIDENTIAL_SOURCE": _("It would show somebody who told it in confidence (164.524(a)(2)(v))"),
    "DANGER": _("A licensed professional finds that it would endanger a life (164.524(a)(3)(i)); she may ask for a review"),
    "OTHER_PERSON": _("It tells of another person, who would likely be harmed (164.524(a)(3)(ii)); she may ask for a review"),
    "REPRESENTATIVE": _("A personal representative asks, and harm is likely (164.524(a)(3)(iii)); she may ask for a review"),
    "NOT_HELD": _("This agency has no such record; she is told who has it, if that is known (164.524(d)(3))"),
    "NOT_VERIFIED": _("It could not be verified that she asks (164.514(h))"),
    "ACCURATE": _("The record is accurate and complete (164.526(a)(2)(iv))"),
    "NOT_OURS": _("Another made the record and can still correct it (164.526(a)(2)(i))"),
    "NOT_IN_RECORD": _("It is in no record of hers here (164.526(a)(2)(ii))"),
    "NOT_OPEN_TO_HER": _("It is a part that no copy opens to her (164.526(a)(2)(iii))"),
    "NOT_INTERMEDIARY": _("This agency is no intermediary (42 CFR 2.11)"),
    "NOT_AGREED": _("The agency need not agree and does not (164.522(a)(1)(ii))"),
    "NOT_PAID": _("She has not paid for it in full (164.522(a)(1)(vi))"),
    "REQUIRED_BY_LAW": _("A law requires the disclosure (164.522(a)(1)(vi)(A))"),
    "NOT_WORKABLE": _("It cannot be done in practice (164.522(b)(1))"),
    "NO_ADDRESS": _("No other address or number was given (164.522(b)(2)(ii)(B))"),
}
GAPS: dict[str, Any] = {
    "RECEIVED_LATER": _("This day has not come yet. Write the day on which it came."),
    "VERIFIED": _("Write down how you verified that she asks."),
    "IN_WRITING": _("The law wants this request in writing. Have her write one line, or ask on her own pages."),
    "WORDS": _("Write down what she asks."),
    "WANTS_HOW": _("Say how she wants it."),
    "TO": _("Choose one agency, or a kind of agency."),
    "WAY": _("Write a number or an address."),
    "DAYS": _("The last day comes before the first. Correct one of them."),
    "HOLDER": _("Choose an agency from the list."),
    "ABOUT_NAME": _("Write her name as she gives it."),
    "BECAUSE": _("Write the reason in a sentence. She reads it."),
    "NO_EXTENSION": _("The law gives no more time for this request."),
    "ALREADY_PUT_OFF": _("It was put off once already. The law allows one time."),
    "TOO_LATE": _("The first time is over, so it can no longer be put off. Answer it now."),
    "MUST_AGREE": _("She paid in full, and it is about a health plan: the law has you agree."),
    "CODES": _("Choose at least one ground from the list."),
    "ANSWER": _("Write in a sentence or two what she should know. She reads it."),
    "HOW": _("She has no pages of her own here. Choose a file or paper."),
    "EMPTY": _("With these choices there is nothing in the copy. Say no instead, or open more."),
    "PARTS": _("Choose the part of the record that it is about."),
    "TEXT": _("Write the correction as it is to stand beside the record."),
    "FEE": _("The first list in twelve months is free, and a fee is told of before the answer."),
    "REVIEWER": _("Name the licensed professional who reviewed it."),
    "STATE": _("A statement stands beside a correction that was denied."),
    "REBUTTAL": _("There is one rebuttal at most, and it needs words."),
    "RECEIVER": _("Choose one of the receivers in the list."),
    "SAID_BY": _("Name the official and the office."),
    "UNTIL": _("Choose a day after today."),
    "SPOKEN_TOO_LONG": _("A spoken word holds for 30 days at most. For longer it must come in writing."),
    "BECAUSE_ENDED": _("Choose why it ends."),
}
ENDINGS: dict[str, Any] = {"SHE_ASKED": _("She asked for it, in writing or on her pages"), "AGREED_TOGETHER": _("She agreed, and I write it down")}
AGENCY_KINDS: dict[str, Any] = {
    AgencyKind.HEALTH_PLAN.value: _("Every health plan"),
    AgencyKind.MEDICAID_AGENCY.value: _("The Medicaid agency"),
    AgencyKind.HOSPITAL.value: _("Every hospital"),
    AgencyKind.OB_CLINIC.value: _("Every pregnancy clinic"),
    AgencyKind.PEDIATRIC_CLINIC.value: _("Every children's clinic"),
    AgencyKind.HOME_VISITING.value: _("Every home visiting program"),
    AgencyKind.HOUSING.value: _("Every housing service"),
    AgencyKind.PUBLIC_HEALTH.value: _("Every public health department"),
}
BESIDE: dict[str, Any] = {
    "AMENDMENT": _("Correction"), "DISAGREEMENT": _("She disagrees"), "REBUTTAL": _("The agency's own word"),
}  # fmt: skip
PURPOSES: dict[str, Any] = {
    "treatment": _("treatment"), "care_coordination": _("planning care together"), "posc_monitoring": _("following a plan of safe care"),
    "payment": _("payment"), "health_care_operations": _("health care operations"), "safety_assessment": _("the safety of a child"),
    "child_abuse_report_initial": _("a first report of child abuse or neglect"), "child_abuse_followup": _("following up on a report"),
    "capta_notification": _("notice of a birth that the law asks for"), "dependency_proceeding": _("a case in family court"),
    "emergency_treatment": _("treatment in an emergency"), "audit": _("an audit"), "research": _("a study"), "public_health": _("public health"),
    "legal_defense": _("a defense in court"), "criminal_proceeding": _("a criminal case"), "employment": _("a job"), "education": _("school"),
    "qso_service": _("a service to the agency"), "patient_access": _("her own use"),
}  # fmt: skip


def code(text: str, *, among: Mapping[str, Any]) -> str:
    """The word of a code, or the code itself where it has none."""
    return str(among.get(text, text.replace("_", " ")))


def gap(text: str) -> str:
    """What an action found missing, as a sentence."""
    return code(text, among=GAPS)


def parts(categories: Iterable[str]) -> str:
    """Parts of a record in one line."""
    return ", ".join(str(CATEGORIES.get(one, one)) for one in categories) or gettext("the whole record")
