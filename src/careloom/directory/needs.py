"""The need catalogue: domains, need codes and features, with the words and codes of other vocabularies that mean them.

Data: `packs/base/directory/needs.yaml` (plan-content.md 2.4). Read once in a process and checked when read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from careloom.directory.facts import TermFact
from careloom.infra.packs import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml

NEED_TAXONOMY = "careloom.need"
FEATURE_TAXONOMY = "careloom.feature"


class CatalogueError(ValueError):
    """The catalogue names a domain that it does not have, or a need without words for people."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A need or a feature: stable code, words by language, and what of other vocabularies means it."""

    code: str
    domain: str
    labels: dict[str, str]
    terms: frozenset[str]
    words: tuple[str, ...]

    def label(self, language: str) -> str:
        """The words for people, English where a language is missing."""
        return self.labels.get(language[:2], self.labels["en"])

    def meant_by(self, term: TermFact, taxonomy: str) -> bool:
        """Whether a term of any vocabulary means this entry."""
        if term.taxonomy == taxonomy:
            return term.code == self.code
        name = f" {term.name.lower()} "
        return f"{term.taxonomy}/{term.code}" in self.terms or any(word in name for word in self.words)


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Every need and feature by code, in the order of the file, and the labels of the domains."""

    domains: dict[str, dict[str, str]]
    needs: dict[str, Entry]
    features: dict[str, Entry]

    def needs_of(self, terms: Iterable[TermFact]) -> list[str]:
        """The needs that a service with these terms meets, in catalogue order."""
        held = list(terms)
        return [n.code for n in self.needs.values() if any(n.meant_by(t, NEED_TAXONOMY) for t in held)]

    def features_of(self, terms: Iterable[TermFact]) -> list[str]:
        """The features that a service with these terms has, in catalogue order."""
        held = list(terms)
        return [f.code for f in self.features.values() if any(f.meant_by(t, FEATURE_TAXONOMY) for t in held)]


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue of the base pack. Raises `CatalogueError` when the file contradicts itself."""
    path = packs_folder() / "base" / "directory" / "needs.yaml"
    data: Any = read_yaml(path.read_text(encoding="utf-8"))
    domains = data["domains"]
    needs = {code: _entry(code, raw, domains) for code, raw in data["needs"].items()}
    features = {code: _entry(code, raw, None) for code, raw in data["features"].items()}
    return Catalogue(domains=domains, needs=needs, features=features)


def _entry(code: str, raw: dict[str, Any], domains: dict[str, Any] | None) -> Entry:
    domain = raw.get("domain", "")
    if domains is not None and domain not in domains:
        raise CatalogueError(f"The need {code} names a domain that the catalogue does not have.")
    if not raw.get("en") or not raw.get("es"):
        raise CatalogueError(f"{code} needs its words in English and Spanish.")
    words = tuple(w.lower() if len(w) > 4 else f" {w.lower()} " for w in raw.get("words", []))
    return Entry(
        code=code,
        domain=domain,
        labels={"en": raw["en"], "es": raw["es"]},
        terms=frozenset(raw.get("taxonomy", [])),
        words=words,
    )
