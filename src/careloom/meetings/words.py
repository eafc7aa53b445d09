"""The words of the meetings' codes, and of what an action refuses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

BLOCKS: dict[str, Any] = {
    "POLICY": _("Set policy"),
    "BARRIERS": _("Overcome barriers"),
    "SUSTAINABILITY": _("Attend to sustainability"),
    "OUTCOMES": _("Monitor outcomes"),
}
MODES: dict[str, Any] = {"IN_PERSON": _("In person"), "VIRTUAL": _("By video"), "HYBRID": _("In person and by video")}
PRESENCES: dict[str, Any] = {"IN_PERSON": _("In the room"), "VIDEO": _("By video"), "PHONE": _("By telephone"), "ABSENT": _("Not there")}
STATES: dict[str, Any] = {
    "SCHEDULED": _("Planned"),
    "AGENDA_PUBLISHED": _("The agenda is out"),
    "RUNNING": _("Going on"),
    "HELD": _("Held, minutes to come"),
    "MINUTES_DRAFT": _("Minutes to approve"),
    "MINUTES_APPROVED": _("Minutes approved"),
    "CANCELLED": _("Cancelled"),
}
RESULTS: dict[str, Any] = {"ADOPTED": _("Adopted"), "NOT_ADOPTED": _("Not adopted"), "PUT_OFF": _("Put off")}
DISSENTS: dict[str, Any] = {"RESERVATION": _("Reservation"), "DISSENT": _("Dissent")}
PROGRESS: dict[str, Any] = {
    "OPEN": _("Not accepted yet"),
    "ACCEPTED": _("Accepted"),
    "IN_PROGRESS": _("Under way"),
    "BLOCKED": _("Blocked"),
    "DONE": _("Done, to be verified"),
    "VERIFIED": _("Verified"),
}
MOVES: dict[str, Any] = {
    "ACCEPTED": _("I accept it"),
    "IN_PROGRESS": _("It is under way"),
    "BLOCKED": _("Something blocks it"),
    "DONE": _("It is done"),
    "VERIFIED": _("I saw that it is done"),
}
TOLD: dict[str, Any] = {"OWNER": _("the owner"), "CHAIR": _("the chair"), "CORE": _("the core team")}
PRIORITIES: dict[str, Any] = {
    "LETTER": _("A signed letter"),
    "PLAN_ITEM": _("An item on the agency’s plan"),
    "BUDGET_LINE": _("A line in the budget"),
    "ORDER": _("An executive order"),
}
WEEKS: dict[int, Any] = {1: _("First"), 2: _("Second"), 3: _("Third"), 4: _("Fourth"), 5: _("Last")}
WEEKDAYS: dict[int, Any] = {
    0: _("Monday"),
    1: _("Tuesday"),
    2: _("Wednesday"),
    3: _("Thursday"),
    4: _("Friday"),
    5: _("Saturday"),
    6: _("Sunday"),
}
EVERY: dict[int, Any] = {1: _("Every month"), 2: _("Every two months"), 3: _("Every quarter"), 6: _("Twice a year")}

REFUSALS: dict[str, Any] = {
    "NOT_ALLOWED": _("This is not yours to change. Ask who leads the meeting."),
    "NAME_TAKEN": _("There is one already. Open that one."),
    "WEEK": _("Choose from the list."),
    "WEEKDAY": _("Choose from the list."),
    "EVERY": _("Choose from the list."),
    "MINUTES": _("Give a number of minutes from 5 to 480."),
    "MODE": _("Choose how you meet."),
    "PLACE": _("Say where you meet. Who comes in person needs an address."),
    "LINK": _("Give the link or the telephone number. Who joins from afar needs one."),
    "ROTATION": _("Choose members of this body."),
    "LEADER": _("Choose a member of this body."),
    "LATER_DAY": _("This day is still to come. Give today or an earlier day."),
    "PAST": _("This time is over. Give a time that is still to come."),
    "REASON": _("Say why. Whoever looks at the year sees it."),
    "STATE": _("The meeting has moved on. Open it again."),
    "TITLE": _("Say what it is about."),
    "BLOCK": _("Choose from the list."),
    "FAMILIES": _("Say what this changes for families. Each point and each decision carries it."),
    "EMPTY": _("There is nothing on the agenda yet."),
    "NOT_PUBLISHED": _("Publish the agenda first."),
    "NOT_DRAFTED": _("The minutes have not gone round yet."),
    "NEXT": _("Minutes are approved at a later meeting of the same body, while it goes on."),
    "PRESENCE": _("Choose from the list."),
    "NOBODY": _("Say who is there before you end the meeting."),
    "PROPOSAL": _("Write down what is decided."),
    "RESULT": _("Choose what came of it."),
    "NO_CHARTER": _("This body has no charter yet. The charter says how it decides."),
    "NO_QUORUM": _("Not enough members are there for it. Say who is there, or put it off until they are."),
    "VOTES": _("Count the votes for and against. More for than against adopts it."),
    "CONSENSUS": _("This was adopted by consensus, so nobody dissents. Write it as a reservation, or decide again."),
    "KIND": _("Choose one."),
    "SEAT": _("Choose a member of this body, or nobody."),
    "WORDS": _("Say it in a few words."),
    "WHAT": _("Say what will be done."),
    "OWNER": _("Choose who does it."),
    "DUE": _("Give a day that is not before the meeting."),
    "MOVE": _("This is no longer possible. Open it again."),
    "WHY": _("Say what blocks it."),
    "PARTNER": _("Choose a partner."),
    "HOURS": _("Give a number of hours from 0 to 20,000."),
    "FUNDS": _("Give dollars from 0 to 100,000,000."),
    "MISSION": _("Say in a few words why it still matters to you."),
    "QUARTER": _("Choose a quarter that has begun."),
    "NUMBERS": _("Give at least one number, or words."),
    "SIGNED_BY": _("Say who signed it."),
    "WHERE": _("Say where it can be read."),
    "UNTIL": _("It ends after it begins."),
    "WHO": _("Say with whom you spoke."),
    "HEARD": _("Write down what you heard."),
    "PARTS": _("Choose from the list."),
}
