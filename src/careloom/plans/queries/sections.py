"""What is written, ticked off, owned and signed in the sections of a plan, and how its members take part, as the viewer may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from careloom.infra.access import Viewer
from careloom.plans.models import (
    BetweenVisits,
    Involvement,
    Participation,
    PlanCopy,
    PlanRow,
    Preference,
    SectionCheck,
    SectionOwner,
    SectionSignature,
    SectionText,
    SignedLine,
    Tension,
)

Row = TypeVar("Row", bound=PlanRow)


@dataclass(frozen=True, kw_only=True)
class SectionRows:
    """The rows of all sections of one plan, oldest first."""

    texts: tuple[SectionText, ...]
    checks: tuple[SectionCheck, ...]
    owners: tuple[SectionOwner, ...]
    signatures: tuple[SectionSignature, ...]
    participation: tuple[Participation, ...]
    tensions: tuple[Tension, ...]
    preferences: tuple[Preference, ...]
    involvements: tuple[Involvement, ...]
    copies: tuple[PlanCopy, ...]

    def rows(self) -> list[PlanRow]:
        """Every row that is shown, for the accounting."""
        return [
            *self.texts, *self.checks, *self.owners, *self.signatures, *self.participation, *self.tensions, *self.preferences, *self.involvements,
            *self.copies,
        ]  # fmt: skip

    def owner_of(self, section: str) -> SectionOwner | None:
        """Who answers for a section, where the viewer may know it."""
        return next((row for row in self.owners if row.section == section), None)

    def signed(self, section: str, *, who: str) -> list[SectionSignature]:
        """The signatures of a section of one kind (AGENCY, FAMILY), newest first."""
        return [row for row in reversed(self.signatures) if row.section == section and row.who == who]

    def is_older(self, signature: SectionSignature) -> bool:
        """Whether something that the viewer sees was written in the section after it was signed."""
        written = (*self.texts, *self.checks)
        return any(row.section == signature.section and row.changed_at > signature.made_at for row in written)


def section_rows(*, viewer: Viewer, plan_id: UUID) -> SectionRows:
    """All of it in nine queries, whatever the plan holds."""
    return SectionRows(
        texts=_rows(SectionText, viewer, plan_id),
        checks=_rows(SectionCheck, viewer, plan_id),
        owners=tuple(row for row in _rows(SectionOwner, viewer, plan_id) if row.ended_at is None),
        signatures=_rows(SectionSignature, viewer, plan_id),
        participation=_rows(Participation, viewer, plan_id),
        tensions=_rows(Tension, viewer, plan_id),
        preferences=_rows(Preference, viewer, plan_id),
        involvements=_rows(Involvement, viewer, plan_id),
        copies=_rows(PlanCopy, viewer, plan_id),
    )


@dataclass(frozen=True, kw_only=True)
class HerSections:
    """What she reads before she signs: texts and things of every section, all signatures, and the lines that she signed, oldest first."""

    texts: tuple[SectionText, ...]
    checks: tuple[SectionCheck, ...]
    signatures: tuple[SectionSignature, ...]
    signed_lines: tuple[SignedLine, ...]

    def rows(self) -> list[PlanRow]:
        """Every row that is shown, for the accounting."""
        return [*self.texts, *self.checks, *self.signatures, *self.signed_lines]


def her_sections(*, viewer: Viewer, plan_id: UUID) -> HerSections:
    """All that is written in the sections of her plan for her to sign, in four queries."""
    return HerSections(
        texts=_rows(SectionText, viewer, plan_id), checks=_rows(SectionCheck, viewer, plan_id),
        signatures=_rows(SectionSignature, viewer, plan_id), signed_lines=_rows(SignedLine, viewer, plan_id),
    )  # fmt: skip


def between_visits(*, viewer: Viewer, plan_id: UUID, most: int = 10) -> list[BetweenVisits]:
    """What she answered between visits, newest first. One query."""
    return list(BetweenVisits.objects.seen_by(viewer).filter(plan_id=plan_id).order_by("-made_at", "pk")[:most])


def preferences_of(*, viewer: Viewer, plan_id: UUID) -> list[Preference]:
    """How help should be given, in the words of everybody whom the viewer may read: hers first. One query."""
    rows = Preference.objects.seen_by(viewer).filter(plan_id=plan_id).order_by("changed_at", "pk")
    return sorted(rows, key=lambda row: row.provenance != "self_reported")


def _rows(model: type[Row], viewer: Viewer, plan_id: UUID) -> tuple[Row, ...]:
    return tuple(model.objects.seen_by(viewer).filter(plan_id=plan_id).order_by("made_at", "id"))
