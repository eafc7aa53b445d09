"""How well records of one person are found, on sets with truth. Thresholds were fixed on a training half; this measures the held half.

Source: issue 4, "done when"; docs/how-to/identity.md says how the mother-infant set is made.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.shared_data import shared_data
from tools.linkage.sets import Row, f1, febrl4, half, mothers_and_infants

from careloom.people.matching import searching
from careloom.people.matching.compare import weigh
from careloom.people.matching.model import load_model

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("folder", "read", "least"),
    [("febrl", febrl4, 0.98), ("pseudopeople_sample", mothers_and_infants, 0.95)],
    ids=["febrl4", "mothers and infants"],
)
def test_records_of_one_person_are_found(folder: str, read: Callable[[Path], list[Row]], least: float) -> None:
    held = half(read(shared_data("linkage", folder)), held=True)
    assert len(held.true_pairs) > 1000
    # As the product does it: in the process that ends.
    pairs = searching.in_child(list(held.rows), load_model().blocks, lambda: True)
    assert pairs is not None
    found = {(one, other) for one, other, _ in pairs}
    score, precision, recall = f1(found, held.true_pairs)
    assert score >= least, f"F1 {score:.4f}, precision {precision:.4f}, recall {recall:.4f}"


def test_the_page_weighs_as_the_search_does() -> None:
    """The weights that a page explains are those by which Splink found the pair: one model, two engines."""
    held = half(mothers_and_infants(shared_data("linkage", "pseudopeople_sample")), held=True)
    rows, model = list(held.rows)[:700], load_model()
    by_key = {row.key: row for row in rows}
    pairs = searching.in_child(rows, (("born",), ("family", "year"), ("mother_root", "mother_born")), lambda: True) or []
    for one, other, weight in pairs:
        assert weigh(by_key[one], by_key[other], model=model).weight == pytest.approx(weight, abs=1e-6), (one, other)
    assert len(pairs) > 200
