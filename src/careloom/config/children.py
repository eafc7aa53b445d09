"""Child processes of ``careloom up``: started, watched, started again when they die, stopped in order."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol

_PR_SET_PDEATHSIG: Final = 1
_MOST_DEATHS: Final = 5  # within a minute; after that the cause is not chance
_MINUTE: Final = 60.0


class Watched(Protocol):
    """What :func:`watch` keeps alive."""

    @property
    def name(self) -> str: ...

    def start(self) -> None: ...

    def died(self) -> int | None:
        """The exit status when it is gone, None while it lives."""


class Deaths:
    """Counts deaths, so that a cause that is not chance ends the attempts."""

    def __init__(self) -> None:
        self._moments: list[float] = []

    def too_many(self) -> bool:
        """Note one death; True when there were too many within a minute."""
        now = time.monotonic()
        self._moments = [moment for moment in self._moments if now - moment < _MINUTE] + [now]
        return len(self._moments) >= _MOST_DEATHS


def lean() -> dict[str, str]:
    """The environment of our processes: glibc keeps two heaps for their few threads instead of eight a core, which is memory nobody uses again."""
    return {"MALLOC_ARENA_MAX": "2", **os.environ}


class Child:
    """One process that should live as long as we do. ``name`` is told to the person at the keyboard."""

    def __init__(self, *, name: str, command: Sequence[str]) -> None:
        self.name = name
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches us alone, and we stop the children in order.
        self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_die_with_parent, env=lean())

    def died(self) -> int | None:
        """The exit status when the process is gone, None while it lives."""
        return self._process.poll() if self._process else None

    def stop(self, *, patience: float = 10.0) -> None:
        """Ask it to end, and end it after ``patience`` seconds. Nothing is left of its process group."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def watch(children: Sequence[Watched], *, stopping: Callable[[], bool], say: Callable[[str], None]) -> bool:
    """Keep the children alive until ``stopping``; False when one died too often."""
    deaths = {child.name: Deaths() for child in children}
    while not stopping():
        for child in children:
            status = child.died()
            if status is None or stopping():
                continue
            if deaths[child.name].too_many():
                say(f"{child.name} ended {_MOST_DEATHS} times within a minute (last status {status}). See the lines above for the cause.")
                return False
            say(f"{child.name} ended with status {status}; starting it again.")
            child.start()
        time.sleep(0.2)
    return True


def _die_with_parent() -> None:
    """On Linux: end when the parent is killed, so that no orphan keeps the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
