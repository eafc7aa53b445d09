"""Indicators and counts: the federal three of a year as they may be published, answers to micro-worlds, the extract, a snapshot.

The exact counts are the state's: its lead reads them on the numbers page. An operator keeps none of the rows.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from careloom.config.commands import CommandProblem, django_with_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        nargs="?",
        choices=["three", "worlds", "extract", "receive", "snapshot", "again", "publish"],
        default="three",
        help="three: the federal counts (default); worlds: micro-worlds; extract: take the de-identified extract, or what changed of it; "
        "receive: take in the extract of another place of the state; snapshot: compute all indicators over the extracts and keep them; "
        "again: compute the newest snapshot, or the one named, once more from its kept inputs and compare; "
        "publish: write the public site into --to, with --because after preparing and approving the newest snapshot",
    )
    words = "worlds: a file of JSON lines, or - for standard input; receive: a folder; again: the id of a snapshot"
    parser.add_argument("file", nargs="?", help=words)
    parser.add_argument("--as", dest="name", default="", help="receive: the name of the place, in small letters (default: the folder's)")
    parser.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb", help="what computes (default: duckdb, inside the process)")
    parser.add_argument("--to", default="", help="publish: the folder of the public site; a former site in it is replaced")
    parser.add_argument("--because", default="", help="publish: why one operator both prepares and approves what is new in the newest snapshot")
    parser.add_argument("--year", type=int, help="three: the calendar year (default: this one)")


def run(args: argparse.Namespace) -> int:
    match args.action:
        case "worlds":
            return _worlds(args.file, args.engine)
        case "extract":
            return _extract()
        case "receive":
            return _receive(args.file, args.name)
        case "snapshot":
            return _snapshot(args.engine)
        case "again":
            return _again(args.file, args.engine)
        case "publish":
            return _publish(args.to, args.because)
    return _three(args.year)


def _extract() -> int:
    with django_with_database():
        from careloom.infra import clock
        from careloom.outcomes.extracting.running import take_ours
        from careloom.outcomes.extracting.shelves import Occupied

        try:
            taken = take_ours(at=clock.now(), say=_say)
        except Occupied as problem:
            raise CommandProblem(str(problem)) from None
        rows = sum(one.rows for one in taken.manifest.tables.values())
        print(f"{rows:,} rows until {taken.manifest.data_until}; {taken.written:,} files are new. The extract lies in {taken.folder}.")
        return 0


def _receive(folder: str | None, name: str) -> int:
    if folder is None:
        raise CommandProblem("Name the folder of the extract: careloom outcomes receive FOLDER")
    with django_with_database():
        from careloom.infra import clock
        from careloom.outcomes.extracting.receiving import NotReceived
        from careloom.outcomes.extracting.running import receive_theirs
        from careloom.outcomes.extracting.shelves import Occupied

        try:
            taken = receive_theirs(folder=Path(folder), name=name, at=clock.now(), say=_say)
        except (NotReceived, Occupied) as problem:
            raise CommandProblem(f"Nothing was taken in.\n{problem}") from None
        rows = sum(one.rows for one in taken.manifest.tables.values())
        print(f"{taken.name}: {rows:,} rows until {taken.manifest.data_until}. Count with: careloom outcomes snapshot")
        return 0


def _say(words: str) -> None:
    print(f"  {words}", file=sys.stderr, flush=True)


def _snapshot(engine: str) -> int:
    with django_with_database():
        from careloom.infra import clock
        from careloom.outcomes.snapshots.taking import CannotCompute, take

        try:
            at = clock.now()
            snapshot = take(at=at, request_key=f"operator-{at:%Y%m%dT%H%M%S}", engine=engine, say=print)
        except CannotCompute as problem:
            raise CommandProblem(str(problem)) from None
        print(f"Snapshot {snapshot.pk}: data until {snapshot.data_until}, {snapshot.code_version}, figures {snapshot.figures_hash[:16]}.")
        return 0


def _again(asked: str | None, engine: str) -> int:
    """Exit status 0 when every figure came out the same, else 1."""
    with django_with_database():
        from uuid import UUID

        from careloom.outcomes.models import Snapshot
        from careloom.outcomes.snapshots.taking import CannotCompute, again

        try:
            snapshot = Snapshot.objects.get(pk=UUID(asked)) if asked else Snapshot.objects.order_by("-made_at").first()
        except (ValueError, Snapshot.DoesNotExist):
            raise CommandProblem(f"There is no snapshot {asked}. The numbers page names the id of each.") from None
        if snapshot is None:
            raise CommandProblem("There is no snapshot yet. Take one with: careloom outcomes snapshot")
        try:
            same = again(snapshot=snapshot, engine=engine, say=print)
        except CannotCompute as problem:
            raise CommandProblem(str(problem)) from None
        print("Every figure came out the same." if same else "The figures differ: the code or the definitions have changed since.")
        return 0 if same else 1


def _publish(to: str, because: str) -> int:
    """What is new is prepared and approved first, where a reason is given; then the site is written from all that is published."""
    if not to and not because:
        raise CommandProblem("Name the folder of the public site: careloom outcomes publish --to FOLDER")
    with django_with_database():
        from careloom.infra import clock
        from careloom.outcomes.publishing.operating import Unready, publish_newest
        from careloom.outcomes.publishing.site import NothingPublished, write_site

        try:
            if because:
                print(publish_newest(at=clock.now(), because=because))
            if to:
                written = write_site(to=Path(to))
                print(f"{len(written):,} files of the public site lie in {to}. Open index.html, or copy the folder to any web server.")
        except (Unready, NothingPublished, FileExistsError) as problem:
            raise CommandProblem(str(problem)) from None
        return 0


def _worlds(file: str | None, engine: str) -> int:
    """Exit status 0 when each line could be answered, else 1."""
    from careloom.outcomes.measures.engines import EngineMissing
    from careloom.outcomes.worlds.answering import answer_lines

    if file is None:
        raise CommandProblem("Name a file of micro-worlds (JSON lines), or - for standard input: careloom outcomes worlds FILE")
    try:
        if file == "-":
            return 0 if answer_lines(lines=sys.stdin.buffer, out=sys.stdout, engine_name=engine) else 1
        with open(file, "rb") as lines:
            return 0 if answer_lines(lines=lines, out=sys.stdout, engine_name=engine) else 1
    except FileNotFoundError:
        raise CommandProblem(f"There is no file {file}. Name a file of JSON lines, or - for standard input.") from None
    except IsADirectoryError:
        raise CommandProblem(f"{file} is a folder. Name a file of JSON lines in it.") from None
    except EngineMissing as problem:
        raise CommandProblem(str(problem)) from None


def _three(asked: int | None) -> int:
    with django_with_database():
        from django.db import transaction

        from careloom.infra import clock
        from careloom.infra.access import System, acting_as, system
        from careloom.infra.packs import current_pack
        from careloom.outcomes import presenters, queries

        pack, viewer = current_pack(), system(System.EXTRACT)
        year, state = asked or clock.today().year, pack.manifest.jurisdiction
        with transaction.atomic(), acting_as(viewer):
            three = queries.federal_three(viewer=viewer, year=year, state=state)
            found = queries.reconcile(viewer=viewer, year=year, state=state, zone=pack.manifest.zone)
        print(f"{pack.manifest.title}, {year}")
        published = queries.publish(three, settings=pack.suppression)
        for figure in presenters.figures(three, published, settings=pack.suppression, keeper=False):
            shown = "hidden" if figure.published is None else str(figure.published)
            print(f"  {figure.title:<22} {shown:>8}   {figure.source}")
        print(presenters.reconciliation(queries.publish_unexplained(found, settings=pack.suppression)))
        # Rows that nothing explains are an operator's business.
        return 1 if found.unexplained else 0
