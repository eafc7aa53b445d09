"""Which jobs run, and when. Each body is one call into the app that owns it."""

from __future__ import annotations

from typing import Any


def declare(app: Any) -> None:
    """Declare the periodic jobs on Procrastinate's `app`."""

    @app.periodic(cron="* * * * *")
    @app.task(queue="outbox", queueing_lock="outbox", pass_context=False)
    def deliver_outbox(timestamp: int) -> int:
        from careloom.infra.events.outbox import deliver_pending

        return deliver_pending()
