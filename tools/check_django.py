"""Checks that need Django but no database: ``migrations`` (each model change has one) and ``templates`` (each one compiles)."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def set_up(home: str) -> None:
    for name in [name for name in os.environ if name.startswith("CARELOOM_")]:
        del os.environ[name]
    os.environ |= {"CARELOOM_HOME": home, "DJANGO_SETTINGS_MODULE": "careloom.config.settings"}
    import django

    django.setup()


def migrations() -> int:
    from django.core.management import call_command

    # Without a running server the history cannot be compared; that is done when the tests migrate.
    warnings.filterwarnings("ignore", message="Got an error checking a consistent migration history")
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
    except SystemExit as end:
        print("A model changed without a migration. Make one with: .venv/bin/python -m django makemigrations --settings careloom.config.settings")
        return int(end.code or 0)
    return 0


def templates() -> int:
    from django.template import TemplateSyntaxError
    from django.template.loader import get_template

    faults = []
    for folder in sorted((ROOT / "src" / "careloom").rglob("templates")):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in {".html", ".txt", ".svg", ".xml"}:
                try:
                    get_template(str(path.relative_to(folder)))
                except TemplateSyntaxError as error:
                    faults.append(f"{path.relative_to(ROOT)}: {error}")
    print("\n".join(faults) or "All templates compile.")
    return 1 if faults else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="careloom-check-") as folder:
        set_up(folder)
        sys.exit({"migrations": migrations, "templates": templates}[sys.argv[1]]())
