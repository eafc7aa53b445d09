"""Several hands load the county: processes that each take the next family until none is left.

Each family is one transaction and touches no row of another family, so that it does not matter who plays it, or after which one.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from django.db import connections

MOST: Final = 4  # Each holds some 150 MB while it lives.
WORTH_IT: Final = 8  # Fewer families are played sooner than a second process stands ready.

Play = Callable[[int], Counter[str]]


class HandLost(RuntimeError):
    """A process that helped ended early. What it had finished is kept."""


def as_many_as_help() -> int:
    """How many processes this machine has cores for."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    return min(MOST, cores)


def play_all(count: int, *, play: Play, hands: int) -> Counter[str]:
    """Play the families 0 to ``count`` - 1 and return what was refused. One hand plays them here, in order."""
    if hands < 2 or count < WORTH_IT:
        return sum((play(number) for number in range(count)), Counter())
    fork = multiprocessing.get_context("fork")
    begun, told = fork.Value("i", 0), fork.SimpleQueue()
    connections.close_all()  # No connection may be shared by two processes.
    gc.freeze()  # What is loaded stays, and shared, so the collector need not walk it.
    helpers = [fork.Process(target=_help, args=(count, play, begun, told, os.getpid()), daemon=True) for _ in range(hands - 1)]
    for helper in helpers:
        helper.start()
    try:
        refused = _take(count, play=play, begun=begun)
    except BaseException:
        for helper in helpers:
            helper.terminate()
        raise
    for helper in helpers:
        helper.join()
        if helper.exitcode != 0:
            raise HandLost("A process that loads the practice county ended early; its message is above. Start again: it goes on where it stopped.")
        refused += told.get()
    return refused


def _help(count: int, play: Play, begun: Any, told: Any, parent: int) -> None:
    try:
        told.put(_take(count, play=play, begun=begun, parent=parent))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        if os.getppid() == parent:
            raise
        sys.exit(1)  # The load was stopped, and its database with it: there is nothing to tell.
    connections.close_all()


def _take(count: int, *, play: Play, begun: Any, parent: int | None = None) -> Counter[str]:
    refused: Counter[str] = Counter()
    # Whoever started us may have been stopped; then nobody waits for the rest.
    while parent in (None, os.getppid()):
        with begun.get_lock():
            number, begun.value = begun.value, begun.value + 1
        if number >= count:
            break
        refused += play(number)
    return refused
