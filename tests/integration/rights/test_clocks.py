"""The days of each right, at their boundaries, and who hears when they are over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories.agencies import a_worker
from tests.integration.rights.conftest import ANSWER, REASON, Rights, words

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.packs import load_pack
from careloom.kernel.packs import ClockName
from careloom.kernel.packs.schema import Status
from careloom.rights import tasks
from careloom.rights.clocks import end_of, last_day, put_off_to

NEW_YORK = Agency(pack="columbia", zone="America/New_York")
NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


def days_before(days: int) -> datetime:
    """The same hour by the county's clocks so many days ago, also across the night on which they change."""
    return clock.now().astimezone(clock.zone()) - timedelta(days=days)


@pytest.mark.parametrize(
    ("right", "last", "later"),
    [
        ("ACCESS", date(2026, 4, 1), date(2026, 5, 1)),
        ("AMENDMENT", date(2026, 5, 1), date(2026, 5, 31)),
        ("ACCOUNTING", date(2026, 5, 1), date(2026, 5, 31)),
        ("INTERMEDIARY", date(2026, 4, 1), None),
        ("RESTRICTION", date(2026, 3, 16), None),
        ("CONFIDENTIAL", date(2026, 3, 4), None),
    ],
)
def test_the_last_day_of_each_right_and_of_its_one_extension(right: str, last: date, later: date | None) -> None:
    assert last_day(right=right, agency=NEW_YORK, received_at=NOON) == last
    assert put_off_to(right=right, agency=NEW_YORK, due=last) == later


def test_a_day_is_the_agencys_own_and_ends_at_its_midnight() -> None:
    """Nine in the evening of March 2 in New York is March 3 in UTC; the count begins on March 2 all the same."""
    evening = datetime(2026, 3, 3, 2, tzinfo=UTC)
    assert last_day(right="ACCESS", agency=NEW_YORK, received_at=evening) == date(2026, 4, 1)
    assert end_of(date(2026, 4, 1), agency=NEW_YORK) == datetime(2026, 4, 2, 4, tzinfo=UTC)


def test_the_clocks_name_their_law() -> None:
    named = {name: rule for name, rule in load_pack(name="columbia").clocks.items() if name.startswith("RIGHTS_")}
    assert len(named) == 10
    assert all(rule.citations for rule in named.values())
    assert named[ClockName.RIGHTS_ACCESS].status is Status.VERIFIED


def test_it_is_put_off_once_with_a_reason_that_she_reads(rights: Rights) -> None:
    row = rights.asked("ACCESS")
    assert rights.answer(row, "putoff", because="Later").status_code == 422
    assert rights.answer(row, "putoff", because=REASON).status_code == 302
    now = rights.row(row.pk)
    assert (now.due_on, now.first_due_on) == (row.due_on + timedelta(days=30), row.due_on)
    (owed,) = rights.owed(rights.riverbend, "RIGHTS_ASKED")
    assert owed.due_at == end_of(now.due_on, agency=rights.riverbend)
    phone = rights.world.signed_in()
    phone.cookies["django_language"] = "en"
    page = words(phone.get(f"/my/rights/asked/{row.pk}/"))
    assert REASON in page
    assert "They need more time" in page
    again = rights.answer(row, "putoff", because=REASON)
    assert again.status_code == 422
    assert rights.row(row.pk).due_on == now.due_on


@pytest.mark.parametrize(("days_ago", "status"), [(30, 302), (31, 422)])
def test_it_is_put_off_within_the_first_time_only(rights: Rights, days_ago: int, status: int) -> None:
    """On the last day it may still be put off; on the day after it is late (45 CFR 164.524(b)(2)(iii)(A))."""
    row = rights.asked("ACCESS", at=days_before(days_ago))
    assert rights.answer(row, "putoff", because=REASON).status_code == status


def test_the_law_gives_no_more_time_for_a_list_of_an_intermediary(rights: Rights) -> None:
    row = rights.asked("INTERMEDIARY")
    assert rights.answer(row, "putoff", because=REASON).status_code == 422


@pytest.fixture
def supervisor(rights: Rights) -> Membership:
    found = a_worker(Role.SUPERVISOR, agency=rights.riverbend, name="Petra Above")
    Membership.objects.filter(pk=rights.officer.pk).update(supervisor_id=found.worker_id)
    return found


def test_a_late_request_stands_late_and_rises_to_the_supervisor_once(rights: Rights, supervisor: Membership) -> None:
    row = rights.asked("ACCESS", at=days_before(31))
    assert "Late" in words(rights.client(rights.officer).get("/rights/"))
    assert tasks.run(at=clock.now()) == 0  # the day after it is the officer's own
    later = clock.now() + timedelta(days=7)
    assert tasks.run(at=later) == 1
    (told,) = rights.owed(rights.riverbend, "RIGHTS_LATE")
    assert (told.worker_id, told.about_id) == (supervisor.worker_id, row.pk)
    assert tasks.run(at=later) == 0
    assert len(rights.owed(rights.riverbend, "RIGHTS_LATE")) == 1
    assert "LATE" in {step.code for step in rights.steps(row)}
    assert rights.answer(row, "deny", codes=["NOT_HELD"], answer=ANSWER).status_code == 302
    assert rights.owed(rights.riverbend, "RIGHTS_LATE") == []
    assert rights.owed(rights.riverbend, "RIGHTS_ASKED") == []


def test_what_is_not_late_does_not_rise(rights: Rights, supervisor: Membership) -> None:
    rights.asked("ACCESS", at=days_before(30))
    assert tasks.run(at=clock.now()) == 0
    assert rights.owed(rights.riverbend, "RIGHTS_LATE") == []
