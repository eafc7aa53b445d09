"""The only way from a count to a published cell.

Counts of 1 to 10 are hidden, and so are the cells that would give them away. A reader who knows
every published cell, that counts are whole and not negative, and these rules, can solve no
hidden cell exactly (proved against an attacker in tests/generative/suppression).

How: a table with its totals is a network. Each equation (a row and its total, a column and its
total) is a node, each cell an arc between the two equations it stands in. Another table with the
same published cells exists exactly when the hidden arcs carry a cycle; a hidden cell is safe when
some cycle runs through it. While one is not, the smallest cell beside it is hidden too.

The promise is for one table. Two tables over the same people with other cuts can still be
subtracted from each other; the caller publishes them as one table.

Source: CMS cell-size practice and CCWIP masking of 1 to 10 with complementary cells (law.md,
section 2, small cells); world W30.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class HiddenBecause(StrEnum):
    """Why a number is not shown.

    INVARIANT: a small cell and a cell hidden to protect it share one reason. Telling which is
    which would narrow both (11 and 1, sum 12, would be solved).
    """

    PROTECTS_PEOPLE = "PROTECTS_PEOPLE"
    NOT_PUBLISHED = "NOT_PUBLISHED"
    NO_ONE_TO_COUNT = "NO_ONE_TO_COUNT"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A count as it may be shown: a value, or None and the reason."""

    value: int | None
    hidden_because: HiddenBecause | None = None

    @property
    def shown(self) -> str:
        """The cell as text: the number, or a star."""
        return "*" if self.value is None else str(self.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class PercentCell:
    """A percentage (0 to 100, one decimal) as it may be shown."""

    value: float | None
    hidden_because: HiddenBecause | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SuppressionSettings:
    """`threshold`: the smallest count above zero that is shown. `show_zero`: whether a true 0 is."""

    threshold: int = 11
    show_zero: bool = True

    def __post_init__(self) -> None:
        """Refuse a threshold under which nothing would be protected."""
        if self.threshold < 2:
            raise ValueError("A threshold under 2 protects no one. The house rule is 11.")

    def is_small(self, count: int) -> bool:
        """Say whether this count alone must be hidden."""
        return 0 < count < self.threshold or (count == 0 and not self.show_zero)


HOUSE_SETTINGS = SuppressionSettings()


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedList:
    """A list of cells and its total."""

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedTable:
    """A table of cells with row totals, column totals and the grand total."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class _Arc:
    """One cell between two equations. `rank` orders which cell is given up first."""

    tail: str
    head: str
    value: int
    rank: int


def publish_count(*, count: int, settings: SuppressionSettings = HOUSE_SETTINGS) -> Cell:
    """Publish one count that stands alone and is no part of a table."""
    _require_counts([count])
    return _cell(count, hidden=settings.is_small(count))


def publish_percent(*, numerator: int, denominator: int, settings: SuppressionSettings = HOUSE_SETTINGS) -> PercentCell:
    """Publish a share that stands alone; within a table use `publish_share`.

    It is hidden when the numerator, the rest of the denominator or the denominator is small.
    """
    _require_counts([numerator, denominator - numerator])
    if denominator == 0:
        return PercentCell(value=None, hidden_because=HiddenBecause.NO_ONE_TO_COUNT)
    if any(settings.is_small(part) for part in (numerator, denominator - numerator, denominator)):
        return PercentCell(value=None, hidden_because=HiddenBecause.PROTECTS_PEOPLE)
    return PercentCell(value=round(100 * numerator / denominator, 1))


def publish_share(*, part: Cell, whole: Cell, settings: SuppressionSettings = HOUSE_SETTINGS) -> PercentCell:
    """Publish the share of one published cell in another of the same table.

    # INVARIANT: a share is made from published cells, so a hidden cell never comes back as a percentage.
    """
    if part.value is None or whole.value is None:
        return PercentCell(value=None, hidden_because=HiddenBecause.PROTECTS_PEOPLE)
    return publish_percent(numerator=part.value, denominator=whole.value, settings=settings)


def publish_list(
    *,
    labels: Sequence[str],
    counts: Sequence[int],
    settings: SuppressionSettings = HOUSE_SETTINGS,
    publish_total: bool = True,
) -> PublishedList:
    """Publish counts that add up to a total (world W30: 25, 12, 3 comes out as 25, *, *, 40)."""
    table = publish_table(
        rows=["all"],
        columns=labels,
        counts=[list(counts)],
        settings=settings,
        publish_row_totals=publish_total,
        publish_column_totals=False,
    )
    return PublishedList(
        labels=table.columns,
        cells=table.cells[0],
        total=table.row_totals[0],
    )


def publish_table(
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Sequence[Sequence[int]],
    settings: SuppressionSettings = HOUSE_SETTINGS,
    publish_row_totals: bool = True,
    publish_column_totals: bool = True,
) -> PublishedTable:
    """Publish a two-way table with its totals.

    `counts[i][j]` is the count of row i and column j. Totals are computed here, so they always
    agree. Raises ValueError when the shape does not fit the labels or a count is negative.
    """
    _require_shape(rows, columns, counts)
    arcs = _network(counts)
    withheld = {
        name
        for name in arcs
        if (name[0] == "row" and not publish_row_totals)
        or (name[0] == "column" and not publish_column_totals)
        or (name[0] == "total" and not (publish_row_totals and publish_column_totals))
    }
    hidden = _hide(arcs, withheld, settings)

    def cell(*name: object) -> Cell:
        if name in withheld:
            return Cell(value=None, hidden_because=HiddenBecause.NOT_PUBLISHED)
        return _cell(arcs[name].value, hidden=name in hidden)

    return PublishedTable(
        rows=tuple(rows),
        columns=tuple(columns),
        cells=tuple(tuple(cell("cell", i, j) for j in range(len(columns))) for i in range(len(rows))),
        row_totals=tuple(cell("row", i) for i in range(len(rows))),
        column_totals=tuple(cell("column", j) for j in range(len(columns))),
        total=cell("total"),
    )


_Name = tuple[object, ...]


def _network(counts: Sequence[Sequence[int]]) -> dict[_Name, _Arc]:
    """Lay the table out as arcs, signed so that each equation is a balance at its node."""
    arcs: dict[_Name, _Arc] = {}
    for i, row in enumerate(counts):
        for j, count in enumerate(row):
            arcs[("cell", i, j)] = _Arc(f"r{i}", f"c{j}", count, 0)
        arcs[("row", i)] = _Arc("all rows", f"r{i}", sum(row), 1)
    for j, column in enumerate(zip(*counts, strict=True)):
        arcs[("column", j)] = _Arc(f"c{j}", "all columns", sum(column), 1)
    arcs[("total",)] = _Arc("all columns", "all rows", sum(map(sum, counts)), 2)
    return arcs


def _hide(arcs: dict[_Name, _Arc], withheld: set[_Name], settings: SuppressionSettings) -> set[_Name]:
    hidden = {name for name, arc in arcs.items() if name not in withheld and settings.is_small(arc.value)}
    floor = 1 if settings.show_zero else 0
    while (exposed := _first_exposed(arcs, hidden, withheld, floor)) is not None:
        beside = _next_to_hide(arcs, hidden | withheld, exposed, floor)
        if beside is None:
            break
        hidden.add(beside)
    return hidden


def _first_exposed(arcs: dict[_Name, _Arc], hidden: set[_Name], withheld: set[_Name], floor: int) -> _Name | None:
    """Return a hidden cell that a reader could solve, or None."""
    unknown = [name for name in arcs if name in hidden or name in withheld]
    return next(
        (name for name in unknown if name in hidden and not _can_move(arcs, unknown, name, floor)),
        None,
    )


def _can_move(arcs: dict[_Name, _Arc], unknown: Sequence[_Name], name: _Name, floor: int) -> bool:
    """Say whether another table with the same published cells has another value in this cell."""
    ways: dict[str, set[str]] = defaultdict(set)
    for other in unknown:
        if other == name:
            continue
        arc = arcs[other]
        ways[arc.tail].add(arc.head)
        if arc.value > floor:
            ways[arc.head].add(arc.tail)
    arc = arcs[name]
    up = _reaches(ways, arc.head, arc.tail)
    return up or (arc.value > floor and _reaches(ways, arc.tail, arc.head))


def _reaches(ways: dict[str, set[str]], start: str, goal: str) -> bool:
    seen, queue = {start}, deque([start])
    while queue:
        node = queue.popleft()
        if node == goal:
            return True
        for following in ways[node] - seen:
            seen.add(following)
            queue.append(following)
    return False


def _next_to_hide(arcs: dict[_Name, _Arc], closed: set[_Name], exposed: _Name, floor: int) -> _Name | None:
    """Choose the smallest open cell beside the exposed one, inner cells before totals."""
    nodes = {arcs[exposed].tail, arcs[exposed].head}
    candidates = [name for name, arc in arcs.items() if name not in closed and arc.value >= floor]
    return min(
        candidates,
        key=lambda name: (
            not ({arcs[name].tail, arcs[name].head} & nodes),
            arcs[name].rank,
            arcs[name].value,
        ),
        default=None,
    )


def _cell(count: int, *, hidden: bool) -> Cell:
    if hidden:
        return Cell(value=None, hidden_because=HiddenBecause.PROTECTS_PEOPLE)
    return Cell(value=count)


def _require_counts(counts: Sequence[int]) -> None:
    if any(count < 0 for count in counts):
        raise ValueError("A count cannot be negative, nor a part larger than its whole.")


def _require_shape(rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
    if not rows or not columns:
        raise ValueError("A table needs at least one row and one column.")
    if len(counts) != len(rows) or any(len(row) != len(columns) for row in counts):
        raise ValueError("The counts do not fit the labels. Give one list a row, one count a cell.")
    for row in counts:
        _require_counts(row)
