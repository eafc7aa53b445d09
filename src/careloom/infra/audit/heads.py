"""What is kept of the chain outside the database: the key that signs it, its newest block, and how far it was checked.

All are files of ``CARELOOM_HOME``: who has the database alone can neither sign a block nor take the newest ones away unseen.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from careloom.infra.keys import KeyProblem, Keyring
from careloom.infra.postgres.locks import exclusive

KEY: Final = "log-seals"


@dataclass(frozen=True, kw_only=True)
class Head:
    """A block by its number and hash (hexadecimal)."""

    number: int
    hash: str


class Heads:
    """The files of one installation under ``home/seals``."""

    def __init__(self, *, home: Path) -> None:
        self._home = home
        self._folder = home / "seals"

    def key(self) -> bytes:
        """The key that signs blocks; made at first use, never in the database."""
        return hashlib.sha256(f"careloom:{KEY}:{Keyring(home=self._home).secret(KEY)}".encode()).digest()

    def newest(self) -> Head | None:
        """The newest block that was ever sealed here, as this folder remembers; None before the first.

        Raises:
            KeyProblem: the file is there and cannot be read. It is not taken for absent: that would forget the chain's end.
        """
        return self._read("newest.json")

    def remember(self, head: Head) -> None:
        """Keep `head` when it is newer than what is kept."""
        with self._alone():
            kept = self.newest()
            if kept is None or kept.number < head.number:
                self._write("newest.json", asdict(head))

    def checked(self) -> Head | None:
        """How far an unfinished check came; None when the last one was finished."""
        return self._read("checked.json")

    def note_checked(self, head: Head | None) -> None:
        """Keep how far a check came; None when it is finished."""
        if head is None:
            (self._folder / "checked.json").unlink(missing_ok=True)
        else:
            self._write("checked.json", asdict(head))

    def accept(self, head: Head | None, *, because: str, at: str) -> None:
        """Take `head` for the newest although another was kept (the database was brought back from an older copy); what was kept stays noted."""
        with self._alone():
            kept = self.newest()
            words = {"at": at, "because": because, "was": asdict(kept) if kept else None, "is": asdict(head) if head else None}
            with os.fdopen(os.open(self._folder / "accepted.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
                file.write(json.dumps(words) + "\n")
            if head is None:
                (self._folder / "newest.json").unlink(missing_ok=True)
            else:
                self._write("newest.json", asdict(head))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with exclusive(self._folder / "lock", doing="writing down the newest seal"):
            yield

    def _read(self, name: str) -> Head | None:
        try:
            kept = json.loads((self._folder / name).read_text())
            return Head(number=int(kept["number"]), hash=str(kept["hash"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            raise KeyProblem(f"{self._folder / name} cannot be read. Bring it back from the copy of the data folder.") from None

    def _write(self, name: str, words: dict[str, Any]) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(words, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self._folder / name)
