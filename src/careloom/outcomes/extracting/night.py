"""The extract of the night, in a process of its own that gives its memory back when it ends."""

from __future__ import annotations

import subprocess
import sys


def take_apart() -> int:
    """Take the extract in a child process. Its exit status; what went wrong stands on its standard error, which holds no data."""
    command = [sys.executable, "-m", "careloom.outcomes.extracting.night"]
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode


def main() -> int:
    """What the child does."""
    import django

    django.setup()
    from careloom.infra import clock
    from careloom.outcomes.extracting.running import take_ours

    take_ours(at=clock.now(), say=lambda _: None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
