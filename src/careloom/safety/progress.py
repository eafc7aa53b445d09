"""Treatment progress as an input to the safety factors: what the worker may read of it, each with its source and date (R-167).

INVARIANT: it is read as the worker who looks, so a consent opens it and nothing else; nothing of it is copied into the assessment by itself, and
what is not shared and what does not exist leave the same page.
"""

from __future__ import annotations

from uuid import UUID

from careloom.infra.access import Viewer
from careloom.treatment.codes import Sort
from careloom.treatment.queries import Shown, entries_of

#: What tells of progress: times in treatment, the five parts, the summary and visits kept. No test: a test alone says nothing about safety.
TELLS = (Sort.EPISODE, Sort.COMPONENTS, Sort.PROGRESS, Sort.ATTENDANCE)
OF_EACH = 3


def progress_of(*, viewer: Viewer, identity_id: UUID) -> list[Shown]:
    """The newest lines of each sort that `viewer` may read, newest first. One query for each table."""
    found = [line for sort in TELLS for line in entries_of(viewer=viewer, identity_id=identity_id, sort=sort, a_page=OF_EACH).rows]
    shown: list[Shown] = [line for line in found if isinstance(line, Shown)]
    return sorted(shown, key=lambda line: line.first.happened_on, reverse=True)
