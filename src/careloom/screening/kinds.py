"""Under which kind of record answers lie: by what they are about and by who holds them. Source: law.md 0.4; interop.md 0.3."""

from __future__ import annotations

from careloom.agencies.models import Agency
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.disclosure import Category

#: Never printed and never shared, whoever holds them (34 U.S.C. 12291(b)(2)).
PRIVATE_TOPICS = frozenset({"safe-at-home"})
INFANT = "infant"
_OF_PROGRAM = {"progress": Category.PART2_TREATMENT_SUMMARY}
_OF_HEALTH = {
    "substance-use": Category.HIPAA_TOXICOLOGY, "progress": Category.HIPAA_TOXICOLOGY, "mood": Category.HIPAA_MENTAL_HEALTH,
    "newborn": Category.HIPAA_NEWBORN_RECORD, "development": Category.HIPAA_NEWBORN_RECORD,
}  # fmt: skip
_OF_OTHERS = {
    "substance-use": Category.POSC_PLAN_PART2_SEGMENT, "progress": Category.POSC_PLAN_PART2_SEGMENT, "mood": Category.HIPAA_MENTAL_HEALTH,
}  # fmt: skip


def category_of(*, topic: str, agency: Agency) -> str:
    """The kind of record that answers about a topic are in an agency's hands.

    INVARIANT: what a Part 2 program asked is its record (42 CFR 2.11), and what tells about substance use is never kept beside what a consent
    on the plan or on the birth opens.
    """
    if topic in PRIVATE_TOPICS:
        return Category.DV_VICTIM_RECORD.value
    if agency.is_part2_program:
        return _OF_PROGRAM.get(topic, Category.PART2_FULL_RECORD).value
    if agency.kind == AgencyKind.CPS_AGENCY:
        return Category.CW_CASE_RECORD.value
    if agency.is_covered_entity:
        return _OF_HEALTH.get(topic, Category.HIPAA_OB_RECORD).value
    if agency.kind == AgencyKind.EARLY_INTERVENTION and topic == "development":
        return Category.EDU_PARTC.value
    return _OF_OTHERS.get(topic, Category.POSC_PLAN_CORE).value
