"""The periods that are asked: each has a first day, the day after its last, and how far the data reaches.

Many periods are computed in one pass: a period is a row that events are joined with, not a number in a query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir
import pyarrow as pa

_SCHEMA = pa.schema(
    [("window", pa.string()), ("starts_on", pa.date32()), ("ends_on", pa.date32()), ("cutoff_on", pa.date32()), ("asked", pa.int32())]
)


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


def table_of(windows: Sequence[Window]) -> ir.Table:
    """The windows as a table that events are joined with: window, starts_on, ends_on, cutoff_on, asked."""
    rows = [{"window": w.name, "starts_on": w.starts_on, "ends_on": w.ends_on, "cutoff_on": w.cutoff_on, "asked": w.realm} for w in windows]
    return ibis.memtable(pa.Table.from_pylist(rows, schema=_SCHEMA))


def _written_down(windows: Sequence[Window]) -> ir.Table:
    """Windows that ask for every realm, written into the query itself: there are few, and no library of tables is loaded for them."""
    rows = [ibis.struct({"window": w.name, "starts_on": w.starts_on, "ends_on": w.ends_on, "cutoff_on": _day(w.cutoff_on)}) for w in windows]
    asks = ibis.array(rows).unnest().name("asks").as_table()
    return asks.select(**{name: asks.asks[name] for name in ("window", "starts_on", "ends_on", "cutoff_on")})


def seen_in(table: ir.Table, windows: Sequence[Window]) -> ir.Table:
    """Each row beside each window that asks for its realm. What is the same for all windows becomes a constant, which the engine pushes down."""
    everywhere, cutoffs = all(w.realm is None for w in windows), {w.cutoff_on for w in windows}
    if len(windows) == 1 and everywhere:
        (w,) = windows
        return table.mutate(
            window=ibis.literal(w.name), starts_on=ibis.literal(w.starts_on), ends_on=ibis.literal(w.ends_on), cutoff_on=_day(w.cutoff_on)
        )
    if everywhere:
        asked = _written_down(windows)
        return table.cross_join(asked.mutate(cutoff_on=_day(*cutoffs)) if len(cutoffs) == 1 else asked)
    asked = table_of(windows)
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
