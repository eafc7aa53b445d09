"""Decide disclosure scenarios: one JSON line in, one JSON line out (DESIGN section 2, "The external interface").

Exit status 0 when each line could be read, else 1.
"""

from __future__ import annotations

import argparse
import sys

from careloom.config.commands import CommandProblem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["decide"], help="what to do")
    parser.add_argument("file", help="a file of JSON lines, or - for standard input")


def run(args: argparse.Namespace) -> int:
    from careloom.exchange.disclosure_jsonl import decide_lines

    if args.file == "-":
        return 0 if decide_lines(lines=sys.stdin.buffer, out=sys.stdout) else 1
    try:
        with open(args.file, "rb") as lines:
            return 0 if decide_lines(lines=lines, out=sys.stdout) else 1
    except FileNotFoundError:
        raise CommandProblem(f"There is no file {args.file}. Name a file of JSON lines, or - for standard input.") from None
    except IsADirectoryError:
        raise CommandProblem(f"{args.file} is a folder. Name a file of JSON lines in it.") from None
