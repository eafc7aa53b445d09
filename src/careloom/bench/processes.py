"""CPU and memory of processes and of all their children, read from /proc."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import psutil

TICKS = os.sysconf("SC_CLK_TCK")


def family(pids: Iterable[int]) -> list[int]:
    """These processes and all that they started, still living."""
    found: dict[int, None] = {}
    for pid in pids:
        try:
            process = psutil.Process(pid)
            found |= dict.fromkeys([pid, *(child.pid for child in process.children(recursive=True))])
        except psutil.NoSuchProcess:
            continue
    return list(found)


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system CPU seconds spent so far by these processes and by children that have ended."""
    total = 0.0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(fields[index]) for index in (11, 12, 13, 14)) / TICKS
    return total


def memory_mb(pids: Iterable[int]) -> float:
    """The sum of PSS in MB: shared pages are counted once over all who share them."""
    total = 0
    for pid in pids:
        try:
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            continue
    return total / 1024
