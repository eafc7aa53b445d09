"""Writes the exports that were asked for on a page, in a process of its own: as the owner of the tables, one at a time on all machines.

One moment of the database goes into a private folder, from there as one tar into pieces sealed for the receiver, and the folder goes at once. It may
be killed anywhere: the lock goes with the connection, and the next run clears what lies there and begins anew, because it must be one moment.
"""

from __future__ import annotations

import hashlib
import shutil
import tarfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from careloom.config.leaving import taking
from careloom.config.leaving.form import LeaveProblem
from careloom.config.leaving.kinds import all_kinds
from careloom.departing.actions import LASTS
from careloom.departing.models import FAILED, READY, WAITING, WRITING, Departure, Piece
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.accounting import account_log_file
from careloom.infra.audit.actions import record
from careloom.infra.backups.recovery import Recipient
from careloom.infra.backups.sealing import PIECE, Sealer

Moment = Callable[[], AbstractContextManager[tuple[Any, str]]]
MOST_TRIES: Final = 5
_LOCK: Final = 0x6C656176  # any number that nothing else locks


class Stopped(Exception):  # noqa: N818  (no failure)
    """Somebody stopped this export while it was written."""


def work(*, moment: Moment, home: Path, now: Callable[[], datetime], release: str) -> int:
    """Write every export that was confirmed, oldest first; how many. `moment` gives the owner's connection that sees one moment."""
    written = 0
    while True:
        with moment() as (connection, _snapshot):
            if not connection.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK]).fetchone()[0]:
                return written
            folder = _empty(home)
            row = None
            try:
                row = _next(at=now())
                if row is None:
                    return written
                _write(row, connection=connection, home=home, folder=folder, now=now, release=release)
                written += 1
            except Stopped:
                continue
            except LeaveProblem:
                # Nothing that a second try would mend.
                _fail(row, at=now())
            finally:
                shutil.rmtree(folder, ignore_errors=True)


def _next(*, at: datetime) -> Departure | None:
    with acting_as(system(System.JOB)), transaction.atomic():
        while True:
            row = Departure.objects.select_for_update().filter(state__in=(WAITING, WRITING)).order_by("answered_at", "pk").first()
            if row is None:
                return None
            # What a process that was killed left of it is of another moment.
            Piece.objects.filter(departure=row).delete()
            row.state, row.tries, row.kinds, row.of_kinds, row.sealed = WRITING, row.tries + 1, 0, len(all_kinds()), 0
            if row.tries > MOST_TRIES:
                row.state, row.finished_at = FAILED, at
                row.save()
                continue
            row.save()
            return row


def _write(row: Departure, *, connection: Any, home: Path, folder: Path, now: Callable[[], datetime], release: str) -> None:
    by, at = system(System.JOB, holder_id=row.agency_id), now()
    # Logged before the first row is read: an export that is stopped half way was a look too.
    with acting_as(by), transaction.atomic():
        record(by=by, at=at, action="agencies.taken_out", object_id=row.agency_id)
        account_log_file(viewer=by, place="agency.export", at=at)

    def say(_words: str) -> None:
        _on(row, kinds=F("kinds") + 1)

    told = taking.take(connection=connection, home=home, agency_id=row.agency_id, folder=folder / "agency", at=at, release=release, say=say)
    out = _Pieces(row)
    sealer = Sealer(out, recipient=Recipient(bytes.fromhex(row.recipient)), head={"what": "agency", "at": at.isoformat(), "release": release})  # type: ignore[arg-type]
    with tarfile.open(fileobj=sealer, mode="w|") as tar:  # type: ignore[call-overload]
        for path in sorted((folder / "agency").rglob("*")):
            if path.is_file():
                tar.add(path, arcname=str(path.relative_to(folder / "agency")), filter=_plain)
    sealer.close()
    digest, rows = out.close(), sum(kind["rows"] for kind in told["kinds"].values())
    done = now()
    with acting_as(by), transaction.atomic():
        if not Departure.objects.filter(pk=row.pk, state=WRITING).update(
            state=READY, digest=digest, rows=rows, papers=told["papers"], finished_at=done, ends_at=done + LASTS, sealed=out.bytes
        ):
            raise Stopped
        record(by=by, at=done, action="departing.written", object_id=row.pk)


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of this machine: no user, no group."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


class _Pieces:
    """Takes the sealed bytes and keeps them a megabyte a row, each in its own transaction."""

    def __init__(self, row: Departure) -> None:
        self._row, self._waiting, self._place, self._digest, self.bytes = row, bytearray(), 0, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        """Take more."""
        self._waiting += data
        self._digest.update(data)
        while len(self._waiting) >= PIECE:
            self._keep(bytes(self._waiting[:PIECE]))
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> str:
        """Keep the rest; the SHA-256 of everything, in hexadecimal."""
        if self._waiting:
            self._keep(bytes(self._waiting))
        return self._digest.hexdigest()

    def _keep(self, content: bytes) -> None:
        self.bytes += len(content)
        _on(self._row, sealed=self.bytes)
        with acting_as(system(System.JOB)), transaction.atomic():
            Piece.objects.create(departure=self._row, place=self._place, content=content)
        self._place += 1


def _on(row: Departure, **facts: object) -> None:
    """How far it is; raises Stopped where somebody stopped it."""
    with acting_as(system(System.JOB)), transaction.atomic():
        if not Departure.objects.filter(pk=row.pk, state=WRITING).update(**facts):
            raise Stopped


def _fail(row: Departure | None, *, at: datetime) -> None:
    assert row is not None
    with acting_as(system(System.JOB)), transaction.atomic():
        Departure.objects.filter(pk=row.pk, state=WRITING).update(state=FAILED, finished_at=at)


def _empty(home: Path) -> Path:
    """The private folder, cleared of what an earlier run left. The caller holds the lock."""
    folder = home / "leaving"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    return folder


def waits(*, home: Path, at: datetime) -> bool:
    """Whether a process is needed: something was confirmed, or a killed one left its folder. Ends what is over first. As the job."""
    from careloom.departing.actions import sweep

    with acting_as(system(System.JOB)), transaction.atomic():
        sweep(at=at)
        return (home / "leaving").exists() or Departure.objects.filter(state__in=(WAITING, WRITING)).exists()
