"""Where extracts and snapshots lie in the data folder: `outcomes/own`, `outcomes/received/NAME`, `outcomes/snapshots/ID`."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings

MANIFEST = "manifest.json"


def home() -> Path:
    """The folder of the numbers in the data folder."""
    return Path(settings.CARELOOM_HOME) / "outcomes"


def own() -> Path:
    """The extract of this installation."""
    return home() / "own"


def received() -> Path:
    """Extracts of other places of the state, one folder each."""
    return home() / "received"


def kept(snapshot_id: UUID) -> Path:
    """What a snapshot was computed from (`inputs`) and the rows that it gave (`rows`)."""
    return home() / "snapshots" / str(snapshot_id)


def extracts() -> dict[str, Path]:
    """The extracts that there are, by name, the own one first.

    Each is a link to its newest generation; what is given here is where it leads now, so that a newer one that is put meanwhile mixes with nothing.
    """
    found = {"own": own().resolve()} if (own() / MANIFEST).exists() else {}
    if received().is_dir():
        found |= {path.name: path.resolve() for path in sorted(received().iterdir()) if (path / MANIFEST).exists()}
    return found
