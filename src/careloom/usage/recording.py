"""Counts the screens that workers open, in the memory of each process; a thread writes them down every few minutes, so no page waits for it.

What is kept of a look: agency, month, name of the view, the day's bit and the roles. Never who, about whom, or with which address.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.http import HttpRequest, HttpResponse

from careloom.infra import clock
from careloom.infra.access import PrincipalKind, System, acting_as, system

#: Seconds between two writes of a process.
EVERY = 300.0
#: More different keys than these are not kept between two writes: names of views are few, so this is never reached by people.
MOST = 20_000
log = logging.getLogger("careloom.usage")
_ADD = """INSERT INTO usage_screen (agency_id, month, place, uses, days, roles, agencies)
SELECT a, m, p, u, d, string_to_array(r, ','), 1
  FROM unnest(%s::uuid[], %s::date[], %s::text[], %s::int[], %s::int[], %s::text[]) AS t (a, m, p, u, d, r)
ON CONFLICT (agency_id, month, place) DO UPDATE SET uses = usage_screen.uses + excluded.uses, days = usage_screen.days | excluded.days,
  roles = ARRAY(SELECT DISTINCT unnest(usage_screen.roles || excluded.roles) ORDER BY 1)"""


@dataclass
class Seen:
    """What was counted for one screen since the last write."""

    uses: int = 0
    days: int = 0
    roles: set[str] = field(default_factory=set)


class Tally:
    """What one process counted and has not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: dict[tuple[UUID, date, str], Seen] = {}

    def add(self, *, agency_id: UUID, place: str, roles: frozenset[str], day: date) -> None:
        """Count one look at a screen."""
        key = (agency_id, day.replace(day=1), place[:80])
        with self._lock:
            if key not in self._seen and len(self._seen) >= MOST:
                return
            one = self._seen.setdefault(key, Seen())
            one.uses += 1
            one.days |= 1 << (day.day - 1)
            one.roles |= roles

    def flush(self) -> int:
        """Write down what was counted, in one statement (none where nothing was); how many screens. What could not be written is kept."""
        with self._lock:
            seen, self._seen = self._seen, {}
        if not seen:
            return 0
        # In one order, so that two processes never wait for each other's rows.
        rows = sorted(seen.items())
        try:
            with acting_as(system(System.JOB)), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    _ADD,
                    [
                        [key[0] for key, _ in rows], [key[1] for key, _ in rows], [key[2] for key, _ in rows], [one.uses for _, one in rows],
                        [one.days for _, one in rows], [",".join(sorted(one.roles)) for _, one in rows],
                    ],
                )  # fmt: skip
        except DatabaseError:
            self._back(seen)
            raise
        return len(rows)

    def _back(self, seen: dict[tuple[UUID, date, str], Seen]) -> None:
        with self._lock:
            for key, one in seen.items():
                now = self._seen.setdefault(key, Seen())
                now.uses, now.days, now.roles = now.uses + one.uses, now.days | one.days, now.roles | one.roles


tally = Tally()


class UsageMiddleware:
    """Counts a page that a worker of an agency was shown. It stands behind the gate, so that only what opened is counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        viewer, match = getattr(request, "viewer", None), request.resolver_match
        is_page = request.method == "GET" and response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")
        # A part of a page that is fetched again is no screen that somebody opened.
        if is_page and viewer is not None and viewer.kind is PrincipalKind.AGENCY and match is not None and not request.headers.get("HX-Request"):
            day = clock.today(request.membership.agency.zone)  # type: ignore[attr-defined]
            tally.add(agency_id=viewer.holder_id, place=match.view_name or match.route[:80], roles=viewer.roles, day=day)
        return response


_stop = threading.Event()
_started: dict[int, threading.Thread] = {}


def start(*, every: float = EVERY) -> None:
    """Write every few minutes in a thread of this process; a second call does nothing."""
    if os.getpid() in _started:
        return
    _stop.clear()
    _started[os.getpid()] = threading.Thread(target=_go_on, args=(every,), name="usage", daemon=True)
    _started[os.getpid()].start()


def stop() -> None:
    """Write the last of it, because this process ends."""
    _stop.set()
    thread = _started.pop(os.getpid(), None)
    if thread is not None:
        thread.join(timeout=5)
    _write()


def _go_on(every: float) -> None:
    while not _stop.wait(every):
        _write()


def _write() -> None:
    try:
        close_old_connections()
        tally.flush()
    except DatabaseError:
        log.warning("What was counted of screens could not be written; it is tried again with the next.")
    finally:
        connection.close()
