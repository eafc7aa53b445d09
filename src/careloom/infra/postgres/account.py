"""Which OS account the server runs as. PostgreSQL refuses to run as root, so root lends it another account.

As root, in this order: the account that already owns the data; the existing account ``postgres`` or ``nobody`` when it can reach both
the programs and the data folder; else a user namespace in which root's own files look like an ordinary user's (``unshare --user``).
No account is made and no mode of a parent folder is changed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from careloom.infra.postgres.errors import PostgresProblem

_LENDABLE: Final = ("postgres", "nobody")
_NAMESPACE: Final = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


@dataclass(frozen=True, kw_only=True)
class Account:
    """``uid`` and ``gid`` own the server's files; ``prefix`` is put before each command."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def spawn(self) -> dict[str, Any]:
        """Arguments for :mod:`subprocess` that make a child run under this account."""
        if os.geteuid() != 0 or self.uid == 0:
            return {"cwd": "/"}
        return {"cwd": "/", "user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give ``path`` to this account when we are root."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)


def choose(*, home: Path, programs: Path) -> Account:
    """The account for the server of ``home``, whose ``postgres`` folder may or may not exist yet."""
    folder = home / "postgres"
    mine = os.geteuid()
    if folder.exists():
        return _owner_of(folder, mine=mine, home=home, programs=programs)
    if mine != 0:
        return Account(uid=mine, gid=os.getegid())
    for name in _LENDABLE:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        account = Account(uid=entry.pw_uid, gid=entry.pw_gid)
        if _reaches(account, home=home, programs=programs):
            return account
    return _namespace(home=home)


def _owner_of(folder: Path, *, mine: int, home: Path, programs: Path) -> Account:
    facts = folder.stat()
    if mine not in (0, facts.st_uid):
        raise PostgresProblem(
            f"The data in {home} belongs to the OS user {_name(facts.st_uid)}. Run Careloom as that user, "
            "or set CARELOOM_HOME to a folder of your own."
        )
    if mine == 0 and facts.st_uid == 0:
        return _namespace(home=home)
    account = Account(uid=facts.st_uid, gid=facts.st_gid)
    if mine == 0 and not _reaches(account, home=home, programs=programs):
        raise PostgresProblem(
            f"The OS user {_name(facts.st_uid)}, who owns the data in {home}, cannot reach it or the programs in {programs}. "
            "Keep both in folders that every user may enter, for example under /srv or /opt."
        )
    return account


def _reaches(account: Account, *, home: Path, programs: Path) -> bool:
    command = ["sh", "-c", 'test -x "$1" && "$2" --version >/dev/null 2>&1', "sh", str(home), str(programs / "postgres")]
    try:
        return subprocess.run(command, timeout=20, check=False, capture_output=True, **account.spawn()).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _namespace(*, home: Path) -> Account:
    advice = (
        f"PostgreSQL does not run as root, and no other OS user can reach {home}. Run Careloom as an ordinary user, "
        "or put the clone and CARELOOM_HOME in folders that every user may enter, for example under /srv or /opt."
    )
    if shutil.which("unshare") is None:
        raise PostgresProblem(advice)
    try:
        works = subprocess.run([*_NAMESPACE, "true"], timeout=20, check=False, capture_output=True, cwd="/").returncode == 0
    except (OSError, subprocess.SubprocessError):
        works = False
    if not works:
        raise PostgresProblem(advice)
    return Account(uid=0, gid=0, prefix=_NAMESPACE)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"number {uid}"
