"""Whether this process answers, and whether it can work: what a load balancer asks, and what a monitor reads."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

KEPT_SECONDS = 2.0
#: A worker says every ten seconds that it lives; three in a row missed is a worker that stands.
SILENT = timedelta(seconds=40)


class State(StrEnum):
    """How one part is."""

    OK = "ok"
    DOWN = "down"  # it does not answer
    BEHIND = "behind"  # the database is not at this version
    STANDS = "stands"  # no worker does the jobs


@dataclass(frozen=True, kw_only=True)
class Health:
    """Each part with its state. Pages can be served while jobs stand, but not without a database of this version."""

    parts: Mapping[str, State]

    @property
    def is_ready(self) -> bool:
        """Whether requests may be sent here."""
        return all(self.parts[name] is State.OK for name in ("database", "version"))


@dataclass
class Watch:
    """Asks the parts at most every `KEPT_SECONDS`, so that many monitors cost no more than one."""

    clock: Callable[[], float] = time.monotonic
    _kept: Health | None = None
    _asked_at: float = field(default=float("-inf"))
    _at_version: bool = False

    def look(self) -> Health:
        """How the parts are now, or were a moment ago. Raises nothing."""
        moment = self.clock()
        if self._kept is None or moment - self._asked_at > KEPT_SECONDS:
            self._kept, self._asked_at = self._ask(), moment
        return self._kept

    def _ask(self) -> Health:
        try:
            # A process that is at its version stays so: a newer release is a new process.
            self._at_version = self._at_version or is_at_version()
            jobs = State.OK if works() else State.STANDS
        except DatabaseError:
            connection.close()
            return Health(parts={"database": State.DOWN, "version": State.DOWN, "jobs": State.DOWN})
        version = State.OK if self._at_version else State.BEHIND
        return Health(parts={"database": State.OK, "version": version, "jobs": jobs})


def is_at_version() -> bool:
    """Whether every migration of this release is in the database."""
    loader = MigrationLoader(connection)
    return not set(loader.graph.leaf_nodes()) - set(loader.applied_migrations)


def works() -> bool:
    """Whether some worker said within `SILENT` that it lives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM procrastinate_workers WHERE last_heartbeat > now() - %s)", [SILENT])
        return bool(cursor.fetchone()[0])
