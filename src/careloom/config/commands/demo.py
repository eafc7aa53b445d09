"""Make or refresh the practice county: families that nobody lived, played through the same actions as the screens."""

from __future__ import annotations

import argparse
import time

from careloom.config.commands import CommandProblem, django_with_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--families", type=int, default=40, help="how many families (default: 40)")
    parser.add_argument("--months", type=int, default=6, help="how many months of history (default: 6)")
    parser.add_argument("--seed", type=int, help="another number gives another county")


def run(args: argparse.Namespace) -> int:
    if args.families < 1 or args.months < 1:
        raise CommandProblem("Give at least one family and one month.")
    begun = time.monotonic()
    with django_with_database() as settings:
        if not settings.is_demo:
            raise CommandProblem("This data folder holds a live world. Make the practice county in another CARELOOM_HOME with CARELOOM_WORLD=demo.")
        from careloom.config import preparation
        from careloom.demo.load import ensure_world

        preparation.migrate(say=print)
        lines = ensure_world(say=print, families=args.families, months=args.months, seed=args.seed)
    print("\n".join(lines))
    print(f"The practice county is ready ({time.monotonic() - begun:.0f} seconds). An interrupted load goes on where it stopped.")
    return 0
