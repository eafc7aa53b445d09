"""Logs of their own: written and committed by the application role, tampered with by the owner of the tables."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import transaction

from careloom.infra import clock
from careloom.infra.access import PrincipalKind, Viewer, acting_as
from careloom.infra.access.accounting import account_miss
from careloom.infra.access.models import Disclosure
from careloom.infra.audit import canon, checking, filing
from careloom.infra.audit.actions import record
from careloom.infra.audit.heads import Heads
from careloom.infra.audit.sealing import Sealed, seal
from careloom.infra.audit.verifying import Finding, Verified, verify

ALL = "access_log, access_disclosure, audit_row, audit_seal, audit_expunged"


def connect(role: str = "owner") -> Any:
    """A connection of its own as one of the two roles."""
    entry = settings.DATABASES["owner" if role == "owner" else "default"]
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    return psycopg.connect(**{names[key]: entry[key] for key in names if entry.get(key)}, autocommit=True)


class Logs:
    """Three logs, their chain, and somebody who owns the tables."""

    def __init__(self, home: Path) -> None:
        self.heads = Heads(home=home)
        self.owner = connect()
        self.agency = uuid4()
        self.viewer = Viewer(
            principal_id=self.agency, kind=PrincipalKind.AGENCY, purpose="care_coordination", holder_id=self.agency, worker_id=uuid4()
        )

    def write(self, rows: int = 3) -> None:
        """Looks, disclosures and changes, each in its own transaction."""
        for _ in range(rows):
            with transaction.atomic(), acting_as(self.viewer):
                account_miss(viewer=self.viewer, place="desk:family", at=clock.now())
                record(by=self.viewer, at=clock.now(), action="tests.changed", identity_id=uuid4(), detail={"code": "ONE"})
                hour = clock.now().replace(minute=0, second=0, microsecond=0)
                self.disclose(hour=hour)

    def disclose(self, **facts: Any) -> None:
        """One row of the accounting."""
        row = {
            "identity_id": uuid4(), "holder_id": uuid4(), "recipient_id": self.agency, "worker_id": self.viewer.worker_id,
            "category": "posc.plan_core", "purpose": "care_coordination", "basis": ["42 CFR 2.31(a)"], "obligations": ["NOTICE_2_32"],
        }  # fmt: skip
        with acting_as(self.viewer):
            Disclosure(**(row | facts)).save(force_insert=True)

    def seal(self, **facts: Any) -> Sealed:
        """Seal what there is."""
        return seal(at=clock.now(), **facts)

    def verify(self, *, live: bool = True, **facts: Any) -> Verified:
        """Check everything, as the owner."""
        with self.owner.cursor() as cursor:
            return verify(cursor=cursor, heads=self.heads, live=live, **facts)

    def found(self) -> list[tuple[str, str, int | None, int]]:
        """What a check finds: what, where, in which block, how many."""
        return [(f.what.value, f.log, f.block, f.count) for f in self.findings()]

    def findings(self) -> list[Finding]:
        """The findings of a check from the beginning."""
        return self.verify(anew=True).findings

    def run(self, words: str, *parameters: object) -> list[tuple[Any, ...]]:
        """One statement of the owner, past everything."""
        found = self.owner.execute(words, parameters)
        return found.fetchall() if found.description else []

    def ids(self, table: str) -> list[UUID]:
        """The rows of a log, oldest first."""
        return [row[0] for row in self.run(f"SELECT id FROM {table} ORDER BY entry_no")]

    def entries(self, table: str) -> list[int]:
        """Their numbers."""
        return [row[0] for row in self.run(f"SELECT entry_no FROM {table} ORDER BY entry_no")]


@pytest.fixture
def logs(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Logs]:
    """Empty logs and an empty chain, emptied again afterwards: what these tests write is committed."""
    monkeypatch.setattr(settings, "CARELOOM_HOME", tmp_path)
    made = Logs(tmp_path)
    made.run(f"TRUNCATE {ALL} RESTART IDENTITY")
    yield made
    made.run(f"TRUNCATE {ALL} RESTART IDENTITY")
    made.owner.close()


@pytest.fixture
def sealed(logs: Logs) -> Logs:
    """Two sealings, so that each log has two blocks of three rows."""
    for _ in range(2):
        logs.write(3)
        assert logs.seal().blocks == len(canon.TABLES) - 1
    return logs


def others(logs: Logs, rows: int = 2) -> None:
    """Another agency works at the same time."""
    agency = uuid4()
    viewer = Viewer(principal_id=agency, kind=PrincipalKind.AGENCY, purpose="treatment", holder_id=agency, worker_id=uuid4())
    for _ in range(rows):
        with transaction.atomic(), acting_as(viewer):
            account_miss(viewer=viewer, place="desk:search", at=clock.now())
            record(by=viewer, at=clock.now(), action="tests.elsewhere", identity_id=uuid4())


@pytest.fixture
def busy(logs: Logs) -> Logs:
    """Four sealings of an agency and another; in the third only the other works."""
    for mine, theirs in ((2, 2), (1, 0), (0, 3), (2, 1)):
        logs.write(mine)
        others(logs, theirs)
        logs.seal()
    return logs


def written(logs: Logs, path: Path, *, since: datetime | None = None, until: datetime | None = None) -> Path:
    """A file of the agency's last two days, unless another period is given."""
    at = clock.now()
    pieces = filing.write(
        viewer=logs.viewer, agency="Agency", since=since or at - timedelta(days=1), until=until or at + timedelta(days=1), at=at, names=_names
    )
    path.write_bytes(b"".join(pieces))
    return path


def _names(workers: set[Any], agencies: set[Any]) -> Iterator[tuple[str, Any, str]]:
    yield from (("worker", one, "=Worker") for one in workers)
    yield from (("agency", one, "Agency") for one in agencies)


def rewritten(path: Path, name: str, change: Any) -> Path:
    """The same file with one part changed, and the manifest's digest of it made right again, as who forges one would."""
    made = path.with_name("forged.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        parts = {one: old.read(one) for one in old.namelist()}
        parts[name] = change(parts[name])
        manifest = json.loads(parts[checking.MANIFEST])
        if name != checking.MANIFEST:
            import hashlib

            manifest["sha256"][name] = hashlib.sha256(parts[name]).hexdigest()
            parts[checking.MANIFEST] = json.dumps(manifest).encode()
        for one, data in parts.items():
            new.writestr(one, data)
    return made
