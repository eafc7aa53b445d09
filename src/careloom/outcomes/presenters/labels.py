"""Words for themes, domains, strata and their groups."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from careloom.kernel.indicators.definition import Domain, Goal, Theme
from careloom.knowledge.words import SELF_SAID

THEMES: dict[Theme, Any] = {
    Theme.RECOVERY: lazy("Recovery"),
    Theme.REMAIN_AT_HOME: lazy("Remaining at home"),
    Theme.REUNIFICATION: lazy("Reunification"),
    Theme.RECIDIVISM: lazy("Repeat maltreatment"),
    Theme.RE_ENTRY: lazy("Re-entry"),
    Theme.PLANS: lazy("Plans of safe care"),
    Theme.SERVICES: lazy("Services"),
    Theme.BIRTHS: lazy("Births"),
    Theme.FAIRNESS: lazy("Fairness"),
    Theme.PARTNERSHIP: lazy("The partnership"),
    Theme.FEDERAL: lazy("Federal counts"),
}
FIVE = (Theme.RECOVERY, Theme.REMAIN_AT_HOME, Theme.REUNIFICATION, Theme.RECIDIVISM, Theme.RE_ENTRY)
DOMAINS: dict[Domain, Any] = {
    Domain.CHILD: lazy("Children"),
    Domain.ADULT: lazy("Parents"),
    Domain.FAMILY: lazy("Families"),
    Domain.PARTNERSHIP: lazy("The partnership"),
}
GOALS: dict[Goal, Any] = {Goal.UP: lazy("Higher"), Goal.DOWN: lazy("Lower"), Goal.KNOWN: lazy("To be known")}
STRATA: dict[str, Any] = {
    "race": lazy("Race"),
    "ethnicity": lazy("Ethnicity"),
    "language": lazy("Language"),
    "county": lazy("County"),
    "payer": lazy("Payer"),
    "disability": lazy("Disability"),
    "site": lazy("Provider"),
    "nation": lazy("Nation"),
    "exposure": lazy("Kind of exposure"),
    "arm": lazy("Pilot, comparison or policy"),
    "region": lazy("Region"),
    "reason": lazy("Why"),
}
GROUPS: dict[str, Any] = {
    **SELF_SAID,
    "NOT_HISPANIC": lazy("Not Hispanic or Latino"),
    "MULTIPLE": lazy("More than one"),
    "TWO_OR_MORE": lazy("More than one"),
    "OTHER": lazy("Another"),
    "OTHERS": lazy("All others together"),
    "UNKNOWN": lazy("Not known"),
    "en": lazy("English"),
    "es": lazy("Spanish"),
    "MEDICAID": lazy("Medicaid"),
    "PRIVATE": lazy("Private insurance"),
    "COMMERCIAL": lazy("Private insurance"),
    "UNINSURED": lazy("No insurance"),
    "SELF_PAY": lazy("No insurance"),
    "YES": lazy("Yes"),
    "NO": lazy("No"),
    "pilot": lazy("Pilot sites"),
    "comparison": lazy("Comparison sites"),
    "blind_notice": lazy("Policy: notice without names"),
    "child_welfare_leads": lazy("Policy: child welfare leads each plan"),
    "report_based": lazy("Policy: by report"),
    "PLAN": lazy("A health plan"),
    "MEDICARE": lazy("Medicare"),
    "TRICARE": lazy("TRICARE"),
    "NONE": lazy("No insurance"),
    "MOUD": lazy("Medicine for opioid use disorder"),
    "PRESCRIBED_OPIOID": lazy("A prescribed opioid"),
    "OPIOID": lazy("Another opioid"),
    "METHAMPHETAMINE": lazy("Methamphetamine"),
    "COCAINE": lazy("Cocaine"),
    "ALCOHOL": lazy("Alcohol"),
    "CANNABIS": lazy("Cannabis"),
    "SEVERAL": lazy("Several substances"),
}
# What one must know of counties that live under one policy, before one compares them.
POLICIES: dict[str, Any] = {
    "blind_notice": lazy(
        "Hospitals here tell the state of each affected infant without names. Child welfare hears only where somebody worries about safety; "
        "families make their plans with a hospital or a community provider."
    ),
    "child_welfare_leads": lazy(
        "Hospitals here tell child welfare of each affected infant, and child welfare makes nearly every plan. More reports are screened in because "
        "more are made."
    ),
    "report_based": lazy(
        "Hospitals here have no way but a report, so they tell of fewer infants, and of those for whom they worry most. Fewer have a plan, and more "
        "are taken into care: they are another group of families, not the same families treated worse."
    ),
}


def group_words(by: str, group: str) -> str:
    """The words of a group of a stratum. A place is called by its name."""
    found = GROUPS.get(group) or GROUPS.get(group.upper())
    if found is not None:
        return str(found)
    if by in ("county", "site", "nation", "region"):
        return group.replace("_", " ")
    return group.replace("_", " ").replace("-", " ").lower().capitalize()


def stratum_words(by: str) -> str:
    """The words of a stratum."""
    return str(STRATA.get(by, by.capitalize()))


def hidden_words(reason: str) -> str:
    """Why a figure is not shown."""
    if reason == "NOT_PUBLISHED":
        return _("Not published yet")
    if reason == "TOO_EARLY":
        return _("Too early to say")
    if reason == "AWAITS":
        return _("Waits for approval")
    if reason == "WITHDRAWN":
        return _("Taken back")
    if reason == "NO_ONE_TO_COUNT":
        return _("Nobody to count")
    if reason == "TOO_EARLY":
        return _("Too early to publish: not every answer is known")
    if reason in ("STAYS", "AWAITS"):
        return _("Not published")
    if reason == "NO_LEAVE":
        return _("The Tribe owns these numbers")
    return _("Hidden, to protect people")
