"""Bring every grant in line with the papers in force and the rules of this release, some families at a time.

Ctrl-C stops it between two batches; the next call goes on from there. Screens stay open meanwhile: a paper that somebody signs or stops settles
its own grants at once, as always. The job worker does the same by itself after an upgrade that changes what decides.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from careloom.config.commands import django_with_database

if TYPE_CHECKING:
    from careloom.consents.passes import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--anew", action="store_true", help="begin with the first family, also where a pass was stopped on its way")


def run(args: argparse.Namespace) -> int:
    with django_with_database():
        from careloom.consents import passes

        try:
            done = passes.run(go_on=_told(), anew=args.anew)
        except KeyboardInterrupt:
            print("\nStopped. The next call goes on from here: careloom grants", file=sys.stderr)
            return 130
    print(f"Every grant is in line: {done.people:,} people, {done.changed:,} grants began or ended.")
    return 0


def _told(every: float = 2.0) -> Callable[[Progress], bool]:
    last = [time.monotonic()]

    def go_on(so_far: Progress) -> bool:
        if time.monotonic() - last[0] > every:
            last[0] = time.monotonic()
            of = f" of about {so_far.estimate:,}" if so_far.estimate >= so_far.people else ""
            print(f"{so_far.people:,}{of} people, {so_far.changed:,} grants began or ended", file=sys.stderr, flush=True)
        return True

    return go_on
