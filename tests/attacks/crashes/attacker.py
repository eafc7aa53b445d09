"""kill -9 of every part while workers write: no acknowledged write is lost, none is doubled, the logs' chain is whole, every event went out.

It starts the product as `bin/up` does on a data folder of its own, fills real forms over HTTP from several browsers, kills web server, job worker
and PostgreSQL in turn at instants of chance, sends again what was not acknowledged, and then compares what was acknowledged with the rows.

    bin/attack-crashes [HOW MANY WRITES] [SEED]
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import socket
import string
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from tests.attacks.crashes.forms import KINDS, Browser, Gone, Kind, NotTaken, filled
from tests.attacks.crashes.product import Killer, Product, clean

from careloom.infra.postgres import Supervisor

#: A write that is not acknowledged within this many seconds is a fault: a part did not come back.
A_WRITE = 120.0
#: How many times as many writes as were asked for are made at most while a part waits to be killed.
MOST_MORE = 20


@dataclass
class Result:
    """What came of it. Each list names what is wrong; all empty is good."""

    written: Counter[str] = field(default_factory=Counter)
    again: int = 0
    killed: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    refused: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every promise held."""
        return not (self.refused or self.lost or self.doubled or self.wrong)


class Served(Protocol):
    """Where the pages are, and whether somebody is there who should answer."""

    @property
    def port(self) -> int: ...

    @property
    def runs(self) -> bool: ...


