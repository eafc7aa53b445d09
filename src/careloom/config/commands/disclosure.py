"""Decide disclosure scenarios: one JSON line in, one JSON line out (DESIGN section 2, "The external interface").

Exit status 0 when each line could be read, else 1.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial

from careloom.config.commands import CommandProblem
from careloom.kernel.disclosure.overlays import FEDERAL, LocalLaw, decide_under


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["decide"], help="what to do")
    parser.add_argument("file", help="a file of JSON lines, or - for standard input")
    parser.add_argument("--pack", metavar="NAME", help="ask the stricter law of this pack too; without it the answer is federal law alone")


def run(args: argparse.Namespace) -> int:
    from careloom.exchange.disclosure_jsonl import decide_lines

    decide = partial(decide_under, law=_law(args.pack))
    if args.file == "-":
        return 0 if decide_lines(lines=sys.stdin.buffer, out=sys.stdout, decide=decide) else 1
    try:
        with open(args.file, "rb") as lines:
            return 0 if decide_lines(lines=lines, out=sys.stdout, decide=decide) else 1
    except FileNotFoundError:
        raise CommandProblem(f"There is no file {args.file}. Name a file of JSON lines, or - for standard input.") from None
    except IsADirectoryError:
        raise CommandProblem(f"{args.file} is a folder. Name a file of JSON lines in it.") from None


def _law(pack: str | None) -> LocalLaw:
    from careloom.infra.packs import PackNotFound, PackNotUsable, load_pack

    if pack is None:
        return FEDERAL
    try:
        return load_pack(name=pack).law
    except (PackNotFound, PackNotUsable) as problem:
        raise CommandProblem(str(problem)) from None
