"""Where families are lost from step to step, from counts of which no small one shows, nor follows by subtraction.

Source: R-214; collaboration-instruments.md 4.3; kernel.suppression (1 to 10 are hidden).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from careloom.kernel.suppression import HOUSE_SETTINGS, SuppressionSettings

Z = 1.96


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Of `whole` families `part` went on: the share, and between which bounds it lies with 95 of 100 (Wilson)."""

    part: int
    whole: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.part / self.whole

    @property
    def bounds(self) -> tuple[float, float]:
        """Low and high, from 0 to 1."""
        n, p = self.whole, self.share
        middle, wide = p + Z * Z / (2 * n), Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, (middle - wide) / (1 + Z * Z / n)), min(1.0, (middle + wide) / (1 + Z * Z / n))


def shown(counts: Sequence[int | None], *, settings: SuppressionSettings = HOUSE_SETTINGS) -> tuple[int | None, ...]:
    """The counts of the steps as they may show; None where unknown or hidden.

    # INVARIANT: neither a count that shows nor the difference of two that show lies from 1 to 10: who was lost between two steps is a count too.
    """
    kept: list[int | None] = []
    for count in counts:
        beside = [one for one in kept if one is not None]
        safe = count is not None and not settings.is_small(count) and not any(settings.is_small(abs(count - one)) for one in beside)
        kept.append(count if safe else None)
    return tuple(kept)


def shown_by_group(groups: Sequence[Sequence[int | None]], *, settings: SuppressionSettings = HOUSE_SETTINGS) -> tuple[tuple[int | None, ...], ...]:
    """Each group's counts of the steps. A step shows all of its groups or none, so that no group follows from the sum and the others."""
    rows = [shown(group, settings=settings) for group in groups]
    whole = [all(row[place] is not None for row in rows) for place in range(len(rows[0]) if rows else 0)]
    return tuple(tuple(count if whole[place] else None for place, count in enumerate(row)) for row in rows)


def kept(before: int | None, after: int | None) -> Kept | None:
    """Who went on between two steps that show; None where one is hidden, nobody was there, or more came than were there."""
    return Kept(part=after, whole=before) if before and after is not None and after <= before else None


def apart(more: Kept, fewer: Kept) -> tuple[float, float] | None:
    """Between which bounds two groups' shares lie apart, with 95 of 100 (Newcombe's score interval); None where they may as well be equal."""
    (low_more, high_more), (low_fewer, high_fewer) = more.bounds, fewer.bounds
    gap = more.share - fewer.share
    low = gap - sqrt((more.share - low_more) ** 2 + (high_fewer - fewer.share) ** 2)
    high = gap + sqrt((high_more - more.share) ** 2 + (fewer.share - low_fewer) ** 2)
    return (low, high) if low > 0 else None
