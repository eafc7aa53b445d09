"""Codes of the aims in words, and what is refused in words that say what to do next."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

GOALS: dict[str, Any] = {"UP": _("More is better"), "DOWN": _("Less is better"), "KNOWN": _("To be known, not to be moved")}
WHOM: dict[str, Any] = {"CHILD": _("Children"), "ADULT": _("Parents"), "FAMILY": _("Families"), "PARTNERSHIP": _("The partnership")}
KINDS: dict[str, Any] = {
    "SHARE": _("A share of those who are counted"),
    "RATE": _("Events in a time or a population"),
    "COUNT": _("A plain count"),
    "MEAN": _("A mean for each"),
    "TIME": _("A time until something happens"),
}
FACETS: dict[str, Any] = {"VALID": _("Valid"), "AVAILABLE": _("Available"), "TIMELY": _("Timely"), "BY_GROUP": _("Can be told by group")}
FACET_ASKS: dict[str, Any] = {
    "VALID": _("Does it measure what it says? Would somebody who knows families agree?"),
    "AVAILABLE": _("Who keeps the data, and can they be had by law and by agreement?"),
    "TIMELY": _("How old are the data when we read them? Soon enough to act?"),
    "BY_GROUP": _("Can it be told by race and ethnicity, language, place and payer, without naming anybody?"),
}
JUDGED: dict[str, Any] = {"YES": _("Yes"), "PARTLY": _("Partly"), "NO": _("No")}
VERDICTS: dict[str, Any] = {
    "OPEN": _("Not judged on every point yet"),
    "FIT": _("Good on every point"),
    "WITH_CARE": _("Can be used with care"),
    "UNFIT": _("Not good enough to decide on"),
}
RESULTS: dict[str, Any] = {"ADOPTED": _("Accepted"), "NOT_ADOPTED": _("Not accepted"), "PUT_OFF": _("Put off")}
STATES: dict[str, Any] = {"PROPOSED": _("Proposed"), **RESULTS}
BECOMES: dict[str, Any] = {"AIM": _("An aim of this collaborative"), "PACK": _("An indicator for every place: it goes to the list of definitions")}
PARTS: dict[str, Any] = {
    "NICU_DAY": _("Days in newborn intensive care"),
    "HOSPITAL_NIGHT": _("Nights in the hospital beside them"),
    "FOSTER_DAY": _("Days in foster care"),
    "PRETERM_BIRTH": _("Births before their time"),
}
UNITS: dict[str, Any] = {
    "NICU_DAY": _("A day in newborn intensive care"),
    "HOSPITAL_NIGHT": _("A night in the hospital"),
    "FOSTER_DAY": _("A day in foster care"),
    "PRETERM_BIRTH": _("A birth before its time"),
}
STATUSES: dict[str, Any] = {
    "V": _("Read at its source"),
    "D": _("Worked out from figures read at their source"),
    "K": _("Recollected: look it up before use"),
    "A": _("Assumed"),
}
PURPOSES: dict[str, Any] = {
    "TREATMENT": _("Engage parents in treatment and keep them in it"),
    "TOGETHER": _("Keep families together"),
}
EVERIES: dict[str, Any] = {"MONTH": _("Each month"), "QUARTER": _("Each quarter"), "HALF": _("Each half year"), "YEAR": _("Each year")}
STANDS: dict[str, Any] = {"IN_TIME": _("Sent in time"), "SENT_LATE": _("Sent late"), "DUE": _("Due"), "LATE": _("Late")}

_LIST = _("Choose from the list.")
REFUSALS: dict[str, Any] = {
    "NOT_ALLOWED": _("This is not yours to change. Ask who coordinates the collaborative."),
    "OUTCOME": _("Name the outcome."),
    "SUCCESS": _("Say what success would be."),
    "MEASURE": _("Choose an indicator, or a measure that is proposed, and not both."),
    "INDICATOR": _("Choose indicators from the list."),
    "GOAL": _("Say which way is better."),
    "VALUE": _("This value cannot be. A share lies between 0 and 100, and nothing lies below zero."),
    "FEW": _("A number from 1 to 10 is not kept: it could tell of a family. Count a longer time, or more places."),
    "BASELINE": _("A baseline has a value, a period and a source. Give all three or none."),
    "TARGET": _("A target has a value and a day by which it is reached. Give both or none."),
    "DIRECTION": _("The target lies on the wrong side of the baseline. Look at both, and at which way is better."),
    "OWNER": _("Say who answers for it."),
    "PARTNER": _("Choose a partner of this collaborative."),
    "BODY": _("Choose a committee, team or group of this collaborative for which you may write."),
    "OVERSIGHT": _("An oversight committee says what comes first. Choose one."),
    "REVIEW": _("The next look comes after today."),
    "LATER_DAY": _("This day has not come yet."),
    "SEEN": _("Say what you saw."),
    "SOURCE": _("Say where the numbers come from."),
    "PERIOD": _("Give the period together with the value and its source."),
    "YEAR": _("Give a year from this one to five years on."),
    "YEAR_TAKEN": _("It comes first in that year already."),
    "WHY": _("Say why."),
    "WORDS": _("Say it in a few words."),
    "AIMS": _("Choose among the shared outcomes of this collaborative."),
    "NAME": _("Give it a name."),
    "QUESTION": _("Say what it asks."),
    "COUNTED": _("Say what is counted."),
    "AMONG": _("Say among whom."),
    "KIND": _LIST,
    "FACET": _LIST,
    "JUDGED": _LIST,
    "EVIDENCE": _("Say what shows it."),
    "RESULT": _LIST,
    "BECOMES": _("Say what becomes of it: an aim, or a definition for every place."),
    "QUALITY": _("It is not judged on every point yet, or it is not valid or not available. Accept it when that is mended."),
    "RULED": _("A committee decided about it already. Propose it again with what is new."),
    "CODE": _LIST,
    "ENDS": _("The low end is at most the value, and the high end at least the value."),
    "STATUS": _LIST,
    "AGAINST": _("Say what it is compared with. A saving is only a saving against something."),
    "FAMILIES": _("Say how many families had help, and how many are compared."),
    "COUNTS": _("There cannot be more births than families, nor fewer than none."),
    "NOTHING": _("Count at least one part on both sides."),
    "COSTS": _("The cost of a unit is missing, or its ends are crossed."),
    "PAID": _("Say where the cost of the help comes from."),
    "EVERY": _LIST,
    "FIRST": _("A period begins on the first day of a month that has come."),
    "DAYS": _("Give a number of days from 0 to 366."),
    "PERIOD_OPEN": _("This period is not over, or is none of the schedule."),
    "HOW": _("Say how it was sent."),
    "NAME_TAKEN": _("This stands here already."),
}
