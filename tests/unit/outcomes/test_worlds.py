"""Micro-worlds through the command's own door: the sample's hand-computed values, more edges of the same rules, and lines that are no worlds."""

from __future__ import annotations

import io
import json

from tests.shared_data import shared_data
from tests.unit.outcomes.world_builders import HOME, answered, child, world

from careloom.outcomes.worlds.answering import answer_lines


def test_the_sample_is_answered_to_the_last_digit() -> None:
    lines = shared_data("indicators", "worlds.jsonl").read_text(encoding="utf-8").splitlines()
    for line, answer in zip(lines, answered(lines), strict=True):
        told = json.loads(line)
        assert answer == {"id": told["id"], "results": told["expected"]}, told["title"]


def test_a_world_without_expectations_gets_every_mode_of_what_it_names() -> None:
    lines = shared_data("indicators", "worlds.jsonl").read_text(encoding="utf-8").splitlines()
    worlds = [json.loads(line) for line in lines]
    bare = [{name: value for name, value in told.items() if name != "expected"} for told in worlds]
    for told, answer in zip(worlds, answered(bare), strict=True):
        assert {mode: answer["results"][mode] for mode in told["expected"]} == told["expected"], told["title"]


WRONG = [
    ("not json", "{", "This line is not JSON"),
    ("a list", "[]", "A world is one JSON object."),
    ("no period", json.dumps({"id": 1, "indicator": "P1"}), "needs a period"),
    ("an unknown indicator", json.dumps(world("P9")), "There is no indicator P9"),
    ("an unknown mode", json.dumps(world("P1", expected={"yearly": {}})), "P1 has no mode yearly"),
    ("a bad day", json.dumps(world("P1", child("A", ("removal", "2023-02-30")))), "is no day"),
    ("an unknown event", json.dumps(world("P1", child("A", ("adoption", "2023-02-03")))), "there is no event"),
    ("a discharge from nowhere", json.dumps(world("P1", child("A", ("discharge", "2023-02-03", HOME)))), "outside care"),
    ("two children of one name", json.dumps(world("P1", child("A"), child("A"))), "one id"),
    ("ill bytes", b"\xff\xfe", "This line"),
    ("an event without a kind", json.dumps(world("P1", {"id": "A", "events": [{"type": ["removal"], "date": "2023-01-01"}]})), "there is no event"),
    ("an event that is none", json.dumps(world("P1", {"id": "A", "events": [7]})), "holds objects"),
    ("a word that is a number", json.dumps(world("S2", child("A", ("report", "2023-01-01", {"disposition": 4})))), "disposition is a word"),
    ("half a character", '{"id": "\\ud800", "indicator": "P1", "period": ["2023-01-01", "2023-12-31"]}', "half a character"),
    ("an empty table", json.dumps(world("SUPPRESS", tables={"t": []})), "holds no count"),
    ("a count below zero", json.dumps(world("SUPPRESS", tables={"t": [-1]})), "no whole number"),
    ("a duration of half a day", json.dumps(world("REUNTIME", durations=[[1.5, 1]])), "no whole number"),
    (
        "a number that is none",
        '{"id": 1, "indicator": "SUPPRESS", "period": ["2023-01-01", "2023-12-31"], "tables": {"t": [NaN]}}',
        "no whole number",
    ),
    ("a mode of another indicator", json.dumps(world("P1", expected={"P9:days365": {}})), "has no mode P9:days365"),
    ("a period that ends before it starts", json.dumps(world("P1", period=["2023-12-31", "2023-01-01"])), "ends before it starts"),
    ("a day outside of time", json.dumps(world("P1", child("A", ("removal", "9999-12-31")))), "outside the years"),
    ("nesting without end", '{"id": ' + "[" * 100_000, ""),
    ("a removal while in care", json.dumps(world("P1", child("A", ("removal", "2023-01-01"), ("removal", "2023-02-01")))), "still in care"),
    ("a placement outside care", json.dumps(world("P5", child("A", ("placement", "2023-01-01", {"setting": "foster:F"})))), "outside care"),
]


def test_a_line_that_is_no_world_says_why_and_the_others_go_on() -> None:
    good = world("P1", child("A", ("removal", "2023-01-01"), ("discharge", "2023-02-01", HOME)))
    out = io.StringIO()
    lines = [wrong[1] for wrong in WRONG] + [json.dumps(good)]
    assert not answer_lines(lines=lines, out=out)
    *errors, last = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [wrong[2] in error["error"] for wrong, error in zip(WRONG, errors, strict=True)] == [True] * len(WRONG), errors
    assert last["results"]["days365"]["value"] == "1/1"


def test_empty_lines_are_passed_over_and_the_answers_keep_the_order() -> None:
    good = world("P1", child("A", ("removal", "2023-01-01"), ("discharge", "2023-02-01", HOME)))
    lines = ["", json.dumps({**good, "id": 2}), "   \n", json.dumps({**good, "id": "2"}), json.dumps({**good, "id": 2}), "\n"]
    assert [answer["id"] for answer in answered(lines)] == [2, "2", 2]


def test_names_in_any_script_come_back_as_they_were() -> None:
    named = world("P1", child("Peñaluz 李 \u0000 👶", ("removal", "2023-01-01")), child("a" * 3000, ("removal", "2023-01-02")))
    (answer,) = answered([{**named, "id": "ß"}])
    assert answer["id"] == "ß"
    assert answer["results"]["days365"]["den"] == sorted(["Peñaluz 李 \u0000 👶", "a" * 3000])


def test_a_file_of_two_thousand_worlds_and_a_world_of_five_thousand_children_are_answered() -> None:
    many = [world("P1", child("A", ("removal", "2023-01-01"), ("discharge", "2023-02-01", HOME)), expected={"days365": {}}) for _ in range(2000)]
    crowd = world("P1", *(child(f"C{n:04}", ("removal", "2023-01-01")) for n in range(5000)), expected={"days365": {}})
    *small, large = answered([*many, crowd])
    assert {answer["results"]["days365"]["value"] for answer in small} == {"1/1"}
    assert large["results"]["days365"]["value"] == "0/5000"
