"""Groups of one cut, shown by themselves or together with others, so that no small number follows from what is shown.

A *cut* sorts the people of one cohort into groups (by county, by race). A group stands alone when every number of people in it is 0 or large enough;
the others are shown as one pool, whose numbers must be large enough too. What a reader then sees of the cut is a list of separate heaps, each with
safe numbers, and every sum or difference of them is a sum or difference of safe heaps of other people.

Why nothing inside the pool can be worked out: hand the labels of its groups to its people in any other way. No published number changes, not of this
cut, nor of any other, nor of the whole, and what is true of each person stays true. So each number of each pooled group may be anything from 0 to the
pool's own number, which is 0 or at least the threshold (decision 0016; tried by tests/attacks/test_publication_attacker.py).

Source: features O5; law.md section 2, small cells; R-211.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careloom.kernel.suppression import HOUSE_SETTINGS, SuppressionSettings

# A pool of fewer would tell one member, who knows her own numbers, the numbers of the other.
MEMBERS_LEAST = 3
# A pool is this many times as large as what may stand alone, so that it leaves room for whatever its members may be.
POOL = 2
# Where all of a group answer alike, its number tells of each of them; so it must be this many times the threshold.
ALIKE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A group and its numbers of people, one for each thing counted, in one order for all groups of a cut.

    `within` names the shown group of a coarser cut that holds this one ("" where there is none).
    """

    label: str
    cells: tuple[int, ...]
    within: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What makes a heap of people large enough to be shown.

    `opposites`: places of two numbers that are each other's rest (met and not met), for the rule about groups that answer alike.
    `told`: whether somebody may know the exact numbers of one group (a county reads its own).
    """

    settings: SuppressionSettings = HOUSE_SETTINGS
    opposites: tuple[tuple[int, int], ...] = ()
    told: bool = False

    def allows(self, cells: Sequence[int], *, times: int = 1) -> bool:
        """Whether a heap with these numbers may be shown; `times` asks as much of it as of that many heaps."""
        if any(count < 0 for count in cells):
            raise ValueError("A number of people cannot be negative.")
        least = times * self.settings.threshold
        if any(0 < count < least or self.settings.is_small(count) for count in cells):
            return False
        alike = (cells[one] + cells[other] for one, other in self.opposites if cells[one] == 0 or cells[other] == 0)
        return not any(0 < count < ALIKE * least for count in alike)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pools:
    """What came of a cut: the groups that stand alone, and the pools, each by the coarser group that holds it.

    `sound` is False where not even everybody together may be shown: then nothing of the cut is.
    """

    alone: frozenset[str]
    pools: dict[str, frozenset[str]]
    sound: bool = True

    @property
    def pooled(self) -> frozenset[str]:
        """All groups that do not stand alone."""
        return frozenset().union(*self.pools.values())


def pools(groups: Sequence[Group], *, rule: Rule) -> Pools:
    """Sort the groups of a cut into those that stand alone and those that are pooled.

    While a pool is too small, the next group joins it *in the order given*, which must not hang on the numbers: else who joined would tell of them.
    """
    alone: set[str] = set()
    pooled: dict[str, frozenset[str]] = {}
    sound = True
    for within in dict.fromkeys(group.within for group in groups):
        here = [group for group in groups if group.within == within]
        inside = _pool(here, rule)
        alone |= {group.label for group in here if group.label not in inside}
        if inside:
            pooled[within] = inside
            sound = sound and rule.allows(_sum([group for group in here if group.label in inside]))
    return Pools(alone=frozenset(alone), pools=pooled, sound=sound)


def _pool(groups: Sequence[Group], rule: Rule) -> frozenset[str]:
    inside = [group for group in groups if not rule.allows(group.cells)]
    if not inside:
        return frozenset()
    others = [group for group in groups if group not in inside]
    # One that is large enough always joins: who knows this rule could else take all members for small ones (two of them, together 20: 10 and 10).
    if others:
        inside.append(others.pop(0))
    while others and not _holds(inside, rule):
        inside.append(others.pop(0))
    return frozenset(group.label for group in inside)


def _holds(inside: Sequence[Group], rule: Rule) -> bool:
    """Whether a pool hides its members: from everybody, and from a member who takes her own numbers away."""
    if not rule.allows(_sum(inside), times=POOL):
        return False
    if not rule.told:
        return len(inside) >= 2
    return len(inside) >= MEMBERS_LEAST and all(rule.allows(_sum([group for group in inside if group is not one])) for one in inside)


def _sum(groups: Sequence[Group]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(group.cells for group in groups), strict=True)))
