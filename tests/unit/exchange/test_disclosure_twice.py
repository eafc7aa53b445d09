"""A key that stands twice in one object of a line is an error wherever the answer would be a permit."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from careloom.exchange.disclosure_jsonl import decide_lines
from careloom.exchange.disclosure_twice import key_twice

LINE = (
    '{"id": "X1", "given": {"source": {"holder": "Willow Program", "holder_is_part2_program": true, "provenance": "originating"}, '
    '"consents": [{"id": "C1", "kind": "specific", "patient": "mother", "discloser": "Willow Program", "recipients": ["Pine Agency"], '
    '"info": ["part2.attendance"], "purpose": ["posc_monitoring"], "signed": "2026-05-01", "expires": "2027-05-01", "signer": "mother", '
    '"statements": {"revocation_right": true}, "revoked": null}], "facts": {"need_to_know": true}}, '
    '"request": {"actor_org_type": "cps_agency", "actor_org": "Pine Agency", "subject": "mother", "category": "part2.attendance", '
    '"purpose": "posc_monitoring", "date": "2026-09-15"}}'
)
#: What is written before what stands in the line, and the key that then stands twice.
DOUBLED = [
    ('"revoked": null', '"revoked": "2026-01-01", ', "revoked"),
    ('"revoked": null', '"revoked":"2026-01-01" ,', "revoked"),
    ('"revoked": null', '"revo\\u006bed" : "2026-01-01", ', "revoked"),
    ('"revoked": null', '"revoked": null, ', "revoked"),
    ('"expires": "2027-05-01"', '"expires": "2026-06-01", ', "expires"),
    ('"revocation_right": true', '"revocation_right": false, ', "revocation_right"),
    ('"need_to_know": true', '"need_to_know": false, ', "need_to_know"),
    ('"holder": "Willow Program"', '"holder": "Harbor Hospital", ', "holder"),
    ('"provenance": "originating"', '"provenance": "part2_via_2.66", ', "provenance"),
    ('"purpose": "posc_monitoring"', '"purpose": "criminal_proceeding", ', "purpose"),
    ('"actor_org": "Pine Agency"', '"actor_org": "Oak Agency", ', "actor_org"),
    ('"statements": {', '"statements": {"revocation_right": false}, ', "statements"),
    ('"consents": [', '"consents": [], ', "consents"),
    ('"facts": {', '"facts": {"against_patient": true}, ', "facts"),
    ('"request": {', '"request": {}, ', "request"),
    ('"given": {', '"given": {}, ', "given"),
    ('"id": "X1"', '"id": "X0", ', "id"),
]


def _answers(*lines: str | bytes) -> tuple[bool, list[dict[str, Any]]]:
    out = io.StringIO()
    fine = decide_lines(lines=lines, out=out)
    return fine, [json.loads(text) for text in out.getvalue().splitlines()]


def test_the_line_as_it_stands_is_permitted() -> None:
    fine, (answer,) = _answers(LINE)
    assert (fine, answer["decision"]) == (True, "permit")
    assert key_twice(line=LINE) is None


@pytest.mark.parametrize(("before", "more", "key"), DOUBLED)
def test_a_key_that_stands_twice_is_an_error_that_names_it(before: str, more: str, key: str) -> None:
    line = LINE.replace(before, more + before, 1)
    assert line != LINE
    fine, (answer, after) = _answers(line, LINE)
    assert not fine
    assert answer == {"id": "X1", "line": 1, "error": f"Line 1: {key} stands twice in one object. Write each key once."}
    assert after["decision"] == "permit"


@pytest.mark.parametrize(("before", "more", "key"), DOUBLED)
def test_bytes_are_looked_at_alike(before: str, more: str, key: str) -> None:
    _, (answer,) = _answers(LINE.replace(before, more + before, 1).encode())
    assert answer["error"].startswith(f"Line 1: {key} stands twice")


@pytest.mark.parametrize(
    ("before", "instead"),
    [
        # A null is read with care, and the careful reader keeps the last of two keys as well.
        ('"discloser": "Willow Program"', '"discloser": null, "discloser": "Willow Program"'),
        ('"facts": {', '"facts": {"restriction": {"to": "Pine Agency", "agreed": true, "agreed": false}, '),
        ('"facts": {', '"facts": {"birth": "2026-01-01", "birth": "2026-12-31", '),
        ('"id": "C1"', '"expiry_event": "birth", "expiry_event": null, "id": "C1"'),
    ],
)
def test_a_line_that_is_read_with_care_is_looked_at_too(before: str, instead: str) -> None:
    fine, (answer,) = _answers(LINE.replace(before, instead, 1))
    assert not fine
    assert "stands twice in one object" in answer["error"]


def test_a_key_that_is_no_word_of_the_format_is_not_repeated() -> None:
    for doubled in ('"Ann Example": 1, "Ann Example": 2', '"note": {"Ann Example": 1, "Ann Example": 2}'):
        fine, (answer,) = _answers(LINE.replace("{", "{" + doubled + ", ", 1))
        assert not fine
        assert answer["error"] == "Line 1: A key that is not of this format stands twice in one object. Write each key once."


@pytest.mark.parametrize(
    "more",
    [
        '"why": "10:15 is a time, and {\\"a\\": 1, \\"a\\": 2} is a text"',
        '"why": {"a": 1, "b": {"a": 1}}',
        '"why": [{"a": 1}, {"a": 1}]',
        '"why": ' + "9" * 5000,
        '"why": null',
        '"\\u00e9": "\\u003a"',
    ],
)
def test_what_stands_once_is_no_error(more: str) -> None:
    fine, (answer,) = _answers(LINE.replace("{", "{" + more + ", ", 1))
    assert (fine, answer["decision"]) == (True, "permit")


def test_a_colon_within_a_text_hides_no_second_key() -> None:
    """Keys are counted against colons: neither a colon that is written as an escape nor a list where an object belongs may make up for a key."""
    doubled = LINE.replace('"revoked": null', '"revoked": "2026-01-01", "revoked": null')
    for line in (
        doubled.replace('"signer": "mother"', '"signer": "mother", "court": "a\\u003ab"').replace('"court"', '"intermediary"'),
        doubled.replace('"facts": {', '"orders": [{"statements": ["a", "b", "c"]}], "facts": {'),
    ):
        assert key_twice(line=line) == "revoked stands twice in one object. Write each key once."


def test_a_denial_stays_a_denial() -> None:
    fine, (answer,) = _answers(LINE.replace('"revoked": null', '"revoked": null, "revoked": "2026-01-01"'))
    assert (fine, answer["decision"]) == (True, "deny")


def test_what_cannot_be_read_twice_alike_is_no_ground_for_a_permit() -> None:
    assert key_twice(line="[" * 100_000) is not None
    assert key_twice(line=b'{"id": "\xff"}') is not None
