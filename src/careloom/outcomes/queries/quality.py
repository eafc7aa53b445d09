"""How good the data behind a snapshot are, by site, and where they are under the line (O10)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from careloom.infra.access import Viewer
from careloom.outcomes.models import Snapshot
from careloom.outcomes.queries.numbers import sight_of
from careloom.outcomes.snapshots import places

# Of 100 rows so many must pass, by what is asked. A product rule: no federal text speaks.
LINES: Final = {"COMPLETE": 80, "TIMELY": 80, "ONCE": 98, "ORDER": 98}
FEW: Final = 11  # rows; of fewer one mistake is no verdict on a site


@dataclass(frozen=True, kw_only=True)
class Score:
    """One check at one site: `part` of `whole` rows pass; `line` is how many of 100 must."""

    site: str
    name: str
    kind: str
    part: int
    whole: int
    line: int

    @property
    def share(self) -> float:
        """How many of 100 pass."""
        return 100 * self.part / self.whole if self.whole else 100.0

    @property
    def under(self) -> bool:
        """Whether it is under the line, of enough rows to say so."""
        return self.whole >= FEW and self.share < self.line


def scores_of(*, viewer: Viewer, snapshot: Snapshot) -> list[Score]:
    """The scores that this reader may read: all for who reads exactly, a provider's own for its workers. One query."""
    sight = sight_of(viewer)
    return [one for one in _kept(snapshot) if sight.exact or (sight.site and one.site == sight.site)]


def under_the_line(snapshot: Snapshot) -> list[Score]:
    """What stands against publishing this snapshot: each check of a site that is under its line."""
    return [one for one in _kept(snapshot) if one.under]


def _kept(snapshot: Snapshot) -> list[Score]:
    path = places.home() / snapshot.folder / "rows" / "quality.json"
    if not snapshot.folder or not path.is_file():
        return []
    return [Score(**row, line=LINES[row["kind"]]) for row in json.loads(path.read_text(encoding="utf-8"))]
