"""Measure the product on this machine and print one JSON line per figure: page times, statements, row security, grants, decisions, memory, starts.

Each world is made in a data folder of its own under a scratch folder, which is removed at the end.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from careloom.config.commands import CommandProblem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--families", type=int, nargs="+", default=[40, 4000, 40000], metavar="N", help="sizes of the measured worlds")
    parser.add_argument("--papers", type=int, default=40000, metavar="N", help="families whose grants are made, with five consents each")
    parser.add_argument("--requests", type=int, default=500, metavar="N", help="requests per page")
    parser.add_argument("--children", type=int, default=1_000_000, metavar="N", help="children whose indicators are computed four ways")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each of the four ways is measured")
    parser.add_argument("--great", type=int, default=10_000_000, metavar="N", help="children of the one great computation (0: none)")
    parser.add_argument("--only", choices=["kernel", "starts", "worlds", "grants", "children"], help="measure this part alone")
    parser.add_argument("--keep", action="store_true", help="keep the scratch folder and say where it is")


def run(args: argparse.Namespace) -> int:
    if min(*args.families, args.papers) < 40 or args.requests < 5:
        raise CommandProblem("A measured world has 40 families or more, and a page is asked 5 times or more.")
    scratch = Path(tempfile.mkdtemp(prefix="careloom-bench-"))
    scratch.chmod(0o711)
    try:
        if args.only in {None, "kernel"}:
            from careloom.bench.kernels import measure

            measure()
        if args.only in {None, "starts"}:
            from careloom.bench.starts import measure_starts

            measure_starts(scratch / "starts")
        failed = False
        if args.only in {None, "worlds"}:
            statuses = [_child(scratch / str(families), str(families), str(args.requests)) for families in args.families]
            failed = any(statuses)
        if args.only in {None, "grants"}:
            failed = bool(_child(scratch / "grants", "grants", str(args.papers))) or failed
        if args.only in {None, "children"}:
            from careloom.bench.children.measure import measure as measure_children

            failed = not measure_children(scratch / "children", children=args.children, rounds=args.rounds, great=args.great) or failed
        return 1 if failed else 0
    finally:
        if args.keep:
            print(f"The worlds are in {scratch}.", file=sys.stderr)
        else:
            shutil.rmtree(scratch, ignore_errors=True)


def _child(home: Path, *words: str) -> int:
    env = {name: value for name, value in os.environ.items() if not name.startswith("CARELOOM_")}
    env |= {"CARELOOM_HOME": str(home), "CARELOOM_WORLD": "demo"}
    command = [sys.executable, "-m", "careloom.bench.child", *words]
    return subprocess.run(command, env=env, stdin=subprocess.DEVNULL, check=False).returncode
