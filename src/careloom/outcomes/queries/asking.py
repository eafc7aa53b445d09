"""The question of an indicator as it was put to the engine: the query that a snapshot kept beside its rows (O14)."""

from __future__ import annotations

from careloom.kernel.indicators.definition import Indicator
from careloom.outcomes.models import Snapshot
from careloom.outcomes.snapshots import places


def question_of(indicator: Indicator, snapshot: Snapshot) -> str:
    """The SQL text, or "" where the snapshot keeps none."""
    path = places.home() / snapshot.folder / "rows" / f"{indicator.code}.sql"
    return path.read_text(encoding="utf-8") if snapshot.folder and path.is_file() else ""
