"""Whose numbers a partner sees by name, and whose only pooled: pure rules. Source: R-052."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

POOL_LEAST = 3  # a pool of fewer would tell whose numbers they are


class Fear(StrEnum):
    """Why a partner does not share data."""

    LOOKS_BAD = "LOOKS_BAD"
    USED_AGAINST = "USED_AGAINST"
    LAW = "LAW"
    TECHNOLOGY = "TECHNOLOGY"


@dataclass(frozen=True, kw_only=True)
class Split:
    """Partners whose numbers the reader sees by name, and those in the pool; `pool_shown` is whether the pool is large enough to be shown."""

    named: tuple[str, ...]
    pooled: tuple[str, ...]

    @property
    def pool_shown(self) -> bool:
        """Whether nobody in the pool can be told from it."""
        return len(self.pooled) >= POOL_LEAST


def split(partners: Iterable[str], *, mine: frozenset[str], agreed: frozenset[str]) -> Split:
    """Who is named to a reader of the partners `mine`: her own, and of those who agreed to the rule all, when one of hers agreed too.

    INVARIANT: who runs the collaborative reads no more than a partner does.
    """
    all_of_them = tuple(dict.fromkeys(partners))
    named = mine | (agreed if mine & agreed else frozenset())
    return Split(named=tuple(key for key in all_of_them if key in named), pooled=tuple(key for key in all_of_them if key not in named))
