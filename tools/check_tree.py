"""Rules of the house that are about files: their length, no registry's host name, no em dash in words for workers."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 300
# Written in two parts so that this file does not name them itself.
REGISTRIES = re.compile("|".join(re.escape(name) for name in ("pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "npmjs" + ".com")))
WORDS = {".html", ".po", ".txt"}


def tracked() -> list[Path]:
    """Files that git knows or would add; where there is no git, all files of the tree that are ours."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    hidden = {".venv", ".git", ".careloom", "node_modules", "__pycache__"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not hidden & set(path.relative_to(ROOT).parts)]


def faults(path: Path) -> Iterator[str]:
    """What is wrong with one file, as lines."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    name = path.relative_to(ROOT)
    if path.suffix == ".py" and "migrations" not in name.parts and len(text.splitlines()) > MOST_LINES:
        yield f"{name}: {len(text.splitlines())} lines; at most {MOST_LINES}. Split it by what it is about."
    for number, line in enumerate(text.splitlines(), 1):
        if REGISTRIES.search(line):
            yield f"{name}:{number}: names a package registry; leave that to pip's and npm's own settings."
        if path.suffix in WORDS and name.parts[0] == "src" and "\u2014" in line:
            yield f"{name}:{number}: an em dash in words for people; use a comma, a colon or two sentences."


def main() -> int:
    found = [fault for path in tracked() for fault in faults(path)]
    print("\n".join(found) or "The tree keeps the rules.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
