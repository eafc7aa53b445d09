"""A thousand writes while the server is killed again and again: what was acknowledged is there, and nothing is there twice."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import psycopg
import pytest

from careloom.infra.postgres import PostgresProblem, Supervisor

pytestmark = pytest.mark.slow
WRITES, WRITERS, KILLS = 1000, 4, 4


def write(home: Path, numbers: range, acknowledged: list[int]) -> None:
    """Write each number until it is acknowledged, by a key as the forms carry one: what was asked twice is done once."""
    supervisor, connection = Supervisor(home), None
    for number in numbers:
        while True:
            try:
                if connection is None:
                    connection = psycopg.connect(**supervisor._parameters("postgres"), autocommit=True, connect_timeout=2)
                connection.execute("INSERT INTO written (request_key) VALUES (%s) ON CONFLICT (request_key) DO NOTHING", [number])
                acknowledged.append(number)
                break
            except psycopg.Error:
                connection = None
                time.sleep(0.05)


def test_a_thousand_writes_outlive_kill_nine(home: Path) -> None:
    with Supervisor(home).start() as running:
        with Supervisor(home).admin() as admin:
            admin.execute("CREATE TABLE written (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, request_key bigint UNIQUE)")
        acknowledged: list[int] = []
        writers = [threading.Thread(target=write, args=(home, range(first, WRITES, WRITERS), acknowledged)) for first in range(WRITERS)]
        for writer in writers:
            writer.start()
        pid, seen = running.pid, []
        for kill in range(1, KILLS + 1):
            while len(acknowledged) < kill * WRITES // (KILLS + 1):
                time.sleep(0.005)
            os.kill(pid, signal.SIGKILL)
            at_kill = set(acknowledged)
            pid = started_again(home)
            with Supervisor(home).admin() as admin:
                seen.append(at_kill - {number for (number,) in admin.execute("SELECT request_key FROM written").fetchall()})
        for writer in writers:
            writer.join(120)
        with Supervisor(home).admin() as admin:
            rows = [number for (number,) in admin.execute("SELECT request_key FROM written").fetchall()]
    assert seen == [set()] * KILLS
    assert sorted(rows) == list(range(WRITES))
    assert sorted(acknowledged) == list(range(WRITES))


def started_again(home: Path) -> int:
    """Start the killed server; its children need a moment to be gone."""
    for _ in range(10):
        try:
            return Supervisor(home).start().pid
        except PostgresProblem:
            time.sleep(0.5)
    raise AssertionError("the server did not come back")
