"""What limits attempts is counted for all web processes together."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, connections
from tests.databases import own_database

from careloom.agencies.limits import SharedLimits, sweep


@pytest.mark.django_db
def test_it_keeps_values_as_django_asks() -> None:
    assert isinstance(caches["default"], SharedLimits)
    shared = SharedLimits("", {})
    assert shared.get("a", "none") == "none"
    shared.set("a", [1.5, "x"], timeout=60)
    assert shared.get("a") == [1.5, "x"]
    assert shared.add("a", 1) is False
    assert shared.add("b", 0, timeout=60) is True
    assert (shared.incr("b"), shared.incr("b", 3), shared.get("b")) == (1, 4, 4)
    with pytest.raises(ValueError, match="Nothing is counted"):
        shared.incr("c")
    assert (shared.delete("b"), shared.delete("b")) == (True, False)
    assert (shared.touch("a", timeout=0), shared.get("a")) == (True, None)
    assert shared.add("a", 2, timeout=None) is True
    assert sweep() == 0
    shared.set("a", 1, timeout=0)
    assert sweep() == 1


@pytest.mark.django_db
def test_a_key_names_nobody_in_the_database() -> None:
    SharedLimits("", {}).set("login:ada@pine.example:203.0.113.9", 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(l::text, ' ') FROM agencies_limit l")
        (text,) = cursor.fetchone() or ("",)
    assert text
    assert "ada" not in text
    assert "203.0" not in text


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with own_database(django_db_blocker), django_db_blocker.unblock():
        yield


@pytest.mark.slow
def test_no_attempt_of_many_at_once_goes_uncounted(committed: None) -> None:
    SharedLimits("", {}).set("tries", 0)
    firsts: list[bool] = []

    def try_often() -> None:
        mine = SharedLimits("", {})
        firsts.append(mine.add("lock", 1))
        for _ in range(25):
            mine.incr("tries")
        connections.close_all()

    threads = [threading.Thread(target=try_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert SharedLimits("", {}).get("tries") == 100
    assert sorted(firsts) == [False, False, False, True]
