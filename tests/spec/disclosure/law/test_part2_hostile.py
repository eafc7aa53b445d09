"""Lines about part 2 that are broken, contradictory or meant to deceive: an error line or a denial, never a crash, never a permit gained."""

from __future__ import annotations

import copy
import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.spec.disclosure.law.part2.forms import CPS, OTP, Row, agreement, ask, case, consent, holder, order, program, tpo

ROOT = Path(__file__).resolve().parents[4]
MONITOR = "posc_monitoring"
ASKED = ask("cps", "part2.attendance", MONITOR)
LIVE = case("live", "A live consent.", "permit", "42 CFR 2.31", ASKED, consents=[consent([CPS], [MONITOR])])
CLOSED = case("closed", "No consent.", "deny", "42 CFR 2.31", ASKED)
WORLDS = [
    LIVE,
    case("shared", "-", "permit", "-", ask("ob", "part2.medication", "treatment"), consents=[tpo()], facts={"treating_relationship": True}),
    case("order", "-", "permit", "-", ask("attorney", "part2.attendance", "dependency_proceeding"), orders=[order(["part2.attendance"])],
         facts={"against_patient": True}),
    case("service", "-", "permit", "-", ask("vendor", "part2.full_record", "system_operation"), agreements=[agreement("QSOA", [OTP, "POSC Host"])]),
    case("emergency", "-", "permit", "-", ask("ed", "part2.medication", "emergency_treatment"),
         facts={"emergency": True, "consent_obtainable": False}),
]  # fmt: skip


