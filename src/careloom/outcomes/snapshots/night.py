"""When a snapshot is due, and taking it in a process of its own that gives its memory back when it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def due(*, at: datetime) -> bool:
    """Whether the numbers of this month are still to be computed."""
    from careloom.outcomes.models import Snapshot

    newest = Snapshot.objects.order_by("-made_at").values_list("made_at", flat=True).first()
    return newest is None or month_of(newest) < month_of(at)


def month_of(at: datetime) -> str:
    """The month of an instant where we are, as 2026-11."""
    return f"{at.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y-%m}"


def take_apart() -> int:
    """Take the extract and the month's snapshot in a child process. Its exit status; what went wrong stands on its standard error, without data."""
    command = [sys.executable, "-W", "ignore", "-m", "careloom.outcomes.snapshots.night"]
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode


def main() -> int:
    """What the child does, when it is due."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careloom.config.settings")
    import django

    django.setup()
    from careloom.infra import clock
    from careloom.outcomes.extracting.running import take_ours
    from careloom.outcomes.publishing.operating import publish_newest
    from careloom.outcomes.snapshots.taking import take

    at = clock.now()
    if not due(at=at):
        return 0
    take_ours(at=at, say=lambda _: None)
    take(at=at, request_key=f"month-{month_of(at)}")
    if settings.CARELOOM_WORLD == "demo":
        # Nobody has to look before practice figures are shown; in a live world two people publish.
        publish_newest(at=at, because="practice county")
    return 0


if __name__ == "__main__":
    sys.exit(main())
