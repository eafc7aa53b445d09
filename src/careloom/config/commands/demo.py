"""Make or refresh the practice county: families that nobody lived, played through the same actions as the screens.

`careloom demo population --to FOLDER` makes the events of a whole state beside it, for the numbers: no person in it has a name.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from datetime import date
from pathlib import Path

from careloom.config.commands import CommandProblem, django_with_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", nargs="?", choices=["county", "population"], default="county", help="county (default), or population: a state's events as an extract"
    )
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="population: the folder that receives the extract")
    parser.add_argument("--people", type=int, default=3_000_000, metavar="N", help="population: how many live in the state (default: 3,000,000)")
    parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="population: the day after the last one (default: today here)")
    parser.add_argument("--families", type=int, default=40, help="how many families (default: 40)")
    parser.add_argument("--months", type=int, default=6, help="how many months of history (default: 6)")
    parser.add_argument("--seed", type=int, help="another number gives another county")
    parser.add_argument("--day-by-day", action="store_true", help="walk the whole time day by day with the jobs, and check the promise each evening")


def run(args: argparse.Namespace) -> int:
    if args.families < 1 or args.months < 1:
        raise CommandProblem("Give at least one family and one month.")
    if args.what == "population":
        return _population(args)
    begun = time.monotonic()
    with django_with_database() as settings:
        if not settings.is_demo:
            raise CommandProblem("This data folder holds a live world. Make the practice county in another CARELOOM_HOME with CARELOOM_WORLD=demo.")
        from careloom.config import preparation
        from careloom.demo.load import ensure_world

        preparation.migrate(say=print)
        if args.day_by_day:
            return _walk(args, begun=begun)
        lines = ensure_world(say=print, families=args.families, months=args.months, seed=args.seed)
    print("\n".join(lines))
    print(f"The practice county is ready ({time.monotonic() - begun:.0f} seconds). An interrupted load goes on where it stopped.")
    return 0


def _population(args: argparse.Namespace) -> int:
    """Write the extract of a made state; nothing of this installation is read or changed."""
    from careloom.demo.population.making import SEED, make_population

    if args.to is None:
        raise CommandProblem("Name the folder that receives the extract: careloom demo population --to FOLDER")
    if args.people < 10_000:
        raise CommandProblem("A state has 10,000 people or more.")
    if args.to.exists() and (not args.to.is_dir() or any(args.to.iterdir())):
        raise CommandProblem(f"{args.to} is there already. Name a folder that is new or empty.")
    rows = make_population(args.to, until=args.until or _today(), people=args.people, seed=SEED if args.seed is None else args.seed)
    _say(f"{rows['births']} births and {rows['notifications']} notices of a state that nobody lives in are in {args.to}.")
    return 0


def _today() -> date:
    with django_with_database():
        from careloom.infra import clock

        return clock.today()


def _walk(args: argparse.Namespace, *, begun: float) -> int:
    """Walk the county through its time; 1 where the promise broke on a day."""
    from careloom.config.jobs import a_day_at
    from careloom.demo.load.county import SEED, say_refused
    from careloom.demo.load.hands import as_many_as_help
    from careloom.demo.year.walking import OtherCountyError, report, walk_year

    seed = SEED if args.seed is None else args.seed
    try:
        head = walk_year(families=args.families, months=args.months, seed=seed, jobs=a_day_at, say=_say, hands=as_many_as_help())
    except OtherCountyError as error:
        raise CommandProblem(str(error)) from None
    except KeyboardInterrupt:
        _say("Stopped. The same command goes on with the day on which it stopped.")
        raise
    report(head, say=_say)
    say_refused(Counter(head.refused), say=_say)
    _say(f"The year of the practice county is walked ({time.monotonic() - begun:.0f} seconds).")
    return 1 if head.breaks else 0


def _say(text: str) -> None:
    print(text, flush=True)
