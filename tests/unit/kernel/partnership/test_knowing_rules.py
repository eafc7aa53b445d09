"""What follows from what partners told each other."""

from __future__ import annotations

from datetime import date

import pytest

from careloom.kernel.partnership.knowing import ONBOARDING, ProcessStep
from careloom.kernel.partnership.knowing_rules import (
    Effort,
    anniversary,
    duplicates,
    in_conflict,
    letters_of,
    onboarding_late,
    role_gaps,
    share,
)


def test_a_step_needs_one_who_does_it_and_exactly_one_who_answers() -> None:
    clear = {step.value: {"a": "RA", "b": "CI"} for step in ProcessStep}
    assert role_gaps(clear) == ()
    found = role_gaps(clear | {"SCREEN": {}, "NOTIFY": {"a": "R"}, "ASSESS": {"a": "A", "b": "AR"}, "CLOSE": {"a": "C"}})
    assert [(gap.step, gap.code) for gap in found] == [
        ("SCREEN", "NOBODY"), ("NOTIFY", "NO_ANSWER"), ("ASSESS", "TWO_ANSWER"), ("CLOSE", "NOBODY"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "kept"), [("ir", "RI"), ("R, A", "RA"), ("", ""), ("aa", "A"), ("RX", None), ("1", None)])
def test_letters_are_kept_once_in_one_order(text: str, kept: str | None) -> None:
    assert letters_of(text) == kept


def test_onboarding_is_late_on_the_thirty_first_day_and_never_when_complete() -> None:
    start = date(2026, 1, 1)
    assert not onboarding_late(starts_on=start, done=(), today=date(2026, 1, 31))
    assert onboarding_late(starts_on=start, done=ONBOARDING[1:], today=date(2026, 2, 1))
    assert not onboarding_late(starts_on=start, done=ONBOARDING, today=date(2027, 1, 1))


def test_double_is_the_same_aim_for_the_same_families_by_two_owners() -> None:
    def effort(key: str, owner: str, population: str = "INFANTS") -> Effort:
        return Effort(key=key, owner=owner, outcome="TREATMENT", population=population)

    assert duplicates([effort("1", "ours"), effort("2", "ours"), effort("3", "x", "RURAL")]) == ()
    assert duplicates([effort("1", "ours"), effort("2", "x"), effort("3", "x", "RURAL")]) == (("1", "2"),)


def test_meanings_differ_when_their_words_do() -> None:
    assert not in_conflict(["Medicine and talk.", "medicine  and talk"])
    assert not in_conflict(["Medicine", " "])
    assert in_conflict(["Medicine", "What the order says"])


def test_a_year_later_and_a_share() -> None:
    assert anniversary(date(2024, 2, 29)) == date(2025, 2, 28)
    assert anniversary(date(2026, 5, 1)) == date(2027, 5, 1)
    assert share(done=3, of=0) is None
    assert share(done=3, of=2) == 100
    assert share(done=1, of=3) == 33
