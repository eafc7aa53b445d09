"""The two health addresses: for a load balancer that knows the machine by its number only, and for a monitor."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.db.migrations.graph import MigrationGraph
from django.test import Client

from careloom.infra.watching import health
from careloom.infra.watching.health import KEPT_SECONDS, Health, State, Watch

pytestmark = pytest.mark.django_db
BY_NUMBER = {"HTTP_HOST": "10.1.2.3:8000"}


def a_worker_that_lives(seconds_ago: int = 1) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))", [seconds_ago])


def test_alive_needs_neither_a_known_host_nor_a_session(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(0):
        answer = Client().get("/health/live", **BY_NUMBER)
    assert (answer.status_code, answer.json(), answer["Cache-Control"]) == (200, {"alive": True}, "no-store")
    assert not answer.cookies
    assert Client().post("/health/live").status_code == 405
    assert Client().get("/account/login/", **BY_NUMBER).status_code == 400  # every other address keeps its check of host names


def test_ready_tells_of_each_part() -> None:
    a_worker_that_lives()
    answer = Client().get("/health/ready", **BY_NUMBER)
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "database": "ok", "version": "ok", "jobs": "ok"})


def test_pages_are_served_while_jobs_stand() -> None:
    a_worker_that_lives(seconds_ago=90)
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()["ready"], answer.json()["jobs"]) == (200, True, "stands")


def test_a_database_of_another_version_or_none_takes_no_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationGraph, "leaf_nodes", lambda _graph, _app=None: [("outcomes", "9999_of_the_next_release")])
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()["version"]) == (503, "behind")

    def away() -> bool:
        raise OperationalError("password of the server: secret")

    monkeypatch.setattr(health, "is_at_version", away)
    monkeypatch.setattr(health.connection, "close", lambda: None)
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "database": "down", "version": "down", "jobs": "down"})
    assert b"secret" not in answer.content


def test_many_monitors_cost_no_more_than_one(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    now = [0.0]
    watch = Watch(clock=lambda: now[0])
    first = watch.look()
    now[0] += KEPT_SECONDS
    with django_assert_num_queries(0):
        assert watch.look() is first
    now[0] += 0.1
    with django_assert_num_queries(1):  # the version is known by now
        assert watch.look() is not first


def test_a_missing_version_alone_is_not_ready() -> None:
    parts = {"database": State.OK, "version": State.BEHIND, "jobs": State.OK}
    assert not Health(parts=parts).is_ready
    assert Health(parts=parts | {"version": State.OK, "jobs": State.STANDS}).is_ready
