"""Rotate the master key: each agency's data key is wrapped anew. Sealed files stay as they are."""

from __future__ import annotations

import argparse

from careloom.config.commands import environment
from careloom.infra.keys import Keyring


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["rotate"], help="what to do")


def run(args: argparse.Namespace) -> int:
    settings = environment()
    count = Keyring(home=settings.home, master_file=settings.master_key_file).rotate_master()
    print(f"The master key is new. Agency keys wrapped under it: {count}. Take a backup with its keys now: careloom backup")
    return 0
