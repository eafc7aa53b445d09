"""The unit costs that ship: one for each part, with ends that are not crossed, and how well each is known (R-098)."""

from __future__ import annotations

from careloom.aims.costs import shipped_costs
from careloom.aims.words import STATUSES
from careloom.kernel.indicators.savings import Part


def test_every_part_has_a_cost_that_says_where_it_comes_from() -> None:
    costs = shipped_costs()
    assert set(costs) == set(Part)
    for cost in costs.values():
        assert 0 < cost.low <= cost.value <= cost.high
        assert {cost.status, cost.range} <= set(STATUSES)
        assert cost.source.endswith(".")
        assert 2000 < cost.year < 2030


def test_what_is_only_recollected_or_assumed_says_so_in_its_source() -> None:
    for cost in shipped_costs().values():
        if cost.status == "K":
            assert "look it up" in cost.source
        if cost.range == "A":
            assert "assumed" in cost.source
