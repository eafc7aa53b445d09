"""The server that takes writes dies while they run, and its synchronous replica takes over: what was acknowledged is there once, and a birth goes on.

docs/operations/deploy.md, "A replica, and what may be lost": each step of an operator here is one that stands there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page, expect
from tests.attacks.crashes.attacker import Writers, compare_rows
from tests.attacks.crashes.world import desks
from tests.factories.births import a_birth
from tests.journeys.test_new_birth import Visitor, answer_four, begin, rows_of
from tests.journeys.test_new_birth import renee as renee
from tests.several.rooms import Room
from tests.several.rooms import room as a_room
from tests.several.servers import Server
from tests.several.stories import played_in

from careloom.agencies.models import Membership
from careloom.infra.events.outbox import deliver_pending

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WRITES, BEFORE = 36, 8
PATIENCE = 60.0


@dataclass
class Pages:
    """What the writers are told of the product."""

    port: int
    runs: bool = True


@pytest.fixture(scope="module")
def room(django_db_setup: None, django_db_blocker: Any) -> Iterator[Room]:
    """Two servers of which the second follows the first, and two machines that know both."""
    with a_room() as made:
        first = made.server("db1", durable=True)
        made.servers.append(follower(first, made, name="db2"))
        made.open()
        with played_in(made, django_db_blocker):
            yield made


def follower(of: Server, made: Room, *, name: str) -> Server:
    """The streaming replica `name`, started, without which nothing is acknowledged from now on."""
    replica = Server(folder=made.folder / name)
    of.copy_to(replica, name=name)
    replica.start()
    of.tell({"synchronous_standby_names": name})
    until(lambda: ask(of, "SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'") == [("sync",)])
    return replica


def test_a_failover_loses_no_acknowledged_write_and_a_birth_goes_on(room: Room, renee: Membership, visit: Callable[..., Visitor]) -> None:
    assert room.balancer is not None
    first, second = room.servers
    born = a_birth(renee, given_name="Marisol", babies=2)
    visitor = visit(renee)
    page = begin(visitor, born)
    answer_four(page)
    expect(page.locator("[data-save-state=birth]")).to_contain_text("Saved")
    work = Writers(desks(3), product=Pages(port=room.balancer.port), count=WRITES, seed=5)
    shown: list[str] = []
    with writing(work):
        until(lambda: len(work.acknowledged) >= BEFORE)
        first.kill()
        assert len(work.acknowledged) < WRITES
        # Nobody takes writes: she is told that it failed, and goes back to what she had.
        where = page.url
        page.get_by_role("button", name="First, tell her").click(timeout=60_000)
        assert page.url == where or not page.get_by_role("heading", name="First, tell her").count()
        shown.append(page.inner_text("body"))
        second.promote()
        for bouncer in room.bouncers:
            bouncer.point_at(server=second.port, database=room.database)
    assert "Something broke on our side" in shown[0]
    assert work.result.refused == []
    assert len(work.acknowledged) == WRITES
    connections.close_all()  # those of this process led to the server that is gone
    she_goes_on(page, visitor)
    (row,) = rows_of(born)
    assert (row.status, row.answer["notify"], len(row.infant_ids)) == ("SENT", "DEIDENTIFIED", 2)
    visitor.said = []
    the_worker_works_on(room)
    deliver_pending()
    compare_rows(work, lambda query, *parameters: ask(second, query, *parameters))
    assert (work.result.lost, work.result.doubled, work.result.wrong) == ([], [], [])
    assert work.result.again > 0, "nobody had to send again: the server died when nobody wrote"


def test_the_server_that_was_lost_comes_back_as_the_replica(room: Room) -> None:
    second = room.servers[1]
    assert room.servers[0].running is None
    third = follower(second, room, name="db3")
    with second.admin(room.database) as admin:
        admin.execute("CREATE TABLE mark (number int); INSERT INTO mark VALUES (7)")
    # It was acknowledged, so the other one has it; what it has applied is seen a moment later.
    try:
        until(lambda: ask(third, "SELECT to_regclass('mark') IS NOT NULL AND pg_is_in_recovery()") == [(True,)])
    finally:
        second.tell({"synchronous_standby_names": ""})
        third.stop()


@contextmanager
def writing(work: Writers) -> Iterator[None]:
    """Writers at work while the block runs, and after it until all is acknowledged."""
    thread = threading.Thread(target=work.run)
    thread.start()
    try:
        yield
    finally:
        thread.join(PATIENCE * 2)
    assert not thread.is_alive()


def she_goes_on(page: Page, visitor: Visitor) -> None:
    """The page again, where her answers stand; then told, sent and acknowledged."""
    until(lambda: visitor.page.goto(page.url).ok)
    expect(page.locator("#answered")).to_contain_text("11 of 12 answered")
    page.get_by_role("button", name="First, tell her").click()
    page.get_by_role("radio", name="I did, in her language").check()
    page.get_by_role("button", name="She was told").click()
    expect(page.locator("#answered")).to_contain_text("All 12 answered")
    page.get_by_role("button", name="Send without names").dblclick()
    expect(page.get_by_role("heading", name="Receipt numbers, one for each baby")).to_be_visible()


def the_worker_works_on(room: Room) -> None:
    """A job that is deferred now is done by the worker, which lost its server too."""
    from procrastinate.contrib.django import app

    number = app.tasks["careloom.config.jobs.pass_on_questions"].configure(queueing_lock=None).defer(timestamp=0)
    try:
        until(lambda: ask(room.servers[1], "SELECT count(*) FROM procrastinate_jobs WHERE id = %s", number) == [(0,)])
    except TimeoutError:
        pytest.fail(room.machines[0].said("worker"))


def ask(server: Server, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    """What the database of the pages answers to its administrator."""
    with server.admin("careloom") as admin:
        return admin.execute(query, parameters or None).fetchall()  # type: ignore[call-overload]


def until(true: Callable[[], Any]) -> None:
    """Wait for something."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.1)
