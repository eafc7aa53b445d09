"""The extract as a recipe sees it: the tables as they are, and the stays in care made ready once for all measures that follow them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from careloom.outcomes.measures.days import FAR, birthday, length
from careloom.outcomes.measures.joins import known_of
from careloom.outcomes.measures.rows import SUBJECT

SHORTEST_STAY = 8  # days; a shorter stay is no entry into care for the statewide indicators
ADULT = 18


@dataclass(frozen=True, kw_only=True)
class Extract:
    """The tables of one extract by name, and `care`: stays in care that count (see :func:`care`).

    `store` writes rows down under a name where the engine can keep them for the time of a run (DuckDB); Spark plans each query as a whole.
    """

    tables: Mapping[str, ir.Table]
    care: ir.Table
    store: Callable[[str, ir.Table], ir.Table] | None = None
    _kept: dict[Hashable, ir.Table] = field(default_factory=dict)

    def __getitem__(self, name: str) -> ir.Table:
        return self.tables[name]

    def kept(self, what: Hashable, make: Callable[[], ir.Table]) -> ir.Table:
        """Rows that several indicators ask for: worked out once for each `what`."""
        if what not in self._kept:
            rows = make()
            self._kept[what] = rows if self.store is None else self.store(f"extract_kept_{len(self._kept)}", rows)
        return self._kept[what]


def care(*, episodes: ir.Table, subjects: ir.Table) -> ir.Table:
    """Stays in care that the statewide indicators follow, each with the days on which the same child entered before it (`before_on`) and next.

    A stay under eight days is invisible, and so is one that begins at eighteen or later (CFSR round 4). `adult_on` is the child's 18th birthday;
    `settled_on` the day the stay is held to have ended: a trial home visit counts for its first 30 days when the child went home from it.
    """
    born = subjects.select("realm", "subject", "born_on")
    known = known_of(episodes, born, SUBJECT).mutate(adult_on=lambda t: birthday(t.born_on, years=ADULT).fill_null(FAR))
    long_enough = known.left_on.isnull() | (length(known.left_on, known.entered_on) >= SHORTEST_STAY)
    minor = known.entered_on < known.adult_on
    following = ibis.window(group_by=SUBJECT, order_by=["entered_on", "episode"])
    stays = known.filter(long_enough & minor).drop("born_on")
    return stays.mutate(before_on=stays.entered_on.lag().over(following), next_on=stays.entered_on.lead().over(following))
