"""Where extracts lie in the data folder, and how a new one takes the place of the one before: whole, or not at all.

`outcomes/own` is our own extract and `outcomes/received/NAME` one of another place. Each is a link to its newest generation in `outcomes/.shelves`.
A process that is killed half way leaves the link where it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

EXTRACT: Final = "extract"  # in a generation: the tables and the manifest, which may be handed on
_DRAFT: Final = "draft"


class Occupied(RuntimeError):
    """Something else stands where the link belongs; the text says what to do."""


class Shelf:
    """The generations of one extract. `link` is where others look for it."""

    def __init__(self, outcomes: Path, name: str) -> None:
        self.link = outcomes / name
        self.folder = outcomes / ".shelves" / name

    def current(self) -> Path | None:
        """The generation that counts, by its own name, so that who reads it keeps it while a newer one is put; None before the first."""
        return self.link.resolve().parent if self.link.is_symlink() and self.link.exists() else None

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """A folder to write the next generation in. When the block ends well it becomes the current one; else nothing changed.

        :raises Occupied: a folder of somebody else stands where the link belongs.
        """
        if self.link.exists() and not self.link.is_symlink():
            raise Occupied(f"{self.link} was not put there by Careloom. Move it away, and try again.")
        draft = self.folder / _DRAFT
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        try:
            yield draft
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        self._put(draft)

    def _put(self, draft: Path) -> None:
        for path in [*draft.rglob("*"), draft]:
            _sync(path)
        before = self.current()
        place = self.folder / f"{max((int(p.name) for p in self.folder.iterdir() if p.name.isdigit()), default=0) + 1:06d}"
        os.rename(draft, place)
        self.link.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = self.folder / "link"
        with suppress(FileNotFoundError):
            beside.unlink()
        beside.symlink_to(os.path.relpath(place / EXTRACT, self.link.parent), target_is_directory=True)
        os.replace(beside, self.link)
        _sync(self.link.parent)
        # Who reads the one before may go on; those before it are gone.
        for old in self.folder.iterdir():
            if old.name.isdigit() and old not in (place, before):
                shutil.rmtree(old, ignore_errors=True)


def own(home: Path) -> Shelf:
    """The shelf of our own extract in the data folder `home`."""
    return Shelf(home / "outcomes", "own")


def received(home: Path, name: str) -> Shelf:
    """The shelf of what another place sent."""
    return Shelf(home / "outcomes", f"received/{name}")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
