"""What must hold of every world, whoever is in it: others do not matter, time may move as a whole, and a period may be cut in two.

Many worlds are drawn at once and answered in one pass, as a file of them is. Source: the properties at the end of synthetic-county.md part 3.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.outcomes.world_builders import answered

from careloom.kernel.suppression import publish_list

CODES = ("P1", "P2", "P3", "P4", "P5", "S1", "S2", "RH6", "RH12", "POSC", "IPSE")
MODES = {
    "P1": ("days365", "anniversary", "ccwip"), "P2": ("P2:days365",), "P3": ("P3:days365",), "P4": ("P4:days365", "P4:anniversary", "P4R3"),
    "P5": ("P5",), "S1": ("S1",), "S2": ("S2:days365",), "RH6": ("RH6",), "RH12": ("RH12",), "POSC": ("POSC",), "IPSE": ("IPSE",),
}  # fmt: skip
REASONS = ("reunification", "reunification", "reunification", "relative", "guardianship", "adoption", "transfer", "emancipation")
SEEDS = st.integers(0, 2**32)
FEW = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
pytestmark = pytest.mark.slow
FIRST, LAST = date(2022, 1, 1), date(2024, 12, 31)


def drawn_child(draw: random.Random, name: str) -> dict[str, Any]:
    """A child with stays, settings, reports, a notification and a plan, near the edges of every rule."""
    day = FIRST - timedelta(days=draw.randrange(900))
    born = day - timedelta(days=draw.choice([0, 1, 30, 300, 2000, 6000, 6500]))
    events: list[dict[str, Any]] = []

    def put(kind: str, on: date, **more: Any) -> None:
        events.append({"type": kind, "date": on.isoformat(), **more})

    for _ in range(draw.randrange(4)):
        put("removal", day)
        for _ in range(draw.randrange(3)):
            setting = draw.choice(["foster:F1", "foster:F2", "relative:K", "hospital", "trial_home_visit"])
            put("placement", day + timedelta(days=draw.randrange(5)), setting=setting)
        day += timedelta(days=draw.choice([5, 7, 8, 60, 182, 364, 365, 366, 400, 731]))
        if draw.random() < 0.2:
            break
        put("discharge", day, reason=draw.choice(REASONS))
        day += timedelta(days=draw.choice([0, 1, 30, 365, 366]))
    for _ in range(draw.randrange(4)):
        on = FIRST + timedelta(days=draw.randrange(-100, 900))
        put("report", on, disposition=draw.choice(["substantiated", "indicated", "unsubstantiated"]), incident=on.isoformat())
    if draw.random() < 0.7:
        put("notification", born + timedelta(days=draw.randrange(5)))
        if draw.random() < 0.6:
            put("plan", born + timedelta(days=draw.randrange(-20, 60)), plan="P")
        put("cps_report", born + timedelta(days=draw.randrange(400)), source=draw.choice(["medical", "legal"]), child_factor="drug")
    return {"id": name, "dob": born.isoformat(), "mother": f"M{name}", "events": events}


def drawn_world(draw: random.Random, number: int, *, children: int) -> dict[str, Any]:
    ends = sorted(draw.sample(range((LAST - FIRST).days), 2))
    period = [(FIRST + timedelta(days=days)).isoformat() for days in ends]
    expected = {mode: {} for code in CODES for mode in MODES[code]}
    made: dict[str, Any] = {
        "id": number, "indicator": "+".join(CODES), "period": period, "expected": expected,
        "children": [drawn_child(draw, f"C{place}") for place in range(children)],
    }  # fmt: skip
    if draw.random() < 0.5:
        made["cutoff"] = (LAST + timedelta(days=draw.randrange(-200, 400))).isoformat()
    return made


def results(worlds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = answered(worlds)
    assert [answer.get("error") for answer in found] == [None] * len(worlds)
    return [answer["results"] for answer in found]


def named(sheet: dict[str, Any], name: str) -> set[str]:
    """In which lists of a sheet a person stands."""
    return {part for part, people in sheet.items() if isinstance(people, list) and name in people}


@FEW
@given(SEEDS)
def test_an_unrelated_child_changes_nobodys_row(seed: int) -> None:
    draw = random.Random(seed)
    worlds = [drawn_world(draw, number, children=3) for number in range(8)]
    joined = [{**each, "children": [drawn_child(draw, "X"), *each["children"], drawn_child(draw, "Y")]} for each in worlds]
    both = results([*worlds, *joined])
    told = 0
    for alone, among in zip(both[: len(worlds)], both[len(worlds) :], strict=True):
        for mode, sheet in alone.items():
            for name in ("C0", "C1", "C2"):
                assert named(among[mode], name) == named(sheet, name), mode
                told += len(named(sheet, name))
    assert told > 0  # somebody was counted


@FEW
@given(SEEDS)
def test_children_alone_add_up_to_children_together(seed: int) -> None:
    draw = random.Random(seed)
    together = drawn_world(draw, 0, children=6)
    alone = [{**together, "id": place, "children": [one]} for place, one in enumerate(together["children"], 1)]
    whole, *parts = results([together, *alone])
    for mode in ("P5", "S1"):
        counts = {name for name, value in whole[mode].items() if isinstance(value, int)}
        assert {name: whole[mode][name] for name in counts} == {name: sum(part[mode][name] for part in parts) for name in counts}
    for mode in ("days365", "P4:days365", "S2:days365", "RH12"):
        for part in ("den", "num"):
            assert whole[mode][part] == sorted(name for one in parts for name in one[mode][part])


@FEW
@given(SEEDS)
def test_everything_28_years_later_is_the_same(seed: int) -> None:
    draw = random.Random(seed)
    worlds = [drawn_world(draw, number, children=4) for number in range(8)]
    before, after = results(worlds), results([moved(each, years=28) for each in worlds])
    assert after == before


def moved(thing: Any, *, years: int) -> Any:
    """The same world, every day so many years later: 28 keep the day of the week and the leap days."""
    if isinstance(thing, dict):
        return {name: moved(value, years=years) for name, value in thing.items()}
    if isinstance(thing, list):
        return [moved(value, years=years) for value in thing]
    if isinstance(thing, str) and len(thing) == 10 and thing[4] == thing[7] == "-":
        return f"{int(thing[:4]) + years}{thing[4:]}"
    return thing


@FEW
@given(SEEDS)
def test_a_period_cut_in_two_loses_nobody_and_counts_nobody_twice_for_one_event(seed: int) -> None:
    draw = random.Random(seed)
    worlds = [drawn_world(draw, number, children=5) for number in range(8)]
    halves = []
    for each in worlds:
        first, last = (date.fromisoformat(day) for day in each["period"])
        middle = first + (last - first) / 2
        halves += [{**each, "period": [first.isoformat(), middle.isoformat()]}]
        halves += [{**each, "period": [(middle + timedelta(days=1)).isoformat(), last.isoformat()]}] if middle < last else [{**each, "children": []}]
    found = results([*worlds, *halves])
    for place, asked in enumerate(worlds):
        whole, one, two = found[place], found[len(worlds) + 2 * place], found[len(worlds) + 2 * place + 1]
        for mode, event in (("days365", "removal"), ("P4:days365", "discharge"), ("S2:days365", "report"), ("RH12", "notification")):
            counted = [
                set(sheet[mode]["den"]) | set(sheet[mode].get("apart", [])) | set(sheet[mode].get("immature", [])) for sheet in (whole, one, two)
            ]
            assert counted[1] | counted[2] >= counted[0], mode
            for name in counted[1] & counted[2]:  # twice only by two events
                (child,) = (child for child in asked["children"] if child["id"] == name)
                assert sum(told["type"] == event for told in child["events"]) > 1, mode


@FEW
@given(SEEDS)
def test_the_order_of_a_file_does_not_matter(seed: int) -> None:
    draw = random.Random(seed)
    worlds = [drawn_world(draw, number, children=4) for number in range(8)]
    mixed = [{**each, "children": draw.sample(each["children"], 4)} for each in worlds]
    turned = results(mixed[::-1])[::-1]
    assert turned == results(worlds)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_deleting_a_hidden_cells_row_changes_no_published_cell(counts: list[int]) -> None:
    labels = [str(place) for place in range(len(counts))]
    before = publish_list(labels=labels, counts=counts)
    for place, cell in enumerate(before.cells):
        if cell.value is not None:
            continue
        rest = [other for other in range(len(counts)) if other != place]
        after = publish_list(labels=[labels[other] for other in rest], counts=[counts[other] for other in rest])
        for other, shown in zip(rest, after.cells, strict=True):
            if shown.value is not None and before.cells[other].value is not None:
                assert shown.value == before.cells[other].value
            # Who was hidden because the number is small stays hidden.
            if 0 < counts[other] < 11:
                assert shown.value is None
