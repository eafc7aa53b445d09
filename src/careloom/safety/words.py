"""The words of safety for people. Codes stay in the database; what is said of a family is about what was seen, never about what somebody is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

BECAUSE: Mapping[str, Any] = {
    "REPORT": _("A report was screened in"),
    "NOTIFIED": _("A baby was notified"),
    "NEW_REPORT": _("A new report"),
    "HOUSEHOLD": _("Somebody moved in or out"),
    "RETURN_TO_USE": _("Return to use that touches a child's safety"),
    "PLAN_NOT_KEPT": _("The safety plan was not kept"),
    "REUNIFICATION": _("Before a child comes home"),
    "CLOSURE": _("Before the work ends"),
}
STATES: Mapping[str, tuple[Any, str, str]] = {
    "STARTED": (_("Being filled in"), "move", "edit"),
    "COMPLETED": (_("Waits for the supervisor"), "wait", "schedule"),
    "RETURNED": (_("Came back with words"), "wait", "edit"),
    "APPROVED": (_("Approved"), "done", "check"),
    "VOID": (_("Void: begun by mistake"), "", ""),
    "REPLACED": (_("Replaced by a newer version"), "", ""),
}
RESPONSES: Mapping[str, Any] = {
    "SAFE": _("Safe, no plan"),
    "IN_HOME": _("In-home safety plan"),
    "OUT_OF_HOME": _("Out-of-home safety plan"),
    "PLACEMENT": _("Placement, by court order"),
}
OPEN_QUESTION = _("Not settled yet")
REASONS: Mapping[str, Any] = {
    "NO_DANGER": _("No danger now was found in part C."),
    "NOBODY_VULNERABLE": _("What was found reaches no child who depends on others for protection."),
    "OFFSET": _("Somebody with the daily care offsets it: every capacity in part B is present."),
    "NOT_KNOWN": _("Something that matters cannot be told yet."),
    "DANGER_NOW": _("There is a danger now, for a child who cannot guard against it, and no one with the daily care offsets it."),
    "HELD_AT_HOME": _("Another adult at home can hold it back."),
    "NOBODY_AT_HOME": _("No other adult at home can hold it back."),
}
CAPACITIES: Mapping[str, Any] = {"PRESENT": _("Present"), "DIMINISHED": _("Diminished"), "ABSENT": _("Absent")}
ANSWERS: Mapping[str, Any] = {"YES": _("Yes"), "NO": _("No"), "UNABLE": _("Cannot tell yet")}
PLAN_STATES: Mapping[str, tuple[Any, str, str]] = {
    "DRAFT": (_("Being written"), "move", "edit"),
    "SPOKEN": (_("Agreed to out loud"), "wait", "schedule"),
    "SIGNED": (_("Signed"), "done", "check"),
    "NOT_KEPT": (_("Was not kept"), "late", "warning"),
    "ENDED": (_("Ended"), "", ""),
    "COURT": (_("Went to court"), "", ""),
}
ENDINGS: Mapping[str, Any] = {
    "INACTIVE": _("The danger is not there any more"),
    "CONTROLLED": _("Somebody with the daily care now holds it back"),
    "NEW_PLAN": _("A newer safety plan takes its place"),
    "COURT": _("A court decides from here on"),
}
HOWS: Mapping[str, Any] = {"VISIT": _("Visit"), "PHONE": _("Telephone"), "OTHER": _("Another way")}
SIGNS: Mapping[str, Any] = {"WRITTEN": _("Signed"), "WAIVED": _("Signature waived")}
OFFERS: Mapping[str, Any] = {"YES": _("She says yes"), "NOT_NOW": _("Not now"), "NO": _("No")}
HISTORY_KINDS: Mapping[str, Any] = {
    "REPORT": _("Report"),
    "ASSESSMENT": _("Family assessment"),
    "IN_HOME_CASE": _("In-home case"),
    "PLACEMENT": _("A child lived elsewhere"),
}
HISTORY_OUTCOMES: Mapping[str, Any] = {
    "SCREENED_OUT": _("Screened out"),
    "NOT_FOUND": _("Nothing was found"),
    "SERVICES_ENDED": _("Services ended"),
    "CHILD_HOME": _("The child came home"),
    "OTHER_CARE": _("The child stayed in other care"),
    "OPEN": _("Still open"),
}
LOOK_REASONS: Mapping[str, Any] = {
    "CURRENT_SAFETY": _("To understand a worry about safety now"),
    "SERVICES": _("To plan services with her"),
    "SHE_ASKED": _("She asked me to"),
    "COURT": _("A court asks for it"),
}
TOLD_HOW: Mapping[str, Any] = {"IN_PERSON": _("In person"), "INTERPRETER": _("With an interpreter"), "PHONE": _("By telephone")}
ENSURED: Mapping[str, Any] = {
    "COMPLETED": _("We wrote it with her"),
    "LED_BY_OTHER": _("Another agency leads it"),
    "OFFERED": _("It was offered, and she said not now"),
}
#: What is wrong, said so that the next step is plain.
GAPS: Mapping[str, Any] = {
    "ALREADY_OPEN": _("An assessment of this family is open. Go on with that one."),
    "BECAUSE": _("Choose why."),
    "BECAUSE_WORDS": _("Say what changed for a child's safety."),
    "LOCKED": _("This assessment is not open for writing."),
    "NAME": _("Write the name."),
    "SEEN_LATER": _("Choose a day that is not in the future."),
    "BORN_LATER": _("Choose a day that is not in the future."),
    "NAMED_IN_C": _("Part C names this person. Change part C first."),
    "BLANK": _("Something is still blank. The list beside says what."),
    "RESPONSE": _("The parts do not allow this choice. Look at what they point to."),
    "RESPONSE_WHY": _("Say why, because this is not what the parts point to."),
    "WORDS": _("Write what happened, in a few words."),
    "STALE": _("A colleague changed this meanwhile. This is how it stands now. Your words are kept here: look again, then send them or leave them."),
    "STATE": _("This cannot be done now. Look at where it stands."),
    "SUPERVISOR": _("This one is called for. Only a supervisor says that it is void."),
    "OWN_WORK": _("Somebody else approves what you decided."),
    "NOT_APPROVED": _("A supervisor approves it first."),
    "REASON": _("Write the reason."),
    "ALREADY_CORRECTED": _("A correction was begun already. Go on with that one."),
    "NO_PLAN": _("The assessment says that no safety plan is needed."),
    "ENDED": _("This plan has ended."),
    "FACTOR": _("Choose which danger it controls."),
    "WHAT": _("Write what is done."),
    "WHO": _("Write who does it."),
    "WHEN": _("Write when."),
    "LAST_STEP": _("This danger has no other step. Write the new one first."),
    "UNCONTROLLED": _("Each danger needs a step first."),
    "AGREED_WHO": _("Write who agreed."),
    "HEARD_BY": _("Write who heard it."),
    "HOW": _("Choose how."),
    "ON": _("Choose a day that is not in the future."),
    "WITH_WHOM": _("Write with whom."),
    "BECAUSE_ENDED": _("Choose why it ends."),
    "KIND": _("Choose what it was."),
    "OUTCOME": _("Choose how it ended."),
    "FROM_ON": _("Choose a day that is not in the future."),
    "TO_ON": _("Choose a day after the first one."),
    "POINTS": _("Tick what you told her."),
    "TOLD_ON": _("Choose a day that is not in the future."),
    "OFFER_ANSWER": _("Choose what she said."),
}


def code(value: str, *, among: Mapping[str, Any]) -> str:
    """The words of a code; the code itself where a later release knows more."""
    return str(among.get(value, value))


def gap(value: str) -> str:
    """What to do about something that is missing or wrong."""
    return str(GAPS.get(value, _("Look at this again.")))
