"""A line of the plain shape is read in one step and any other line with care; both must read the same question."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from careloom.exchange.disclosure_jsonl import ScenarioError, quick_scenario, read_scenario

PLAIN: dict[str, Any] = {
    "id": "R1",
    "given": {
        "source": {
            "holder": "Willow Program",
            "holder_type": "part2_program",
            "holder_is_covered_entity": True,
            "holder_is_part2_program": True,
            "provenance": "originating",
            "received_via": None,
        },
        "consents": [
            {
                "id": "C1",
                "kind": "specific",
                "patient": "mother",
                "discloser": "Willow Program",
                "recipients": ["Pine Agency"],
                "info": ["part2.attendance"],
                "purpose": ["posc_monitoring"],
                "signed": "2026-05-01",
                "expires": "2027-05-01",
                "expiry_event": None,
                "signer": "mother",
                "revoked": None,
                "statements": {"revocation_right": True},
            }
        ],
        "orders": [
            {"id": "O1", "type": "2.64", "court": "Family Court", "issued": "2026-06-01", "scope": ["part2.attendance"], "notice_given": True}
        ],
        "agreements": [{"id": "A1", "type": "QSOA", "parties": ["Willow Program", "Pine Agency"], "start": "2026-01-01", "end": None}],
        "facts": {"emergency": True, "patient_age": 30, "limited_to": ["name"], "restriction": {"to": "Pine Agency", "agreed": True}},
    },
    "request": {
        "actor_role": "caseworker",
        "actor_org_type": "cps_agency",
        "actor_org": "Pine Agency",
        "subject": "mother",
        "category": "part2.attendance",
        "purpose": "posc_monitoring",
        "date": "2026-09-15",
    },
}
#: What the hand of a stranger may write anywhere.
STRAY: list[Any] = [
    *(None, True, False, 0, 5, 5.0, 10**25, "", "x", "2026-09-15", "2026-9-15", "2026-W38-2", "20260915", "\ud800", "é", "\x00"),
    *([], ["a"], [1], {}, {"a": 1}, {"first": "2026-01-01", "last": "2026-02-01"}, "2026-01-01..2026-02-01", "safe_harbor", "birth"),
]
KEYS = [
    "events",
    "services_dates",
    "final_disposition",
    "birth",
    "expiry_event",
    "deidentified",
    "min_cell",
    "received_on",
    "kind",
    "type",
    "unheard_of",
    "id",
]


def _changed(chance: random.Random) -> dict[str, Any]:
    row = copy.deepcopy(PLAIN)
    for _ in range(chance.choice([1, 1, 2, 3])):
        spot: Any = row
        while True:
            key = chance.choice(list(spot) if isinstance(spot, dict) else range(len(spot)))
            inside = spot[key]
            if not isinstance(inside, dict | list) or not inside or chance.random() < 0.1:
                break
            spot = inside
        act = chance.random()
        if act < 0.25 and isinstance(spot, dict):
            del spot[key]
        elif act < 0.5 and isinstance(spot, dict):
            spot[chance.choice(KEYS)] = copy.deepcopy(chance.choice(STRAY))
        else:
            spot[key] = copy.deepcopy(chance.choice(STRAY))
    return row


def _agree(line: str) -> bool:
    """Both readers, compared; whether the quick one read the line."""
    quick = quick_scenario(line=line)
    if quick is None:
        return False
    raw = json.loads(line)
    assert quick[1] == read_scenario(raw=raw), line
    assert json.dumps(quick[0]) == json.dumps(raw.get("id"))
    return True


def test_the_plain_row_is_read_in_one_step() -> None:
    assert _agree(json.dumps(PLAIN))
    assert _agree(json.dumps({**PLAIN, "why": "a row of the sample carries more keys", "expect": "permit"}))
    assert _agree("{}")


def test_a_row_changed_by_a_stranger_is_read_alike_by_both() -> None:
    chance = random.Random(42)
    lines = [json.dumps(_changed(chance)) for _ in range(6000)]
    read = [_agree(line) for line in lines]
    assert 1000 < sum(read) < 5000


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "a", "why": 01}',
        '{"id": "a", "why": "\\x"}',
        '{"id": "a", "why": tru}',
        '{"id": "a", "given": {"facts": {"emergency": true, "emergency": 5}}}',
        '{"id": "a",}',
        "{'id': 1}",
        '{"id": "a"} {"id": "b"}',
        '{"id": "a", "why": "\t"}',
        '{"id": "a", "why": ' + "[" * 100_000 + "]" * 100_000 + "}",
        "null",
        "[]",
        '"text"',
        '{"id": true}',
        '{"id": 1.5}',
        '{"id": ' + "9" * 5000 + "}",
    ],
)
def test_what_is_not_json_or_no_scenario_is_left_to_the_careful_reader(line: str) -> None:
    assert quick_scenario(line=line) is None


@pytest.mark.parametrize("line", ['{"id": "a", "id": "b"}', '{"given": null, "given": {}}', '{"given": {"source": {}, "source": {"holder": "H"}}}'])
def test_the_last_of_two_equal_keys_counts_for_both(line: str) -> None:
    quick = quick_scenario(line=line)
    assert quick is None or quick[1] == read_scenario(raw=json.loads(line))


def test_a_period_written_as_an_object_is_an_error_for_both() -> None:
    row = copy.deepcopy(PLAIN)
    row["given"]["facts"]["services_dates"] = {"first": "2026-01-01", "last": "2026-02-01"}
    assert quick_scenario(line=json.dumps(row)) is None
    with pytest.raises(ScenarioError):
        read_scenario(raw=row)


def test_an_event_named_by_a_consent_is_left_to_the_careful_reader() -> None:
    row = copy.deepcopy(PLAIN)
    row["given"]["consents"][0]["expiry_event"] = "birth"
    assert _agree(json.dumps(row))
    row["given"]["facts"]["birth"] = "2026-06-01"
    assert quick_scenario(line=json.dumps(row)) is None
