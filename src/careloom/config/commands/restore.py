"""Bring a sealed copy back into a new data folder, and prove that every table, right and log is what was saved.

It never writes over anything. With --trial the new folder is removed again afterwards: a way to know that a backup is good before it is needed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from careloom.config import ports
from careloom.config.commands import CommandProblem, passphrases
from careloom.config.environment import Environment, load
from careloom.config.release import order, own_labels, own_steps
from careloom.config.version import release
from careloom.infra.backups import bringing, recovery
from careloom.infra.backups.bringing import Brought
from careloom.infra.backups.problems import BackupProblem, from_os_error
from careloom.infra.tombstones import COPY, Ledger


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the backup")
    parser.add_argument("--into", type=Path, required=True, metavar="NEWHOME", help="the new data folder; it must not be there yet")
    parser.add_argument("--recovery-key", type=Path, required=True, metavar="FILE", help="the file that careloom backup --make-key wrote")
    keys = parser.add_mutually_exclusive_group(required=True)
    keys.add_argument("--keys", type=Path, metavar="FILE", help="the sealed keys of the same installation")
    keys.add_argument("--without-keys", action="store_true", help="the keys are lost: bring back what can be read without them")
    parser.add_argument(
        "--tombstones", type=Path, metavar="FILE", help=f"the ledger of what was expunged, where it is not {COPY} beside the sealed keys"
    )
    parser.add_argument("--trial", action="store_true", help="only try it: remove the new folder afterwards")
    passphrases.add_argument(parser)


def run(args: argparse.Namespace) -> int:
    home = args.into.absolute()
    for path in (args.file, *(one for one in (args.keys, args.tombstones) if one)):
        if not path.is_file():
            raise CommandProblem(f"There is no file {path}. Name one that careloom backup wrote.")
    if args.trial and os.environ.get("CARELOOM_DATABASE_URL"):
        raise CommandProblem("A trial is done in the embedded database, which is removed afterwards. Unset CARELOOM_DATABASE_URL for it.")
    key = recovery.open_key(args.recovery_key, passphrase=passphrases.passphrase(args))
    try:
        done = _bring(args, home=home, key=key)
    except _TrialOver as over:
        done = over.done
    except OSError as error:
        raise from_os_error(error, doing="restoring") from None
    return _tell(done, home=home, trial=args.trial)


class _TrialOver(Exception):  # noqa: N818  (the end of a trial, not a failure)
    def __init__(self, done: Brought) -> None:
        self.done = done


def _bring(args: argparse.Namespace, *, home: Path, key: recovery.RecoveryKey) -> Brought:
    with bringing.new_place(home) as draft:
        settings = _environment(draft)
        with args.file.open("rb") as source:
            keys = args.keys.open("rb") if args.keys else None
            try:
                done = bringing.bring(source=source, keys=keys, key=key, environment=settings, known=_refusal, say=_say)
            finally:
                if keys is not None:
                    keys.close()
        # What settings.env of the copy says of the master key holds from here on.
        settings = _environment(draft)
        if args.keys and (fault := bringing.check_agency_keys(draft, master_file=settings.master_key_file)) is not None:
            done.wrong.append(f"The agencies' data keys cannot be opened: {fault}")
        _bring_to_this_release(draft, done)
        _expunge_again(draft, done, ledger=args.tombstones or (args.keys.with_name(COPY) if args.keys else None))
        if args.trial:
            raise _TrialOver(done)
    return done


def _environment(draft: Path) -> Environment:
    """The settings of the new place: what the environment says, but never the data folder that it may name."""
    os.environ["CARELOOM_HOME"] = str(draft)
    settings = load()
    if settings.pg_bin is not None:
        os.environ["CARELOOM_PG_BIN"] = str(settings.pg_bin)
    return settings


def _refusal(manifest: dict[str, Any]) -> str | None:
    """Why this release cannot read the backup; None when it can."""
    ours, labels = own_steps(), own_labels()
    unknown = [step for step in manifest["steps"] if step.partition(".")[0] in labels and step not in ours]
    if unknown and order(manifest["release"]) >= order(release()):
        return (
            f"This backup was made by a newer release ({manifest['release']}; here is {release()}): "
            f"{len(unknown)} steps of its database are not known here. Install that release, and restore with it."
        )
    return None


def _bring_to_this_release(draft: Path, done: Brought) -> None:
    """Run the migrations that came since, in a process of its own that knows only the new place."""
    if own_steps() <= set(done.steps):
        return
    _say(f"Bringing the database from release {done.release} to this one.")
    command = [sys.executable, "-m", "careloom.config.cli", "migrate"]
    if subprocess.run(command, env=os.environ | {"CARELOOM_HOME": str(draft)}, check=False, stdin=subprocess.DEVNULL).returncode != 0:
        raise BackupProblem(
            f"The database could not be brought to this release; see the lines above. Restore it with release {done.release} instead."
        )
    done.notes.append(f"It was made by release {done.release} and brought to this one.")


def _expunge_again(draft: Path, done: Brought, *, ledger: Path | None) -> None:
    """Keep out what was expunged since the backup was taken, in a process that knows only the new place."""
    if ledger is None or not ledger.is_file():
        done.notes.append(
            f"No ledger of what was expunged ({COPY}) was found. If records were expunged since this backup, name it: --tombstones FILE"
        )
        return
    Ledger(home=draft).take_from(ledger)
    command = [sys.executable, "-m", "careloom.config.expunging", "again"]
    ran = subprocess.run(
        command, env=os.environ | {"CARELOOM_HOME": str(draft)}, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    if ran.returncode != 0:
        raise BackupProblem("What was expunged since could not be kept out; see the lines above. Name the newest ledger and the newest sealed keys.")
    if (count := int(ran.stdout.split()[-1])) > 0:
        done.notes.append(f"Expunged again, because it was expunged after this backup: {count}.")


def _tell(done: Brought, *, home: Path, trial: bool) -> int:
    _say(f"ok     The backup of {done.made_at[:16].replace('T', ' ')} UTC: {done.tables} tables, {done.rows:,} rows, each table as it was saved.")
    _say("ok     Roles, grants, row security, functions and rules are what was saved.")
    if done.chain and not done.wrong:
        _say(f"ok     The logs are as they were sealed: {done.chain}.")
    for words in done.notes:
        _say(f"note   {words}")
    for words in done.wrong:
        _say(f"wrong  {words[0].upper()}{words[1:]}")
    if trial:
        _say("This was a trial; nothing was kept.")
        return 1 if done.wrong else 0
    port = load({"CARELOOM_HOME": str(home)}).port
    if not ports.is_free(host="127.0.0.1", port=port):
        _say(f"note   Port {port} is in use on this machine. Stop what uses it, or start with another: --port N")
    _say("Before others use it: jobs that waited when it was saved (reminders, files) are done at the first start. See docs/operations/restore.md")
    _say(f"Start it with: CARELOOM_HOME={home} bin/up{'' if done.world == 'demo' else ' --empty'}")
    return 1 if done.wrong else 0


def _say(words: str) -> None:
    print(words, flush=True)
