"""A line of a state system's file by its mapping, and what the state would refuse in it.

Columns in order, code maps, shapes of days and hours, greatest lengths. Pure.
Source: R-197 (contacts in the state's child welfare system); issue 7, State systems; OWASP CSV Injection for `guarded`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from careloom.kernel.packs.following import Column

RISKY = ("=", "+", "-", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}", "\N{FULLWIDTH COMMERCIAL AT}")


class FaultKind(StrEnum):
    """Why the state's system would refuse a cell."""

    MISSING = "MISSING"  # the column must be filled
    TOO_LONG = "TOO_LONG"  # more characters than the column takes
    NO_CODE = "NO_CODE"  # the mapping has a list of codes, and ours is not in it


@dataclass(frozen=True, kw_only=True, slots=True)
class Coded:
    """A value with a code of ours, and the words that stand in a column without a list of codes."""

    code: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One cell that would be refused: the column, why, and the column's greatest length where that is why."""

    column: str
    field: str
    kind: FaultKind
    most: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """The cells in the order of the columns, and what is wrong with them."""

    cells: tuple[str, ...]
    faults: tuple[Fault, ...]


def line_of(values: Mapping[str, str | date | time | Coded], *, columns: Sequence[Column]) -> Line:
    """Write one line. A field that `values` does not hold is an empty cell."""
    cells, faults = [], []
    for column in columns:
        cell, kind = _cell(values.get(column.field, ""), column)
        if kind is None and column.must and not cell:
            kind = FaultKind.MISSING
        elif kind is None and column.most and len(cell) > column.most:
            kind = FaultKind.TOO_LONG
        cells.append(cell)
        if kind is not None:
            faults.append(Fault(column=column.name, field=column.field, kind=kind, most=column.most))
    return Line(cells=tuple(cells), faults=tuple(faults))


def guarded(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would run it as a formula, also behind spaces."""
    return f"'{cell}" if cell.startswith(RISKY) or cell.lstrip().startswith(RISKY) else cell


def _cell(value: str | date | time | Coded, column: Column) -> tuple[str, FaultKind | None]:
    match value:
        case Coded() if column.codes:
            found = column.codes.get(value.code)
            return (found, None) if found is not None else ("", FaultKind.NO_CODE)
        case Coded():
            return guarded(value.words), None
        case date() | time():
            return value.strftime(column.shape) if column.shape else value.isoformat(), None
        case str():
            return guarded(value), None
