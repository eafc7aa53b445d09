"""Before a database of an older release is brought to this one: whether that is possible at all, and a copy of it to go back to.

INVARIANT: a database that cannot be brought to this release whole is not touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from careloom.config.environment import Environment
from careloom.config.release import own_labels, own_steps
from careloom.infra.postgres import PostgresProblem, clients

#: The newest step of each app in the oldest state that is brought to this one (commit 7894d43 of 22 November 2026: the first with a worker's day).
#: Steps before it were written anew while they were on no machine but the builders', so a database without these may have another shape.
OLDEST: Final = frozenset({
    "agencies.0002_outward_name_and_practice", "consents.0002_row_security", "directory.0001_initial", "health.0002_row_security",
    "access.0002_row_security", "audit.0002_row_security", "events.0002_row_security", "careloom_messages.0002_row_security",
    "notifications.0004_write_anew", "outcomes.0001_tally", "people.0002_row_security", "plans.0003_referral_link_page",
    "portal.0003_door_apart", "work.0002_row_security",
})  # fmt: skip
FOLDER: Final = "before-upgrade"
_KEEP: Final = 14 * 24 * 3600.0  # seconds: a copy holds what was expunged since, so it does not stay
_AIR: Final = 200 * 2**20  # bytes that PostgreSQL needs beside the copy


def refusal(applied: Collection[str], *, lived_in: bool) -> str | None:
    """Why a database with these steps (`label.name`, of ours and others) cannot be brought to this release; None when it can.

    One in which nobody lives yet (no agency is there) may be a first start that was broken off: that goes on.
    """
    labels = own_labels()
    theirs = {step for step in applied if step.partition(".")[0] in labels}
    if unknown := theirs - own_steps():
        return (
            f"This database was brought to a newer release: {len(unknown)} of its steps are not known here ({min(unknown)}). "
            "Nothing was changed. Start that release again, or restore a backup of this one into a new folder."
        )
    if lived_in and (missing := OLDEST - theirs):
        return (
            f"This database is older than the oldest release that can be brought to this one ({min(missing)} is missing). Nothing was changed. "
            "Begin with an empty folder (CARELOOM_HOME), and bring families in with careloom import."
        )
    return None


def keep_copy(settings: Environment, *, bytes_of_database: int, say: Callable[[str], None]) -> Path | None:
    """Write the database as it is into the data folder, readable by its owner alone, before anything is changed. None where a server has no pg_dump.

    Raises :class:`PostgresProblem` when there is no room or the copy does not come about: then nothing may be changed.
    """
    folder = settings.home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    if (free := shutil.disk_usage(folder).free) < bytes_of_database + _AIR:
        raise PostgresProblem(
            f"There is no room for a copy before the upgrade: {free // 2**20:,} MB are free on the disk of {settings.home}, and up to "
            f"{(bytes_of_database + _AIR) // 2**20:,} are needed. Nothing was changed. Free some, then start again."
        )
    try:
        program = clients.program(settings, "pg_dump")
    except PostgresProblem:
        say("Note: PostgreSQL's client programs are not here, so no copy was made before the upgrade. The backup of your server is the way back.")
        return None
    stamp = datetime.fromtimestamp(time.time(), tz=UTC).strftime("%Y%m%dT%H%M%SZ")
    file, draft = folder / f"{stamp}.dump", folder / "copy.part"
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    words = [program, "--format=custom", f"--file={draft}"]
    done = subprocess.run(words, env=clients.variables(settings, "owner"), capture_output=True, text=True, check=False)
    if done.returncode:
        draft.unlink(missing_ok=True)
        raise PostgresProblem(
            f"The copy before the upgrade did not come about ({(done.stderr.strip().splitlines() or ['pg_dump said nothing'])[-1][:200]}). "
            "Nothing was changed. Run careloom doctor, then start again."
        )
    os.replace(draft, file)
    say(f"A copy of the database as it was: {file} ({file.stat().st_size // 1024:,} KB). It goes after 14 days.")
    return file


def clear_old(home: Path) -> int:
    """Remove copies that are older than 14 days, and what an interrupted one left; how many went."""
    gone = 0
    for file in (home / FOLDER).glob("*"):
        if file.suffix == ".part" or time.time() - file.stat().st_mtime > _KEEP:
            file.unlink(missing_ok=True)
            gone += 1
    return gone
