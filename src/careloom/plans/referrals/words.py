"""The words that people read for the codes of a referral."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from careloom.kernel.referral import Flaw, Help, Kind, Outcome, Reason, State
from careloom.plans.referrals.answers import Why

STATES = {
    State.DRAFT: _("Not sent yet"),
    State.REQUESTED: _("Asked"),
    State.ACCEPTED: _("Accepted"),
    State.DECLINED: _("Not taken"),
    State.SCHEDULED: _("Visit planned"),
    State.ATTENDED: _("In service"),
    State.NO_SHOW: _("Visit missed"),
    State.WAITLISTED: _("On the waiting list"),
    State.COMPLETED: _("Finished"),
    State.CANCELLED: _("Stopped"),
    State.FAILED: _("Could not be reached"),
    State.REOPENED: _("Open again"),
}
DO = {
    State.REQUESTED: _("Ask again"),
    State.ACCEPTED: _("Accept"),
    State.DECLINED: _("Not this time"),
    State.SCHEDULED: _("Plan a visit"),
    State.ATTENDED: _("Came to the visit"),
    State.NO_SHOW: _("Missed the visit"),
    State.WAITLISTED: _("Put on the waiting list"),
    State.COMPLETED: _("Finish"),
    State.CANCELLED: _("Stop this referral"),
    State.FAILED: _("Could not be reached"),
    State.REOPENED: _("Open again"),
}
REASONS = {
    Reason.FULL: _("No place free"),
    Reason.INELIGIBLE: _("Does not meet what the service asks for"),
    Reason.NO_CONTACT: _("Could not be reached"),
    Reason.WRONG_SERVICE: _("Another service is the right one"),
    Reason.NOT_NOW_AGENCY: _("Not possible now"),
    Reason.NOT_NOW: _("She does not want it now"),
    Reason.NO: _("She does not want it"),
    Reason.MOVED: _("The family moved"),
    Reason.GOT_IT_ELSEWHERE: _("She found it elsewhere"),
    Reason.REROUTED: _("Another service is asked"),
    Reason.CONSENT_ENDED: _("She stopped sharing"),
    Reason.SENT_BY_MISTAKE: _("Sent by mistake"),
    Reason.DID_NOT_HELP: _("It did not help"),
}
OUTCOMES = {
    Outcome.ENROLLED: _("Enrolled"),
    Outcome.SERVICE_DELIVERED: _("The service was given"),
    Outcome.INELIGIBLE: _("Did not meet what the service asks for"),
    Outcome.DECLINED_BY_FAMILY: _("She did not want it"),
    Outcome.NO_CONTACT: _("Could not be reached"),
}
KINDS = {
    Kind.LIVE: _("The agency answers here"),
    Kind.LINK: _("Send a one-time page"),
    Kind.LOGGED: _("I call them and note it"),
}
KIND_HINTS = {
    Kind.LIVE: _("It is sent only if she allowed that agency to see it."),
    Kind.LINK: _("It shows a need, a place and a language, and no name before a yes."),
    Kind.LOGGED: _("Nothing leaves this agency through Careloom."),
}
HELPED = {Help.YES: _("Yes"), Help.PARTLY: _("Partly"), Help.NO: _("No")}
REFUSALS: dict[Why | Flaw, object] = {
    Why.NOT_ALLOWED: _("Your role does not change this referral. Ask your supervisor who may."),
    Why.NO_SERVICE: _("Choose a service, or type the name of one you know."),
    Why.NOT_ON_CARELOOM: _("This service does not answer here. Send a one-time page, or call them and note it."),
    Why.OWN_AGENCY: _("This is your own agency. Note it as a call instead."),
    Why.NOT_THIS_FAMILY: _("One of the people chosen is not in this family. Choose again."),
    Why.SHE_SAID_NO: _("She does not want this now. Ask her again before you refer."),
    Why.PLAN_CLOSED: _("The plan is closed. Open it again before you refer."),
    Why.NOT_A_LINK: _("This referral has no one-time page."),
    Why.NOBODY_OWNS: _("Nobody answers for this need yet. A worker takes it first."),
    Flaw.NOT_FROM_HERE: _("This referral has moved on since you opened it. Look at it again."),
    Flaw.NOT_YOURS_TO_SAY: _("Only the other side can say this."),
    Flaw.NEEDS_REASON: _("Choose a reason."),
    Flaw.NEEDS_OUTCOME: _("Choose what it came to."),
    Flaw.NEEDS_TIME: _("Choose the day and the time of the visit."),
}