def told(lines: list[str]) -> list[Row]:
    """One answer for each line, whatever stands in it."""
    done = subprocess.run(
        [ROOT / "bin" / "careloom", "disclosure", "decide", "-"],
        input="\n".join(lines).encode("utf-8", "surrogatepass") + b"\n",
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr[-500:]
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(answers) == len(lines)
    assert all("error" in answer or answer["decision"] in ("permit", "deny") for answer in answers)
    return answers


def permits(rows: list[Row]) -> list[bool]:
    return [answer.get("decision") == "permit" for answer in told([json.dumps(row) for row in rows])]


def places(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*before, key)
        yield from places(inner, (*before, key))


def put(row: Row, place: tuple[Any, ...], value: Any, *, drop: bool = False) -> Row:
    twin = copy.deepcopy(row)
    spot: Any = twin
    for step in place[:-1]:
        spot = spot[step]
    if drop:
        del spot[place[-1]]
    else:
        spot[place[-1]] = value
    return twin


def test_the_worlds_permit_as_they_stand() -> None:
    assert permits(WORLDS) == [True] * len(WORLDS)


def test_no_wrong_type_anywhere_permits() -> None:
    """A value of the wrong type is no value: each place of each world, with numbers, lists and objects in it."""
    rows, said = [], []
    for world in WORLDS:
        for top in ("given", "request"):
            for place in places(world[top]):
                for value in (7, 1.5, -1, ["x"], [[]], {"x": 1}):
                    if place[-1] in ("facts", "id") and isinstance(value, dict):
                        continue  # Facts that say nothing of this are facts all the same.
                    rows.append(put(world, (top, *place), value))
                    said.append((world["id"], place, value))
    assert [what for what, permitted in zip(said, permits(rows), strict=True) if permitted] == []


@pytest.mark.parametrize("word", ["zzz", "", "true", "0", "permit", "PART2.ATTENDANCE", " mother"])
def test_a_word_that_nobody_knows_permits_nothing(word: str) -> None:
    spots = [("request", key) for key in ("actor_org_type", "subject", "category", "purpose")] + [("given", "source", "provenance")]
    spots += [("given", "consents", 0, key) for key in ("kind", "patient", "discloser", "signer")]
    rows = [put(LIVE, spot, word) for spot in spots] + [put(WORLDS[2], ("given", "orders", 0, "type"), word)]
    rows += [put(WORLDS[3], ("given", "agreements", 0, "type"), word), put(WORLDS[4], ("given", "facts", "emergency"), word)]
    assert not any(permits(rows))


def test_a_closed_record_is_opened_by_no_junk() -> None:
    noise = random.Random(42)
    words: list[Any] = [
        None,
        True,
        False,
        0,
        10**30,
        -1,
        1e308,
        "",
        "zzz",
        "permit",
        "*",
        "2026-09-15",
        "2026-02-30",
        [],
        {},
        [[]],
        [None],
        {"a": []},
        "x" * 10_000,
    ]
    rows = []
    for _ in range(3000):
        row = copy.deepcopy(CLOSED)
        for _ in range(noise.randint(1, 4)):
            top = noise.choice(["source", "consents", "orders", "agreements", "facts"])
            inside: Any = noise.choice(words)
            if noise.random() < 0.6:
                key = noise.choice(
                    ["id", "kind", "recipients", "info", "purpose", "scope", "type", "parties", "emergency", "same_program", "override", "admin"]
                )
                inside = {key: noise.choice(words), "decision": "permit"}
                inside = inside if top in ("source", "facts") else [inside]
            row["given"][top] = inside
        rows.append(row)
    assert not any(permits(rows))


def test_unreadable_lines_get_an_error_and_the_rest_go_on() -> None:
    good = json.dumps(LIVE)
    bad = [
        "{",
        "[]",
        "null",
        "17",
        '"permit"',
        '{"id": 1}',
        "{}",
        '{"id": "x", "given": null, "request": null}',
        "[" * 3000,
        good[:-40],
        "\u0000",
        "\ufeff{",
        "NaN",
    ]
    answers = told([line for broken in bad for line in (broken, good)])
    assert all("error" in answer or answer["decision"] == "deny" for answer in answers[::2])
    assert all(answer["decision"] == "permit" for answer in answers[1::2])


@pytest.mark.parametrize(
    "name",
    [
        "Pine County \u0421hildren and Families",
        f"{CPS}\u200b",
        f"{CPS}\u0000",
        CPS[:-1],
        f"{CPS}x",
        f"{CPS}, City PD",
        CPS.replace(" ", "\u00a0"),
        "*",
        "%",
        ".*",
        "-",
    ],
)
def test_a_name_that_only_looks_alike_is_another_name(name: str) -> None:
    assert permits([put(LIVE, ("request", "actor_org"), name)]) == [False]


def test_ten_thousand_papers_decide_as_one() -> None:
    dead = [consent([CPS], [MONITOR], id=f"D{n}", revoked="2026-06-01") for n in range(10_000)]
    agreements = [agreement("MOU", [OTP, CPS]) for _ in range(10_000)]
    orders = [order(["part2.attendance"], finding_balance=False, id=f"O{n}") for n in range(10_000)]
    closed = put(LIVE, ("given", "consents"), dead)
    rows = [
        closed,
        put(closed, ("given", "consents"), [*dead, LIVE["given"]["consents"][0]]),
        put(closed, ("given", "consents"), [LIVE["given"]["consents"][0], *dead]),
        put(CLOSED, ("given", "agreements"), agreements),
        put(CLOSED, ("given", "orders"), orders),
    ]
    assert permits(rows) == [False, True, True, False, False]


def test_huge_words_are_refused_or_read_and_open_nothing() -> None:
    huge = "A" * 1_000_000
    spots = [("request", "actor_org"), ("request", "category"), ("request", "purpose"), ("request", "subject"), ("given", "source", "provenance"),
             ("given", "consents", 0, "kind"), ("given", "consents", 0, "signer"), ("given", "consents", 0, "patient")]  # fmt: skip
    assert not any(permits([put(LIVE, spot, huge) for spot in spots]))


def test_papers_of_one_id_and_circles_of_receipt_open_nothing() -> None:
    other = consent(["County Library"], ["education"])
    live = LIVE["given"]["consents"][0]
    held = put(CLOSED, ("given", "source"), holder(CPS, "cps_agency", "part2_via_specific", received_via="C1"))
    circle = [consent([CPS], [MONITOR], id="C1", received_via="C2"), consent([CPS], [MONITOR], id="C2", received_via="C1")]
    foreign = put(put(held, ("given", "consents"), circle), ("request",), ask("casa", "part2.attendance", "permanency_hearing"))
    itself = put(put(held, ("given", "source", "received_via"), CPS), ("request",), ask("casa", "part2.attendance", "permanency_hearing"))
    revoked = [
        put(LIVE, ("given", "consents"), both) for both in ([live | {"revoked": "2026-06-01"}, other], [other, live | {"revoked": "2026-06-01"}])
    ]
    assert not any(permits([foreign, itself, *revoked]))


def test_the_order_of_papers_never_matters() -> None:
    papers = [consent([CPS], [MONITOR], id="C1"), consent([CPS], [MONITOR], id="C2", revoked="2026-06-01"), tpo(id="C3"),
              consent([CPS], ["dependency_proceeding"], id="C4", kind="proceedings")]  # fmt: skip
    noise = random.Random(7)
    for world in (LIVE, put(LIVE, ("request", "purpose"), "research"), put(LIVE, ("given", "source"), program("Summit Recovery"))):
        rows = [put(world, ("given", "consents"), noise.sample(papers, len(papers))) for _ in range(20)]
        said = [(answer["decision"], sorted(answer["basis"]), sorted(answer["obligations"])) for answer in told([json.dumps(row) for row in rows])]
        assert all(one == said[0] for one in said)