class Writers:
    """Several browsers that write until `count` writes are acknowledged, each with its key until it is, and then until `run` is told that it is
    enough (at most `MOST_MORE` times as many)."""

    def __init__(self, desks: Sequence[dict[str, str]], *, product: Served, count: int, seed: int) -> None:
        self.desks, self.product, self.result = desks, product, Result()
        self.acknowledged: list[tuple[Kind, str]] = []
        self.tried: list[tuple[Kind, str]] = []
        self._count, self._lock, self._chance = count, threading.Lock(), random.Random(seed)
        self._enough: Callable[[], bool] = lambda: True

    def run(self, enough: Callable[[], bool] | None = None) -> None:
        """Write until all is acknowledged and, where it is given, `enough` says yes."""
        self._enough = enough or self._enough
        threads = [threading.Thread(target=self._write, args=(desk,)) for desk in self.desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _next(self) -> tuple[Kind, str] | None:
        with self._lock:
            begun = len(self.tried)
            if self.result.refused or begun >= MOST_MORE * self._count or (begun >= self._count and self._enough()):
                return None
            # Names of chance: a look for who may be one person already shall find nobody.
            mark = "".join(self._chance.choices(string.ascii_lowercase, k=16)).capitalize()
            self.tried.append((KINDS[begun % len(KINDS)], mark))
            return self.tried[-1]

    def _write(self, desk: dict[str, str]) -> None:
        browsers = {who: Browser(port=self.product.port, session=desk[who]) for who in ("coordinator", "nurse")}
        while (one := self._next()) is not None:
            kind, mark = one
            try:
                self._until_taken(browsers[kind.who], kind.path.format(**desk), kind, mark)
            except NotTaken as said:
                self.result.refused.append(f"{kind.name}: {said}")
                return
            with self._lock:
                self.acknowledged.append((kind, mark))
                self.result.written[kind.name] += 1

    def _until_taken(self, browser: Browser, path: str, kind: Kind, mark: str) -> None:
        until, form = time.monotonic() + A_WRITE, dict[str, str]()
        while time.monotonic() < until and self.product.runs:
            try:
                form = form or filled(browser.page(path), kind=kind, mark=mark)
                browser.send(path, form)
                return
            except Gone:
                self.result.again += 1
                time.sleep(0.3)
        raise NotTaken(f"not acknowledged within {A_WRITE:.0f} seconds" if self.product.runs else "the product stopped by itself")


def attack(
    *, home: Path, count: int, seed: int, writers: int = 4, every: tuple[float, float] = (0.5, 3.0), most: int = 10_000, patience: float = 150.0,
    parts: Collection[str] = (),
) -> Result:  # fmt: skip
    """Do it on `home`, which may be prepared already, with at least `count` writes and until each of `parts` was killed while they went on;
    `patience` is how long the job worker may take to hand out what is left (0: the next start hands it out)."""
    product = Product(home, port=_free_port())
    try:
        product.ready(patience=600)
        work = Writers(json.loads(_world(home, str(writers)).splitlines()[-1]), product=product, count=count, seed=seed)
        began = time.monotonic()
        with Killer(product, seed=seed, every=every, served=lambda: len(work.acknowledged), most=most) as killer:
            work.run(enough=lambda: all(killer.killed[part] for part in parts))
        work.result.seconds, work.result.killed = time.monotonic() - began, killer.killed
        _settle(product, patience=patience)
    finally:
        status = product.stop()
    if status:
        work.result.wrong.append(f"careloom up ended with {status}: {''.join(product.lines[-12:])}")
    with Supervisor(home).start():
        if not patience:
            _world(home, "deliver")
        _compare(home, work)
    return work.result


def _world(home: Path, what: str) -> str:
    words = [sys.executable, "-m", "tests.attacks.crashes.world", str(home), what]
    made = subprocess.run(words, env=clean(), capture_output=True, text=True, check=False)
    if made.returncode:
        raise RuntimeError(made.stderr[-2000:])
    return made.stdout


def _settle(product: Product, *, patience: float) -> None:
    """Wait until the job worker handed out every event, as it does each minute."""
    until = time.monotonic() + patience
    while time.monotonic() < until and product.runs:
        try:
            if _ask(product.home, "SELECT count(*) FROM events_outbox WHERE delivered_at IS NULL") == [(0,)]:
                return
        except OSError:
            pass
        time.sleep(1)


def _compare(home: Path, work: Writers) -> None:
    result = work.result
    compare_rows(work, partial(_ask, home))
    chain = subprocess.run(
        [sys.executable, "-m", "careloom.config.cli", "doctor", "--chain"], env=clean() | {"CARELOOM_HOME": str(home)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if chain.returncode:
        result.wrong.append(f"the logs: {chain.stdout}{chain.stderr}"[-800:])


def compare_rows(work: Writers, ask: Callable[..., list[tuple[Any, ...]]]) -> None:
    """Compare what was acknowledged with the rows. `ask` puts a query with its parameters to the database as its administrator."""
    result = work.result
    sure = {mark for _, mark in work.acknowledged}
    for kind in KINDS:
        marks = [mark for one, mark in work.tried if one is kind]
        query = f"SELECT {kind.column}, count(*) FROM {kind.table} WHERE {kind.column} = ANY (%s) AND {kind.only} GROUP BY 1"
        found = dict(ask(query, marks))
        result.lost += [f"{kind.name} {mark}" for mark in marks if mark in sure and not found.get(mark)]
        result.doubled += [f"{kind.name} {mark}: {number} rows" for mark, number in found.items() if number > 1]
    for words, query in _WHOLE.items():
        ((number,),) = ask(query)
        if number:
            result.wrong.append(f"{words}: {number}")


_WHOLE = {
    "events that were not handed out": "SELECT count(*) FROM events_outbox WHERE delivered_at IS NULL",
    "rows that two entries of the log say were made": """SELECT count(*) FROM (SELECT object_id, action FROM audit_row
        WHERE action IN ('plans.goal_added', 'plans.need_added', 'plans.strength_added', 'plans.minute') GROUP BY 1, 2 HAVING count(*) > 1) twice""",
    "goals without their entry in the log": """SELECT count(*) FROM plans_goal g
        WHERE NOT EXISTS (SELECT FROM audit_row a WHERE a.object_id = g.id)""",
    "rows of families without an open segment": """SELECT count(*) FROM plans_goal g WHERE NOT EXISTS
        (SELECT FROM access_segment s WHERE s.identity_id = g.identity_id AND s.holder_id = g.holder_id AND s.category = g.category)""",
    "births with two drafts": "SELECT count(*) - count(DISTINCT identity_id) FROM notifications_notification",
    "drafts without their birth": """SELECT count(*) FROM notifications_notification n WHERE n.birth_ids = '{}'""",
}


def _ask(home: Path, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    import psycopg

    try:
        with Supervisor(home).admin("careloom") as admin:
            return admin.execute(query, parameters or None).fetchall()
    except psycopg.OperationalError as error:
        raise OSError("the database is down") from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Run it in a folder of its own, which stays where something was found."""
    parser = argparse.ArgumentParser(prog="bin/attack-crashes", description="kill -9 of every part while workers write.")
    parser.add_argument("count", nargs="?", type=int, default=1000, help="how many writes (default 1000)")
    parser.add_argument("seed", nargs="?", type=int, default=1, help="what chance begins with (default 1)")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="careloom-crashes-"))
    folder.chmod(0o755)
    result = attack(home=folder / "home", count=max(1, args.count), seed=args.seed)
    kinds = ", ".join(f"{number} × {name}" for name, number in sorted(result.written.items()))
    print(f"{sum(result.written.values())} writes were acknowledged in {result.seconds:.0f} seconds: {kinds}.")
    print(f"Killed: {', '.join(f'{part} {number} times' for part, number in result.killed.items())}. Sent again: {result.again} times.")
    for words, found in (("Refused", result.refused), ("Lost", result.lost), ("Doubled", result.doubled), ("Wrong", result.wrong)):
        for one in found:
            print(f"{words}: {one}")
    if result.good:
        shutil.rmtree(folder, ignore_errors=True)
        print("Each is there once, the chain of the logs is whole, and every event was handed out.")
        return 0
    print(f"The data folder stays for a look: {folder}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
