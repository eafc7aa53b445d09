"""The words of the barriers' codes, and of what an action refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from careloom.directory.needs import catalogue

if TYPE_CHECKING:
    from careloom.barriers.models import Barrier

KINDS: dict[str, Any] = {
    "CHALLENGE": _("Something that stands in the way"),
    "OPERATIONAL": _("Something in the day-to-day work"),
    "ENGAGEMENT": _("Families do not come, or do not stay"),
    "IDEA": _("An idea, or something that works"),
}
SOURCES: dict[str, Any] = {
    "FAMILIES": _("From families, without a name"),
    "PROVIDER": _("From a provider"),
    "MEMBER": _("From a member"),
}
#: Why a need is not met where the cause lies in the system and not with a family (workflows 6.3): the words of plans and of follow-up too.
SYSTEM_CAUSES: dict[str, Any] = {
    "NO_SERVICE": _("No such service here"),
    "WAITLIST": _("A waiting list"),
    "TOO_FAR": _("Too far, or no ride"),
    "COST": _("Cost"),
    "NOT_ELIGIBLE": _("Does not qualify"),
    "LANGUAGE": _("Not in her language"),
    "CHILD_CARE": _("No child care while she is there"),
    "STIGMA": _("How people were treated there"),
}
CAUSES: dict[str, Any] = {**SYSTEM_CAUSES, "OTHER": _("Something else")}
STATES: dict[str, Any] = {
    "LOGGED": _("Waits for triage"),
    "WORKING": _("Somebody works on it"),
    "QUEUED": _("Waits for a decision"),
    "REFERRED": _("With the governor’s office"),
    "DECIDED": _("Decided, to be done"),
    "RESOLVED": _("Resolved, to be told back"),
    "TOLD": _("Told back, is it gone?"),
    "CLOSED": _("Closed"),
    "DUPLICATE": _("Joined to another"),
    "NOT_A_BARRIER": _("Not a barrier"),
}
DEEDS: dict[str, Any] = {
    "RAISE": _("Raised"),
    "TRIAGE": _("Taken"),
    "JOIN": _("Joined to another"),
    "REJECT": _("Not a barrier"),
    "TRY": _("Tried"),
    "UP": _("Sent up"),
    "DECIDE": _("Decided"),
    "OUTCOME": _("What it turns into"),
    "CYCLE": _("A try in cycles"),
    "RESOLVE": _("Resolved"),
    "TELL": _("Told back"),
    "CONFIRM": _("Gone, says who raised it"),
    "REOPEN": _("Open again"),
    "CLOSE": _("Closed"),
}
DECISIONS: dict[str, Any] = {
    "RESOLVE": _("We resolve it this way"),
    "ASSIGN": _("We give it to a team"),
    "DECLINE": _("We decline, and say why"),
    "REFER": _("We refer it to the governor"),
}
TRIAGES: dict[str, Any] = {
    "TRIAGE": _("A team takes it"),
    "JOIN": _("It is the same as another"),
    "REJECT": _("It is not a barrier"),
}
OUTCOMES: dict[str, Any] = {
    "GUIDANCE": _("Guidance"),
    "PILOT": _("A pilot"),
    "POLICY": _("A policy"),
    "PRACTICE": _("A change of practice"),
}
RESULTS: dict[str, Any] = {"ADOPT": _("We keep it"), "ADAPT": _("We change it and try again"), "ABANDON": _("We let it go")}
POSTED: dict[str, Any] = {"SUPPORT": _("Support"), "GUIDANCE": _("Guidance")}

REFUSALS: dict[str, Any] = {
    "STATE": _("It stands elsewhere by now. Open it again and see what comes next."),
    "TITLE": _("Give it a short title."),
    "WORDS": _("Say it in a few words."),
    "LEADS_BACK": _("Take out days, telephone numbers, addresses and long numbers. A distance or a count may stand."),
    "KIND": _("Choose from the list."),
    "CAUSE": _("Choose from the list."),
    "SERVICE": _("Choose from the list."),
    "PARTNER": _("Choose your own agency."),
    "DOES": _("Choose what becomes of it."),
    "BODY": _("Choose the team that takes it."),
    "OWNER": _("Choose a member of that team."),
    "JOINED_TO": _("Choose an open barrier that is not joined itself."),
    "REASON": _("Say why. Who raised it reads this."),
    "QUOTE": _("Nobody gave words that may be used. Leave this empty."),
    "TRIED": _("Say what was tried first, and what came of it."),
    "ASKS": _("Say what the next tier should do."),
    "CROSS_SYSTEM": _("Oversight takes only what one system alone cannot change. If that is so, mark it."),
    "DECISION": _("Choose a decision."),
    "DUE_ON": _("Give a day from today on, so that everybody knows when."),
    "ASSIGNED_TO": _("Choose the team that gets it."),
    "OUTCOME_KIND": _("Choose what it turns into."),
    "PLAIN": _("Write the answer for families, in English and in Spanish."),
    "NOT_YET": _("Who raised it still has time to answer. Wait until the day is over."),
    "CHANGE": _("Say what you try."),
    "STAKEHOLDERS": _("Say who takes part: families, workers, partners."),
    "MEASURE": _("Say what you count."),
    "RUNNING": _("A try is running. End that one first."),
    "HAPPENED": _("Say what happened."),
    "LEARNED": _("Say what you learned."),
    "RESULT": _("Choose what follows."),
    "LATER_DAY": _("This day is still to come. Give today or an earlier day."),
    "BEFORE": _("A try ends after it began."),
    "BODY_ID": _("Only oversight and the core team post down. Choose one of them."),
    "TO_ID": _("Choose a body below, or all of them."),
    "POSTED": _("Choose what it is."),
}


def service_words(code: str) -> str:
    """A kind of service in the reader's language; "" for none."""
    labels = catalogue().domains.get(code, {})
    return labels.get((get_language() or "en")[:2], labels.get("en", ""))


def title_of(row: Barrier) -> str:
    """Its title; what came from families and has none yet is called by its cause and place."""
    if row.title:
        return row.title
    parts = [str(CAUSES.get(row.cause, CAUSES["OTHER"])), service_words(row.service), row.county]
    return ": ".join([parts[0], ", ".join(part for part in parts[1:] if part)]).rstrip(": ")
