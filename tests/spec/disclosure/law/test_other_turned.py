"""Laws that hold for every row, whatever it is about (law.md section 5): what must not help, what must not hurt, and what must close."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from tests.spec.disclosure.law.other_words import DENY, PERMIT, Json, agreement, consent, holder, order
from tests.spec.disclosure.law.test_other import ROWS

from careloom.exchange.disclosure_jsonl import decide_lines

ELSEWHERE: Final = holder("Summit Recovery", "part2_program", covered=True, program=True)
UNRELATED: Final = {
    "consents": {**consent("specific", by=ELSEWHERE, to="Oak Elementary", info=["part2.billing"], purpose=["research"]), "id": "C9"},
    "orders": {**order("2.64", scope=["part2.billing"], to=[]), "id": "O9", "court": "Court of Another State", "recipients": ["Nobody Here"]},
    "agreements": agreement("QSOA", "Summit Recovery", "Another Vendor"),
}


def answers(rows: Iterable[Json]) -> list[dict[str, Any]]:
    """One answer for each row, in order."""
    out = io.StringIO()
    decide_lines(lines=[json.dumps(row).encode() + b"\n" for row in rows], out=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture(scope="module")
def decided() -> list[tuple[Json, str]]:
    """Our rows and the published sample, with the engine's own answer: these laws are about turning an answer, not about its being right."""
    sample = Path(__file__).resolve().parents[5] / "shared/data/disclosure/scenarios.jsonl"
    rows = [*ROWS, *(json.loads(line) for line in sample.read_text("utf-8").splitlines())] if sample.exists() else list(ROWS)
    return [(row, answer["decision"]) for row, answer in zip(rows, answers(rows), strict=True)]


def turned(rows: Iterable[Json], turn: Callable[[Json], Iterator[Json]]) -> list[tuple[Json, str]]:
    """Each turned row with its answer; a refused line counts as no permit."""
    todo = [one for row in rows for one in turn(row)]
    return [(row, answer.get("decision", "error")) for row, answer in zip(todo, answers(todo), strict=True)]


def with_unrelated_papers(row: Json) -> Iterator[Json]:
    """A consent, an order and an agreement of other people, before and after the row's own."""
    for word, paper in UNRELATED.items():
        for place in (0, len(row["given"][word])):
            one = copy.deepcopy(row)
            one["given"][word].insert(place, copy.deepcopy(paper))
            yield one


def backwards(row: Json) -> Iterator[Json]:
    """All papers in the other order."""
    one = copy.deepcopy(row)
    for word in ("consents", "orders", "agreements"):
        one["given"][word].reverse()
    one["given"]["facts"] = dict(reversed(one["given"]["facts"].items()))
    yield one


def with_words_nobody_knows(row: Json) -> Iterator[Json]:
    """Keys of no meaning beside those that have one."""
    one = copy.deepcopy(row)
    one["given"]["facts"]["moon_is_full"] = True
    one["request"]["urgency"] = "now"
    one["given"]["source"]["shelf"] = 7
    yield one


def test_papers_of_others_change_no_answer(decided: list[tuple[Json, str]]) -> None:
    for expected in (PERMIT, DENY):
        rows = [row for row, answer in decided if answer == expected]
        assert not [row["id"] for row, answer in turned(rows, with_unrelated_papers) if answer != expected]


def test_the_order_of_papers_and_facts_changes_no_answer(decided: list[tuple[Json, str]]) -> None:
    found = turned([row for row, _ in decided], backwards)
    assert not [row["id"] for (row, answer), (_, before) in zip(found, decided, strict=True) if answer != before]


def test_words_nobody_knows_change_no_answer(decided: list[tuple[Json, str]]) -> None:
    found = turned([row for row, _ in decided], with_words_nobody_knows)
    assert not [row["id"] for (row, answer), (_, before) in zip(found, decided, strict=True) if answer != before]


def test_her_papers_open_nothing_of_the_other_parent(decided: list[tuple[Json, str]]) -> None:
    """What rests on a consent of the mother's, for herself or her infant, is no key to his record."""

    def about_him(row: Json) -> Iterator[Json]:
        if row["given"]["consents"] and row["request"]["subject"] in {"mother", "infant"} and row["request"]["category"] != "posc.plan_core":
            bare = {**row, "given": {**row["given"], "consents": []}}
            his = {**row, "request": {**row["request"], "subject": "other_parent"}}
            if answers([bare, {**bare, "request": his["request"]}]) and answers([bare])[0]["decision"] == DENY:
                yield his

    found = turned([row for row, answer in decided if answer == PERMIT], about_him)
    assert len(found) > 20
    assert not [row["id"] for row, answer in found if answer == PERMIT]


def test_after_the_last_day_of_every_paper_nothing_rests_on_it(decided: list[tuple[Json, str]]) -> None:
    """A row that falls without its consents falls when they are over: the day after each ended, or the day each was taken back."""
    rows = [row for row, answer in decided if answer == PERMIT and row["given"]["consents"]]
    bare = answers({**row, "given": {**row["given"], "consents": []}} for row in rows)
    resting = [row for row, answer in zip(rows, bare, strict=True) if answer["decision"] == DENY and not row["given"]["source"].get("received_via")]

    def over(row: Json) -> Iterator[Json]:
        ended, revoked = copy.deepcopy(row), copy.deepcopy(row)
        for paper in ended["given"]["consents"]:
            paper["expires"] = "2026-04-30" if row["request"]["date"] < "2026-05-02" else "2026-05-01"
        for paper in revoked["given"]["consents"]:
            paper["revoked"] = row["request"]["date"]
            paper.pop("revocable_after", None)
        if row["request"]["date"] > "2026-05-01":
            yield ended
        yield revoked

    found = turned(resting, over)
    assert len(found) > 40
    assert not [row["id"] for row, answer in found if answer == PERMIT]


@pytest.mark.parametrize("purpose", ["employment", "insurance_underwriting"])
def test_nobody_is_hired_or_insured_on_a_record_without_a_paper_that_says_so(decided: list[tuple[Json, str]], purpose: str) -> None:
    """42 USC 290dd-2(i), 45 CFR 164.508: no permission but her own authorization reaches these purposes; what names nobody is no record."""

    def for_that(row: Json) -> Iterator[Json]:
        names = any(purpose in paper["purpose"] for paper in row["given"]["consents"])
        category, facts = row["request"]["category"], row["given"]["facts"]
        public = category in {"agg.table", "deid.extract"} or facts.get("deidentified") or facts.get("directory_only") or facts.get("infant_deceased")
        if not names and not public and not facts.get("fatality_or_near_fatality") and not category.startswith("part2."):
            yield {**row, "request": {**row["request"], "purpose": purpose}}

    found = turned([row for row, answer in decided if answer == PERMIT], for_that)
    assert len(found) > 100
    assert not [row["id"] for row, answer in found if answer == PERMIT]


def test_who_reported_is_never_in_an_answer_but_by_that_order(decided: list[tuple[Json, str]]) -> None:
    """42 USC 5106a(b)(3): the reporter's name opens by its own order and by nothing else."""

    def the_name(row: Json) -> Iterator[Json]:
        if not any(paper["type"] == "reporter_identity_order" for paper in row["given"]["orders"]):
            yield {**row, "request": {**row["request"], "category": "cw.reporter_identity"}}

    found = turned([row for row, _ in decided], the_name)
    assert len(found) > 500
    assert not [row["id"] for row, answer in found if answer == PERMIT]
