"""Bring the database to this version, as the role that owns it. Safe to repeat."""

from __future__ import annotations

import argparse

from careloom.config.commands import django_with_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", action="store_true", help="only say what would be done")


def run(args: argparse.Namespace) -> int:
    from careloom.config import preparation

    with django_with_database():
        waiting = preparation.pending_migrations()
        if args.plan:
            print("\n".join(["Waiting:", *(f"  {app}.{name}" for app, name in waiting)]) if waiting else "Nothing waits.")
            return 0
        preparation.migrate(say=print)
        print("The database is at this version.")
    return 0
