"""What the operating system says about the server's processes. Zombies count as gone."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from careloom.infra.postgres.account import Account
from careloom.infra.postgres.address import Address

_PROC = Path("/proc")


def recorded_pid(data: Path) -> int | None:
    """The process number in ``postmaster.pid``, which may be stale."""
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def alive(pid: int) -> bool:
    """Whether the process exists and is not a zombie (where process 1 reaps late, a killed server stays one for a while)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return not _PROC.joinpath("self").exists() or os.path.exists(f"/proc/{pid}")


def of_folder(data: Path) -> Iterator[int]:
    """Living processes that stand in ``data``: the postmaster and its children change into it. Empty where there is no ``/proc``."""
    if not _PROC.joinpath("self").exists():
        return
    try:
        here = os.stat(data)
    except OSError:
        return
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and _stands_in(entry, here) and alive(int(entry.name)):
            yield int(entry.name)


def _stands_in(entry: Path, here: os.stat_result) -> bool:
    """Whether the process of this ``/proc`` entry is a PostgreSQL whose working folder is ``here``."""
    try:
        place = os.stat(entry / "cwd")
        return (place.st_dev, place.st_ino) == (here.st_dev, here.st_ino) and os.path.basename(os.readlink(entry / "exe")).startswith("postgres")
    except OSError:
        return False


def postmaster(data: Path) -> int | None:
    """The process number of the living server of ``data``, None when the file is absent or stale."""
    pid = recorded_pid(data)
    if pid is None or not alive(pid):
        return None
    if _PROC.joinpath("self").exists() and not _stands_in(_PROC / str(pid), os.stat(data)):
        return None
    return pid


def accepts(programs: Path, where: Address, account: Account) -> bool:
    """Whether the server answers, by ``pg_isready``."""
    command = [*account.prefix, str(programs / "pg_isready"), "-q", "-t", "3", "-h", where.host, "-p", str(where.port), "-d", "postgres"]
    return subprocess.run(command, check=False, capture_output=True, timeout=20, **account.spawn()).returncode == 0


def clear_stale(data: Path, *, where: Address, patience: float = 10.0) -> bool:
    """Remove the lock files that a killed server left. Waits for children that outlive the postmaster; False when they do not leave.

    INVARIANT: the files go only when no process stands in the folder, for two servers on one data folder destroy it.
    """
    until = time.monotonic() + patience
    while any(of_folder(data)):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    if _PROC.joinpath("self").exists():
        for left in (data / "postmaster.pid", where.socket, where.socket.with_name(f"{where.socket.name}.lock")):
            left.unlink(missing_ok=True)
    return True


def end(pid: int, *, child: subprocess.Popen[bytes] | None, patience: float = 30.0) -> bool:
    """Ask the server to stop (fast), then at once; True when it left by itself."""
    for sign, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 5.0)):
        os.kill(pid, sign)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if (child is not None and child.poll() is not None) or not alive(pid):
                return sign == signal.SIGINT
            time.sleep(0.02)
    return False
