"""An indicator as it is reviewed: what is counted, among whom, from which source, who answers for it, and what would be success.

Source: R-082, R-084, R-091, R-100; DESIGN section 6. The definition is data (packs/base/indicators); the recipe that it names is code.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec


class Domain(StrEnum):
    """Whom a measure speaks of; children, parents and families are kept apart (R-100)."""

    CHILD = "CHILD"
    ADULT = "ADULT"
    FAMILY = "FAMILY"
    PARTNERSHIP = "PARTNERSHIP"


class Theme(StrEnum):
    """Where a measure stands on the dashboard: the five Rs, and what is counted beside them."""

    RECOVERY = "RECOVERY"
    REMAIN_AT_HOME = "REMAIN_AT_HOME"
    REUNIFICATION = "REUNIFICATION"
    RECIDIVISM = "RECIDIVISM"
    RE_ENTRY = "RE_ENTRY"
    PLANS = "PLANS"
    SERVICES = "SERVICES"
    BIRTHS = "BIRTHS"
    FAIRNESS = "FAIRNESS"
    PARTNERSHIP = "PARTNERSHIP"
    FEDERAL = "FEDERAL"


class Kind(StrEnum):
    """How it is divided: a share of those counted, events in time at risk, a plain count, a time until something happens, or an amount for each one.

    An amount (days in the hospital for each infant) has no interval: its sums do not say how much people differ.
    """

    SHARE = "SHARE"
    RATE = "RATE"
    COUNT = "COUNT"
    TIME = "TIME"
    MEAN = "MEAN"


class Goal(StrEnum):
    """Which way is better."""

    UP = "UP"
    DOWN = "DOWN"
    KNOWN = "KNOWN"  # neither: it is to be known, not to be moved


class Measure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The recipe and what it is told; `variants` are the same question asked otherwise, each printed under its own name."""

    recipe: str
    with_: Mapping[str, Any] = msgspec.field(name="with", default_factory=dict)
    variant: str = ""
    variants: Mapping[str, Mapping[str, Any]] = {}


class Reference(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure that others published, to stand beside ours with its source: never a target by itself."""

    value: float
    source: str
    year: str = ""


class Indicator(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One indicator. `per` is what a share or rate is shown for: 100, 1,000, 100,000. `places`: digits after the point.

    `among` and `told` make its sentence: "61 of 100 {among} {told}." Without them the title says it. `so_far`: it counts until the data end, so an
    earlier year had longer, and years are not compared. `foremost`: it stands open on the dashboard whatever it says.
    """

    code: str
    title: str
    question: str
    domain: Domain
    theme: Theme
    kind: Kind
    goal: Goal
    unit: str
    success: str
    numerator: str
    denominator: str
    exclusions: tuple[str, ...] = ()
    source: str
    basis: str
    owner: str
    review_months: int
    measure: Measure
    per: int = 100
    places: int = 1
    reference: Reference | None = None
    rows: tuple[str, ...] = ()
    draws_on: tuple[str, ...] = ()
    among: str = ""
    told: str = ""
    so_far: bool = False
    foremost: bool = False

    def arguments(self, variant: str = "") -> dict[str, Any]:
        """What the recipe is told under that variant.

        :raises KeyError: there is no such variant.
        """
        if variant in ("", self.measure.variant):
            return dict(self.measure.with_)
        return {**self.measure.with_, **self.measure.variants[variant]}

    @property
    def variants(self) -> tuple[str, ...]:
        """The names of all variants, the one that is published first."""
        return (self.measure.variant, *self.measure.variants)


def read_indicator(raw: object) -> Indicator:
    """A definition from what a YAML file holds.

    :raises msgspec.ValidationError: naming the field that is missing, unknown or of the wrong kind.
    """
    return msgspec.convert(raw, Indicator)
