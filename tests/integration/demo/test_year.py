"""A year of a small county, walked day by day with the jobs: the promise holds on each evening, a stopped walk goes on, and a worker leaves."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connections, transaction
from tests.databases import own_database
from tests.integration.demo.test_county import counts

from careloom.config import subscriptions
from careloom.config.jobs import a_day_at
from careloom.demo.year import counting, notes, walking
from careloom.demo.year.notes import Head
from careloom.demo.year.promise import look
from careloom.infra import clock
from careloom.plans.models import OPEN_STATES

# Each push walks the days that the named stories reach back, which is 158; the night (bin/nightly) walks the whole year.
FAMILIES, MONTHS, SEED = 8, int(os.environ.get("CARE_YEAR_MONTHS", "3")), 20260401
STOPS = 90
pytestmark = pytest.mark.slow


class Stopped(BaseException):
    """Stands for Ctrl-C, or for the end of the process: whatever had not been committed is gone."""


@pytest.fixture(scope="module")
def walked(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Head, list[str]]]:
    """The county after its year; on the way it was stopped twice, once in the middle of a family's day and once before an evening was looked at."""
    with own_database(django_db_blocker), pytest.MonkeyPatch.context() as patched:
        subscriptions.join()
        said: list[str] = []
        _stop_in_a_family(patched, said)
        _stop_before_the_evening(said)
        head = walking.walk_year(families=FAMILIES, months=MONTHS, seed=SEED, jobs=a_day_at, say=said.append)
        yield head, said


def _stop_in_a_family(patched: pytest.MonkeyPatch, said: list[str]) -> None:
    whole, played = walking.play_one, Counter[str]()

    def play(family: Any, moment: Any) -> None:
        whole(family, moment)
        played["moments"] += 1
        if played["moments"] == STOPS:
            raise Stopped

    with patched.context() as inside:
        inside.setattr(walking, "play_one", play)
        with pytest.raises(Stopped):
            walking.walk_year(families=FAMILIES, months=MONTHS, seed=SEED, jobs=a_day_at, say=said.append)


def _stop_before_the_evening(said: list[str]) -> None:
    days: list[datetime] = []

    def jobs(at: datetime) -> None:
        a_day_at(at)
        days.append(at)
        if len(days) == 10:
            raise Stopped

    with pytest.raises(Stopped):
        walking.walk_year(families=FAMILIES, months=MONTHS, seed=SEED, jobs=jobs, say=said.append)


def _one(query: str) -> Any:
    with connections["owner"].cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def test_on_every_evening_each_family_has_an_owner_and_a_next_date_and_nothing_is_late_in_silence(walked: tuple[Head, list[str]]) -> None:
    head, _ = walked
    assert head.breaks == {}
    assert head.is_over
    assert head.family_days > 30 * MONTHS * 2
    assert head.late_days > 0  # something was late, so that the ladder was climbed at all


def test_a_worker_who_leaves_in_the_middle_keeps_nothing(walked: tuple[Head, list[str]]) -> None:
    """How many families she led depends on the day of the test; that each of them has an owner since is what every later evening says."""
    head, _ = walked
    assert head.left["before"]["agencies"] == 1
    assert set(head.left["after"].values()) == {0}
    assert head.left["on"] < head.finished


def test_a_walk_that_was_stopped_doubles_nothing(walked: tuple[Head, list[str]]) -> None:
    assert _one("SELECT count(*) - count(DISTINCT (holder_id, identity_id, started_at)) FROM plans_plan") == 0
    assert _one("SELECT count(*) - count(DISTINCT notification_id) FROM notifications_received WHERE kind = 'REPORT'") == 0
    doubled = "SELECT count(*) FROM (SELECT 1 FROM plans_need GROUP BY plan_id, identity_id, code, made_at HAVING count(*) > 1) twice"
    assert _one(doubled) == 0


def test_walking_again_changes_no_row(walked: tuple[Head, list[str]]) -> None:
    before = counts()
    again = walking.walk_year(families=FAMILIES, months=MONTHS, seed=SEED, jobs=a_day_at, say=lambda _: None)
    assert counts() == before
    assert again.family_days == walked[0].family_days


def test_another_county_is_not_walked_in_the_same_place(walked: tuple[Head, list[str]]) -> None:
    with pytest.raises(walking.OtherCountyError, match=f"--families {FAMILIES} --months {MONTHS}"):
        walking.walk_year(families=FAMILIES + 1, months=MONTHS, seed=SEED, jobs=a_day_at, say=lambda _: None)


def test_the_clock_is_right_again_at_the_end(walked: tuple[Head, list[str]]) -> None:
    assert _one("SELECT ahead_by FROM clock_offset") == timedelta(0)


def test_the_cascade_narrows_and_gives_a_reason_for_each_loss(walked: tuple[Head, list[str]]) -> None:
    steps = counting.cascade()
    families, needs = steps[:3], steps[3:]
    for line in (families, needs):
        for before, after in pairwise(line):
            assert after.count == before.count - sum(after.lost.values())
    assert needs[0].count > needs[-1].count
    assert len(list(counting.lines(steps))) == len(steps)


def test_nobody_is_named_in_what_is_said(walked: tuple[Head, list[str]]) -> None:
    head, said = walked
    walking.report(head, say=said.append)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT DISTINCT family_name FROM people_record WHERE family_name <> ''")
        names = [row[0] for row in cursor.fetchall()]
    assert names
    assert not [name for name in names if any(name in line for line in said)]


BREAKS = {
    "OWNER": "UPDATE agencies_membership m SET ends_at = now() - interval '9 years', starts_at = now() - interval '10 years' "
    "FROM plans_plan p WHERE p.status = 'ACTIVE' AND p.lead_worker_id = m.worker_id",
    "NEXT_DATE": "UPDATE plans_plan SET next_review_on = NULL; DELETE FROM plans_need",
    "LATE_IN_SILENCE": "UPDATE work_obligation SET escalated_to = '' WHERE escalated_to <> ''",
}


@pytest.mark.parametrize("what", BREAKS)
def test_the_look_sees_what_is_broken(walked: tuple[Head, list[str]], what: str) -> None:
    at = clock.now()
    with transaction.atomic(using="owner"):
        assert not look(at=at, open_states=OPEN_STATES).broken
        with connections["owner"].cursor() as cursor:
            cursor.execute(BREAKS[what])
        found = {one.what.split(".")[0] for one in look(at=at, open_states=OPEN_STATES).broken}
        transaction.set_rollback(True, using="owner")
    assert what in found


def test_a_head_is_read_as_it_was_kept(walked: tuple[Head, list[str]]) -> None:
    assert notes.read_head() == walked[0]
