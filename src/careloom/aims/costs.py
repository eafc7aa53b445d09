"""Unit costs that the pack gives a collaborative to begin with. Source: packs/base/costs/units.yaml; R-098."""

from __future__ import annotations

from functools import cache

import msgspec

from careloom.infra.packs import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml
from careloom.kernel.indicators.savings import Part, Range


class Cost(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a unit costs, in dollars of `year`; `status` and `range` say how far the value and its ends are known (V, D, K, A)."""

    code: Part
    value: int
    low: int
    high: int
    year: int
    status: str
    source: str
    range: str = ""

    @property
    def between(self) -> Range:
        """The cost as the kernel reckons with it."""
        return Range(value=float(self.value), low=float(self.low), high=float(self.high))


class _Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    units: tuple[Cost, ...]


@cache
def shipped_costs() -> dict[Part, Cost]:
    """The costs of the pack by part, one for each.

    :raises msgspec.ValidationError: the file is not of this shape.
    """
    path = packs_folder() / "base" / "costs" / "units.yaml"
    return {one.code: one for one in msgspec.convert(read_yaml(path.read_text(encoding="utf-8")), _Units).units}
