"""A spreadsheet's text as rows of cells: whatever its encoding and its separator. Pure."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Final

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 100
MOST_CELL: Final = 2_000
SEPARATORS: Final = (",", ";", "\t", "|")


class NotRead(ValueError):
    """This is no table that can be read; `code` is one of `words.NOT_READ`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Table:
    """The names of the columns, and the rows, each as long as the names; row 2 of the file is `rows[0]`."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_table(data: bytes) -> Table:
    """Read a CSV (UTF-8 with or without a mark, UTF-16 with one, else Windows-1252; commas, semicolons, tabs or bars).

    A formula is text like any other. Raises `NotRead`: TOO_LARGE, EMPTY, NO_NAMES (a column without a name that holds something),
    TWICE (two columns of one name), TOO_WIDE, TOO_LONG (rows), NO_TEXT (no table, such as a workbook's own file), BROKEN (an open quotation mark,
    or a cell of more than `MOST_CELL` signs).
    """
    if len(data) > MOST_BYTES:
        raise NotRead("TOO_LARGE")
    text = _text(data)
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        lines = [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text), delimiter=separator, strict=True)]
    except csv.Error:
        raise NotRead("BROKEN") from None
    lines = [line for line in lines if any(line)]
    if len(lines) < 2:
        raise NotRead("EMPTY")
    return _table(lines)


def _table(lines: list[list[str]]) -> Table:
    wide = max(len(line) for line in lines)
    if wide > MOST_COLUMNS:
        raise NotRead("TOO_WIDE")
    if len(lines) - 1 > MOST_ROWS:
        raise NotRead("TOO_LONG")
    padded = [tuple(line + [""] * (wide - len(line))) for line in lines]
    if any(len(cell) > MOST_CELL for line in padded for cell in line):
        raise NotRead("BROKEN")
    used = [place for place in range(wide) if any(line[place] for line in padded)]
    names = tuple(padded[0][place] for place in used)
    if not all(names):
        raise NotRead("NO_NAMES")
    if len({name.casefold() for name in names}) < len(names):
        raise NotRead("TWICE")
    return Table(names=names, rows=tuple(tuple(line[place] for place in used) for line in padded[1:]))


def _text(data: bytes) -> str:
    if data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise NotRead("NO_TEXT")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise NotRead("NO_TEXT") from None
    if b"\x00" in data:
        raise NotRead("NO_TEXT")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
