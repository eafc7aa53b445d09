"""Measures one world: run as a child process of the bench, in the CARELOOM_HOME of that world.

python -m careloom.bench.measure FAMILIES [REQUESTS]
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connections

from careloom.bench.figures import median, progress, say
from careloom.bench.pages import Page, pages_of
from careloom.bench.processes import cpu_seconds, family, memory_mb
from careloom.bench.web import Client, assets_of, serving
from careloom.bench.world import World, make_world

ROUNDS = 5


def measure(*, families: int, requests: int, database_pid: int) -> None:
    """Fill the empty world of this data folder, then measure and print."""
    world = _world(families)
    _queries(world)
    _row_security(world)
    with serving(with_worker=True) as (port, pids):
        web, worker = pids

        def watched() -> Watched:
            return Watched(web=family([web]), database=family([database_pid]))

        _settle(worker=worker, database=database_pid)
        for page in pages_of(world):
            _page(page, world=world, port=port, requests=requests, pids=watched)
        _her_page(world, port=port, requests=requests, pids=watched)
        _notifications(world, port=port, requests=requests, pids=watched)
        _memory(web=web, worker=worker, database=database_pid, families=families)


def _memory(*, web: int, worker: int, database: int, families: int) -> None:
    """The sum of PSS of the running product; the bench's own connections are closed first, for they are not part of it."""
    connections.close_all()
    time.sleep(1)
    parts = {name: memory_mb(family([pid])) for name, pid in (("web", web), ("worker", worker), ("PostgreSQL", database))}
    note = ", ".join(f"{name} {value:.0f}" for name, value in parts.items())
    say(name=f"memory_pss_{families}", value=sum(parts.values()), unit="MB", n=1, note=f"after these requests: {note}; at most 400")


@dataclass(frozen=True, kw_only=True)
class Watched:
    """The processes whose CPU a request costs. The job worker works beside the requests and is not among them."""

    web: list[int]
    database: list[int]


def _settle(*, worker: int, database: int, patience: float = 180.0) -> None:
    """Wait until the jobs of the first start and the database's own housekeeping are done, so that no page pays for them."""
    until = time.monotonic() + patience
    quiet = 0
    while quiet < 3 and time.monotonic() < until:
        pids = family([worker, database])
        before = cpu_seconds(pids)
        time.sleep(1)
        quiet = quiet + 1 if cpu_seconds(pids) - before < 0.05 else 0


def _world(families: int) -> World:
    from careloom.agencies.models import Agency
    from careloom.config import preparation
    from careloom.infra.ui.setup import ensure_assets

    ensure_assets(say=progress)
    preparation.collect_static(say=progress)
    preparation.migrate(say=progress)
    if Agency.objects.exists():
        raise SystemExit("This data folder already holds a world. The bench fills an empty one; remove the folder and start again.")
    began = time.perf_counter()
    world = make_world(families=families)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM access_grant), pg_database_size(current_database())")
        grants, size = cursor.fetchone()
    say(
        name=f"fill_{families}", value=time.perf_counter() - began, unit="s", n=1,
        note=f"{grants} grants, {size // 2**20} MB; set-wise by the bench, not through actions",
    )  # fmt: skip
    return world


