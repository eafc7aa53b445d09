"""Lines that nobody meant to be read, or that somebody meant to be misread: an error line or a denial, never a permit and never a crash (issue 3)."""

from __future__ import annotations

import copy
import io
import itertools
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from tests.spec.disclosure.law import other_access, other_child, other_hipaa, other_plan, other_public, other_regimes, other_states
from tests.spec.disclosure.law.other_words import HOSPITAL, PERMIT, VISITOR, Json, Situation, consent, permit

from careloom.exchange.disclosure_jsonl import decide_lines

AREAS = (other_access, other_child, other_hipaa, other_plan, other_public, other_regimes, other_states)
PAPER = consent("hipaa_authorization", by=HOSPITAL, to=VISITOR, info=["hipaa.ob_record"], purpose=["care_coordination"])
GOOD = next(
    Situation(
        name="Z-GOOD",
        source=HOSPITAL,
        asker=VISITOR,
        subject="mother",
        category="hipaa.ob_record",
        purpose="care_coordination",
        consents=[PAPER],
        cases=[permit("45 CFR 164.508", "Her authorization.")],
    ).rows()
)


def answers(*lines: bytes) -> list[dict[str, Any]]:
    """What the command writes for these lines."""
    out = io.StringIO()
    decide_lines(lines=[line + b"\n" for line in lines], out=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def decision(row: object) -> object:
    """The one decision for a row, or None when the line was refused."""
    [answer] = answers(json.dumps(row).encode())
    return answer.get("decision")


def put(value: object, *path: str | int) -> Json:
    """The good row with one word of it changed."""
    row = copy.deepcopy(GOOD)
    place: Any = row
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return row


FIRST = ("given", "consents", 0)


def test_the_good_row_is_good() -> None:
    assert decision(GOOD) == PERMIT


@pytest.mark.parametrize(
    "line",
    [b"{}", b"null", b"[]", b"7", b'"text"', b'{"id": 1}', b"\xff\xfe", b'{"id": "a"', b"[" * 100_000, b'{"a":' * 50_000, b'{"id": NaN}', b"\x00",
     b'{"id": "a", "given": null, "request": null}', b'{"id": "a", "given": [], "request": []}'],
    ids=itertools.count(),
)  # fmt: skip
def test_a_line_that_is_no_row_gets_one_answer_that_is_no_permit(line: bytes) -> None:
    [answer] = answers(line)
    assert answer.get("decision") != PERMIT
    assert ("error" in answer) != ("decision" in answer)


def test_one_bad_line_does_not_spoil_its_neighbors() -> None:
    before, bad, after = answers(json.dumps(GOOD).encode(), b"{", json.dumps(GOOD).encode())
    assert before["decision"] == after["decision"] == PERMIT
    assert "error" in bad


@pytest.mark.parametrize(
    "name",
    ["Bright Start Home Visiting ", "bright start home visiting", "Bright Start  Home Visiting", "Bright Start Home Visiting\u200b",
     "\u0412right Start Home Visiting", "Bright Start", "Bright Start Home Visiting, Inc.", "-", "", " "],
)  # fmt: skip
def test_a_name_that_only_looks_like_hers_opens_nothing(name: str) -> None:
    assert decision(put(name, "request", "actor_org")) != PERMIT


@pytest.mark.parametrize("nobody", ["-", "", " "])
def test_naming_nobody_lets_nobody_in(nobody: str) -> None:
    row = put(nobody, "request", "actor_org")
    row["given"]["consents"][0]["recipients"] = [nobody]
    assert decision(row) != PERMIT


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "2026-02-30", "15/09/2026", "20260915", "2026-09-15T00:00", "", 20260915, True, [], {}, None])
def test_a_date_that_is_none_opens_nothing(day: object) -> None:
    assert decision(put(day, "request", "date")) != PERMIT
    assert decision(put(day, *FIRST, "signed")) != PERMIT
    assert decision(put(day, *FIRST, "expires")) != PERMIT
    if day is not None:
        assert decision(put(day, *FIRST, "revoked")) != PERMIT


@pytest.mark.parametrize("odd", [None, True, 7, {}, [[]], "true", [7], [None], ["x" * 1_000_000]])
@pytest.mark.parametrize("word", ["kind", "patient", "discloser", "recipients", "info", "purpose", "signer", "statements"])
def test_a_paper_with_a_word_of_another_shape_opens_nothing(word: str, odd: object) -> None:
    assert decision(put(odd, *FIRST, word)) != PERMIT


