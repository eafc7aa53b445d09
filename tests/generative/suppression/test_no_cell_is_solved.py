"""Property: who sees a published table and knows the rules can solve no hidden cell."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.generative.suppression.attacker import solved_cells

from careloom.kernel.suppression import Cell, HiddenBecause, PublishedTable, SuppressionSettings, publish_table

COUNTS = st.one_of(st.integers(0, 3), st.integers(0, 14), st.integers(0, 300))


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    """Draw small tables in which small cells and zeros are common."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    return draw(st.lists(st.lists(COUNTS, min_size=columns, max_size=columns), min_size=rows, max_size=rows))


def publish(counts: list[list[int]], *, show_zero: bool) -> PublishedTable:
    """Publish a drawn table."""
    rows = [f"row {n}" for n in range(len(counts))]
    columns = [f"column {n}" for n in range(len(counts[0]))]
    return publish_table(rows=rows, columns=columns, counts=counts, settings=SuppressionSettings(show_zero=show_zero))


@settings(max_examples=150, deadline=None)
@given(counts=tables(), show_zero=st.booleans())
def test_no_hidden_cell_can_be_solved(counts: list[list[int]], show_zero: bool) -> None:
    table = publish(counts, show_zero=show_zero)
    assert solved_cells(table=table, floor=1 if show_zero else 0) == []


@settings(max_examples=150, deadline=None)
@given(counts=tables(), show_zero=st.booleans())
def test_what_is_shown_is_true_and_never_small(counts: list[list[int]], show_zero: bool) -> None:
    table = publish(counts, show_zero=show_zero)
    truth = [*(count for row in counts for count in row), *map(sum, counts), *map(sum, zip(*counts, strict=True)), sum(map(sum, counts))]
    cells = [*(cell for row in table.cells for cell in row), *table.row_totals, *table.column_totals, table.total]
    for cell, count in zip(cells, truth, strict=True):
        assert cell.value in (None, count)
        assert cell.value is None or cell.value > 10 or (count == 0 and show_zero)


def test_the_attacker_does_solve_a_table_that_hides_only_the_small_cell() -> None:
    hidden = Cell(value=None, hidden_because=HiddenBecause.PROTECTS_PEOPLE)
    careless = PublishedTable(
        rows=("a",),
        columns=("x", "y"),
        cells=((Cell(value=25), hidden),),
        row_totals=(Cell(value=28),),
        column_totals=(Cell(value=25), hidden),
        total=Cell(value=28),
    )
    assert ("cell", 0, 1) in solved_cells(table=careless, floor=1)


def test_the_attacker_solves_two_ones() -> None:
    hidden = Cell(value=None, hidden_because=HiddenBecause.PROTECTS_PEOPLE)
    careless = PublishedTable(
        rows=("a",),
        columns=("x", "y", "z"),
        cells=((Cell(value=25), hidden, hidden),),
        row_totals=(Cell(value=27),),
        column_totals=(Cell(value=25), hidden, hidden),
        total=Cell(value=27),
    )
    assert len(solved_cells(table=careless, floor=1)) == 4
