"""Where the data that nobody here made up lies: ../shared/data, or a skip that says what is missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


def shared_data(*parts: str) -> Path:
    """The path of a file or folder of the shared data; skips the test when it is not on this machine."""
    path = ROOT.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"The shared data are not here ({path}). Put them beside the clone, or name their folder in SHARED_DATA.")
    return path
