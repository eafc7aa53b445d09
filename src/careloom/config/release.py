"""Which steps of the database this release knows, and how releases follow each other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent.parent


def order(version: str) -> tuple[int, ...]:
    """A version as numbers that can be compared."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def own_steps() -> set[str]:
    """Each migration of our own apps as `label.name`, without Django; a test holds it against what Django says."""
    return {f"{_label(path.parent.parent)}.{path.stem}" for path in _PACKAGE.glob("**/migrations/[0-9]*.py")}


def _label(folder: Path) -> str:
    """The label of the app in this folder: its folder's name, unless its configuration says another."""
    told = re.search(r'^    label = "(\w+)"', (folder / "apps.py").read_text(), re.MULTILINE)
    return told[1] if told else folder.name


def own_labels() -> set[str]:
    """The labels of our own apps that have migrations."""
    return {step.partition(".")[0] for step in own_steps()}