def session_for(email: str) -> dict[str, str]:
    """Cookies of a worker who is signed in, made like Django's own sign-in makes them."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from careloom.agencies.models import User

    user = User.objects.get(email=email)
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return {settings.SESSION_COOKIE_NAME: str(store.session_key), "csrftoken": "x" * 32}


NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def _queries(world: World) -> None:
    """Statements per page, those of the transaction and the scope not counted."""
    from django.db import connection
    from django.test import Client as InProcess
    from django.test.utils import CaptureQueriesContext

    from careloom.agencies.models import User

    for page in pages_of(world):
        client = InProcess(SERVER_NAME="localhost")
        client.force_login(User.objects.get(email=page.who))
        path = client.post(page.path, {"q": page.asks})["Location"] if page.asks else page.path
        client.get(path)
        counts = []
        # The middle of three: the clock of a practice world is read again every few seconds, by whichever page comes then.
        for _ in range(3):
            with CaptureQueriesContext(connection) as seen:
                answer = client.get(path)
            counts.append(sum(not q["sql"].startswith(NOT_COUNTED) and "set_config('careloom." not in q["sql"] for q in seen.captured_queries))
        most = f"at most {page.most_queries}" if page.most_queries else ""
        note = f"status {answer.status_code} {most}".strip()
        say(name=f"queries_{page.name}_{world.families}", value=sorted(counts)[1], unit="statements", n=3, note=note)


def _page(page: Page, *, world: World, port: int, requests: int, pids: Callable[[], Watched]) -> None:
    client = Client(port=port, cookies=session_for(page.who))
    path = client.post(page.path, q=page.asks).location if page.asks else page.path
    first = client.get(path)
    for _ in range(10):
        client.get(path)
    cost = _cost(lambda: client.get(path), requests=requests, pids=pids)
    limit = f"; at most {page.most_cpu_ms:g}" if page.most_cpu_ms else ""
    where = f"{page.name}_{world.families}"
    say(
        name=f"cpu_{where}",
        value=cost["cpu_ms"],
        unit="ms",
        n=requests,
        note=f"web and PostgreSQL per request{limit}; {_beside(cost)}",
    )
    say(name=f"time_{where}", value=cost["median_ms"], unit="ms", n=requests, note=f"status {first.status}")
    say(name=f"bytes_{where}", value=first.wire_bytes, unit="bytes", n=1, note="the page alone, as sent")


def _cost(once: Callable[[], Any], *, requests: int, pids: Callable[[], Watched]) -> dict[str, float]:
    """Median over rounds of the CPU that the product spent per request, the wall time, and what the generator itself spent."""
    times, cpu, database = [], [], []
    own_before = resource.getrusage(resource.RUSAGE_SELF)
    each = max(1, requests // ROUNDS)
    for _ in range(ROUNDS):
        watched = pids()
        before, stored = cpu_seconds(watched.web), cpu_seconds(watched.database)
        for _ in range(each):
            began = time.perf_counter()
            once()
            times.append((time.perf_counter() - began) * 1000)
        database.append((cpu_seconds(watched.database) - stored) * 1000 / each)
        cpu.append((cpu_seconds(watched.web) - before) * 1000 / each + database[-1])
    own = resource.getrusage(resource.RUSAGE_SELF)
    spent = (own.ru_utime + own.ru_stime) - (own_before.ru_utime + own_before.ru_stime)
    return {"cpu_ms": median(cpu), "database_ms": median(database), "median_ms": median(times), "own_ms": spent * 1000 / (each * ROUNDS)}


def _beside(cost: dict[str, float]) -> str:
    return f"PostgreSQL {cost['database_ms']:.1f} of it; load generator {cost['own_ms']:.2f} ms"


def _her_page(world: World, *, port: int, requests: int, pids: Callable[[], Watched]) -> None:
    """The mother's first visit: the page and everything that it fetches, on the wire."""
    from careloom.bench.hers import her_session

    client = Client(port=port, cookies=her_session(world))
    page = client.get("/my/")
    seen = {path: client.get(path).wire_bytes for path in dict.fromkeys(assets_of(page.text))}
    fonts = _fonts(client, seen)
    total = page.wire_bytes + sum(seen.values()) + sum(fonts.values())
    say(
        name=f"her_first_visit_{world.families}",
        value=total / 1024,
        unit="KB",
        n=1,
        note=f"status {page.status}, {1 + len(seen) + len(fonts)} answers; at most 100",
    )
    cost = _cost(lambda: client.get("/my/"), requests=requests, pids=pids)
    say(name=f"cpu_her_page_{world.families}", value=cost["cpu_ms"], unit="ms", n=requests, note=_beside(cost))


def _fonts(client: Client, styles: dict[str, int]) -> dict[str, int]:
    import re

    found: dict[str, int] = {}
    for path in [p for p in styles if p.endswith(".css")]:
        base = path.rsplit("/", 1)[0]
        for name in re.findall(r'url\(["\']?([^"\')]+\.woff2)["\']?\)', client.get(path).text):
            address = name if name.startswith("/") else _joined(base, name)
            found[address] = client.get(address).wire_bytes
    return found


def _joined(base: str, relative: str) -> str:
    parts = base.split("/")
    for step in relative.split("/"):
        if step == "..":
            parts.pop()
        elif step != ".":
            parts.append(step)
    return "/".join(parts)


def _notifications(world: World, *, port: int, requests: int, pids: Callable[[], Watched]) -> None:
    """A notification saved: facts, receipts, audit and outbox in one transaction, by the form that a social worker posts."""
    from careloom.bench.births import drafts

    client = Client(port=port, cookies=session_for(world.hospital_email))
    waiting = iter(drafts(world, count=requests + ROUNDS))
    answers: list[int] = []

    def once() -> None:
        path, fields = next(waiting)
        answers.append(client.post(path, **fields).status)

    cost = _cost(once, requests=requests, pids=pids)
    kept = sum(1 for status in answers if status in {200, 302, 303})
    say(
        name=f"cpu_notification_{world.families}", value=cost["cpu_ms"], unit="ms", n=len(answers),
        note=f"{kept} of {len(answers)} saved; at most 30; {_beside(cost)}",
    )  # fmt: skip


def _row_security(world: World) -> None:
    """A page of fifty and one record: row security on, beside the same filter written by hand and no row security."""
    from careloom.bench.policies import compare

    for name, on, off, n in compare(world):
        say(
            name=f"rls_{name}_{world.families}",
            value=on / off if off else 0.0,
            unit="ratio",
            n=n,
            note=f"{on:.3f} ms on, {off:.3f} ms by hand; at most 1.5",
        )
