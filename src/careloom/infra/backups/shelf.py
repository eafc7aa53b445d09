"""Where backups lie: their names, which of them are kept, and what is remembered of the last one.

The rule: all of the last seven days, then the newest of each week for five weeks, then the newest of each month for twelve. The newest of all is
always kept. A file with another name is never touched.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from careloom.infra.backups.problems import BackupProblem
from careloom.infra.backups.recovery import Recipient

ENDING: Final = ".backup"
UNFINISHED: Final = ".part"
KEYS: Final = "careloom-keys.sealed"
OWNER: Final = "careloom-installation"
_NAME: Final = re.compile(r"careloom-(\d{8}T\d{6}Z)\.backup")
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_DAYS, _WEEKS, _MONTHS = 7, 5, 12


@dataclass(frozen=True, kw_only=True)
class Last:
    """What is remembered of the newest whole backup. Times are instants in UTC, as ISO text."""

    at: str
    file: str
    bytes: int
    tables: int
    rows: int
    seconds: float
    keys_at: str | None

    @property
    def when(self) -> datetime:
        return datetime.fromisoformat(self.at)


def name_of(at: datetime) -> str:
    """The file name of a backup that began at this instant."""
    return f"careloom-{at.astimezone(UTC).strftime(_STAMP)}{ENDING}"


def backups(folder: Path) -> list[tuple[datetime, Path]]:
    """The whole backups in a folder with when each began, oldest first."""
    found = [(_NAME.fullmatch(path.name), path) for path in folder.glob(f"careloom-*{ENDING}")]
    return sorted((datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC), path) for match, path in found if match)


def kept(times: Iterable[datetime], *, now: datetime) -> set[datetime]:
    """Which of these the rule keeps."""
    newest_first = sorted(times, reverse=True)
    keep = set(newest_first[:1])
    weeks: set[tuple[int, int]] = set()
    months: set[tuple[int, int]] = set()
    for at in newest_first:
        week, month = at.isocalendar()[:2], (at.year, at.month)
        if at > now - timedelta(days=_DAYS):
            keep.add(at)
        if at > now - timedelta(weeks=_WEEKS) and week not in weeks:
            keep.add(at)
            weeks.add(week)
        if at > now - timedelta(days=31 * _MONTHS) and month not in months:
            keep.add(at)
            months.add(month)
    return keep


def thin(folder: Path, *, now: datetime) -> int:
    """Remove what the rule does not keep; returns how many went."""
    there = backups(folder)
    stay = kept((at for at, _ in there), now=now)
    gone = [path for at, path in there if at not in stay]
    for path in gone:
        path.unlink()
    return len(gone)


def claim(folder: Path, *, home: Path) -> None:
    """See that the folder is this installation's alone: the rule would thin another's backups, and a trial copy those of the living one.

    Raises :class:`BackupProblem` when it is another's.
    """
    mark = home / "backups" / "installation"
    if not mark.exists():
        mark.write_text(secrets.token_hex(8))
    try:
        with (folder / OWNER).open("x") as file:
            file.write(mark.read_text())
    except FileExistsError:
        if (folder / OWNER).read_text() != mark.read_text():
            raise BackupProblem(
                f"{folder} holds the backups of another installation. Name a folder of its own; or, where this one took the other's place after a "
                f"restore, remove {folder / OWNER}."
            ) from None


def clear_unfinished(folder: Path) -> None:
    """Remove what a killed backup left. Only who holds the lock of backups may call it."""
    for path in folder.glob(f"careloom-*{ENDING}{UNFINISHED}"):
        path.unlink(missing_ok=True)


def recipient(home: Path) -> Recipient | None:
    """The public half of this installation's recovery key; None when none was made."""
    try:
        return Recipient(bytes.fromhex(json.loads((home / "backups" / "recipient.json").read_text())["public"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def set_recipient(home: Path, made: Recipient) -> None:
    """Seal for this key from now on."""
    _write(home, "recipient.json", {"public": made.public.hex(), "name": made.name})


def last(home: Path) -> Last | None:
    """The newest whole backup that was made from this installation; None when there is none."""
    try:
        return Last(**json.loads((home / "backups" / "last.json").read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def failed(home: Path) -> tuple[datetime, str] | None:
    """When the last attempt failed and why, when no backup was made since."""
    try:
        words = json.loads((home / "backups" / "failed.json").read_text())
        return datetime.fromisoformat(words["at"]), str(words["why"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def remember(home: Path, made: Last) -> None:
    """Keep what the newest backup is; an earlier failure is forgotten."""
    _write(home, "last.json", asdict(made))
    (home / "backups" / "failed.json").unlink(missing_ok=True)


def remember_failure(home: Path, *, at: datetime, why: str) -> None:
    """Keep that an attempt failed; `why` is a sentence that quotes no record."""
    _write(home, "failed.json", {"at": at.isoformat(), "why": why})


def _write(home: Path, name: str, words: dict[str, Any]) -> None:
    folder = home / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{name}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(words, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, folder / name)
