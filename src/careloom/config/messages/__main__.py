"""The command: gather, compile, check."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from careloom.config.messages import catalog
from careloom.config.messages.gathering import PACKAGE, gather

PO = PACKAGE / "config" / "locale" / "es" / "LC_MESSAGES" / "django.po"


def missing(po: Path = PO) -> list[tuple[catalog.Key, str]]:
    """The strings without Spanish, each with the first page that uses it. English and Spanish are complete (DESIGN section 8)."""
    known = catalog.read(po)
    return [(key, places[0]) for key, places in sorted(gather().items()) if not (key in known and known[key].is_complete)]


def is_current(po: Path = PO) -> bool:
    """Whether the .mo file is what the .po file says."""
    mo = po.with_suffix(".mo")
    return mo.is_file() and mo.read_bytes() == catalog.compiled(catalog.read(po).values())


def _gather() -> int:
    known = catalog.read(PO) if PO.is_file() else {}
    found = gather()
    entries = {key: catalog.Entry(key=key, forms=known[key].forms if key in known else [], places=places) for key, places in found.items()}
    gone = [key for key in known if key not in found]
    catalog.write(PO, entries.values())
    sys.stdout.write(f"{len(entries)} strings, {sum(not e.is_complete for e in entries.values())} without Spanish, {len(gone)} no longer used.\n")
    return 0


def _compile() -> int:
    PO.with_suffix(".mo").write_bytes(catalog.compiled(catalog.read(PO).values()))
    sys.stdout.write(f"Wrote {PO.with_suffix('.mo').name}.\n")
    return 0


def _check() -> int:
    lacking = missing()
    for key, place in lacking:
        sys.stdout.write(f"{place}: no Spanish for: {key.text}\n")
    if not is_current():
        sys.stdout.write("The .mo file is not current. Run: python -m careloom.config.messages compile\n")
        return 1
    return 1 if lacking else 0


COMMANDS: dict[str, Callable[[], int]] = {"gather": _gather, "compile": _compile, "check": _check}


def main(words: list[str]) -> int:
    """Run one command and return its exit code."""
    if len(words) != 1 or words[0] not in COMMANDS:
        sys.stdout.write(f"Say one of: {', '.join(COMMANDS)}\n")
        return 2
    return COMMANDS[words[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
