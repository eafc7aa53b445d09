"""What a jurisdiction asks of child welfare beside the instrument: data in `packs/<name>/safety/profile.yaml`, laid over that of the base pack."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from careloom.infra.packs import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml


@dataclass(frozen=True, kw_only=True)
class Point:
    """A talking point of the first visit: its id and what the worker says, in both languages (R-115)."""

    id: str
    en: str
    es: str


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Whether every notified infant is assessed (R-153), on which statute earlier involvement is told (R-109), and the talking points."""

    every_notified_infant: bool
    history_statute: str
    history_checked: bool
    reviewed_by: str
    points: tuple[Point, ...]


def profile_of(*, pack: str, folder: Path | None = None) -> Profile:
    """The profile of a pack, with what it leaves out taken from the pack that it extends."""
    return _profile(pack, folder or packs_folder())


@lru_cache(maxsize=32)
def _profile(pack: str, home: Path) -> Profile:
    laid: dict[str, Any] = {}
    name: str | None = pack
    while name:
        # The nearest pack is read first, so what it says stands.
        laid = _yaml(home / name / "safety" / "profile.yaml") | laid
        name = _yaml(home / name / "manifest.yaml").get("extends")
    return Profile(
        every_notified_infant=bool(laid.get("every_notified_infant")), history_statute=str(laid.get("history_statute", "")),
        history_checked=laid.get("history_status") == "VERIFIED", reviewed_by=str(laid.get("reviewed_by") or ""),
        points=tuple(Point(id=str(row["id"]), en=str(row["en"]), es=str(row["es"])) for row in laid.get("talking_points", ())),
    )  # fmt: skip


def _yaml(path: Path) -> dict[str, Any]:
    data = read_yaml(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return data if isinstance(data, dict) else {}
