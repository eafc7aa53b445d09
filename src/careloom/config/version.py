"""Which release this is."""

from __future__ import annotations

import importlib.metadata
import tomllib
from pathlib import Path


def release() -> str:
    """The version in ``pyproject.toml`` of this clone, or that of the installed package."""
    clone = Path(__file__).resolve().parents[3] / "pyproject.toml"
    if clone.is_file():
        return str(tomllib.loads(clone.read_text(encoding="utf-8"))["project"]["version"])
    return importlib.metadata.version("careloom")
