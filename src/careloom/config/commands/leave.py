"""``careloom agency export`` and ``careloom agency import``: what an operator sees of an agency that leaves or arrives."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from careloom.config.commands import CommandProblem, django_with_database, passphrases
from careloom.config.version import release

if TYPE_CHECKING:
    from careloom.config.leaving.bringing import Brought

#: More refused lines than these say nothing more to a reader.
_SHOWN: Final = 50


def add_actions(parser: argparse.ArgumentParser) -> None:
    """The two actions beside making an agency."""
    actions = parser.add_subparsers(dest="action", metavar="export|import|make-key", help="let an agency leave with its records, or bring one in")
    leaving = actions.add_parser("export", help="write everything that an agency owns into a new folder")
    leaving.add_argument("agency", metavar="AGENCY", help="its exact name or its id")
    leaving.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that is not there yet, outside the data folder")
    arriving = actions.add_parser("import", help="bring such a folder in: all of it or nothing")
    arriving.add_argument("folder", type=Path, metavar="FOLDER", help="the folder that careloom agency export wrote, or the sealed file of the page")
    arriving.add_argument("--key", type=Path, metavar="FILE", help="with a sealed file: the key that careloom agency make-key wrote")
    passphrases.add_argument(arriving)
    arriving.add_argument("--dry-run", action="store_true", help="do everything, say what would be, and keep nothing")
    arriving.add_argument("--as", dest="to", metavar="AGENCY", help="the agency here (name or id) that it is, where it has another id here")
    arriving.add_argument("--keep-here", action="store_true", help="leave rows that are here and say something else as they are here")
    making = actions.add_parser("make-key", help="make the key for which an agency elsewhere seals its export for you")
    making.add_argument("file", type=Path, metavar="FILE", help="a new file for the private half, sealed under a passphrase")
    passphrases.add_argument(making)


def run(args: argparse.Namespace) -> int:
    """Export, import or make a key. Returns the exit status: 1 when lines were refused."""
    return {"export": _export, "import": _import, "make-key": _make_key}[args.action](args)


def _make_key(args: argparse.Namespace) -> int:
    from careloom.infra.backups import recovery

    made = recovery.make(args.file.absolute(), passphrase=passphrases.passphrase(args, twice=True))
    print(f"The key {made.name} is in {args.file}. Keep the file and its passphrase apart. Give this public key to who seals the export for you:")
    print(f"  {made.public.hex()}")
    print(f"Tell them its name by phone: {made.name}")
    return 0


def _export(args: argparse.Namespace) -> int:
    with django_with_database() as settings:
        from django.db import transaction

        from careloom.config.leaving import staff, taking
        from careloom.infra import clock
        from careloom.infra.access import System, acting_as, system
        from careloom.infra.access.accounting import account_log_file
        from careloom.infra.audit.actions import record
        from careloom.infra.backups import streams

        folder = args.folder.resolve()
        if folder.is_relative_to(settings.home.resolve()):
            raise CommandProblem(f"{folder} is inside the data folder. Name a folder elsewhere.")
        agency, at = staff.find(args.agency), clock.now()
        by = system(System.JOB, holder_id=agency.pk)
        # Logged before the first row is read: an export that is stopped half way was a look too.
        with transaction.atomic(), acting_as(by):
            record(by=by, at=at, action="agencies.taken_out", object_id=agency.pk)
            account_log_file(viewer=by, place="agency.export", at=at)
        with streams.moment(settings) as (connection, _snapshot):
            told = taking.take(
                connection=connection, home=settings.home, agency_id=agency.pk, folder=folder, at=at, release=release(), say=_progress
            )  # fmt: skip
    rows = sum(kind["rows"] for kind in told["kinds"].values())
    print(f"{folder} holds {rows:,} rows and {told['papers']:,} papers, readable by whoever opens it. Encrypt it before it travels.")
    for stayed in told["stayed_behind"]:
        print(f"Stayed here: {stayed.get('rows', stayed.get('parts')):,} ({stayed['why']}).")
    return 0


def _import(args: argparse.Namespace) -> int:
    with django_with_database() as settings:
        from careloom.config.leaving import bringing
        from careloom.infra import clock
        from careloom.infra.postgres import clients

        with _folder(args, settings.home) as folder, clients.connect(settings, "owner") as connection:
            done = bringing.bring(
                connection=connection, home=settings.home, folder=folder, at=clock.now(), to=args.to, dry_run=args.dry_run,
                keep_here=args.keep_here, say=_progress,
            )  # fmt: skip
    return _say(done, dry_run=args.dry_run)


@contextmanager
def _folder(args: argparse.Namespace, home: Path) -> Iterator[Path]:
    """The folder that was named, or what the sealed file that was named holds, for as long as it is read."""
    named: Path = args.folder.resolve()
    if not named.is_file():
        yield named
        return
    if args.key is None:
        raise CommandProblem(f"{named} is a sealed file. Name the key that opens it: --key FILE")
    from careloom.config.leaving import opening
    from careloom.infra.backups import recovery

    key = recovery.open_key(args.key, passphrase=passphrases.passphrase(args))
    with opening.folder_of(named, key=key, beside=home) as folder:
        yield folder


def _say(done: Brought, *, dry_run: bool) -> int:
    for told in (done.wrong or done.kept)[:_SHOWN]:
        print(told, file=sys.stderr)
    if len(done.wrong or done.kept) > _SHOWN:
        print(f"and {len(done.wrong or done.kept) - _SHOWN:,} more lines", file=sys.stderr)
    if done.refused:
        print("Nothing was brought in.", file=sys.stderr)
        return 1
    said = f"{sum(done.new.values()):,} rows new, {done.there:,} here already, {len(done.kept):,} left as they are here."
    print(
        f"A dry run: nothing was kept. It would be: {said}" if dry_run else f"{said} Workers set a new password by the link of their administrator."
    )
    return 0


def _progress(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
