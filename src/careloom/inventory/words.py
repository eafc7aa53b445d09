"""The words of the inventory's codes, and of what an action refuses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

POINTS: dict[str, Any] = {
    "PRE_PREGNANCY": _("Before a pregnancy"),
    "PRENATAL": _("During the pregnancy"),
    "BIRTH": _("At the birth"),
    "NEONATAL": _("The first weeks"),
    "CHILDHOOD": _("Through childhood"),
}
WAYS: dict[str, Any] = {
    "ACCESS": _("Improve access to what there is"),
    "EXPAND": _("Expand what there is"),
    "DEVELOP": _("Develop something new"),
    "COORDINATE": _("Coordinate care"),
}
WAY_HINTS: dict[str, Any] = {
    "ACCESS": _("Rides, hours, language, child care, a shorter way in."),
    "EXPAND": _("More places, more staff, a second site."),
    "DEVELOP": _("A service that nobody here gives yet."),
    "COORDINATE": _("Who gives what, one way in, no double work."),
}
PROGRESS: dict[str, Any] = {"PLANNED": _("Planned"), "UNDER_WAY": _("Under way"), "IN_PLACE": _("In place"), "STOPPED": _("Stopped")}
SHAPES: dict[str, Any] = {
    "NO_SERVICE": _("No service here"),
    "NO_ROOM": _("No room"),
    "TURNED_AWAY": _("Families are refused or wait"),
    "ANSWERED": _("Answered"),
}
FOUND: dict[str, Any] = {"MET": _("Met"), "PARTLY": _("Partly met"), "NOT_MET": _("Not met")}
POPULATIONS: dict[str, Any] = {
    "PREGNANT": _("Pregnant people"),
    "INFANTS": _("Infants"),
    "MOTHERS": _("Mothers after birth"),
    "FATHERS": _("Fathers and partners"),
    "WITH_CHILDREN": _("Parents together with their children"),
    "SIBLINGS": _("Brothers and sisters"),
    "CAREGIVERS": _("Kin and foster caregivers"),
    "TRIBAL": _("Families of a Tribe"),
    "SPANISH": _("Families who speak Spanish"),
}
PAYERS: dict[str, Any] = {
    "MEDICAID": _("Medicaid"),
    "SABG": _("Substance use block grant"),
    "EPSDT": _("EPSDT, for people under 21"),
    "TITLE_IV_E": _("Title IV-E (Family First)"),
    "TANF": _("TANF"),
    "MIECHV": _("MIECHV"),
    "PART_C": _("IDEA Part C"),
    "CAPTA": _("CAPTA or CBCAP"),
    "RPG": _("Regional partnership grant"),
    "SETTLEMENT": _("Opioid settlement"),
    "STATE": _("State budget"),
    "COUNTY": _("County budget"),
    "TRIBE": _("Tribal funds or IHS"),
    "PRIVATE": _("Private insurance"),
    "FOUNDATION": _("A foundation"),
    "FREE": _("Free, by the organization itself"),
}
AFTERS: dict[str, Any] = {
    "NOT_NEEDED": _("It has no end, or is not needed afterwards"),
    "NOTHING": _("Nothing yet"),
    "LOOKING": _("We are looking"),
    "APPLIED": _("Applied for"),
    "SECURED": _("Secured"),
}
KINDS: dict[str, Any] = {"RELATIONSHIPS": _("Relationships"), "RESOURCES": _("Resources"), "RESULTS": _("Results")}
STAYS: dict[str, Any] = {"UNDECIDED": _("Not decided"), "KEEP": _("Keep it"), "ALTER": _("Alter it"), "LET_GO": _("Let it go")}
LESSONS: dict[str, Any] = {"DECISION": _("A decision and its reasons"), "LESSON": _("A lesson"), "HOW_TO": _("How something is done")}
PROMISING: dict[str, Any] = {
    "CO_LOCATION": _("Staff work at each other’s place"),
    "TREATMENT_COURT": _("Family treatment court"),
    "CASE_MANAGEMENT": _("Collaborative case management"),
    "STRUCTURES": _("Collaborative structures"),
    "WRAPAROUND": _("Wraparound"),
    "PROTOCOLS": _("Improved communication protocols"),
    "CROSS_TRAINING": _("Training across agencies"),
}
HERE: dict[str, Any] = {"YES": _("In place"), "PARTLY": _("Partly"), "NO": _("Not yet")}
FEARS: dict[str, Any] = {
    "LOOKS_BAD": _("Fear of looking ineffective"),
    "USED_AGAINST": _("Fear that data is used against the agency"),
    "LAW": _("Confidentiality law"),
    "TECHNOLOGY": _("Technology"),
}

_LIST = _("Choose from the list.")
REFUSALS: dict[str, Any] = {
    "NOT_ALLOWED": _("This is not yours to change. Ask who coordinates the collaborative."),
    "WORDS": _("Say it in a few words."),
    "NEEDS": _("Choose at least one need that it answers."),
    "NEED": _("Choose a need of the catalogue."),
    "PLACE": _("Choose a place of this collaborative."),
    "CODES": _LIST,
    "ROOM": _("There cannot be more room than there are places."),
    "SYSTEM": _("Choose a delivery system."),
    "MONTHS": _("Give a number of months from 1 to 60."),
    "FOUND": _("Say what the check found."),
    "EVIDENCE": _("Say what shows it."),
    "CHECKED_BY": _("Say who checked it."),
    "WAY": _("Choose one of the four ways."),
    "OWNER": _("Say who owns it."),
    "DUE": _("The day lies in the past. Give a day to come."),
    "PROGRESS": _("It stands there already, or is finished. A finished change is not opened again: begin another."),
    "PAYER": _LIST,
    "PAYS_FOR": _("Say what it pays for."),
    "AFTER": _("Say what follows it. Money with an end needs an answer."),
    "KIND": _LIST,
    "STAY": _LIST,
    "KEEPER": _("Say who keeps it. A change that nobody keeps does not last."),
    "WRITTEN_AT": _("Say where it is written down."),
    "CODE": _LIST,
    "SINCE": _("Say since when it is in place."),
    "RELATIONSHIPS": _("Say which relationships must last."),
    "RESOURCES": _("Say which resources must last."),
    "RESULTS": _("Say which results must last."),
    "REVIEW": _("The review comes after today."),
    "GOAL": _("Give a share from 1 to 100, with the day until which it is reached."),
    "MONTH": _("This month is not over. Count a month that is over."),
    "MONTH_TAKEN": _("This month was counted already."),
    "ELIGIBLE": _("More families were served than were intended. Look at both numbers."),
    "SOURCE": _("Say where the numbers come from."),
    "EASED": _("Say what eased it, and since when."),
    "NEVER": _("Say what the numbers are never used for."),
    "NO_RULE": _("There is no rule yet."),
    "SEAT": _("Only a member who sits for this partner agrees for it."),
    "PARTNER_AGREED": _("This partner agreed already."),
}
