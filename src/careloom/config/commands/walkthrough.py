"""Walk through the main job end to end in a scratch database, and say what was allowed and what was refused."""

from __future__ import annotations

import argparse
from pathlib import Path

from careloom.config.commands import CommandProblem, django_with_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mother", type=Path, metavar="BUNDLE", help="the mother's FHIR R4 bundle; without it a synthetic one is made")
    parser.add_argument("--infant", type=Path, metavar="BUNDLE", action="append", help="the infant's bundle; twice for twins")
    parser.add_argument("--out", type=Path, default=Path("walkthrough-out"), metavar="DIR", help="where the papers go (default: walkthrough-out)")


def run(args: argparse.Namespace) -> int:
    infants = tuple(args.infant or ())
    if bool(args.mother) != bool(infants):
        raise CommandProblem("Name both the mother's and the infant's bundle, or none of them.")
    for path in (*([args.mother] if args.mother else []), *infants):
        if not path.is_file():
            raise CommandProblem(f"There is no file {path}. Check the name and start again.")
    with django_with_database() as environment:
        if environment.database_url:
            raise CommandProblem("The walkthrough makes a scratch database beside the embedded one. Unset CARELOOM_DATABASE_URL for it.")
        from careloom.demo.walkthrough.main import walk_through
        from careloom.demo.walkthrough.report import WalkthroughStopped
        from careloom.demo.walkthrough.scratch import scratch_database

        with scratch_database(home=environment.home):
            try:
                report = walk_through(mother=args.mother, infants=infants, out=args.out, say=lambda line: print(line, flush=True))
            except WalkthroughStopped as stopped:
                print(stopped)
                return 1
    if report.failed:
        print(f"{len(report.failed)} of {report.held + len(report.failed)} expectations did not hold:")
        print("\n".join(f"  expected: {sentence}" for sentence in report.failed))
        return 1
    print(f"All {report.held} expectations held. The papers are in {args.out}.")
    return 0
