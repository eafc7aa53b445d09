"""What may be shared, in plain-word groups, and which kind of paper a holder needs for it. Source: 42 CFR 2.31; law.md 1.4."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency
from careloom.kernel.agency_kinds import AgencyKind

# INVARIANT: counseling notes and proceedings are in no group. Each needs a form of its own (42 CFR 2.31(b), (d)).
GROUPS: dict[str, tuple[str, ...]] = {
    "PLAN": ("posc.plan_core", "posc.referral_status"),
    "HEALTH": ("hipaa.ob_record", "hipaa.newborn_record", "hipaa.mental_health"),
    "TREATMENT": ("part2.presence", "posc.plan_part2_segment"),
    "ATTENDANCE": ("part2.attendance",),
    "MEDICINE": ("part2.medication",),
    "TESTS": ("part2.drug_screens",),
}
PROGRAM_ONLY = frozenset({"ATTENDANCE", "MEDICINE", "TESTS"})
LABELS: dict[str, Any] = {
    "PLAN": _("Plan and visits"),
    "HEALTH": _("Birth and health"),
    "TREATMENT": _("That I am in treatment"),
    "ATTENDANCE": _("Visits kept"),
    "MEDICINE": _("Medicine"),
    "TESTS": _("Test results"),
}
HINTS: dict[str, Any] = {
    "PLAN": _("Needs, goals, the care team, reviews, and how each referral goes"),
    "HEALTH": _("Pregnancy care, the baby’s health, how she feels"),
    "TREATMENT": _("The program’s name, and the parts of the plan that show it"),
    "ATTENDANCE": _("Dates and numbers, no notes"),
    "MEDICINE": _("Name and dose"),
    "TESTS": _("With their meaning"),
}
PURPOSES: dict[str, Any] = {
    "care_coordination": _("Plan together"),
    "posc_monitoring": _("Follow how the plan goes"),
    "treatment": _("Treat"),
}
# These read for proceedings or for federal reports: no purpose of this form is theirs (42 CFR 2.31(d)).
NOT_BY_THIS_FORM = frozenset({AgencyKind.COURT.value, AgencyKind.STATE_OVERSIGHT.value})
# What a form may end with in place of a day: an event of hers or of what it is for (42 CFR 2.31(a)(7)).
CASE_CLOSES, PLAN_CLOSES = "cps_case_closed", "plan_closed"
EVENTS: dict[str, Any] = {PLAN_CLOSES: _("When the plan closes"), CASE_CLOSES: _("When the case closes")}
EVENT_HINTS: dict[str, Any] = {
    PLAN_CLOSES: _("Closing the plan ends it by itself"),
    CASE_CLOSES: _("The child welfare case. A worker writes it down"),
}


def groups_for(agency: Agency) -> tuple[str, ...]:
    """The groups that the record of `agency` can hold."""
    return tuple(key for key in GROUPS if agency.is_part2_program or key not in PROGRAM_ONLY)


def information_of(groups: Iterable[str]) -> tuple[str, ...]:
    """The categories of some groups, in the order of the form."""
    chosen = set(groups)
    return tuple(category for key, categories in GROUPS.items() if key in chosen for category in categories)


def groups_of(information: Iterable[str]) -> list[str]:
    """The groups that hold any of these categories."""
    named = set(information)
    return [key for key, categories in GROUPS.items() if named & set(categories)]


def kind_for(*, holder: Agency, information: Iterable[str], own_people_only: bool = False) -> str:
    """The kind of paper: a full release for a Part 2 program and for whatever reveals treatment, else the lighter one that fits.

    To her own people alone a covered entity may tell what concerns their help when she agrees; no authorization is needed (45 CFR 164.510(b)).
    """
    words = set(information)
    if holder.is_part2_program or any(one.startswith("part2.") or one == "posc.plan_part2_segment" for one in words):
        return "specific"
    health = any(one.startswith("hipaa.") for one in words)
    return "hipaa_authorization" if health and holder.is_covered_entity and not own_people_only else "plan_agreement"


def recipients_for(holder: Agency) -> list[Agency]:
    """Every agency that this form may name, by the name that it uses outside. One query."""
    others = Agency.objects.filter(active=True).exclude(pk=holder.pk).exclude(kind__in=NOT_BY_THIS_FORM)
    return sorted(others, key=lambda agency: agency.name_outside)
