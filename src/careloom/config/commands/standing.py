"""More of what ``careloom doctor`` looks at: backups, the machine's clock, rights in the database, jobs that stand, the certificate."""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import ssl
import stat
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import psycopg

from careloom.config.commands.backup import age
from careloom.config.environment import SETTINGS_FILE, Environment
from careloom.infra.backups import shelf
from careloom.infra.postgres import clients, roles

Finding = tuple[Literal["ok", "note", "wrong"], str]
_OLD: Final = timedelta(hours=36)  # A nightly backup, and half a day to mend it.
_SKEW: Final = 2.0  # seconds between this machine and a database server
_UNSYNCHRONISED: Final = 5  # TIME_ERROR of adjtimex(2)
_WAITING: Final = timedelta(minutes=15)
_ENDS_SOON: Final = timedelta(days=21)

_RIGHTS: Final = (
    ("SELECT rolname FROM pg_roles WHERE rolname = ANY (%(serving)s) AND (rolsuper OR rolbypassrls OR rolcreaterole)",
     "The role {names} may pass row security. Run: ALTER ROLE {names} NOSUPERUSER NOBYPASSRLS NOCREATEROLE"),
    ("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S') AND relowner::regrole::text = ANY (%(serving)s)",
     "The web's role owns what it may only use: {names}. Give it back: ALTER TABLE ... OWNER TO careloom_owner"),
    ("SELECT DISTINCT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid WHERE NOT relrowsecurity",
     "Row security was turned off on {names}. Run: ALTER TABLE ... ENABLE ROW LEVEL SECURITY, and find out who did it."),
    ("SELECT relname FROM pg_class, aclexplode(relacl) a WHERE relkind IN ('r', 'p', 'v', 'm') AND a.grantee = 0"
     " AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'pg\\_%%'",
     "Everybody on the server may use {names}. Run: REVOKE ALL ON ... FROM PUBLIC"),
    ("SELECT r FROM unnest(%(serving)s::text[]) r WHERE has_schema_privilege(r, 'public', 'CREATE')",
     "The role {names} may make tables. Run: REVOKE CREATE ON SCHEMA public FROM PUBLIC, {names}"),
)  # fmt: skip
_JOBS: Final = """SELECT count(*) FILTER (WHERE status = 'failed'),
  count(*) FILTER (WHERE status = 'todo' AND now() - %(late)s >
    coalesce(scheduled_at, (SELECT min(e.at) FROM procrastinate_events e WHERE e.job_id = j.id), now())),
  count(*) FILTER (WHERE status = 'doing' AND NOT EXISTS
    (SELECT FROM procrastinate_workers w WHERE w.id = j.worker_id AND w.last_heartbeat > now() - %(late)s)),
  string_agg(DISTINCT task_name, ', ') FILTER (WHERE status = 'failed') FROM procrastinate_jobs j"""


def backups(settings: Environment) -> Iterator[Finding]:
    """How old the newest backup is, whether the last attempt failed, where the keys are, and whether the next one has room."""
    now = datetime.fromtimestamp(time.time(), tz=UTC)
    severe: Literal["note", "wrong"] = "note" if settings.is_demo else "wrong"
    if shelf.recipient(settings.home) is None:
        yield severe, "No backup can be made yet: there is no recovery key. Run: careloom backup --make-key FILE, and see docs/operations/backup.md"
        return
    last, failed = shelf.last(settings.home), shelf.failed(settings.home)
    if failed is not None:
        yield severe, f"The last backup failed {age(failed[0], now=now)} ago: {failed[1]}"
    if last is None:
        yield severe, "No backup was made yet. Run: careloom backup --to FOLDER --keys-to OTHER-FOLDER"
    else:
        yield from _last(settings, last, now=now, severe=severe)
    if settings.backup_to is None:
        yield "note", "No backup is made by itself. Set CARELOOM_BACKUP_TO and CARELOOM_BACKUP_KEYS_TO in settings.env, or see to it otherwise."


def _last(settings: Environment, last: shelf.Last, *, now: datetime, severe: Literal["note", "wrong"]) -> Iterator[Finding]:
    file, words = Path(last.file), f"The newest backup is {age(last.when, now=now)} old ({last.bytes / 2**20:,.1f} MB, {last.rows:,} rows)"
    if now - last.when > _OLD:
        yield severe, f"{words}. Take one now: careloom backup"
    else:
        yield "ok", f"{words}: {file.name}."
    if last.keys_at is None:
        yield severe, "The keys were not copied with it; without them sealed scans and receipts are lost. Run: careloom backup --keys-to FOLDER"
    if not file.exists():
        yield "note", f"{file} is not there now. If it was not moved to a safe place on purpose, take another."
    elif (free := shutil.disk_usage(file.parent).free) < 2 * last.bytes:
        yield severe, f"The disk of the backups has {free // 2**20:,} MB free, and the last one took {last.bytes // 2**20:,}. Free some."
    elif file.stat().st_dev == settings.home.stat().st_dev:
        yield "note", "The backups are on the same disk as the data. See that they are copied to another place."


