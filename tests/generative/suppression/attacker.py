"""An attacker who sees a published table and knows the rules.

It writes each row and column as an equation over the hidden cells and asks an exact linear
program how low and how high each can be. It shares nothing with the code under test. Tables are
networks, so the bounds of the linear program are those over whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from careloom.kernel.suppression import Cell, PublishedTable

Key = tuple[str, int, int]


def solved_cells(*, table: PublishedTable, floor: int) -> list[Key]:
    """Return the hidden cells whose value the attacker knows exactly."""
    unknown, matrix, right = _equations(_named(table), len(table.rows), len(table.columns))
    shifted = [value - floor * sum(row) for value, row in zip(right, matrix, strict=True)]
    found = []
    for place, key in enumerate(unknown):
        low, high = _bound(matrix, shifted, place, -1), _bound(matrix, shifted, place, 1)
        if high is not None and low is not None and high == -low:
            found.append(key)
    return found


def _named(table: PublishedTable) -> dict[Key, Cell]:
    cells = {("cell", i, j): cell for i, row in enumerate(table.cells) for j, cell in enumerate(row)}
    cells |= {("row", i, 0): cell for i, cell in enumerate(table.row_totals)}
    cells |= {("column", 0, j): cell for j, cell in enumerate(table.column_totals)}
    return cells | {("total", 0, 0): table.total}


def _equations(cells: Mapping[Key, Cell], rows: int, columns: int) -> tuple[list[Key], list[list[int]], list[int]]:
    lines: list[tuple[list[Key], Key]] = [([("cell", i, j) for j in range(columns)], ("row", i, 0)) for i in range(rows)]
    lines += [([("cell", i, j) for i in range(rows)], ("column", 0, j)) for j in range(columns)]
    lines += [([("row", i, 0) for i in range(rows)], ("total", 0, 0))]
    lines += [([("column", 0, j) for j in range(columns)], ("total", 0, 0))]
    unknown = [key for key, cell in cells.items() if cell.value is None]
    matrix, right = [], []
    for parts, whole in lines:
        signs = {**dict.fromkeys(parts, 1), whole: -1}
        matrix.append([signs.get(key, 0) for key in unknown])
        right.append(-sum(sign * (cells[key].value or 0) for key, sign in signs.items()))
    return unknown, matrix, right


def _bound(matrix: Sequence[Sequence[int]], right: Sequence[int], place: int, sign: int) -> Fraction | None:
    """Maximize sign * x[place] over matrix x = right, x >= 0. None means without limit."""
    width, height = len(matrix[0]), len(matrix)
    rows = []
    for index, (line, value) in enumerate(zip(matrix, right, strict=True)):
        flip = -1 if value < 0 else 1
        extra = [Fraction(int(index == other)) for other in range(height)]
        rows.append([Fraction(flip * entry) for entry in line] + extra + [Fraction(flip * value)])
    basis = [width + index for index in range(height)]
    feasible = [Fraction(0)] * width + [Fraction(-1)] * height
    best = _simplex(rows, basis, feasible, width + height)
    assert best == 0, "The published table contradicts itself."
    goal = [Fraction(sign * int(index == place)) for index in range(width)] + [Fraction(0)] * height
    return _simplex(rows, basis, goal, width)


def _simplex(rows: list[list[Fraction]], basis: list[int], goal: list[Fraction], columns: int) -> Fraction | None:
    """Improve by Bland's rule until nothing improves. Columns past `columns` may not enter."""
    while True:
        prices = [goal[c] - sum(goal[b] * row[c] for b, row in zip(basis, rows, strict=True)) for c in range(columns)]
        entering = next((c for c, price in enumerate(prices) if price > 0), None)
        if entering is None:
            return sum((goal[b] * row[-1] for b, row in zip(basis, rows, strict=True)), Fraction(0))
        leaving = _leaving(rows, basis, entering, columns)
        if leaving is None:
            return None
        _pivot(rows, leaving, entering)
        basis[leaving] = entering


def _leaving(rows: list[list[Fraction]], basis: list[int], entering: int, columns: int) -> int | None:
    stuck = next((r for r, row in enumerate(rows) if basis[r] >= columns and row[entering] != 0), None)
    if stuck is not None:
        return stuck
    ratios = [(row[-1] / row[entering], basis[r], r) for r, row in enumerate(rows) if row[entering] > 0]
    return min(ratios)[2] if ratios else None


def _pivot(rows: list[list[Fraction]], place: int, column: int) -> None:
    scale = rows[place][column]
    rows[place] = [value / scale for value in rows[place]]
    for index, row in enumerate(rows):
        if index != place and row[column] != 0:
            factor = row[column]
            rows[index] = [value - factor * base for value, base in zip(row, rows[place], strict=True)]
