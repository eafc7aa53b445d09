"""From two counts of rows to the share that may be shown: small counts stay hidden as in the numbers of the population. Pure.

The last three and the nine months before are one table, so that nobody subtracts three months from twelve and finds a family.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from careloom.kernel.suppression import HOUSE_SETTINGS, Cell, publish_share, publish_table

#: Below twice the smallest count that is shown even "fewer than half" would leave too few numbers to choose from.
_HALVES = 2 * HOUSE_SETTINGS.threshold


class How(IntEnum):
    """How often a field is filled, the most seldom first: the order of the report."""

    NEVER = 0
    SELDOM = 1  # the count is hidden, and it is fewer than half
    SHARE = 2
    OFTEN = 3  # the count is hidden, and it is half or more
    HIDDEN = 4  # nothing may be said of it
    FEW = 5  # too few rows to say anything


@dataclass(frozen=True, kw_only=True)
class Share:
    """What may be said: `rows` is None where it is hidden, `percent` (0 to 100, one decimal) only with SHARE."""

    how: How
    rows: int | None
    percent: float | None = None


def shares(*, rows_3: int, filled_3: int, rows_12: int, filled_12: int) -> tuple[Share, Share]:
    """The shares of three and of twelve months, as they may stand beside each other."""
    rows = [rows_3, rows_12 - rows_3]
    filled = [filled_3, filled_12 - filled_3]
    table = publish_table(
        rows=["recent", "before"],
        columns=["filled", "empty"],
        counts=[[said, max(0, all_of - said)] for said, all_of in zip(filled, rows, strict=True)],
    )
    recent = _share(table.cells[0], table.row_totals[0], filled=filled_3, rows=rows_3)
    year = _share(table.column_totals, table.total, filled=filled_12, rows=rows_12)
    return recent, year


def _share(cells: tuple[Cell, ...], whole: Cell, *, filled: int, rows: int) -> Share:
    if rows < HOUSE_SETTINGS.threshold:
        return Share(how=How.FEW, rows=None)
    if filled == 0 and cells[0].value == 0:
        return Share(how=How.NEVER, rows=whole.value)
    percent = publish_share(part=cells[0], whole=whole).value
    if percent is not None or (cells[0].value is not None and cells[1].value == 0):
        return Share(how=How.SHARE, rows=whole.value, percent=100.0 if percent is None else percent)
    if rows < _HALVES:
        return Share(how=How.HIDDEN, rows=whole.value)
    return Share(how=How.SELDOM if 2 * filled < rows else How.OFTEN, rows=whole.value)
