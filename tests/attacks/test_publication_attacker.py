"""Whoever reads all that was published, and knows the rules, works out no small number (features O5; decision 0016).

Worlds are made from seeds 1 to 10 here; a thousand by bin/attack-publications.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Sequence

import pytest
from tests.attacks import publication_attacker as attacker

from careloom.kernel import pooling
from careloom.kernel.pooling import Group, Rule, pools
from careloom.kernel.suppression import SuppressionSettings
from careloom.outcomes.publishing.plan import Family, Plan


@pytest.mark.parametrize("seed", range(1, 11))
def test_nothing_hidden_is_solved(seed: int) -> None:
    assert list(attacker.attack(seed, most=3)) == []


@pytest.mark.parametrize("weakness", ["no_complement", "no_difference"])
def test_the_attacker_finds_what_a_weaker_rule_gives_away(weakness: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """He would not be worth much if he never found anything."""
    if weakness == "no_complement":
        # Small groups are hidden and nothing else is: a pool may be one group, and hold few people.
        monkeypatch.setattr(pooling, "_pool", lambda groups, rule: frozenset(group.label for group in groups if not rule.allows(group.cells)))
        monkeypatch.setattr(Rule, "allows", lambda self, cells, times=1: not any(0 < count < self.settings.threshold for count in cells))
    else:
        # Each figure is looked at by itself: who stands between two of them is not.
        families = {name: Family(deep=of.deep, whole=of.whole, follow=(), cuts=of.cuts) for name, of in attacker.PLAN.families.items()}
        monkeypatch.setattr(attacker, "PLAN", Plan(families=families))
    found = itertools.chain.from_iterable(attacker.attack(seed, most=3) for seed in range(1, 30))
    assert next(found, None) is not None


def _published(groups: Sequence[Group], rule: Rule) -> object:
    found = pools(groups, rule=rule)

    def row(labels: frozenset[str]) -> tuple[int, ...]:
        return tuple(map(sum, zip(*(group.cells for group in groups if group.label in labels), strict=True)))

    alone = tuple((group.label, group.cells) for group in groups if group.label in found.alone)
    return found.sound and (alone, [(tuple(sorted(labels)), row(labels)) for labels in found.pools.values()])


def _ways(number: int, groups: int) -> Iterator[tuple[int, ...]]:
    if groups == 1:
        yield (number,)
        return
    for first in range(number + 1):
        for rest in _ways(number - first, groups - 1):
            yield (first, *rest)


@pytest.mark.parametrize("seed", range(1, 5))
def test_who_knows_the_rule_and_tries_every_world_pins_no_small_number(seed: int) -> None:
    """All worlds of one table that the protector would publish in the same words: a small number takes two values or more among them."""
    chance = random.Random(seed)
    tried = 0
    while tried < 60:
        threshold = chance.choice((3, 4))
        wide = chance.random() < 0.5
        opposites = ((0, 1),) if wide and chance.random() < 0.5 else ()
        rule = Rule(settings=SuppressionSettings(threshold=threshold), opposites=opposites, told=chance.random() < 0.3)
        width = 2 if wide else 1
        made = [tuple(chance.choice((0, chance.randint(0, threshold), chance.randint(0, 3 * threshold))) for _ in range(width)) for _ in "ABCD"]
        groups = [Group(label=label, cells=cells) for label, cells in zip("ABCD", made, strict=False)][: chance.choice((2, 3, 4))]
        shown = _published(groups, rule)
        if not shown or not shown[1]:  # type: ignore[index]
            continue
        ((labels, numbers),) = shown[1]  # type: ignore[index]
        inside = [place for place, group in enumerate(groups) if group.label in labels]
        if math.prod(math.comb(number + len(inside) - 1, len(inside) - 1) for number in numbers) > 3_000:
            continue
        tried += 1
        values: dict[tuple[int, int], set[int]] = {}
        for world in itertools.product(*(list(_ways(number, len(inside))) for number in numbers)):
            other = list(groups)
            for place, group in enumerate(inside):
                other[group] = Group(label=groups[group].label, cells=tuple(column[place] for column in world))
            if _published(other, rule) == shown:
                for group in inside:
                    for cell in range(len(numbers)):
                        values.setdefault((group, cell), set()).add(other[group].cells[cell])
        for (group, cell), fits in values.items():
            if 0 < groups[group].cells[cell] < threshold:
                assert len(fits) > 1, (groups, rule)
