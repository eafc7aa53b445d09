"""The ``careloom`` command: one module a subcommand, imported only when it is asked for.

Each module of ``config/commands`` has ``add_arguments(parser)`` and ``run(args) -> int``. A failure is one sentence on standard error and the
next step, never a traceback unless ``--debug`` is given.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import importlib.metadata
import importlib.util
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Final

from careloom.config.commands import CommandProblem
from careloom.config.environment import SettingProblem
from careloom.config.version import release
from careloom.infra.keys import KeyProblem
from careloom.infra.postgres.errors import PostgresProblem

# Name, module, help. A command whose module is absent is not offered.
COMMANDS: Final = (
    ("up", "up", "start everything and stay; Ctrl-C stops it"),
    ("demo", "demo", "make or refresh the practice county"),
    ("walkthrough", "walkthrough", "run the main job end to end and say what happened"),
    ("worker", "worker", "run the jobs"),
    ("import", "import_files", "bring in FHIR bundles, a spreadsheet, HSDS or the SAMHSA list"),
    ("export", "export_files", "write files for others"),
    ("disclosure", "disclosure", "decide disclosure scenarios"),
    ("grants", "grants", "bring every grant in line with the papers in force"),
    ("outcomes", "outcomes", "compute indicators and counts"),
    ("clock", "clock", "show the clock, or move it in a demo world"),
    ("pack", "pack", "list and check the jurisdictions' packs"),
    ("bench", "bench", "measure and print one JSON line per figure"),
    ("migrate", "migrate", "bring the database to this version"),
    ("agency", "agency", "make an agency; let one leave with its records, or arrive"),
    ("sign-in", "sign_in", "confirm an agency's own identity provider"),
    ("db", "db", "look at the database, or stop it"),
    ("backup", "backup", "write a sealed copy of the data"),
    ("restore", "restore", "bring a sealed copy back"),
    ("keys", "keys", "rotate the master key"),
    ("doctor", "doctor", "check this installation and show its settings"),
)
_PACKAGE: Final = "careloom.config.commands"
# Errors of the floors below whose text is a sentence with the next step and quotes no record; by name, so that nothing is loaded for it.
_TELLING: Final = frozenset({"AssetsMissing", "PackNotFound", "PackNotUsable"})
_EXPECTED: Final = (CommandProblem, SettingProblem, KeyProblem, PostgresProblem)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in words
    words = [word for word in words if word != "--debug"]
    offered = _offered()
    if not words or words[0] in {"-h", "--help", "help"}:
        print(_overview(offered))
        return 0
    if words[0] == "--version":
        print(f"careloom {release()}")
        return 0
    name = words[0]
    if name not in offered:
        near = difflib.get_close_matches(name, list(offered), n=1, cutoff=0.5)
        hint = f"Did you mean: careloom {near[0]}" if near else "See: careloom --help"
        return _fail("careloom", f"There is no command {name!r}. {hint}")
    try:
        return _run(name, offered[name], words[1:])
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (head, less) went away; nothing is wrong, and the interpreter shall not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        if debug:
            traceback.print_exc()
            return 1
        return _fail(f"careloom {name}", explain(error, command=" ".join(words)))


def _run(name: str, module_name: str, words: Sequence[str]) -> int:
    module = importlib.import_module(f"{_PACKAGE}.{module_name}")
    parser = argparse.ArgumentParser(prog=f"careloom {name}", description=(module.__doc__ or "").strip().split("\n\n")[0])
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(words)) or 0)


def explain(error: Exception, *, command: str) -> str:
    """What to tell. An unexpected error shows its kind only: its text may quote a record."""
    if isinstance(error, _EXPECTED) or getattr(error, "tells_next_step", False):
        return str(error)
    kind = type(error)
    if kind.__name__ in _TELLING:
        return str(error)
    if kind.__module__.startswith(("psycopg", "django.db")) and kind.__name__ == "OperationalError":
        return "The database does not answer. Start it with: careloom up (or see: careloom db status)"
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}. Check the path and who may use it."
    return f"This did not work out ({kind.__name__}). See where with: careloom {command} --debug"


def _fail(who: str, sentence: str) -> int:
    print(f"{who}: {sentence}", file=sys.stderr)
    return 1


def _offered() -> dict[str, str]:
    return {name: module for name, module, _ in COMMANDS if importlib.util.find_spec(f"{_PACKAGE}.{module}")}


def _overview(offered: dict[str, str]) -> str:
    rows = [f"  {name:<12} {words}" for name, _, words in COMMANDS if name in offered]
    head = "careloom: one plan of safe care, written together and kept alive.\n\nusage: careloom COMMAND [...] [--debug]\n"
    return "\n".join([head, *rows, "", "Help on one: careloom COMMAND --help"])


if __name__ == "__main__":
    sys.exit(main())
