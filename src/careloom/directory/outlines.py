"""Simple outlines of a jurisdiction's counties, data of its pack (`packs/<name>/directory/map.yaml`), for pictures on the server."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from careloom.infra.packs import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A place as a picture draws it: a polygon, where its words stand, and whether it lies inside another."""

    name: str
    points: str
    label: tuple[float, float]
    inside: bool = False


@dataclass(frozen=True, kw_only=True)
class Outlines:
    """The box of a picture and the places in it, those that lie inside another last."""

    width: int
    height: int
    places: tuple[Outline, ...]


@lru_cache(maxsize=8)
def outlines(*, pack: str) -> Outlines | None:
    """The outlines of a pack, or None where it has none; a page then shows its table alone."""
    path = packs_folder() / pack / "directory" / "map.yaml"
    if not path.is_file():
        return None
    data: Any = read_yaml(path.read_text(encoding="utf-8"))
    places = [
        Outline(name=name, points=raw["points"], label=(float(raw["label"][0]), float(raw["label"][1])), inside=bool(raw.get("inside")))
        for name, raw in data["places"].items()
    ]
    return Outlines(width=data["width"], height=data["height"], places=tuple(sorted(places, key=lambda one: one.inside)))