def clock() -> Iterator[Finding]:
    """Whether the system keeps this machine's clock in step: terms of law and second steps of sign-in go by it."""
    if sys.platform != "linux":
        return
    try:
        # struct timex is smaller than this everywhere; its first field, modes, is 0: only look.
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512))
    except (OSError, AttributeError):
        return
    if state == _UNSYNCHRONISED:
        yield "note", "Nobody keeps this machine's clock in step, as far as the system tells. Turn on chrony or systemd-timesyncd."
    elif state >= 0:
        yield "ok", "The machine's clock is kept in step."


def settings_file(settings: Environment) -> Iterator[Finding]:
    """Whether others may read the settings, which may hold a password."""
    path = settings.home / SETTINGS_FILE
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077 and "CARELOOM_DATABASE_URL" in path.read_text():
        yield "wrong", f"Others may read {path}, which holds a password. Run: chmod 600 {path}"


def database(settings: Environment) -> Iterator[Finding]:
    """Rights, time and jobs of a database that runs."""
    with clients.connect(settings, "owner") as connection:
        yield from _rights(connection)
        yield from _skew(connection, settings)
        yield from _jobs(connection)


def _rights(connection: psycopg.Connection[tuple[Any, ...]]) -> Iterator[Finding]:
    wrong = False
    for query, words in _RIGHTS:
        found = [str(row[0]) for row in connection.execute(query, {"serving": list(roles.SERVING)}).fetchall()]
        if found:
            wrong = True
            yield "wrong", words.format(names=", ".join(sorted(found)[:5]))
    if not wrong:
        yield "ok", "Roles, rights and row security stand as they should."


def _skew(connection: psycopg.Connection[tuple[Any, ...]], settings: Environment) -> Iterator[Finding]:
    row = connection.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone()
    apart = abs(float(row[0]) - time.time()) if row else 0.0
    if settings.database_url and apart > _SKEW:
        yield "wrong", f"The clocks of this machine and of the database's are {apart:.0f} seconds apart. Keep both in step (chrony)."


def _jobs(connection: psycopg.Connection[tuple[Any, ...]]) -> Iterator[Finding]:
    there = connection.execute("SELECT to_regclass('procrastinate_workers')").fetchone()
    row = connection.execute(_JOBS, {"late": _WAITING}).fetchone() if there and there[0] else None
    if row is None:
        return
    failed, waiting, dead, names = row
    if failed:
        yield "note", f"{failed} jobs failed ({names}). What they said stands where bin/up or the worker prints; the next run does their work again."
    if waiting:
        yield "note", f"{waiting} jobs wait for more than {int(_WAITING.total_seconds() // 60)} minutes. Does the job worker run? See: careloom up"
    if dead:
        yield "note", f"{dead} jobs were begun by a worker that is gone. Start the worker again: careloom up"
    if not (failed or waiting or dead):
        yield "ok", "No job stands."


def certificate(settings: Environment) -> Iterator[Finding]:
    """Whether the certificate of the public address is good, and for how long."""
    parts = urlsplit(settings.public_url or "")
    if parts.scheme != "https" or not parts.hostname:
        return
    where = f"{parts.hostname}:{parts.port or 443}"
    try:
        with (
            socket.create_connection((parts.hostname, parts.port or 443), timeout=5) as plain,
            ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE")).wrap_socket(plain, server_hostname=parts.hostname) as secure,
        ):
            ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str((secure.getpeercert() or {})["notAfter"])), tz=UTC)
    except ssl.SSLCertVerificationError as error:
        yield "wrong", f"The certificate of {where} is not good: {error.verify_message}. Renew or correct it at the proxy."
        return
    except (OSError, KeyError):
        yield "note", f"{where} did not answer from here, so its certificate was not looked at. Does the proxy run?"
        return
    left = ends - datetime.fromtimestamp(time.time(), tz=UTC)
    if left < _ENDS_SOON:
        yield "wrong", f"The certificate of {where} ends in {max(left.days, 0)} days. Renew it at the proxy."
    else:
        yield "ok", f"The certificate of {where} is good for {left.days} days."
