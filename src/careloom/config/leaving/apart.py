"""The process that writes what agencies take out: it acts as the owner of the tables, which the job worker does not. Loads Django by itself."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys


def start_apart() -> None:
    """Begin in a child process and do not wait, so that other jobs go on; a second child finds the lock taken and ends."""
    command = [sys.executable, "-m", "careloom.config.leaving.apart"]
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def main() -> int:
    """What the child does."""
    from careloom.config.cli import explain
    from careloom.config.commands import django_with_database
    from careloom.config.version import release

    with contextlib.suppress(OSError):
        os.nice(10)  # Who works goes first.
    try:
        with django_with_database() as settings:
            from careloom.config.leaving import asked
            from careloom.infra import clock
            from careloom.infra.backups import streams

            asked.work(moment=lambda: streams.moment(settings), home=settings.home, now=clock.now, release=release())
    except Exception as error:
        print(f"careloom agency export: {explain(error, command='agency')}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
