"""Behind a pooler in transaction mode clients share one server connection: no scope of one is there for another."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction
from tests.conftest import TEST_HOME
from tests.databases import own_database
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld
from tests.integration.machines.pooling import Pooler, pooler

from careloom.infra.access import acting_as
from careloom.infra.access.scope import SET_SCOPE, SETTINGS, scope_parameters
from careloom.infra.postgres import Supervisor
from careloom.plans.models import PlanOfSafeCare

pytestmark = [pytest.mark.slow]
LEFT = "SELECT " + ", ".join(f"coalesce(current_setting('careloom.{name}', true), '')" for name in SETTINGS)
SEEN = "SELECT count(*) FROM plans_plan"


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Pooler, PlanWorld]]:
    """A world of its own and a pooler with one connection to its database; Django's pages go through it."""
    with own_database(django_db_blocker) as name, tempfile.TemporaryDirectory(prefix="clpb-", ignore_cleanup_errors=True) as folder:
        with transaction.atomic():
            world = PlanWorld()
            world.a_plan(agreed=True)
        with pooler(Supervisor(TEST_HOME, durable=False), database=name, folder=Path(folder)) as between:
            yield between, world


@contextmanager
def through(between: Pooler) -> Iterator[None]:
    """Send what this process asks of its database through the pooler, as CARELOOM_POOL_URL does for web processes."""
    entry = connections["default"].settings_dict
    before = dict(entry)
    connections.close_all()
    options = {key: value for key, value in before["OPTIONS"].items() if key not in ("server_side_binding", "prepare_threshold")}
    changed = {"HOST": "127.0.0.1", "PORT": str(between.port), "DISABLE_SERVER_SIDE_CURSORS": True, "OPTIONS": options}
    entry.update(changed)
    try:
        yield
    finally:
        connections.close_all()
        entry.clear()
        entry.update(before)


def as_dana(world: PlanWorld) -> Any:
    with acting_as(viewer(world.dana)):
        return scope_parameters()


def test_the_next_client_finds_no_scope(shared: tuple[Pooler, PlanWorld]) -> None:
    between, world = shared
    with between.connect() as dana, between.connect() as other:
        with dana.transaction():
            dana.execute(SET_SCOPE, as_dana(world))
            mine = dana.execute("SELECT pg_backend_pid(), count(*) FROM plans_plan").fetchone()
        with other.transaction():
            theirs = other.execute("SELECT pg_backend_pid(), count(*) FROM plans_plan").fetchone()
            left = other.execute(LEFT).fetchone()
    assert mine is not None
    assert theirs is not None
    assert mine[0] == theirs[0], "one server connection for both"
    assert (mine[1], theirs[1]) == (1, 0)
    assert set(left or ()) == {""}


def test_a_client_that_goes_in_the_middle_leaves_no_scope(shared: tuple[Pooler, PlanWorld]) -> None:
    between, world = shared
    gone = between.connect()
    gone.execute(SET_SCOPE, as_dana(world))
    assert gone.execute(SEEN).fetchone() == (1,)
    gone.close()
    with between.connect() as other:
        assert other.execute(SEEN).fetchone() == (0,)
        assert set(other.execute(LEFT).fetchone() or ()) == {""}


def test_a_failed_transaction_leaves_no_scope(shared: tuple[Pooler, PlanWorld]) -> None:
    between, world = shared
    with between.connect() as dana:
        dana.execute(SET_SCOPE, as_dana(world))
        with pytest.raises(psycopg.errors.DivisionByZero):
            dana.execute("SELECT 1 / 0")
        dana.rollback()
        with between.connect() as other:
            assert other.execute(SEEN).fetchone() == (0,)


def test_two_agencies_read_by_turns_and_each_sees_its_own(shared: tuple[Pooler, PlanWorld]) -> None:
    between, world = shared
    seen: dict[str, set[int]] = {"dana": set(), "bea": set()}
    broke: list[Exception] = []

    def read(name: str, member: Any) -> None:
        by = viewer(member)
        try:
            for _ in range(60):
                with transaction.atomic(), acting_as(by):
                    seen[name].add(PlanOfSafeCare.objects.seen_by(by).count())
        except Exception as problem:
            broke.append(problem)
        finally:
            connections.close_all()

    with through(between):
        threads = [threading.Thread(target=read, args=(name, member)) for name, member in (("dana", world.dana), ("bea", world.bea)) for _ in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
    assert broke == []
    assert seen == {"dana": {1}, "bea": {0}}
