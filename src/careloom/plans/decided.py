"""What the partnership of a place decided about plans, as the plans there follow it (R-015).

A place that has decided nothing is free: every way is open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from careloom.agencies.models import Agency
from careloom.changes.queries import Decided, decided_for
from careloom.infra.access import Viewer
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.partnership.changes import Question

LEADING: Final = {
    "HEALTH": frozenset({AgencyKind.HOSPITAL, AgencyKind.OB_CLINIC, AgencyKind.PEDIATRIC_CLINIC}),
    "TREATMENT": frozenset({AgencyKind.PART2_PROGRAM}),
    "WELFARE": frozenset({AgencyKind.CPS_AGENCY}),
}


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The answers that count here, by question, and what follows from them."""

    answers: dict[Question, Decided] = field(default_factory=dict)

    def choice(self, question: Question) -> str:
        """The code that was chosen; empty while nobody answered."""
        return self.answers[question].choice if question in self.answers else ""

    @property
    def before_birth(self) -> bool:
        """Whether a plan may begin before the birth."""
        return self.choice(Question.PRENATAL) != "NO"

    @property
    def local_template(self) -> bool:
        """Whether an agency's local template counts; not where the place decided for what Careloom asks."""
        return self.choice(Question.CONTENT) != "PRODUCT"

    @property
    def in_record(self) -> bool:
        """Whether a copy may go into the medical record."""
        return self.choice(Question.RECORD) != "NO"

    @property
    def leading(self) -> frozenset[AgencyKind]:
        """The kinds of agency that lead here; none where it is open or depends on the level."""
        return LEADING.get(self.choice(Question.ROLES), frozenset())

    @property
    def usual_form(self) -> str:
        """How a copy is usually given: PAPER, or SCREEN where plans are kept electronically."""
        return "SCREEN" if self.choice(Question.FORMAT) == "ELECTRONIC" else "PAPER"


def rules_of(viewer: Viewer) -> Rules:
    """The rules that the reader's agency is bound by. Two queries."""
    place = Agency.objects.filter(pk=viewer.holder_id).values_list("county", flat=True).first() or ""
    return Rules(answers=decided_for(viewer=viewer, place=place))
