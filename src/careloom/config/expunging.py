"""What two persons agreed to expunge, in a process of its own: it acts as the owner of the tables, which neither the web nor the job worker does.

`work` is asked each minute by the worker; `again` before the first page after a start or a restore (decision 0018).
"""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from careloom.config.environment import Environment
from careloom.infra import tombstones
from careloom.infra.postgres import clients


def wanted() -> bool:
    """Whether something was confirmed and not finished. One query, in the worker's own role."""
    from django.db import transaction

    from careloom.infra.access import System, acting_as, system
    from careloom.keeping.models import CONFIRMED, SWEPT, Expunging

    with acting_as(system(System.JOB)), transaction.atomic():
        return Expunging.objects.filter(state__in=[CONFIRMED, SWEPT]).exists()


def work_apart() -> int:
    """Carry out in a child process what was confirmed; its exit status."""
    command = [sys.executable, "-m", "careloom.config.expunging"]
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode


def work(settings: Environment, *, connection: Any) -> int:
    """Carry out every one that was confirmed and is not held, copy the ledger beside the copies of the keys, tell partners; how many were finished.

    Each step is its own transaction: what a kill left is gone on with. One that is held waits for the day on which the hold ends.
    """
    from careloom.infra import clock
    from careloom.keeping.actions import tell
    from careloom.keeping.carrying_out import carry_out

    ledger = tombstones.Ledger(home=settings.home)
    for (one,) in connection.execute("SELECT id FROM keeping_expunging WHERE state = 'CONFIRMED' ORDER BY confirmed_at, id").fetchall():
        carry_out(connection=connection, ledger=ledger, expunging_id=one, at=clock.now())
    swept = connection.execute("SELECT id FROM keeping_expunging WHERE state = 'SWEPT' ORDER BY done_at, id").fetchall()
    folder = settings.backup_keys_to or settings.backup_to
    if folder is not None and folder.is_dir():
        ledger.copy_to(folder)
    for (one,) in swept:
        tell(expunging_id=one, at=clock.now())
    return len(swept)


def missing(settings: Environment) -> bool:
    """Whether the ledger names something that this database does not know to be gone. Without a ledger no question is asked; needs no Django."""
    ids = list(tombstones.ids_of(settings.home))
    if not ids:
        return False
    with clients.connect(settings, "owner") as connection:
        there = connection.execute("SELECT to_regclass('keeping_applied') IS NOT NULL").fetchone()
        if not there or not there[0]:
            return True
        row = connection.execute("SELECT count(*) FROM keeping_applied WHERE id = ANY (%s)", [ids]).fetchone()
    return row is None or row[0] < len(set(ids))


def again(settings: Environment) -> int:
    """Carry out again what the database does not know of, when it is at this release; how many. Needs Django and the running database."""
    from careloom.infra import clock
    from careloom.keeping.carrying_out import apply_again

    tombstones.Ledger(home=settings.home).make_key()
    with clients.connect(settings, "owner") as connection:
        return apply_again(connection=connection, ledger=tombstones.Ledger(home=settings.home), at=clock.now())


def main() -> int:
    """What the child does: `again` with that word, else `work`."""
    from careloom.config.cli import explain
    from careloom.config.commands import django_with_database

    try:
        with django_with_database() as settings:
            if "again" in sys.argv:
                print(again(settings), flush=True)
                return 0
            with clients.connect(settings, "owner") as connection:
                work(settings, connection=connection)
    except Exception as error:
        print(f"careloom expunging: {explain(error, command='up')}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
