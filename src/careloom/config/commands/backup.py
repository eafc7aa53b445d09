"""Write a sealed copy of the data while everybody works, read it back, and thin the older ones; or make the recovery key that opens copies.

Once: careloom backup --make-key FILE, and take that file off this machine. Then: careloom backup --to FOLDER --keys-to OTHER-FOLDER, or both
places in the settings, and the job worker does it each night.
"""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path

from careloom.config.commands import CommandProblem, environment, passphrases
from careloom.config.environment import Environment
from careloom.config.version import release
from careloom.infra.backups import recovery, shelf, taking
from careloom.infra.postgres import database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where the backup goes (else CARELOOM_BACKUP_TO)")
    parser.add_argument("--keys-to", type=Path, metavar="FOLDER", help="where the sealed keys go, apart from the data (else CARELOOM_BACKUP_KEYS_TO)")
    parser.add_argument("--keep-all", action="store_true", help="remove no older backup")
    parser.add_argument("--list", action="store_true", help="list the backups in the folder")
    parser.add_argument("--make-key", type=Path, metavar="FILE", help="make a recovery key; from then on backups are sealed for it")
    parser.add_argument("--replace", action="store_true", help="with --make-key: although there is one; older backups still need the older key")
    passphrases.add_argument(parser)


def run(args: argparse.Namespace) -> int:
    settings = environment()
    if args.make_key is not None:
        return _make_key(settings, args)
    to = args.to or settings.backup_to
    if to is None:
        raise CommandProblem("Name the folder for backups: --to FOLDER, or CARELOOM_BACKUP_TO in settings.env. A folder on another disk is best.")
    if args.list:
        return _list(to)
    take(settings, to=to, keys_to=args.keys_to or settings.backup_keys_to, keep_all=args.keep_all)
    return 0


def take(settings: Environment, *, to: Path, keys_to: Path | None, keep_all: bool = False) -> None:
    """Take a backup and say what was done. The embedded database is started for it when it does not run."""
    recipient = shelf.recipient(settings.home)
    if recipient is None:
        raise CommandProblem("There is no recovery key yet. Make one first, and take its file off this machine: careloom backup --make-key FILE")
    plan = taking.Plan(
        environment=settings, to=to.absolute(), keys_to=keys_to.absolute() if keys_to else None, recipient=recipient,
        release=release(), world=settings.world, keep_all=keep_all,
    )  # fmt: skip
    with database(settings):
        made = taking.take(plan, say=_say)
    _say(f"The backup is in {made.file}: {made.tables} tables, {made.rows:,} rows, {made.bytes / 2**20:,.1f} MB, {made.seconds:.0f} seconds.")
    if keys_to is None:
        _say("note: The keys were not copied, and without them sealed scans and receipts cannot be read. Name a place for them: --keys-to FOLDER")
    else:
        _say(f"The keys are in {keys_to / shelf.KEYS}, sealed for the same recovery key.")
    if settings.master_key_file is not None:
        _say(f"note: The master key is kept elsewhere ({settings.master_key_file}) and is in no copy of ours. See that it has one.")
    if to.exists() and os.stat(to).st_dev == os.stat(settings.home).st_dev:
        _say("note: This folder is on the same disk as the data. Copy the backup to another place.")


def _make_key(settings: Environment, args: argparse.Namespace) -> int:
    if shelf.recipient(settings.home) is not None and not args.replace:
        raise CommandProblem("There is a recovery key already. To use another from now on, add --replace; older backups still need the older one.")
    file = args.make_key.absolute()
    if file.is_relative_to(settings.home.absolute()):
        raise CommandProblem("The recovery key does not belong in the data folder: it opens what is saved from it. Name a file elsewhere.")
    settings.home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    made = recovery.make(file, passphrase=passphrases.passphrase(args, twice=True))
    shelf.set_recipient(settings.home, made)
    _say(f"The recovery key {made.name} is in {file}.")
    _say("Keep it and its passphrase in two places away from this machine, and remove the file here. Without both nobody opens a backup.")
    return 0


def _list(to: Path) -> int:
    found = shelf.backups(to)
    for at, path in found:
        print(f"{at:%Y-%m-%d %H:%M} UTC  {path.stat().st_size / 2**20:>10,.1f} MB  {path.name}")
    if not found:
        print(f"There is no backup in {to}.")
    return 0 if found else 3


def age(at: datetime, *, now: datetime) -> str:
    """How long ago, in words."""
    hours = int((now - at).total_seconds() // 3600)
    return "less than an hour" if hours < 1 else f"{hours} hours" if hours < 48 else f"{hours // 24} days"


def _say(words: str) -> None:
    print(words, flush=True)
