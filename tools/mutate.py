"""Changes each function and each named set of the disclosure kernel in small ways and asks whether a row of the law sees it.

python -m tools.mutate              the kill rate, by module, and each survivor that nobody has accepted
python -m tools.mutate part2_orders only this module
python -m tools.mutate --shared     counts the rows of ../shared/data/disclosure/scenarios.jsonl too

Exit status 1 when a survivor is not on the list of accepted equivalents (tests/mutation/equivalents.txt).
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.mutation.judge import Judge, judge  # noqa: E402
from tests.mutation.kernel import constant_sets, instead, modules, mutants_of  # noqa: E402
from tests.mutation.swap import code_of  # noqa: E402

EQUIVALENTS = ROOT / "tests" / "mutation" / "equivalents.txt"
LONGEST_SECONDS = 10


class TooLong(Exception):
    """A mutant that does not end is caught by the clock."""


class Accepted:
    """The survivors that change no answer, each with its reason; a pattern may stand for many (`*` for any text)."""

    def __init__(self) -> None:
        lines = [line for line in EQUIVALENTS.read_text().splitlines() if line.strip() and not line.startswith("#")]
        self.reasons = dict(line.split(" => ", 1) for line in lines)
        self._patterns = [re.compile(".*".join(re.escape(part) for part in pattern.split("*"))) for pattern in self.reasons]

    def __contains__(self, key: str) -> bool:
        """Whether somebody has accepted this survivor."""
        return any(pattern.fullmatch(key) for pattern in self._patterns)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="names of kernel modules; all when left out")
    parser.add_argument("--shared", action="store_true", help="count the rows of the shared sample too")
    args = parser.parse_args()
    known = Accepted()
    rows = judge(more=_shared_rows() if args.shared else ())
    began, total, killed, excused, open_ = time.perf_counter(), 0, 0, 0, list[str]()
    for module in modules():
        name = module.__name__.rsplit(".", 1)[-1]
        if args.modules and name not in args.modules:
            continue
        results = list(_tried(module, rows))
        survivors = [key for key, caught in results if not caught]
        fresh = [key for key in survivors if key not in known]
        total, killed, excused = total + len(results), killed + len(results) - len(survivors), excused + len(survivors) - len(fresh)
        open_ += fresh
        if results:
            rate = 100 * (len(results) - len(survivors)) / len(results)
            print(f"{name:<24} {len(results):>5} mutants {rate:5.1f} % caught, {len(survivors) - len(fresh)} accepted, {len(fresh)} open", flush=True)
    print(
        f"\n{len(rows.rows)} rows, {total} mutants, {killed} caught ({100 * killed / max(total, 1):.1f} %), {excused} accepted as equivalent, ",
        end="",
    )
    print(f"{len(open_)} open, in {time.perf_counter() - began:.0f} s.")
    for key in open_:
        print(f"open: {key}")
    return 1 if open_ else 0


def _tried(module: ModuleType, rows: Judge) -> Iterator[tuple[str, bool]]:
    for mutant, function in mutants_of(module):
        with code_of(function, mutant.code), _clock():
            caught = _caught(rows)
        yield mutant.key, caught
    prefix = module.__name__.rsplit(".", 1)[-1] + "."
    for name, members in constant_sets():
        for member in sorted(members, key=str) if name.startswith(prefix) and len(members) > 1 else ():
            with instead(members, members - {member}), _clock():
                caught = _caught(rows)
            yield f"{name}: without member {member}", caught


def _caught(rows: Judge) -> bool:
    try:
        return rows.catches() is not None
    except TooLong:
        return True


@contextmanager
def _clock() -> Iterator[None]:
    def ring(number: int, frame: object) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(LONGEST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def _shared_rows() -> list[object]:
    import json

    from tests.spec.disclosure.every_row import row_of

    sample = ROOT.parent / "shared" / "data" / "disclosure" / "scenarios.jsonl"
    return [row_of(json.loads(line)) for line in sample.read_text().splitlines()]


if __name__ == "__main__":
    sys.exit(main())
