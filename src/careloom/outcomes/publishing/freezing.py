"""A year that was published stays as it was, until a correction is so large that it tells of nobody.

Two publications of one year, subtracted, show whom a late record added. So a correction replaces the old figures as a whole, and only when every
cell that both show changed by nothing or by at least the smallest count that may be shown, and the same cells are shown as before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from careloom.kernel.suppression import HOUSE_SETTINGS, SuppressionSettings

Name = tuple[str, ...]
Shown = Mapping[Name, int]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether new figures may take the place of the old, and which cells would tell of somebody if they did."""

    telling: tuple[Name, ...]

    @property
    def replaces(self) -> bool:
        """Whether no cell tells."""
        return not self.telling


def may_replace(*, old: Shown, new: Shown, settings: SuppressionSettings = HOUSE_SETTINGS) -> Verdict:
    """Compare two publications of one year, cell by cell. A cell that only one of them shows counts as telling."""
    telling = [
        name for name in sorted(old.keys() | new.keys()) if name not in old or name not in new or 0 < abs(new[name] - old[name]) < settings.threshold
    ]
    return Verdict(telling=tuple(telling))
