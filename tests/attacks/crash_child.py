"""What the crash test runs as processes of their own: write with an event, and deliver what waits. Each names a home folder."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch


def main(what: str, home: str) -> None:
    """`write` begins a consent and dies with the database before its event goes out; `deliver` hands out what waits; both print a line."""
    os.environ |= {"CARELOOM_HOME": home, "CARELOOM_WORLD": "demo", "DJANGO_SETTINGS_MODULE": "careloom.config.settings"}
    import django

    django.setup()
    {"migrate": _migrate, "write": _write, "deliver": _deliver}[what](Path(home))


def _migrate(home: Path) -> None:
    from django.core.management import call_command
    from django.db import connections

    from careloom.infra.access import rights

    call_command("migrate", database="owner", verbosity=0)
    rights.give(connections["owner"])


def _write(home: Path) -> None:
    from django.db import transaction
    from tests.factories.plans import PlanWorld

    from careloom.infra.events import outbox

    def die(row_id: Any) -> bool:
        # The transaction is committed and the event not yet delivered: the database goes down hard, and so does this process.
        postmaster = int((home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
        print("committed", row_id, flush=True)
        os.kill(postmaster, signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)
        return False

    with transaction.atomic():
        world = PlanWorld()
        plan = world.a_plan(agreed=True)
    with patch.object(outbox, "_deliver", die), transaction.atomic():
        world.share(plan, to=world.bea)


def _deliver(home: Path) -> None:
    from django.db import transaction

    from careloom.infra.access import System, acting_as, system
    from careloom.infra.events import outbox
    from careloom.infra.events.models import OutboxEvent
    from careloom.infra.events.outbox import deliver_pending

    handled: list[str] = []
    for kind in list(outbox._handlers):
        outbox._handlers[kind].append(lambda event: handled.append(type(event).__name__))
    first, second = deliver_pending(), deliver_pending()
    with transaction.atomic(), acting_as(system(System.JOB)):
        left = OutboxEvent.objects.filter(delivered_at=None).count()
    print("delivered", first, second, left, *handled, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
