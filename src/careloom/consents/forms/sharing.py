"""What may be shared, in plain-word groups, why, until when, and which kind of paper a holder needs for it. Source: 42 CFR 2.31; law.md 1.4."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency
from careloom.kernel.agency_kinds import AgencyKind

# INVARIANT: counseling notes, psychotherapy notes and proceedings are in no group of the usual form. Each needs one of its own
# (42 CFR 2.31(b), (d); 45 CFR 164.508(b)(3)(ii)).
GROUPS: dict[str, tuple[str, ...]] = {
    "PLAN": ("posc.plan_core", "posc.referral_status"),
    "HEALTH": ("hipaa.ob_record", "hipaa.newborn_record", "hipaa.mental_health"),
    "TELLS": ("hipaa.toxicology",),
    "TREATMENT": ("part2.presence", "posc.plan_part2_segment"),
    "SUMMARY": ("part2.treatment_summary",),
    "ATTENDANCE": ("part2.attendance",),
    "MEDICINE": ("part2.medication",),
    "TESTS": ("part2.drug_screens",),
    "CASE": ("cw.case_plan",),
    "PAST": ("cw.history",),
}
# What one of the separate forms may be about, beside the groups above.
APART: dict[str, tuple[str, ...]] = {
    "ALL_TREATMENT": ("part2.full_record",),
    "BILLS": ("part2.billing",),
    "NOTES": ("part2.counseling_notes",),
    "THERAPY": ("hipaa.psychotherapy_notes",),
}
EVERY_GROUP = GROUPS | APART
PROGRAM_ONLY = frozenset({"SUMMARY", "ATTENDANCE", "MEDICINE", "TESTS", "ALL_TREATMENT", "BILLS", "NOTES"})
#: What only child welfare and a Tribe keep. Neither the report nor the safety assessment is in a group: she does not sign those away.
CASE_ONLY = frozenset({"CASE", "PAST"})
CASE_KINDS = frozenset({AgencyKind.CPS_AGENCY.value, AgencyKind.TRIBAL_ICWA.value})
LABELS: dict[str, Any] = {
    "PLAN": _("Plan and visits"),
    "HEALTH": _("Birth and health"),
    "TELLS": _("Tests and diagnoses that tell about substance use"),
    "TREATMENT": _("That I am in treatment"),
    "SUMMARY": _("How treatment goes"),
    "ATTENDANCE": _("Visits kept"),
    "MEDICINE": _("Medicine"),
    "TESTS": _("Test results"),
    "CASE": _("The case plan"),
    "PAST": _("Earlier child welfare involvement"),
    "ALL_TREATMENT": _("All of my treatment record"),
    "BILLS": _("Bills for treatment"),
    "NOTES": _("My counselor’s notes"),
    "THERAPY": _("My therapist’s private notes"),
}
HINTS: dict[str, Any] = {
    "PLAN": _("Needs, goals, the care team, reviews, and how each referral goes"),
    "HEALTH": _("Pregnancy care, the baby’s health, how she feels. Nothing that tells about substance use"),
    "TELLS": _("What a test, a diagnosis or a medicine tells of it, in her record or in the baby’s"),
    "TREATMENT": _("The program’s name, and the parts of the plan that show it"),
    "SUMMARY": _("A short summary of progress, no notes"),
    "ATTENDANCE": _("Dates and numbers, no notes"),
    "MEDICINE": _("Name and dose"),
    "TESTS": _("With their meaning"),
    "CASE": _("Goals, services, reviews, hearings and visits. Nothing of the report or the safety assessment"),
    "PAST": _("Dates, kind and outcome, no story. Who reads it says why, and you see that"),
    "ALL_TREATMENT": _("Everything the program keeps, but never a counselor’s notes"),
    "BILLS": _("What was done and what it costs"),
    "NOTES": _("What was said in counseling, kept apart from the rest"),
    "THERAPY": _("What was said in therapy, kept apart from the rest"),
}
PURPOSES: dict[str, Any] = {
    "care_coordination": _("Plan together"),
    "posc_monitoring": _("Follow how the plan goes"),
    "treatment": _("Treat"),
}
# Purposes of the separate forms.
OTHER_PURPOSES: dict[str, Any] = {
    "payment": _("Pay for care"),
    "health_care_operations": _("Run the clinic and check its quality"),
    "dependency_proceeding": _("Decide in family court"),
    "permanency_hearing": _("Decide where my child will live"),
    "criminal_proceeding": _("Decide in criminal court"),
    "criminal_justice_monitoring": _("Follow what a criminal court ordered"),
    "pdmp_reporting": _("Report medicine to the state’s prescription list"),
    "research": _("Do a study"),
}
WHY = PURPOSES | OTHER_PURPOSES
# These read for proceedings or for federal reports: no purpose of the usual form is theirs (42 CFR 2.31(d)).
NOT_BY_THIS_FORM = frozenset({AgencyKind.COURT.value, AgencyKind.STATE_OVERSIGHT.value})
# What a form may end with in place of a day: an event of hers or of what it is for (42 CFR 2.31(a)(7)).
CASE_CLOSES, PLAN_CLOSES = "cps_case_closed", "plan_closed"
TREATMENT_ENDS, DISPOSITION, COURT_CASE_ENDS, STUDY_ENDS = "treatment_ended", "final_disposition", "court_case_ended", "study_ended"
NO_END = "none"  # only for treatment, payment and operations, or research
EVENTS: dict[str, Any] = {
    PLAN_CLOSES: _("When the plan closes"),
    CASE_CLOSES: _("When the case closes"),
    TREATMENT_ENDS: _("When treatment ends"),
    COURT_CASE_ENDS: _("When this court case is over"),
    DISPOSITION: _("When the criminal matter is finally decided"),
    STUDY_ENDS: _("When the study ends"),
    NO_END: _("When she stops it"),
}
EVENT_HINTS: dict[str, Any] = {
    PLAN_CLOSES: _("Closing the plan ends it by itself"),
    CASE_CLOSES: _("The child welfare case. A worker writes it down"),
    TREATMENT_ENDS: _("A worker writes it down"),
    COURT_CASE_ENDS: _("A worker writes it down"),
    DISPOSITION: _("A worker writes it down. It can hold no longer (42 CFR 2.35)"),
    STUDY_ENDS: _("A worker writes it down"),
    NO_END: _("No day and no event. It holds until then"),
}


def groups_for(agency: Agency) -> tuple[str, ...]:
    """The groups that the record of `agency` can hold and the usual form may open."""
    program, has_cases = agency.is_part2_program, agency.kind in CASE_KINDS
    return tuple(key for key in GROUPS if (program or key not in PROGRAM_ONLY) and (has_cases or key not in CASE_ONLY))


def information_of(groups: Iterable[str]) -> tuple[str, ...]:
    """The categories of some groups, in the order of the form."""
    chosen = set(groups)
    return tuple(category for key, categories in EVERY_GROUP.items() if key in chosen for category in categories)


def groups_of(information: Iterable[str]) -> list[str]:
    """The groups that hold any of these categories."""
    named = set(information)
    return [key for key, categories in EVERY_GROUP.items() if named & set(categories)]


def kind_for(*, holder: Agency, information: Iterable[str], own_people_only: bool = False) -> str:
    """The kind of paper: a full release for a Part 2 program and for whatever reveals treatment, else the lighter one that fits.

    To her own people alone a covered entity may tell what concerns their help when she agrees; no authorization is needed (45 CFR 164.510(b)).
    """
    words = set(information)
    if holder.is_part2_program or any(one.startswith("part2.") or one == "posc.plan_part2_segment" for one in words):
        return "specific"
    health = any(one.startswith("hipaa.") for one in words)
    return "hipaa_authorization" if health and holder.is_covered_entity and not own_people_only else "plan_agreement"


def recipients_for(holder: Agency, *, kinds: Iterable[str] | None = None) -> list[Agency]:
    """Every agency that a form may name, by the name that it uses outside; of these kinds, or of all that the usual form may name. One query."""
    others = Agency.objects.filter(active=True).exclude(pk=holder.pk)
    others = others.exclude(kind__in=NOT_BY_THIS_FORM) if kinds is None else others.filter(kind__in=list(kinds))
    return sorted(others, key=lambda agency: agency.name_outside)
