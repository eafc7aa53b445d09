"""The ledger of what was expunged: a file beside the database and outside its backups, so that bringing an older backup back does not undo it.

A line holds a random id and, for each person of a holder's record, a hash under a key of this installation (`keys/tombstones`); whoever has the
ledger alone learns nothing of anybody. A line is on the disk before the rows go: what was killed in between is carried out at the next start.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from careloom.infra.keys import KeyProblem, Keyring

FILE: Final = "seals/expunged.jsonl"  # a folder that several machines share, and of which no backup takes this file
COPY: Final = "careloom-tombstones.jsonl"
"""Its name beside the sealed keys, where each backup and each expunging writes it anew."""


class LedgerProblem(KeyProblem):
    """The ledger cannot be believed or read; the text says what to do and names nobody."""


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """One expunging: its id, and the marks of the pairs of holder and person whose rows went."""

    id: UUID
    marks: frozenset[str]


class Ledger:
    """The ledger of the installation in `home`."""

    def __init__(self, *, home: Path) -> None:
        self._home = home
        self._secret = b""  # read once: a restore marks every pair there is
        self.path = home / FILE

    def mark(self, *, holder_id: UUID, identity_id: UUID) -> str:
        """The keyed hash that stands for one person's record with one holder."""
        return hmac.new(self._key(), f"mark:{holder_id}:{identity_id}".encode(), hashlib.sha256).hexdigest()

    def add(self, one: Tombstone) -> None:
        """Write a line and wait for the disk. The same id is written once."""
        if any(known.id == one.id for known in self.read()):
            return
        body = {"id": str(one.id), "marks": sorted(one.marks)}
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # What a kill left of a line without its end would swallow the next one: it begins on a line of its own.
        begin = b"" if not self.path.exists() or self.path.read_bytes()[-1:] in (b"", b"\n") else b"\n"
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as file:
            file.write(begin + json.dumps(body | {"mac": self._mac(body)}, sort_keys=True).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        handle = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def read(self) -> list[Tombstone]:
        """Every tombstone. A line that was cut off by a kill was never carried out and is passed over.

        Raises :class:`LedgerProblem` when a whole line was not written by this installation.
        """
        if not self.path.exists():
            return []
        found = []
        for text in self.path.read_text().splitlines():
            try:
                line = json.loads(text)
                body = {"id": line["id"], "marks": line["marks"]}
                mac = str(line["mac"])
            except (ValueError, KeyError, TypeError):
                continue
            if not hmac.compare_digest(mac, self._mac(body)):
                raise LedgerProblem(
                    "The ledger of what was expunged does not belong to these keys. Name the newest ledger and the newest sealed keys."
                )
            found.append(Tombstone(id=UUID(body["id"]), marks=frozenset(body["marks"])))
        return found

    def copy_to(self, folder: Path) -> None:
        """Write the ledger into `folder`, in the place of an older copy; whole or not at all. An empty one says that nothing was expunged."""
        draft = folder / f".{COPY}.part"
        draft.write_bytes(self.path.read_bytes() if self.path.exists() else b"")
        os.replace(draft, folder / COPY)

    def take_from(self, file: Path) -> None:
        """Bring a ledger in from where it was copied to, into a place that has none. An empty one leaves nothing there."""
        if not file.stat().st_size:
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(file, self.path)
        self.path.chmod(0o600)

    def make_key(self) -> None:
        """Make the key before it is needed, so that every copy of the keys holds it."""
        self._key()

    def _mac(self, body: dict[str, object]) -> str:
        words = json.dumps(body, sort_keys=True).encode()
        return hmac.new(self._key(), b"line:" + words, hashlib.sha256).hexdigest()

    def _key(self) -> bytes:
        self._secret = self._secret or Keyring(home=self._home).secret("tombstones").encode()
        return self._secret


def ids_of(home: Path) -> Iterable[UUID]:
    """The ids in the ledger of `home`, believed without a key: whether something is to be done at all."""
    path = home / FILE
    for text in path.read_text().splitlines() if path.exists() else ():
        try:
            yield UUID(json.loads(text)["id"])
        except (ValueError, KeyError, TypeError):
            continue
