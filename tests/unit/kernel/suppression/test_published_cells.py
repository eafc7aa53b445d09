"""What comes out of a table: world W30 as printed, percentages, totals and refusals."""

from __future__ import annotations

import pytest

from careloom.kernel.suppression import (
    HiddenBecause,
    PublishedTable,
    SuppressionSettings,
    publish_count,
    publish_list,
    publish_percent,
    publish_share,
    publish_table,
)

HIDE_ZERO = SuppressionSettings(show_zero=False)


def shown(counts: list[int]) -> list[str]:
    """Publish a list and return what a reader sees, the total last."""
    published = publish_list(labels=[f"group {n}" for n in range(len(counts))], counts=counts)
    return [cell.shown for cell in (*published.cells, published.total)]


def grid(table: PublishedTable) -> list[list[str]]:
    """Return what a reader sees of a table, totals at the end of each row and in the last row."""
    rows = [[cell.shown for cell in (*row, total)] for row, total in zip(table.cells, table.row_totals, strict=True)]
    return [*rows, [cell.shown for cell in (*table.column_totals, table.total)]]


def two_way(counts: list[list[int]], **options: object) -> list[list[str]]:
    """Publish a table of counts with made-up labels."""
    rows = [f"row {n}" for n in range(len(counts))]
    columns = [f"column {n}" for n in range(len(counts[0]))]
    return grid(publish_table(rows=rows, columns=columns, counts=counts, **options))  # type: ignore[arg-type]


def test_world_w30_comes_out_as_printed() -> None:
    assert shown([25, 12, 3]) == ["25", "*", "*", "40"]
    assert shown([22, 9, 9]) == ["22", "*", "*", "40"]


@pytest.mark.parametrize(("count", "text"), [(0, "0"), (1, "*"), (10, "*"), (11, "11")])
def test_a_single_count_is_hidden_from_one_to_ten(count: int, text: str) -> None:
    assert publish_count(count=count).shown == text


def test_zero_is_hidden_where_the_jurisdiction_asks_for_it() -> None:
    assert publish_count(count=0, settings=HIDE_ZERO).hidden_because is HiddenBecause.PROTECTS_PEOPLE
    assert publish_count(count=0).value == 0


def test_nothing_small_means_nothing_hidden() -> None:
    assert shown([25, 12, 0, 30]) == ["25", "12", "0", "30", "67"]


def test_two_hidden_ones_would_solve_each_other_so_a_third_goes() -> None:
    assert shown([40, 20, 1, 1]) == ["40", "*", "*", "*", "62"]


def test_a_small_total_hides_itself() -> None:
    assert shown([5, 0, 0]) == ["*", "0", "0", "*"]


def test_one_small_cell_in_a_table_hides_a_rectangle() -> None:
    assert two_way([[30, 20], [40, 3]]) == [["*", "*", "50"], ["*", "*", "43"], ["70", "23", "93"]]


def test_without_totals_no_second_cell_is_hidden() -> None:
    table = publish_table(rows=["a"], columns=["x", "y"], counts=[[30, 3]], publish_row_totals=False, publish_column_totals=False)
    assert [cell.shown for cell in table.cells[0]] == ["30", "*"]
    assert table.row_totals[0].hidden_because is HiddenBecause.NOT_PUBLISHED
    assert table.total.hidden_because is HiddenBecause.NOT_PUBLISHED


def test_a_small_cell_and_its_protector_carry_the_same_reason() -> None:
    published = publish_list(labels=["a", "b", "c"], counts=[25, 12, 3])
    assert {cell.hidden_because for cell in published.cells[1:]} == {HiddenBecause.PROTECTS_PEOPLE}


@pytest.mark.parametrize(
    ("numerator", "denominator", "value"),
    [(50, 100, 50.0), (11, 22, 50.0), (10, 100, None), (95, 100, None), (0, 40, 0.0), (40, 40, 100.0), (5, 8, None)],
)
def test_a_share_is_hidden_when_numerator_or_rest_is_small(numerator: int, denominator: int, value: float | None) -> None:
    assert publish_percent(numerator=numerator, denominator=denominator).value == value


def test_a_share_of_no_one_says_so() -> None:
    assert publish_percent(numerator=0, denominator=0).hidden_because is HiddenBecause.NO_ONE_TO_COUNT


@pytest.mark.parametrize("counts", [[[1, 2], [3]], [[-1, 2], [3, 4]], [[1, 2]]])
def test_a_table_that_does_not_fit_is_refused(counts: list[list[int]]) -> None:
    with pytest.raises(ValueError, match=r"counts do not fit|cannot be negative"):
        publish_table(rows=["a", "b"], columns=["x", "y"], counts=counts)


def test_a_table_needs_labels_and_a_threshold_that_protects() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        publish_table(rows=[], columns=["x"], counts=[])
    with pytest.raises(ValueError, match="protects no one"):
        SuppressionSettings(threshold=1)
    with pytest.raises(ValueError, match="larger than its whole"):
        publish_percent(numerator=5, denominator=4)


def test_a_share_of_a_hidden_cell_is_hidden_and_of_a_shown_one_is_not() -> None:
    published = publish_list(labels=["a", "b", "c"], counts=[25, 12, 3])
    shares = [publish_share(part=cell, whole=published.total) for cell in published.cells]
    assert [share.value for share in shares] == [62.5, None, None]
    assert shares[1].hidden_because is HiddenBecause.PROTECTS_PEOPLE


def test_a_share_that_leaves_a_small_rest_is_hidden() -> None:
    published = publish_list(labels=["a", "b"], counts=[95, 95])
    assert publish_share(part=published.cells[0], whole=published.total).value == 50.0
    assert publish_share(part=publish_count(count=95), whole=publish_count(count=100)).value is None
