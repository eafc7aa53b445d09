"""Each sort of entry: its tables with their categories, who may write it, and what may not be left out.

An entry may lie in two tables under one id, where a consent can open one part of it and not the other (an episode, and how it ended).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from careloom.agencies.models import Agency
from careloom.infra.access import Viewer
from careloom.kernel.agency_kinds import AgencyKind as K
from careloom.kernel.disclosure import Category
from careloom.treatment import models as m
from careloom.treatment.codes import Sort
from careloom.treatment.models.entry import Entry


@dataclass(frozen=True, kw_only=True)
class Part:
    """One table of a sort: the category at a treatment program, and the values that lie in it."""

    model: type[Entry]
    category: Category
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A sort. `program_only`: only a program writes it; others write what she tells them. `by_front_line`: who writes plans writes it too."""

    parts: tuple[Part, ...]
    program_only: bool = True
    by_front_line: bool = False

    @property
    def main(self) -> type[Entry]:
        """The table that holds the version and the request key that count."""
        return self.parts[0].model


def _rule(model: type[Entry], category: Category, *fields: str, **kwargs: bool) -> Rule:
    return Rule(parts=(Part(model=model, category=category, fields=fields),), **kwargs)


_SUMMARY, _WHOLE = Category.PART2_TREATMENT_SUMMARY, Category.PART2_FULL_RECORD
RULES: Mapping[Sort, Rule] = {
    Sort.EPISODE: Rule(
        parts=(
            Part(model=m.Episode, category=Category.PART2_PRESENCE, fields=("program", "elsewhere", "ends_on", "admission_id")),
            Part(model=m.EpisodeOutcome, category=_SUMMARY, fields=("level", "ended_how")),
        ),
        program_only=False,
    ),
    Sort.COMPONENTS: _rule(m.Components, _SUMMARY, "medication", "counseling", "support", "services", "testing", "words"),
    Sort.PROGRESS: _rule(m.Progress, _SUMMARY, "goals", "schedule", "going", "supports"),
    Sort.ATTENDANCE: _rule(m.Attendance, Category.PART2_ATTENDANCE, "from_on", "band"),
    Sort.MEDICINE: _rule(m.Medicine, Category.PART2_MEDICATION, "code", "dose", "prescriber", "pregnant", "ends_on", program_only=False),
    Sort.DIAGNOSIS: _rule(m.Diagnosis, Category.PART2_DIAGNOSIS, "text", "code"),
    Sort.MEETING: _rule(m.Meeting, _SUMMARY, "present", "she_took_part", "going", "supports", "her_words", "next_on", "copy_given_on", "copy_how"),
    Sort.TEST: _rule(m.DrugTest, Category.PART2_DRUG_SCREENS, "specimen", "result", "found", "reviewer", "reviewed_on", "meaning"),
    Sort.RETURN: _rule(m.ReturnToUse, _WHOLE, "told_by", "words", "helps_now", program_only=False),
    Sort.SUPPORT: _rule(m.SupportPlan, _WHOLE, "triggers", "skills", "people", "caregivers", "naloxone", program_only=False),
    Sort.EDUCATION: _rule(m.Education, _SUMMARY, "topics", "how", "language", "given_by", "her_questions", program_only=False, by_front_line=True),
    Sort.CHECK_IN: _rule(m.CheckIn, _WHOLE, "born_on", "held_on", "stresses", "words", "helps", program_only=False, by_front_line=True),
    Sort.GOAL_CHECK: _rule(m.GoalCheck, _SUMMARY, "goal_kind", "goal_id", "goal", "answer", "words"),
}
#: Child welfare, courts and payers read what is opened to them. They keep no treatment record, so that none of theirs can pass for a program's.
NEVER_WRITE = frozenset(
    {K.CPS_AGENCY, K.COURT, K.STATE_OVERSIGHT, K.HEALTH_PLAN, K.MEDICAID_AGENCY, K.HOUSING, K.WIC, K.DV_PROGRAM, K.OTHER}
)  # fmt: skip


def category_of(part: Part, *, agency: Agency) -> str:
    """Where a part is filed. A program's own words are Part 2 (42 CFR 2.11, 2.12(e)); the same told to a hospital is its ordinary record, kept
    apart because it tells of substance use; told to another helper it is the part of the plan that names treatment."""
    if agency.is_part2_program:
        return part.category.value
    return Category.HIPAA_TOXICOLOGY.value if agency.is_covered_entity else Category.POSC_PLAN_PART2_SEGMENT.value


def may_write(sort: Sort, *, by: Viewer, agency: Agency) -> bool:
    """Whether a worker may write this sort in her agency."""
    rule = RULES[sort]
    if agency.kind in NEVER_WRITE or (rule.program_only and not agency.is_part2_program):
        return False
    return by.can("TREATMENT_WRITE") or (rule.by_front_line and by.can("PLAN_WRITE"))


def split(sort: Sort, values: Mapping[str, Any]) -> list[tuple[Part, dict[str, Any]]]:
    """The values of an entry, each with the table in which it lies."""
    return [(part, {name: values[name] for name in part.fields if name in values}) for part in RULES[sort].parts]
