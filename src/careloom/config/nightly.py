"""The backup of the night, in a process of its own: it acts as the owner of the tables, which the job worker does not."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys

from careloom.config.commands import backup
from careloom.config.environment import load


def take_apart() -> int:
    """Take a backup in a child process when a folder for it is named. Its exit status; what went wrong stands on its standard error."""
    command = [sys.executable, "-m", "careloom.config.nightly"]
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode


def main() -> int:
    """What the child does."""
    from careloom.config.cli import explain

    settings = load()
    if settings.backup_to is None:
        return 0
    with contextlib.suppress(OSError):
        os.nice(10)  # Who works at night goes first.
    try:
        backup.take(settings, to=settings.backup_to, keys_to=settings.backup_keys_to)
    except Exception as error:
        print(f"careloom backup: {explain(error, command='backup')}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
