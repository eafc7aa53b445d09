"""Which groups of an anonymous questionnaire may be kept apart, so that no small group is told, nor follows by subtraction.

Source: R-075, R-216; workflow 6.13 (groups of five or more, others pooled).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

POOLED = "POOLED"
LEAST = 5  # members of partners; where families answer, the house rule of eleven (kernel.suppression)


def kept_groups(people: Sequence[Mapping[str, str]], *, order: Sequence[str], least: int = LEAST) -> dict[str, tuple[str, ...]]:
    """For each way of grouping in `order`, the group under which each of `people` is counted; `POOLED` where hers is too small.

    A way of grouping that would leave fewer than two groups is left out, and with fewer people than `least` all are.

    # INVARIANT: laid over each other, the groups that are kept divide the people into parts of which none is smaller than `least`. What follows
    # from adding and subtracting kept groups is a sum of such parts, so nobody stands in a difference with fewer than `least` others.
    """
    kept: dict[str, tuple[str, ...]] = {}
    if len(people) < least:
        return kept
    parts: list[tuple[str, ...]] = [()] * len(people)
    for name in order:
        labels = _pooled([person.get(name, "") for person in people], least)
        labels = _apart(parts, labels, least)
        if len(set(labels)) > 1:
            kept[name] = tuple(labels)
            parts = [(*part, label) for part, label in zip(parts, labels, strict=True)]
    return kept


def _pooled(values: list[str], least: int) -> list[str]:
    """Small groups, and who did not say, under one name; where these are too few the smallest group joins them."""
    sizes = Counter(values)
    small = {value for value, size in sizes.items() if size < least or not value}
    while small and sum(sizes[value] for value in small) < least and len(small) < len(sizes):
        small.add(min((value for value in sizes if value not in small), key=lambda value: (sizes[value], value)))
    return [POOLED if value in small else value for value in values]


def _apart(parts: list[tuple[str, ...]], labels: list[str], least: int) -> list[str]:
    """Pool until each part that arises beside the groups kept so far is large enough."""
    while len(set(labels)) > 1:
        sizes = Counter(zip(parts, labels, strict=True))
        small = {label for (_part, label), size in sizes.items() if size < least}
        if not small:
            return labels
        join = small | {POOLED} if small - {POOLED} else small | {min(set(labels) - small, key=lambda label: (labels.count(label), label))}
        labels = [POOLED if label in join else label for label in labels]
    return labels
