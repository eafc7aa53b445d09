"""Which rows of the requirements catalogue (docs/requirements.txt) are shown by a test, and which are not.

Reads the marks ``@pytest.mark.requirement("R-140")`` out of the test files without running them. ``--check`` fails on a mark whose row is not
in the catalogue, or that names no row at all.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def catalogue() -> list[str]:
    """The ids of all rows, in order."""
    lines = (ROOT / "docs" / "requirements.txt").read_text().splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def marks() -> Iterator[tuple[str, Path, int]]:
    """Each id in a requirement mark, with its file and line. An argument that is not a text counts as an empty id."""
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(), filename=str(path))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "requirement":
                for argument in node.args or [ast.Constant("")]:
                    value = argument.value if isinstance(argument, ast.Constant) else ""
                    yield str(value), path.relative_to(ROOT), node.lineno


def shorten(ids: list[str]) -> str:
    """Write runs of following ids as R-001..R-007."""
    numbers, runs = [int(text[2:]) for text in ids], []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"R-{low:03}" if low == high else f"R-{low:03}..R-{high:03}" for low, high in runs)


def main() -> int:
    rows, found = catalogue(), list(marks())
    wrong = [f"{path}:{line}: {name or 'a mark without a row id'}" for name, path, line in found if name not in rows]
    if "--check" in sys.argv:
        print("\n".join(["These marks name no row of docs/requirements.txt:", *wrong]) if wrong else "All marks name a row.")
        return 1 if wrong or not all(re.fullmatch(r"R-\d{3}", row) for row in rows) else 0
    shown = {name for name, _, _ in found}
    with_test, without = [row for row in rows if row in shown], [row for row in rows if row not in shown]
    print(f"Requirement rows with a test: {len(with_test)} of {len(rows)}. {shorten(with_test)}")
    print(f"Requirement rows without a test: {len(without)}. {shorten(without)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
