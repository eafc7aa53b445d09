"""The passphrase of a recovery key: from a file, or asked for; never from the command line, which others on the machine can read."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from careloom.config.commands import CommandProblem


def add_argument(parser: argparse.ArgumentParser) -> None:
    """The option that names a file with it."""
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="a file whose first line is the passphrase; else it is asked for")


def passphrase(args: argparse.Namespace, *, twice: bool = False) -> str:
    """The passphrase; asked for a second time when it is to be kept."""
    if args.passphrase_file is not None:
        try:
            lines = args.passphrase_file.read_text().splitlines()
        except OSError as error:
            raise CommandProblem(f"{args.passphrase_file} cannot be read: {error.strerror}. Name a file with the passphrase in it.") from None
        return lines[0] if lines else ""
    if not sys.stdin.isatty():
        raise CommandProblem("A passphrase is needed, and there is nobody to ask. Name a file with --passphrase-file.")
    first = getpass.getpass("Passphrase of the recovery key: ")
    if twice and getpass.getpass("The same again: ") != first:
        raise CommandProblem("The two are not the same. Nothing was made; try again.")
    return first
