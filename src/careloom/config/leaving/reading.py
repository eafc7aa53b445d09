"""Reads the rows of an export, line by line, and says by number what is wrong with a line. It changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from careloom.config.leaving import form
from careloom.config.leaving.kinds import OWN_PROVENANCE, Kind
from careloom.kernel.disclosure.vocabulary import Category

_CATEGORIES: Final = frozenset(category.value for category in Category)
#: How PostgreSQL writes no bytes at all.
EMPTY: Final = "\\x"
_PAPER: Final = re.compile(r"\.(pdf|jpg|png|docx|bin)")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: its number from 1, its row as it is to stand here, and its papers by column."""

    number: int
    row: dict[str, Any]
    papers: dict[str, bytes]

    @property
    def id(self) -> str:
        return str(self.row["id"])


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """What is wrong with a line, in words that quote nothing of it."""

    table: str
    number: int
    words: str

    def __str__(self) -> str:
        return f"{form.lines_of(self.table)} line {self.number}: {self.words}"


def rows(folder: Path, kind: Kind, *, holder: str, columns: list[str], other: dict[str, str]) -> Iterator[Line | Wrong]:
    """The lines of a kind. `holder` is the agency's id in the export; `other` says which ids stand for others here."""
    seen: set[str] = set()
    with (folder / form.lines_of(kind.table)).open("rb") as file:
        for number, text in enumerate(file, 1):
            found = _line(folder, kind, text, number=number, holder=holder, columns=columns, other=other)
            if isinstance(found, Line) and found.id in seen:
                found = Wrong(table=kind.table, number=number, words="this id stood in an earlier line. Each row comes once.")
            if isinstance(found, Line):
                seen.add(found.id)
            yield found


def plain(folder: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a kind that has no table of its own form (workers, identities). Raises :class:`form.LeaveProblem` with the line's number."""
    found = []
    with (folder / form.lines_of(table)).open("rb") as file:
        for number, text in enumerate(file, 1):
            row = _object(text)
            if row is None or not _is_id(row.get("id")):
                raise form.LeaveProblem(str(Wrong(table=table, number=number, words="this is not a row with an id. Export again.")))
            found.append(row)
    return found


def _line(folder: Path, kind: Kind, text: bytes, *, number: int, holder: str, columns: list[str], other: dict[str, str]) -> Line | Wrong:
    row = _object(text)
    words = "this is not a JSON object. Export again." if row is None else _fault(row, kind, holder=holder, columns=columns)
    if row is None or words:
        return Wrong(table=kind.table, number=number, words=words)
    papers: dict[str, bytes] = {}
    for column in kind.papers:
        told = row[column]
        if told is None:
            continue
        if told == "" or told == {"lost": True}:
            row[column] = EMPTY
            continue
        content = _paper(folder, kind.table, row["id"], column, told)
        if content is None:
            return Wrong(table=kind.table, number=number, words=f"its paper ({column}) is missing or was changed. Copy the folder again.")
        papers[column] = content
    return Line(number=number, row=_mapped(row, other), papers=papers)


def _object(text: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(text)
    except (ValueError, UnicodeDecodeError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _fault(row: dict[str, Any], kind: Kind, *, holder: str, columns: list[str]) -> str:
    if unknown := sorted(set(row) - set(columns)):
        return f"this release knows no column {unknown[0]!r:.60}. Bring this installation to the release that made the export."
    if missing := sorted(set(columns) - set(row)):
        return f"the column {missing[0]!r} is missing. Bring the other installation to this release, and export again."
    if not _is_id(row["id"]):
        return "its id is not a UUID. Export again."
    for column in ("holder_id", "agency_id"):
        if column in row and kind.whose == f"t.{column} = %(agency)s" and row[column] != holder:
            return "it belongs to another holder than the agency of this export, and is not taken in as the agency's own."
    if kind.about_family and row["provenance"] not in OWN_PROVENANCE:
        return "it came to the agency from another holder (its provenance says so), and is not taken in as the agency's own."
    if kind.about_family and row["category"] not in _CATEGORIES:
        return "this release knows no such category, so nothing could say who may see it."
    return "" if not kind.about_family or _is_id(row["identity_id"]) else "its identity_id is not a UUID. Export again."


def _is_id(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def _paper(folder: Path, table: str, row_id: str, column: str, told: object) -> bytes | None:
    start = f"papers/{table}/{row_id}-{column}"
    name = told.get("file") if isinstance(told, dict) else None
    # The name is compared with what it must be, so that a line can never name a file outside the folder.
    if not isinstance(told, dict) or not isinstance(name, str) or not name.startswith(start) or not _PAPER.fullmatch(name[len(start) :]):
        return None
    path = folder / name
    if path.is_symlink() or not path.is_file():
        return None
    content = path.read_bytes()
    return content if form.digest(content) == told.get("sha256") else None


def _mapped(value: Any, other: dict[str, str]) -> Any:
    """The row with each id that stands for another one here, wherever it stands in it."""
    if not other:
        return value
    if isinstance(value, str):
        return other.get(value, value)
    if isinstance(value, list):
        return [_mapped(one, other) for one in value]
    return {key: _mapped(one, other) for key, one in value.items()} if isinstance(value, dict) else value
