"""The words that people read for the codes of following."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

HOWS = {"CALL": _("Call"), "TEXT": _("Text"), "VISIT": _("Visit"), "LETTER": _("Letter"), "OTHER": _("Another way")}
OUTCOMES = {
    "REACHED": _("Reached her"),
    "NO_ANSWER": _("Nobody answered"),
    "LEFT_WORD": _("Left a neutral word"),
    "NOT_HERS": _("The number or address is not hers any more"),
    "CAME_BACK": _("It came back"),
    "LATER": _("She asks us to come back later"),
    "DECLINED": _("She does not wish to go on"),
}
#: What counts as having been in touch, whatever she said.
IN_TOUCH = frozenset({"REACHED", "LATER", "DECLINED"})
DOES = {
    "CONSULTED": _("I talked it over with my supervisor or with child welfare, without a report"),
    "REPORTED": _("I called the report line myself"),
    "NEITHER": _("Neither yet"),
}
STAGES = {
    "NAMED": _("Named"),
    "CHOICE": _("Her choice"),
    "SERVICE": _("A service is to be found"),
    "REFERRAL": _("A service is asked"),
    "DELIVERED": _("In service"),
    "RESOLVED": _("Resolved"),
    "ENDED": _("Ended by her choice"),
}
STUCK = {
    "ASK_HER": _("She has not been asked yet."),
    "ASK_AGAIN": _("She said not now. Ask again when the day comes."),
    "NO_SERVICE_ASKED": _("She wants it and no service is asked yet."),
    "NOT_SENT": _("The referral is not sent yet."),
    "NO_ANSWER": _("The service has not answered in time."),
    "WAITING_LIST": _("There is a waiting list."),
    "MISSED": _("A visit was missed."),
    "MISSED_TWICE": _("Two visits were missed. Somebody goes and sees her."),
    "NOT_TAKEN": _("The service did not take it. Ask another."),
    "LOST": _("Three tries reached nobody. Ask another service, or find out why."),
    "DID_NOT_HELP": _("She says it did not help. The referral is open again."),
    "NOT_CONFIRMED": _("The service says that it is done. She has not said yet whether it helped."),
    "UNMET": _("It was not met."),
    "LATE": _("The next step is late."),
}
GAPS = {
    "NO_LEAD": _("Nobody leads the plan now: the lead no longer works there."),
    "NO_OWNER": _("A need has no owner."),
    "NO_NEXT": _("Nothing has a next date."),
}
REFUSALS = {
    "NOT_ALLOWED": _("Your role does not write this down. Ask your supervisor who may."),
    "PLAN_CLOSED": _("This plan is closed. Open it again first."),
    "NOT_SAFE": _("She may not be reached this way, or not at this hour. See how she wants to be reached, and choose another way."),
    "LATER_DAY": _("This day has not come yet."),
    "CODE": _("Choose one of the answers shown."),
    "OFFER": _("Offer her something first, and tick what it was."),
    "WORDS": _("Say in a few words what you saw or heard, and why it worries you."),
    "NOT_LOST_TOUCH": _("Tick that this is a concern of your own. That nobody reaches her is none."),
    "NAMES": _("This could tell who it is about. Take out names, numbers and days, and say what stands in the way."),
    "NOT_SYSTEM": _("Say first that this need was not met, and why, where the cause lies with services."),
    "NOT_YOURS": _("Another agency wrote this need down. Ask them to change it."),
    "DAY": _("Choose today or a later day."),
    "WORKER": _("Choose somebody who works here now."),
}
