"""Gaps, critical missing partners, points of intervention, reach, and whose numbers one sees: pure rules."""

from __future__ import annotations

from datetime import date

import pytest

from careloom.directory.needs import catalogue
from careloom.kernel.partnership.array import POINTS, NeedFact, Point, Shape, SupplyFact, Way, critical, doubled, gap_of, gaps, points_of
from careloom.kernel.partnership.lasting import ends_soon, in_time, reach
from careloom.kernel.partnership.named import split
from careloom.kernel.suppression import Cell, HiddenBecause

HIDDEN = Cell(value=None, hidden_because=HiddenBecause.PROTECTS_PEOPLE)

TWENTY, NOBODY = Cell(value=20), Cell(value=0)


def a_need(code: str, place: str = "Pine", *, families: Cell = TWENTY, away: Cell = NOBODY) -> NeedFact:
    return NeedFact(code=code, place=place, families=families, turned_away=away)


def a_service(key: str, *codes: str, places: tuple[str, ...] | None = ("Pine",), partner: str = "", room: int | None = None) -> SupplyFact:
    return SupplyFact(key=key, codes=frozenset(codes), places=None if places is None else frozenset(places), partner=partner, room=room)


@pytest.mark.parametrize(
    ("supply", "away", "shape", "way"),
    [
        ([], Cell(value=0), Shape.NO_SERVICE, Way.DEVELOP),
        ([a_service("a", "RIDES", places=("Harbor",))], Cell(value=0), Shape.NO_SERVICE, Way.DEVELOP),
        ([a_service("a", "RIDES", room=0)], Cell(value=0), Shape.NO_ROOM, Way.EXPAND),
        ([a_service("a", "RIDES", room=0), a_service("b", "RIDES", room=2)], Cell(value=0), Shape.ANSWERED, Way.COORDINATE),
        ([a_service("a", "RIDES", places=None, room=4)], HIDDEN, Shape.TURNED_AWAY, Way.ACCESS),
        ([a_service("a", "RIDES")], Cell(value=0), Shape.ANSWERED, Way.COORDINATE),
    ],
)
def test_a_need_meets_nothing_no_room_a_refusal_or_an_answer(supply: list[SupplyFact], away: Cell, shape: Shape, way: Way) -> None:
    found = gap_of(a_need("RIDES", away=away), supply=supply)
    assert (found.shape, found.suggested) == (shape, way)


def test_the_heaviest_gap_comes_first_and_a_need_of_nobody_is_none() -> None:
    needs = [
        a_need("RIDES", families=Cell(value=12)), a_need("HOUSING", families=Cell(value=30)), a_need("FOOD", families=HIDDEN),
        a_need("DENTAL", families=Cell(value=0)), a_need("DOULA", families=Cell(value=90)),
    ]  # fmt: skip
    found = gaps(needs, supply=[a_service("d", "DOULA", room=1)])
    assert [gap.need.code for gap in found] == ["HOUSING", "RIDES", "FOOD", "DOULA"]


def test_a_critical_missing_partner_is_a_need_that_no_member_gives_anywhere() -> None:
    needs = [a_need("RIDES"), a_need("HOUSING", families=Cell(value=50)), a_need("FOOD", "Harbor"), a_need("DOULA", families=Cell(value=0))]
    supply = [a_service("r", "RIDES"), a_service("f", "FOOD", partner="p", places=("Pine",))]
    assert critical(needs, supply=supply) == ("HOUSING", "RIDES")


def test_three_services_for_one_need_in_one_place_are_looked_at() -> None:
    supply = [a_service(key, "FOOD", places=None) for key in "abc"] + [a_service("d", "RIDES"), a_service("e", "RIDES")]
    assert doubled(supply, places=["Pine"]) == (("FOOD", "Pine", ("a", "b", "c")),)


def test_every_point_that_is_named_is_of_a_known_need() -> None:
    assert set(POINTS) <= set(catalogue().needs)
    assert points_of(["PRENATAL_CARE"]) == {Point.PRENATAL}
    assert points_of(["HOUSING"]) == {Point.PRENATAL, Point.NEONATAL, Point.CHILDHOOD}
    assert points_of(["NALOXONE"]) == set(Point)
    assert points_of([]) == frozenset()


def test_a_partner_sees_its_own_and_of_those_who_agreed_only_when_it_agreed() -> None:
    everybody = ("a", "b", "c", "d", "e")
    alone = split(everybody, mine=frozenset("a"), agreed=frozenset("bc"))
    assert (alone.named, alone.pool_shown) == (("a",), True)
    both = split(everybody, mine=frozenset("a"), agreed=frozenset("abc"))
    assert (both.named, both.pooled, both.pool_shown) == (("a", "b", "c"), ("d", "e"), False)
    assert split(everybody, mine=frozenset(), agreed=frozenset(everybody)).named == ()


def test_reach_is_a_share_of_counts_that_may_be_shown() -> None:
    assert reach(families=40, few=False, eligible=160).value == 25.0
    assert reach(families=None, few=True, eligible=160).value is None
    assert reach(families=155, few=False, eligible=160).value is None  # the rest is small
    assert reach(families=40, few=False, eligible=None).value is None
    assert reach(families=40, few=False, eligible=20).value is None


def test_money_that_ends_within_a_year_and_a_plan_in_the_planning_phase() -> None:
    today = date(2026, 11, 22)
    assert ends_soon(until=date(2027, 11, 22), today=today)
    assert not ends_soon(until=date(2027, 11, 23), today=today)
    assert not ends_soon(until=None, today=today)
    assert in_time(starts_on=date(2026, 1, 1), opened_on=date(2026, 4, 1))
    assert not in_time(starts_on=date(2026, 1, 1), opened_on=date(2026, 4, 2))
