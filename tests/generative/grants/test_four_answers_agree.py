"""Four answers about one generated world: the kernel, the grants in the table, PostgreSQL under the application role, and a slow model of the law.

`tests/attacks` compares row security with a plain model that knows no law; here is every kind of paper (consents, orders, clauses, restrictions,
emergencies), provenance, infants, broken forms and each purpose. Nightly: CARE_WORLDS=20000 pytest tests/generative/grants.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.generative.grants import asked, law
from tests.generative.grants.worlds import ALL_PURPOSES, KINDS, MOTHER, Played, worlds

WORLDS = int(os.environ.get("CARE_WORLDS", "150"))
PROGRAM, HOSPITAL, VISITS, HUB = 0, 1, 3, 5


# Found by 20,000 worlds: an exchange may pass a hospital's record on for treatment (45 CFR 164.502(e)), but this contract lists a service only.
LISTS_A_SERVICE = {
    "rows": [], "treated": None, "later": [(1, "mother", "posc.plan_core", "originating")],
    "papers": [
        {
            "agency": 1, "subject": "mother", "reader": 5, "categories": {"posc.plan_core"}, "what": "clause", "kind": "BAA",
            "purposes": {"qso_service"}, "begins": 0, "lasts": 0, "review": None, "closes": False, "ended": False,
        },
    ],
}  # fmt: skip


@pytest.mark.slow
@settings(max_examples=WORLDS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(drawn=worlds(), other=st.sampled_from(ALL_PURPOSES))
@example(drawn=LISTS_A_SERVICE, other="treatment")
def test_kernel_grants_row_security_and_the_slow_model_agree(db: None, drawn: dict[str, Any], other: str) -> None:
    with transaction.atomic():
        played = Played(drawn)
        for reader, kind in enumerate(KINDS):
            for purpose in {kind.purpose, other}:
                wanted = played.by_the_law(reader=reader, purpose=purpose)
                permits = (r.pk for r in played.rows if asked.permits(played.law, r.fact, reader=kind.value, purpose=purpose))
                assert frozenset(permits) == wanted, "the kernel"
                assert played.by_the_grants(reader=reader, purpose=purpose) == wanted, "the grants"
                assert played.by_the_database(reader=reader, purpose=purpose) == wanted, "row security"
        transaction.set_rollback(True)


FORM = {
    "what": "form", "agency": PROGRAM, "subject": MOTHER, "reader": VISITS, "categories": {"posc.plan_part2_segment"}, "kind": "specific",
    "taker": PROGRAM, "days": 1, "purposes": {"care_coordination"}, "readers": {VISITS}, "with_infant": False, "lacks": "", "spoken": False,
    "revoked": False, "event": "",
}  # fmt: skip
ORDER = FORM | {"what": "order", "kind": "2.64", "lacks": None, "ended": False}
CLAUSE = {
    "what": "clause", "agency": PROGRAM, "reader": HUB, "categories": {"posc.plan_part2_segment"}, "kind": "QSOA", "purposes": {"qso_service"},
    "begins": -1, "lasts": 5, "review": None, "closes": False, "ended": False,
}  # fmt: skip
LIMIT = {"what": "limit", "agency": PROGRAM, "subject": MOTHER, "reader": VISITS, "categories": set(), "all": True, "ended": False}
ROW = (PROGRAM, MOTHER, "posc.plan_part2_segment", "originating")


@pytest.mark.parametrize(
    ("papers", "reader", "purpose"),
    [
        ([FORM], VISITS, "care_coordination"),
        ([ORDER], VISITS, "care_coordination"),
        ([CLAUSE], HUB, "qso_service"),
        ([CLAUSE | {"kind": "DATA_SHARING", "reader": VISITS, "purposes": {"care_coordination"}}, FORM], VISITS, "care_coordination"),
    ],
    ids=["consent", "order", "service", "schedule"],
)
def test_the_comparison_can_see(db: None, papers: list[dict[str, Any]], reader: int, purpose: str) -> None:
    """Equal answers above are not all empty: with its paper each way is open, and closed without it or when it has ended."""
    opened = Played({"rows": [ROW], "papers": papers, "later": [], "treated": None})
    shut = [{**paper, "days": -1, "begins": -9, "lasts": 1} for paper in papers]
    closed = Played({"rows": [ROW], "papers": shut, "later": [], "treated": None})
    for answer in ("by_the_law", "by_the_grants", "by_the_database"):
        assert getattr(opened, answer)(reader=reader, purpose=purpose) == {opened.rows[0].pk}, answer
        assert getattr(closed, answer)(reader=reader, purpose=purpose) == frozenset(), answer
    assert asked.permits(opened.law, opened.rows[0].fact, reader=KINDS[reader].value, purpose=purpose)


def test_a_restriction_and_an_emergency_are_seen(db: None) -> None:
    limited = Played({"rows": [ROW], "papers": [FORM, LIMIT], "later": [], "treated": MOTHER})
    assert limited.by_the_database(reader=VISITS, purpose="care_coordination") == frozenset()
    assert limited.by_the_database(reader=HOSPITAL, purpose="emergency_treatment") == {limited.rows[0].pk}


def test_the_model_notices_a_day(db: None) -> None:
    """The pair of the model itself: one day past the end, and nothing flows."""
    fact = law.Fact(holder="PART2_PROGRAM", subject=MOTHER, category="part2.attendance", provenance="originating")
    form = law.Form(
        kind="specific", taker="PART2_PROGRAM", recipients=frozenset({"HOME_VISITING"}), information=frozenset({"part2.attendance"}),
        purposes=frozenset({"care_coordination"}), subjects=frozenset({MOTHER}), last_day=date(2026, 5, 1),
    )  # fmt: skip
    world = law.World(today=date(2026, 5, 1), forms=(form,))
    assert law.may_flow(world, fact, reader="HOME_VISITING", purpose="care_coordination")
    assert not law.may_flow(replace(world, today=date(2026, 5, 2)), fact, reader="HOME_VISITING", purpose="care_coordination")
