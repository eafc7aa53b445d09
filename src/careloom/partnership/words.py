"""The words of the partnership's codes, and of what an action refuses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

REACHES: dict[str, Any] = {"STATE": _("A state"), "REGION": _("A region"), "COUNTY": _("A county or several"), "TRIBE": _("A Tribe")}
TIERS: dict[str, Any] = {
    "OVERSIGHT": _("Oversight committee"),
    "CORE": _("Core team"),
    "WORK_GROUP": _("Work group"),
    "LOCAL_TEAM": _("Local team"),
}
SECTORS: dict[str, Any] = {
    "PUBLIC_HEALTH": _("Public health"),
    "MATERNAL_CHILD_HEALTH": _("Maternal and child health"),
    "HOME_VISITING": _("Home visiting"),
    "SUBSTANCE_USE": _("Substance use prevention and treatment"),
    "MENTAL_HEALTH": _("Mental health"),
    "ABUSE_PREVENTION": _("Child abuse prevention"),
    "CHILD_WELFARE": _("Child welfare"),
    "EARLY_INTERVENTION": _("Early intervention"),
    "COURTS": _("Courts"),
    "EDUCATION": _("Education"),
    "FINANCE": _("Budget and finance"),
    "HEALTH_PLANS": _("Medicaid and health plans"),
    "HOSPITALS": _("Hospitals"),
    "MEDICAL_PROVIDERS": _("Doctors and midwives"),
    "TRIBES": _("Tribes"),
    "FAMILIES": _("Families who have been through it"),
}
KINDS: dict[str, Any] = {
    "HOUSING": _("Housing"),
    "TRANSPORTATION": _("Transportation"),
    "CULTURE": _("Cultural or community leaders"),
    "SCHOOLS": _("Schools"),
    "EARLY_CHILDHOOD": _("Early childhood"),
    "COMMUNITY": _("Community organization"),
    "FAITH": _("Faith community"),
    "LAW_ENFORCEMENT": _("Law enforcement"),
}
STREAMS: dict[str, Any] = {
    "PREVENTION": _("Prevention"),
    "EARLY_INTERVENTION": _("Early intervention"),
    "MATERNAL_INFANT_HEALTH": _("Maternal and infant health care"),
    "COMMUNITY_TREATMENT": _("Treatment in the community"),
}
LEVELS: dict[str, Any] = {
    "DIRECTOR": _("Director or administrator"),
    "MANAGER": _("Manager"),
    "SUPERVISOR": _("Supervisor"),
    "FRONT_LINE": _("Front line"),
}
AUTHORITIES: dict[str, Any] = {
    "DIRECTS_RESOURCES": _("Directs staff time and money"),
    "POLICY_AND_MONEY": _("Changes policy and budgets"),
    "ON_THE_GROUND": _("Works with families"),
}
LIVED: dict[str, Any] = {
    "CHILD_WELFARE": _("Has been in a child welfare case"),
    "TREATMENT": _("Has been in treatment or recovery support"),
    "RAISING_A_CHILD": _("Raises or raised a child of a relative"),
}
SUPPORTS: dict[str, Any] = {
    "STIPEND": _("Stipend"),
    "CHILD_CARE": _("Child care"),
    "TRAVEL": _("Travel"),
    "MENTOR": _("A mentor"),
    "INTERPRETER": _("An interpreter"),
}
OFFICES: dict[str, Any] = {"MEMBER": _("Member"), "CHAIR": _("Chair"), "CO_CHAIR": _("Co-chair"), "SECRETARY": _("Secretary")}
RULES: dict[str, Any] = {
    "CONSENSUS": _("Consensus"),
    "RESERVATIONS": _("Consensus, reservations are written down"),
    "VOTE": _("Vote"),
    "CHAIR": _("The chair decides after hearing everybody"),
}

REFUSALS: dict[str, Any] = {
    "NOT_ALLOWED": _("This is not yours to change. Ask who coordinates the collaborative."),
    "NAME": _("Give a name."),
    "NAME_TAKEN": _("There is one of this name. Give another name, or open that one."),
    "REACH": _("Choose what it is for."),
    "PLACES": _("Name at least one county or Tribe."),
    "LATER_DAY": _("This day is still to come. Give today or an earlier day."),
    "SECTORS": _("Choose at least one of the sixteen kinds of partner."),
    "KINDS": _("Choose from the list."),
    "STREAMS": _("Choose from the list."),
    "AGENCY": _("This agency is not active in Careloom. Choose another, or none."),
    "AGENCY_TAKEN": _("This agency is a partner already. Open that one."),
    "TIER": _("Choose a tier. The tier of a body does not change: end it and begin another."),
    "LEAD": _("Choose which partner leads. An oversight committee has a lead agency."),
    "CONVENED_BY": _("Say what convenes the oversight committee: a statute, an executive order or a charter."),
    "REPORTS_TO": _("Say to whom the oversight committee reports, such as the governor or who acts for the governor."),
    "QUORUM": _("Give a number from 0 to 200."),
    "PARTNER": _("Choose the partner for whom the member sits."),
    "WORKER": _("This worker does not work at that partner now."),
    "WORKER_SITS": _("This worker has a seat here already."),
    "LEVEL": _("Choose from the list."),
    "OFFICE": _("Choose from the list."),
    "ONE_CHAIR": _("There is a chair already. Two who share the chair are co-chairs."),
    "AUTHORITY": _("Choose from the list."),
    "LIVED": _("Choose from the list."),
    "SUPPORTS": _("Choose from the list."),
    "DAYS": _("Give a number of business days from 0 to 260."),
    "TERM": _("A term ends after it begins."),
    "BEFORE": _("Nobody leaves before the first day. Give a later day."),
    "WORDS": _("Say it in a few words."),
    "PROCESSES": _("Write down how you work together."),
    "ROLES": _("Write down who does what."),
    "RULE": _("Choose how you decide."),
    "MISSION": _("Write down the mission."),
    "VISION": _("Write down the vision."),
    "PRINCIPLES": _("Write down the principles."),
    "EQUITY": _("Write down what you do so that all families have the same access and fare equally well."),
    "REVIEW": _("The review comes after the day of adoption."),
}