@pytest.mark.parametrize(
    "path",
    [("request", "actor_org"), ("request", "category"), ("request", "purpose"), ("request", "subject"), ("request", "date"),
     ("given", "source", "holder"), ("given", "source", "provenance")],
    ids=".".join,
)  # fmt: skip
def test_a_huge_word_is_refused_fast_and_is_not_repeated(path: tuple[str, ...]) -> None:
    started = time.perf_counter()
    [answer] = answers(json.dumps(put("9" * 3_000_000, *path)).encode())
    assert answer.get("decision") != PERMIT
    assert len(json.dumps(answer)) < 5_000
    assert time.perf_counter() - started < 2


def test_ten_thousand_papers_hide_neither_the_good_one_nor_its_absence() -> None:
    others = [{**PAPER, "id": f"C{number}", "recipients": ["Somebody Else"]} for number in range(2, 10_002)]
    started = time.perf_counter()
    assert decision(put(others, "given", "consents")) != PERMIT
    assert decision(put([PAPER, *others], "given", "consents")) == PERMIT
    assert decision(put([*others, PAPER], "given", "consents")) == PERMIT
    assert time.perf_counter() - started < 5


def test_a_revoked_paper_beside_a_live_one_of_its_own_name_counts_in_either_order() -> None:
    revoked = {**PAPER, "id": "C2", "revoked": "2026-08-01"}
    assert decision(put([PAPER, revoked], "given", "consents")) == decision(put([revoked, PAPER], "given", "consents")) == PERMIT


def test_a_hundred_thousand_unknown_facts_change_nothing() -> None:
    assert decision(put({f"fact_{number}": True for number in range(100_000)}, "given", "facts")) == PERMIT


def test_a_paper_received_by_itself_ends() -> None:
    row = put("part2_via_specific", "given", "source", "provenance")
    row["given"]["source"]["received_via"] = "C1"
    row["given"]["consents"] = [{**PAPER, "id": "C1", "received_via": "C2"}, {**PAPER, "id": "C2", "received_via": "C1", "recipients": ["Elm OB"]}]
    assert decision(row) in {"permit", "deny"}
    row["given"]["consents"] = []
    assert decision(row) != PERMIT


def _permitted() -> list[Json]:
    rows = [row for area in AREAS for situation in area.SITUATIONS for row in situation.rows()]
    found = answers(*(json.dumps(row).encode() for row in rows))
    return [row for row, answer in zip(rows, found, strict=True) if answer.get("decision") == PERMIT]


def _unsaid(row: Json) -> Iterator[Json]:
    """The row without each of the words that every question needs, or with a word nobody knows in its place."""
    for word, value in itertools.product(("subject", "category", "purpose", "date", "actor_org_type"), (None, "", "martian", 7, [], {}, True)):
        changed = copy.deepcopy(row)
        changed["request"][word] = value
        yield changed
    for word, value in itertools.product(("holder", "provenance"), (None, "", 7, [])):
        changed = copy.deepcopy(row)
        changed["given"]["source"][word] = value
        yield changed


def test_what_every_question_needs_is_needed_of_every_permission() -> None:
    rows = [changed for row in _permitted() for changed in _unsaid(row)]
    found = answers(*(json.dumps(row).encode() for row in rows))
    assert len(found) == len(rows) > 5_000
    assert not [row["id"] for row, answer in zip(rows, found, strict=True) if answer.get("decision") == PERMIT]


def test_a_fact_is_true_only_when_it_says_true() -> None:
    """A permission that falls without a fact falls as well when the fact says "false", "no", 0, a list or "true" in quotes."""
    for row in _permitted():
        for fact, value in row["given"]["facts"].items():
            if value is not True:
                continue
            bare, *odd = (copy.deepcopy(row) for _ in range(8))
            del bare["given"]["facts"][fact]
            if decision(bare) == PERMIT:
                continue
            for changed, said in zip(odd, ("false", "no", "true", 0, 1, [], {}), strict=True):
                changed["given"]["facts"][fact] = said
                assert decision(changed) != PERMIT, (row["id"], fact, said)
