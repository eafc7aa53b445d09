"""Reading and writing scenarios as JSON lines."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from careloom.exchange.disclosure_jsonl import ScenarioError, decide_lines, quick_scenario, read_scenario

ROW: dict[str, Any] = {
    "id": "X1",
    "given": {
        "source": {"holder": "Willow Program", "holder_is_part2_program": True, "provenance": "originating"},
        "consents": [
            {
                "kind": "specific",
                "patient": "mother",
                "discloser": "Willow Program",
                "recipients": ["Pine Agency"],
                "info": ["part2.attendance"],
                "purpose": ["posc_monitoring"],
                "signed": "2026-05-01",
                "expires": "2027-05-01",
                "signer": "mother",
                "statements": {"revocation_right": True},
            }
        ],
    },
    "request": {
        "actor_org_type": "cps_agency",
        "actor_org": "Pine Agency",
        "subject": "mother",
        "category": "part2.attendance",
        "purpose": "posc_monitoring",
        "date": "2026-09-15",
    },
}


def _run(*lines: object) -> tuple[bool, list[dict[str, Any]]]:
    out = io.StringIO()
    fine = decide_lines(lines=[line if isinstance(line, str) else json.dumps(line) for line in lines], out=out)
    return fine, [json.loads(text) for text in out.getvalue().splitlines()]


def _changed(**parts: Any) -> dict[str, Any]:
    return {**ROW, "given": {**ROW["given"], **parts}}


def test_a_row_without_empty_lists_is_read_and_answered() -> None:
    fine, (answer,) = _run(ROW)
    assert fine
    assert (answer["id"], answer["decision"], answer["basis"][0]) == ("X1", "permit", "42 CFR 2.31(a)")
    assert (answer["instruments"], answer["ends_on"]) == (["C1"], "2027-05-01")


def test_an_unreadable_line_gets_an_error_and_the_rest_go_on() -> None:
    fine, answers = _run("{not json", ROW, "", "[1]", "[" * 100_000)
    assert not fine
    assert ["error" in answer for answer in answers] == [True, False, True, True]


@pytest.mark.parametrize(
    "facts",
    [
        {"emergency": "yes"},
        {"min_cell": True},
        {"services_dates": "2026-08"},
        {"restriction": []},
        {"deidentified": 3},
        {"received_on": "soon"},
        {"fields": [1]},
    ],
)
def test_a_fact_of_the_wrong_type_is_an_error_that_repeats_no_value(facts: dict[str, Any]) -> None:
    fine, (answer,) = _run(_changed(facts=facts))
    assert not fine
    assert next(iter(facts)) in answer["error"]
    assert "soon" not in answer["error"]


@pytest.mark.parametrize("change", [{"consents": {}}, {"consents": ["C1"]}, {"orders": [{"issued": 20260601}]}, {"source": {"holder": 4}}])
def test_a_paper_of_the_wrong_shape_is_an_error(change: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError):
        read_scenario(raw=_changed(**change))


@pytest.mark.parametrize("key", ["actor_org_type", "subject", "category", "purpose", "date"])
def test_a_missing_or_unknown_word_is_denied(key: str) -> None:
    without = {**ROW, "request": {k: v for k, v in ROW["request"].items() if k != key}}
    assert _run(without)[1][0]["decision"] == "deny"
    assert _run({**ROW, "request": {**ROW["request"], key: "whatever"}})[1][0].get("decision", "deny") == "deny"


def test_unknown_keys_help_nothing_and_harm_nothing() -> None:
    extra = {**_changed(facts={"permit_everything": True}), "colour": 1}
    assert _run(extra)[1][0]["decision"] == "permit"
    assert _run({**extra, "given": {**extra["given"], "consents": []}})[1][0]["decision"] == "deny"


def test_ten_thousand_consents_and_a_huge_text_are_answered() -> None:
    stranger = {**ROW["given"]["consents"][0], "recipients": ["x" * 100_000]}
    small = {**stranger, "recipients": ["Nobody"]}
    assert _run(_changed(consents=[stranger, *[small] * 10_000]))[1][0]["decision"] == "deny"
    assert _run(_changed(consents=[*[small] * 10_000, ROW["given"]["consents"][0]]))[1][0]["decision"] == "permit"


def test_papers_without_an_id_are_numbered_by_their_place_in_one_step() -> None:
    paper = {key: value for key, value in ROW["given"]["consents"][0].items() if key != "id"}
    row = _changed(consents=[{**paper, "id": "C9"}, paper], orders=[{"type": "2.64"}], agreements=[{"type": "BAA"}])
    quick = quick_scenario(line=json.dumps(row))
    assert quick is not None
    assert quick[1] == read_scenario(raw=row)
    assert [paper.id for paper in (*quick[1].consents, *quick[1].orders, *quick[1].agreements)] == ["C9", "C2", "O1", "A1"]
