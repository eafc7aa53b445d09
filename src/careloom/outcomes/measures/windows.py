"""The periods that are asked: each has a first day, the day after its last, and how far the data reaches.

Many periods are computed in one pass: a period is a row that events are joined with, not a number in a query. Within the recipes `window` is the
number of its name, for numbers are sorted, grouped and kept in far less time and memory than words; `named` gives the names back at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

_SCHEMA = {"window": "int32", "starts_on": "date", "ends_on": "date", "cutoff_on": "date", "asked": "int32"}


@dataclass(frozen=True, kw_only=True)
class Window:
    """A period: `starts_on` is its first day, `ends_on` the day after its last, `cutoff_on` the last day the data knows (None: all of it is known).

    `realm` narrows it to one realm (None: it is asked of every realm).
    """

    name: str
    starts_on: date
    ends_on: date
    cutoff_on: date | None = None
    realm: int | None = None


def _numbers(windows: Sequence[Window]) -> dict[str, int]:
    """The number of each name: its place among the different ones, from nought."""
    return {name: place for place, name in enumerate(dict.fromkeys(w.name for w in windows))}


def named(rows: ir.Table, windows: Sequence[Window]) -> ir.Table:
    """Rows of a recipe, which was asked for these windows, with the name of each window in place of its number."""
    names = list(_numbers(windows))
    name = ibis.literal(names[0]) if len(names) == 1 else ibis.array(names)[rows.window]
    return rows.mutate(window=name)


def _table_of(windows: Sequence[Window]) -> ir.Table:
    """The windows as a table that events are joined with: window, starts_on, ends_on, cutoff_on, asked."""
    numbers = _numbers(windows)
    days = ({"starts_on": w.starts_on, "ends_on": w.ends_on, "cutoff_on": w.cutoff_on} for w in windows)
    rows = [{"window": numbers[w.name], **found, "asked": w.realm} for w, found in zip(windows, days, strict=True)]
    return ibis.memtable(rows, schema=_SCHEMA)


def _written_down(windows: Sequence[Window]) -> ir.Table:
    """Windows that ask for every realm, written into the query itself: there are few, and no library of tables is loaded for them."""
    numbers = {name: ibis.literal(number, "int32") for name, number in _numbers(windows).items()}
    rows = [ibis.struct({"window": numbers[w.name], "starts_on": w.starts_on, "ends_on": w.ends_on, "cutoff_on": _day(w.cutoff_on)}) for w in windows]
    asks = ibis.array(rows).unnest().name("asks").as_table()
    return asks.select(**{name: asks.asks[name] for name in ("window", "starts_on", "ends_on", "cutoff_on")})


def seen_in(table: ir.Table, windows: Sequence[Window]) -> ir.Table:
    """Each row beside each window that asks for its realm. What is the same for all windows becomes a constant, which the engine pushes down."""
    everywhere, cutoffs = all(w.realm is None for w in windows), {w.cutoff_on for w in windows}
    if len(windows) == 1 and everywhere:
        (w,) = windows
        return table.mutate(
            window=ibis.literal(0, "int32"), starts_on=ibis.literal(w.starts_on), ends_on=ibis.literal(w.ends_on), cutoff_on=_day(w.cutoff_on)
        )
    if everywhere:
        asked = _written_down(windows)
        return table.cross_join(asked.mutate(cutoff_on=_day(*cutoffs)) if len(cutoffs) == 1 else asked)
    asked = _table_of(windows)
    if all(w.realm is not None for w in windows):
        return table.join(asked, table.realm == asked.asked).drop("asked")
    return table.cross_join(asked).filter(lambda t: t.asked.isnull() | (t.asked == t.realm)).drop("asked")


def _day(day: date | None) -> ir.DateScalar:
    return ibis.null("date") if day is None else ibis.literal(day)


def happened_in(table: ir.Table, windows: Sequence[Window], *, day: str = "on_date") -> ir.Table:
    """The rows whose day lies in a window and is known by its cut-off, each beside that window."""
    seen = seen_in(table, windows)
    known = seen.cutoff_on.isnull() | (seen[day] <= seen.cutoff_on)
    return seen.filter(known & (seen[day] >= seen.starts_on) & (seen[day] < seen.ends_on))
