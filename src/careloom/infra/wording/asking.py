"""For whom suggestions are made, and how they are drawn. Only a worker's own words: a mother writes as she likes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from careloom.infra.access import PrincipalKind, Viewer, current_viewer
from careloom.infra.wording.suggesting import Suggestion

#: The hidden field that names a free-text field, and the one that says that the writer has seen what was suggested.
FIELD, SEEN = "free_text", "words_seen"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One suggestion as it is drawn."""

    said: str
    better: str
    why: str
    start: int
    end: int


def writer() -> Viewer | None:
    """The worker who writes, or None: the mother, a supporter, a partner's link and a job get no suggestions."""
    viewer = current_viewer()
    return viewer if viewer is not None and viewer.kind is PrincipalKind.AGENCY and viewer.worker_id is not None else None


def shown(suggestions: Iterable[Suggestion]) -> list[Shown]:
    """Suggestions for a page."""
    return [Shown(said=one.said, better=one.better, why=one.why, start=one.span[0], end=one.span[1]) for one in suggestions]
