"""Compares two records: which answer each comparison gives, and how sure that makes us. Pure; Splink computes the same in the child process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log2

from careloom.people.matching.model import Atom, Model
from careloom.people.matching.traits import Traits

BOOST_FROM, PREFIX, BOOST = 0.7, 4, 0.1


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """How two records compare: the answer of each comparison that both know something for, the sum of what they say, and the chance."""

    answers: tuple[tuple[str, str], ...]
    weight: float

    @property
    def chance(self) -> float:
        """How likely it is that they are one person, 0 to 1."""
        return 1 / (1 + 2 ** -max(-200.0, min(200.0, self.weight)))


def weigh(one: Traits, other: Traits, *, model: Model) -> Weighed:
    """Compare two records. A grown person and a child are never one person; then nothing is compared and the weight is far below zero."""
    if one.grown != other.grown:
        return Weighed(answers=(), weight=-200.0)
    answers: list[tuple[str, str]] = []
    weight = log2(model.prior / (1 - model.prior))
    for comparison in model.comparisons:
        if any(getattr(side, column) is None for side in (one, other) for column in comparison.known):
            continue
        level = next(level for level in comparison.levels if all(holds(atom, one, other) for atom in level.when))
        answers.append((comparison.name, level.code))
        weight += level.weight
    return Weighed(answers=tuple(answers), weight=weight)


def holds(atom: Atom, one: Traits, other: Traits) -> bool:
    """Whether a test holds of two records; never where a value is missing."""
    left, right = ([getattr(side, column) for column in atom.columns] for side in (one, other))
    if None in left or None in right:
        return False
    match atom.kind:
        case "exact":
            return bool(left == right)
        case "similar":
            return similarity(left[0], right[0]) >= atom.at
        case "edits":
            return edits(left[0], right[0]) <= atom.at
        case "unlike":
            return similarity(left[0], right[0]) < atom.at
        case "apart":
            return edits(left[0], right[0]) >= atom.at
        case "differs":
            return bool(left != right)
        case "crossed":
            return bool(left[0] == right[1] and left[1] == right[0])
        case "either":
            return bool(set(left) & set(right))
    raise ValueError(f"There is no test called {atom.kind}.")


@lru_cache(maxsize=50_000)
def similarity(one: str, other: str) -> float:
    """Jaro-Winkler, 0 to 1, as DuckDB computes it: the common beginning counts from 0.7 on."""
    if not one or not other:
        return 0.0
    reach = max(max(len(one), len(other)) // 2 - 1, 0)
    taken = [False] * len(other)
    mine: list[str] = []
    for place, letter in enumerate(one):
        for at in range(max(0, place - reach), min(len(other), place + reach + 1)):
            if not taken[at] and other[at] == letter:
                taken[at] = True
                mine.append(letter)
                break
    if not mine:
        return 0.0
    theirs = [letter for letter, used in zip(other, taken, strict=True) if used]
    moved = sum(a != b for a, b in zip(mine, theirs, strict=True)) // 2
    jaro = (len(mine) / len(one) + len(mine) / len(other) + (len(mine) - moved) / len(mine)) / 3
    if jaro <= BOOST_FROM:
        return jaro
    same = 0
    for a, b in zip(one[:PREFIX], other[:PREFIX], strict=False):
        if a != b:
            break
        same += 1
    return jaro + same * BOOST * (1 - jaro)


@lru_cache(maxsize=50_000)
def edits(one: str, other: str) -> int:
    """Damerau-Levenshtein without restriction, as DuckDB computes it: letters put in, left out, changed, or swapped also around others."""
    far = len(one) + len(other)
    table = [[far] * (len(other) + 2) for _ in range(len(one) + 2)]
    for i in range(len(one) + 1):
        table[i + 1][1] = i
    for j in range(len(other) + 1):
        table[1][j + 1] = j
    last_row: dict[str, int] = {}
    for i, a in enumerate(one, start=1):
        last_match = 0
        for j, b in enumerate(other, start=1):
            row, column = last_row.get(b, 0), last_match
            if a == b:
                last_match = j
            table[i + 1][j + 1] = min(
                table[i][j] + (a != b), table[i + 1][j] + 1, table[i][j + 1] + 1,
                table[row][column] + (i - row - 1) + 1 + (j - column - 1),
            )  # fmt: skip
        last_row[a] = i
    return table[-1][-1]
