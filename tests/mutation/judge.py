"""Asks every row of the law whether a changed kernel still gives the answer of the law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.spec.disclosure.every_row import Row, pair_rows, written_rows
from tests.spec.disclosure.variations import varied_rows

from careloom.kernel.disclosure import decide
from careloom.kernel.disclosure.memory import forget


@dataclass
class Judge:
    """The rows, those that caught the last mutants first: neighbors are caught by the same row."""

    rows: list[Row]
    recent: list[Row] = field(default_factory=list)

    def catches(self) -> Row | None:
        """The first row that the kernel, as it stands now, answers wrongly or cannot answer; None when all agree."""
        forget()
        for row in (*self.recent, *self.rows):
            if not _agrees(row):
                self.recent = [row, *(seen for seen in self.recent if seen is not row)][:12]
                return row
        return None


def _agrees(row: Row) -> bool:
    try:
        return row.agrees(decide(row.scenario))
    except Exception:
        # A kernel that breaks on a row of the law is caught by it.
        return False


def judge(*, more: Iterable[Row] = ()) -> Judge:
    """A judge with the rows that the repository makes itself, and `more`. Rows that the kernel itself answers wrongly are left out."""
    rows: Sequence[Row] = [*pair_rows(), *varied_rows(), *written_rows(), *more]
    return Judge(rows=[row for row in rows if _agrees(row)])
