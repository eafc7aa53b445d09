"""Repeatable chance in columns: one stream for each table, so that adding a table changes nothing in the others."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[Any]
Columns = dict[str, Any]
"""Columns of one table by name."""

FAR: Final = 10_000_000  # a day that does not come; written as unknown


class Streams:
    """The streams of one seed, each named by its table. The same name gives the same numbers."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def of(self, table: str) -> np.random.Generator:
        """A fresh stream of that table."""
        return np.random.default_rng(int.from_bytes(blake2b(f"{self._seed}/{table}".encode(), digest_size=8).digest(), "big"))


def one_of(rng: np.random.Generator, words: Sequence[str | None], shares: Sequence[float], count: int) -> Words:
    """So many words by their shares (which need no particular sum)."""
    edges = np.cumsum(np.asarray(shares, dtype=float)) / float(np.sum(shares))
    return np.asarray(words, dtype=object)[np.minimum(np.searchsorted(edges, rng.random(count), side="right"), len(words) - 1)]


def even(rng: np.random.Generator, group: Whole) -> npt.NDArray[np.float64]:
    """Numbers from 0 to 1 in random order, spread evenly within each group: a share that is drawn with them comes out as it was meant."""
    count = len(group)
    order = np.lexsort((rng.random(count), group))
    sizes = np.bincount(group, minlength=1)
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return (place + rng.random(count)) / sizes[group]


def log_normal(rng: np.random.Generator, *, median: float | npt.NDArray[np.float64], sigma: float, count: int) -> Whole:
    """Whole days from log-normal draws with that median; at least 0."""
    return np.maximum(0, np.rint(median * np.exp(rng.normal(0.0, sigma, count)))).astype(np.int64)


def weibull(rng: np.random.Generator, *, scale: float | npt.NDArray[np.float64], shape: float, count: int) -> Whole:
    """Whole days until an event whose survival is exp(-(t/scale)**shape)."""
    return np.minimum(FAR, np.floor(scale * rng.weibull(shape, count))).astype(np.int64)


def numbers(rng: np.random.Generator, count: int) -> Whole:
    """Different random numbers that stand for people."""
    found = rng.integers(1, 2**62, count)
    while len(np.unique(found)) < count:
        found = rng.integers(1, 2**62, count)
    return found


def joined(*parts: Columns) -> Columns:
    """The rows of all parts, one after the other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
