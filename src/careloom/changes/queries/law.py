"""The legal scan with the definition in force, and the six questions of each place. Source: R-015, R-224."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from careloom.changes.actions.law import places_of
from careloom.changes.models import Definition, PlaceAnswer, Statute
from careloom.infra.access import Viewer
from careloom.kernel.partnership.changes import Question
from careloom.partnership.standing import Standing, standing_of


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question at a place: the answer that counts, and what was answered before, newest first."""

    question: Question
    place: str
    now: PlaceAnswer | None
    before: tuple[PlaceAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class Legal:
    """The laws that stand, and the definitions, newest first."""

    standing: Standing
    statutes: tuple[Statute, ...]
    definitions: tuple[Definition, ...]


def legal(*, viewer: Viewer, collaborative_id: UUID) -> Legal:
    """The legal scan. Five queries. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    return Legal(
        standing=standing, statutes=tuple(Statute.objects.filter(collaborative_id=collaborative_id, ends_on=None).order_by("kind", "citation")[:200]),
        definitions=tuple(Definition.objects.filter(collaborative_id=collaborative_id).select_related("body").order_by("-version")[:50]),
    )  # fmt: skip


def questions(*, viewer: Viewer, collaborative_id: UUID) -> tuple[Asked, ...]:
    """The six questions of each place, in order. Four queries. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    told: dict[tuple[str, str], list[PlaceAnswer]] = {}
    for row in PlaceAnswer.objects.filter(collaborative_id=collaborative_id).order_by("-version")[:1000]:
        told.setdefault((row.place, row.question), []).append(row)
    found = []
    for place in places_of(standing):
        for question in Question:
            rows = told.get((place, question.value), [])
            found.append(Asked(question=question, place=place, now=rows[0] if rows else None, before=tuple(rows[1:])))
    return tuple(found)
