"""The model of who may be one person, as the pack says it: what is compared, how much each answer speaks, which pairs are worth comparing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log2
from pathlib import Path
from typing import Any

from careloom.infra.packs.reading import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml

OTHER = "OTHER"


@dataclass(frozen=True, kw_only=True)
class Atom:
    """One test of two records: `exact` or `differs`, `similar` or `unlike` (Jaro-Winkler at least, below), `edits` or `apart` (at most, at least),
    `crossed` or `either` of two columns."""

    kind: str
    columns: tuple[str, ...]
    at: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Level:
    """One answer of a comparison. `m`: how often one person's two records give it; `u`: how often two people's do."""

    code: str
    when: tuple[Atom, ...]
    m: float
    u: float

    @property
    def weight(self) -> float:
        """How much the answer speaks for one person, in bits; below zero it speaks against."""
        return log2(self.m / self.u)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One thing that is compared; silent where a column of `known` is empty on a side."""

    name: str
    known: tuple[str, ...]
    levels: tuple[Level, ...]


@dataclass(frozen=True, kw_only=True)
class Model:
    """The whole model. `prior`: chance that two records taken at random are one person. `show`: the least weight that is worth a look."""

    comparisons: tuple[Comparison, ...]
    blocks: tuple[tuple[str, ...], ...]
    prior: float
    show: float
    likely: float
    very_likely: float
    reviewed_by: str | None
    look_within_days: int
    look_again_days: int

    def weight_of(self, name: str, code: str) -> float:
        """How much one answer speaks for one person, in bits; 0 for an answer that this model no longer knows."""
        for comparison in self.comparisons:
            if comparison.name == name:
                return next((level.weight for level in comparison.levels if level.code == code), 0.0)
        return 0.0


@lru_cache(maxsize=4)
def load_model(folder: Path | None = None) -> Model:
    """The model of the base pack. Raises KeyError for a level without figures: it is trained before it is used."""
    home = folder or packs_folder() / "base" / "linkage"
    said: Any = read_yaml((home / "model.yaml").read_text(encoding="utf-8"))
    figures: Any = read_yaml((home / "parameters.yaml").read_text(encoding="utf-8"))
    return build(said, figures)


def build(said: Any, figures: Any) -> Model:
    """The model from its two documents."""
    return Model(
        comparisons=tuple(_comparison(row, figures["levels"][row["name"]]) for row in said["comparisons"]),
        blocks=tuple(tuple(block) for block in said["blocks"]),
        prior=float(figures["prior"]),
        show=float(figures["thresholds"]["show"]),
        likely=float(figures["thresholds"]["likely"]),
        very_likely=float(figures["thresholds"]["very_likely"]),
        reviewed_by=said["reviewed_by"] and figures["reviewed_by"],
        look_within_days=int(said["look_within_days"]),
        look_again_days=int(said["look_again_days"]),
    )


@lru_cache(maxsize=1)
def nicknames() -> dict[str, str]:
    """From each nickname to the name that stands for all of its line."""
    said: Any = read_yaml((packs_folder() / "base" / "linkage" / "nicknames.yaml").read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for group in said["groups"]:
        for name in group:
            found.setdefault(str(name), str(group[0]))
    return found


def _comparison(row: Any, figures: Any) -> Comparison:
    levels = [*row["levels"], {"code": OTHER, "when": []}]
    return Comparison(
        name=row["name"],
        known=tuple(row["known"]),
        levels=tuple(
            Level(
                code=level["code"],
                when=tuple(_atom(atom) for atom in level["when"]),
                m=float(figures[level["code"]]["m"]),
                u=float(figures[level["code"]]["u"]),
            )
            for level in levels
        ),
    )


def _atom(said: dict[str, Any]) -> Atom:
    ((kind, about),) = said.items()
    if kind in {"exact", "differs"}:
        return Atom(kind=kind, columns=(about,))
    if kind in {"similar", "unlike", "edits", "apart"}:
        return Atom(kind=kind, columns=(about[0],), at=float(about[1]))
    return Atom(kind=kind, columns=tuple(about))
