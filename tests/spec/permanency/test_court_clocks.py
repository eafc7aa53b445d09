"""The court clocks of a child in care, as tables: each row is a case with the day that the law names. Rows R-174 and R-175.

Source: 42 USC 675(5)(B), (C), (E), (F); 671(a)(15)(E)(i); 45 CFR 1356.21(i); 25 USC 1912(a); ORC 2151.413(D)(1), 2151.415(D).
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloom.infra.packs import load_pack
from careloom.kernel.clocks import (
    CareRule,
    EntryBecause,
    Extension,
    Pause,
    PauseKind,
    Spell,
    add_months,
    care_clock,
    extension_gaps,
    file_on,
    notice_not_before,
)
from careloom.kernel.packs import ClockName, Status

FEDERAL = CareRule(months=15, window=22, most_extensions=2)
OHIO = CareRule(months=12, window=22, most_extensions=2)
HOME, AWAY = PauseKind.TRIAL_HOME_VISIT, PauseKind.RUNAWAY


def d(text: str) -> date:
    return date.fromisoformat(text)


def spell(removed: str, found: str | None = None, ended: str | None = None) -> Spell:
    return Spell(removed_on=d(removed), found_on=d(found) if found else None, ended_on=d(ended) if ended else None)


def pause(kind: PauseKind, starts: str, ends: str | None = None) -> Pause:
    return Pause(kind=kind, starts_on=d(starts), ends_on=d(ends) if ends else None)


@pytest.mark.parametrize(
    ("removed", "found", "entered", "because"),
    [
        ("2025-01-10", "2025-02-01", "2025-02-01", EntryBecause.FINDING),  # 675(5)(F)(i): the finding came first
        ("2025-01-10", "2025-05-01", "2025-03-11", EntryBecause.SIXTY_DAYS),  # (F)(ii): sixty days after removal
        ("2025-01-10", None, "2025-03-11", EntryBecause.SIXTY_DAYS),
        ("2025-01-10", "2025-03-11", "2025-03-11", EntryBecause.FINDING),  # both on one day
        ("2025-01-10", "2024-12-01", "2025-01-10", EntryBecause.FINDING),  # a finding of an in-home case before the removal
    ],
)
def test_care_begins_with_the_finding_or_the_sixtieth_day(removed: str, found: str | None, entered: str, because: EntryBecause) -> None:
    """42 USC 675(5)(F)."""
    now = spell(removed, found)
    assert (now.entered_on, now.because) == (d(entered), because)


@pytest.mark.parametrize(
    ("rule", "stays", "away", "day"),
    [
        (FEDERAL, [spell("2025-01-10", "2025-02-01")], [], "2026-05-01"),  # 675(5)(E): fifteen months after entry
        (OHIO, [spell("2025-01-10", "2025-02-01")], [], "2026-02-01"),  # ORC 2151.413(D)(1): twelve
        (OHIO, [spell("2025-01-10", "2025-02-01")], [pause(HOME, "2025-06-01", "2025-07-01")], "2026-03-03"),  # thirty days do not count
        (OHIO, [spell("2025-01-10", "2025-02-01")], [pause(AWAY, "2025-06-01", "2025-06-11")], "2026-02-11"),  # 1356.21(i)(1)(i)(B)
        (OHIO, [spell("2025-01-10", "2025-02-01")], [pause(HOME, "2025-06-01")], None),  # at home on trial, and it goes on
        (OHIO, [spell("2024-06-01", "2024-06-01", "2024-12-01"), spell("2025-03-01", "2025-03-01")], [], "2025-08-30"),  # both stays count
        (OHIO, [spell("2020-06-01", "2020-06-01", "2021-03-01"), spell("2025-03-01", "2025-03-01")], [], "2026-03-01"),  # the old one is too old
        (FEDERAL, [], [], None),
    ],
)
def test_the_day_on_which_the_agency_must_file(rule: CareRule, stays: list[Spell], away: list[Pause], day: str | None) -> None:
    """42 USC 675(5)(E); 45 CFR 1356.21(i)(1)."""
    assert file_on(spells=stays, pauses=away, rule=rule, as_of=d("2025-08-15")) == (d(day) if day else None)


def test_hearings_reviews_and_notices_fall_on_their_days() -> None:
    """675(5)(C): twelve months, then every twelve; 675(5)(B): every six months; R-174: notices at 9, 10 and 11 months."""
    clock = care_clock(spells=[spell("2025-01-10", "2025-02-01")], rule=OHIO, as_of=d("2025-08-15"))
    assert clock is not None
    assert clock.hearing_due_on == clock.recommend_on == d("2026-02-01")
    assert clock.review_due_on == d("2025-08-01")
    assert clock.alerts_on == (d("2025-11-01"), d("2025-12-01"), d("2026-01-01"))
    assert (clock.counted_days, clock.left_out, clock.extensions_left) == (196, 0, 2)
    held = care_clock(
        spells=[spell("2025-01-10", "2025-02-01")], rule=OHIO, as_of=d("2026-03-01"), last_hearing_on=d("2026-01-20"), last_review_on=d("2025-07-20")
    )
    assert held is not None
    assert (held.hearing_due_on, held.review_due_on) == (d("2027-01-20"), d("2026-01-20"))


def test_a_hearing_of_an_earlier_stay_does_not_put_off_the_next() -> None:
    stays = [spell("2023-01-01", "2023-01-01", "2024-01-01"), spell("2025-01-01", "2025-01-01")]
    clock = care_clock(spells=stays, rule=FEDERAL, as_of=d("2025-02-01"), last_hearing_on=d("2023-12-01"))
    assert clock is not None
    assert clock.hearing_due_on == d("2026-01-01")


@pytest.mark.parametrize(
    ("found_on", "held", "due"),
    [
        ("2025-03-01", None, "2025-03-31"),
        ("2025-03-01", "2025-03-20", "2026-03-20"),  # it was held: the ordinary clock goes on
        ("2026-01-20", None, "2026-02-01"),  # the ordinary hearing comes first
    ],
)
def test_without_efforts_to_reunify_the_hearing_falls_within_thirty_days(found_on: str, held: str | None, due: str) -> None:
    """42 USC 671(a)(15)(E)(i)."""
    clock = care_clock(
        spells=[spell("2025-01-10", "2025-02-01")], rule=FEDERAL, as_of=d("2025-03-02"), no_efforts_on=d(found_on),
        last_hearing_on=d(held) if held else None
    )  # fmt: skip
    assert clock is not None
    assert clock.hearing_due_on == d(due)


@pytest.mark.parametrize(
    ("given", "until", "gaps"),
    [
        ([], "2026-08-01", ()),
        ([], "2026-08-02", ("TOO_LONG",)),
        ([], "2026-02-01", ("NOT_LATER",)),
        ([("2026-02-01", "2026-08-01")], "2027-02-01", ()),
        ([("2026-02-01", "2026-08-01"), ("2026-08-01", "2027-02-01")], "2027-06-01", ("TOO_MANY",)),
    ],
)
def test_an_extension_is_one_of_two_and_six_months_at_most(given: list[tuple[str, str]], until: str, gaps: tuple[str, ...]) -> None:
    """ORC 2151.415(D); R-175."""
    known = [Extension(from_on=d(a), until_on=d(b)) for a, b in given]
    assert extension_gaps(rule=OHIO, given=known, clock_ends_on=d("2026-02-01"), until_on=d(until)) == gaps


def test_an_extension_moves_the_recommendation_and_not_the_federal_hearing() -> None:
    given = [Extension(from_on=d("2026-02-01"), until_on=d("2026-08-01"))]
    clock = care_clock(spells=[spell("2025-01-10", "2025-02-01")], rule=OHIO, as_of=d("2026-01-15"), extensions=given)
    assert clock is not None
    assert (clock.recommend_on, clock.hearing_due_on, clock.extensions_left) == (d("2026-08-01"), d("2026-02-01"), 1)


@pytest.mark.parametrize(("more", "day"), [(0, "2026-04-11"), (20, "2026-05-01")])
def test_no_hearing_before_ten_days_after_the_tribe_received_notice(more: int, day: str) -> None:
    """25 USC 1912(a)."""
    assert notice_not_before(received_on=d("2026-04-01"), more_days=more) == d(day)


def test_the_packs_say_the_months_with_their_source() -> None:
    base, ohio = load_pack(name="base").clocks, load_pack(name="ohio").clocks
    assert (base[ClockName.CARE_FILING].due.amount, ohio[ClockName.CARE_FILING].due.amount) == (15, 12)
    assert base[ClockName.CARE_FILING].citations == ("42 USC 675(5)(E)",)
    assert ohio[ClockName.CARE_FILING].status is Status.VERIFIED
    assert ohio[ClockName.CARE_EXTENSION].status is Status.KNOWN
    assert base[ClockName.TRIBE_NOTICE].due.amount == 10
    assert base[ClockName.TRIBE_MORE_TIME].due.amount == 20


def test_a_rule_that_can_never_be_met_is_refused() -> None:
    with pytest.raises(ValueError, match="window"):
        CareRule(months=23, window=22)


@given(
    removed=st.dates(min_value=date(2020, 1, 1), max_value=date(2026, 1, 1)),
    found=st.none() | st.integers(min_value=-30, max_value=120),
    gone=st.integers(min_value=0, max_value=60),
)
def test_time_at_home_never_brings_the_day_nearer(removed: date, found: int | None, gone: int) -> None:
    now = Spell(removed_on=removed, found_on=removed + timedelta(days=found) if found is not None else None)
    plain = file_on(spells=[now], pauses=[], rule=OHIO, as_of=removed)
    begins = now.entered_on + timedelta(days=30)
    paused = file_on(spells=[now], pauses=[Pause(kind=HOME, starts_on=begins, ends_on=begins + timedelta(days=gone))], rule=OHIO, as_of=removed)
    assert plain == add_months(start=now.entered_on, months=12)
    assert plain is not None
    assert paused is not None
    assert paused == plain + timedelta(days=gone)
