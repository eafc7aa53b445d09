"""Locks between processes (flock), which the kernel gives back when their holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from careloom.infra.postgres.errors import PostgresProblem


class Hold:
    """A lock that is held until it is closed or the process ends."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @property
    def closed(self) -> bool:
        return self._handle is None

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@contextmanager
def exclusive(path: Path, *, doing: str, patience: float = 120.0) -> Iterator[None]:
    """Hold ``path`` alone; waits for the holder, and names it when it does not let go."""
    handle = _open(path)
    try:
        until = time.monotonic() + patience
        while not _take(handle, fcntl.LOCK_EX):
            if time.monotonic() > until:
                raise PostgresProblem(f"Another process ({holder(path)}) is {doing} in {path.parent}. Wait for it, or end it, and start again.")
            time.sleep(0.02)
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def try_exclusive(path: Path) -> Hold | None:
    """Hold ``path`` alone, or None when somebody else has it, shared or alone."""
    handle = _open(path)
    if _take(handle, fcntl.LOCK_EX):
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        return Hold(handle)
    os.close(handle)
    return None


def shared(path: Path) -> Hold:
    """Hold ``path`` together with others."""
    handle = _open(path)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return Hold(handle)


def holder(path: Path) -> str:
    """The process number that the holder of an exclusive lock wrote, as text."""
    try:
        return f"process {int(path.read_text())}"
    except (OSError, ValueError):
        return "unknown"


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _take(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
