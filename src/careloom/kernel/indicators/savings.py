"""What was saved against a stated comparison: units that were avoided, times what one costs, as a range with each step.

Method. Families with help and a comparison of families are counted in the same way. What the comparison had for each family, times the families with
help, is what would have been expected; less what they had, it is what was avoided. That times the cost of a unit (value, low, high) is the saving
of a part. Births before their time carry chance as well: Newcombe's interval of the difference of two shares. Days and nights carry none, because
totals do not tell how they spread over families. Ranges are added end to end (the widest range, no independence is assumed). A part that is inside
another is shown and not added. Source: R-098; kernel.indicators.intervals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from careloom.kernel.indicators import intervals
from careloom.kernel.indicators.values import Tally


class Part(StrEnum):
    """What may be avoided, each counted in units of its own."""

    NICU_DAY = "NICU_DAY"
    HOSPITAL_NIGHT = "HOSPITAL_NIGHT"
    FOSTER_DAY = "FOSTER_DAY"
    PRETERM_BIRTH = "PRETERM_BIRTH"


#: The cost of an early birth holds the infant's days in intensive care and nights in the hospital: beside those it is not added again.
INSIDE: dict[Part, frozenset[Part]] = {Part.PRETERM_BIRTH: frozenset({Part.NICU_DAY, Part.HOSPITAL_NIGHT})}
#: Parts that happen once or not at all to a family's birth, so that chance can be told from two counts.
EVENTS = frozenset({Part.PRETERM_BIRTH})


@dataclass(frozen=True, kw_only=True, slots=True)
class Avoided:
    """How much did not happen: `units`, from `low` to `high` where the measure says how sure it is (None: it does not)."""

    units: Fraction
    low: float | None = None
    high: float | None = None

    @property
    def sure(self) -> bool:
        """Whether chance alone would not explain it."""
        return self.low is not None and self.low > 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """A value between a low and a high end; for costs and savings in dollars."""

    value: float
    low: float
    high: float

    def plus(self, other: Range) -> Range:
        """Both together, end to end."""
        return Range(value=self.value + other.value, low=self.low + other.low, high=self.high + other.high)

    def minus(self, other: Range) -> Range:
        """What is left when the other is taken away: least where it is highest."""
        return Range(value=self.value - other.value, low=self.low - other.high, high=self.high - other.low)

    def times(self, other: Range) -> Range:
        """The product: its ends are the smallest and the largest that any two ends give, for what was avoided may be less than nothing."""
        ends = [mine * theirs for mine in (self.low, self.high) for theirs in (other.low, other.high)]
        return Range(value=self.value * other.value, low=min(ends), high=max(ends))


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """A part as it was counted: units that families with help had, and units that the comparison had."""

    part: Part
    ours: int
    theirs: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A part, worked out: `expected` and `avoided` in units, `saved` in dollars; `added`: whether it is in the sum."""

    counted: Counted
    expected: float
    avoided: Range
    cost: Range
    saved: Range
    added: bool
    by_chance: bool  # chance alone could explain what was avoided, where that can be told


@dataclass(frozen=True, kw_only=True, slots=True)
class Savings:
    """The steps, their sum, and what is left of it when the help itself is paid; `left` is None where nobody said what the help costs."""

    steps: tuple[Step, ...]
    saved: Range
    left: Range | None

    @property
    def unclear(self) -> bool:
        """Whether the range runs over zero, so that nobody can say whether anything is saved."""
        told = self.left or self.saved
        return told.low < 0 < told.high


class NotComparable(ValueError):
    """Nothing can be worked out from these counts; `code` says why: FAMILIES, COUNTS, COSTS or NOTHING."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def avoided_cases(ours: Tally, comparison: Tally) -> Avoided | None:
    """Cases of a share (early births, removals) among our people fewer than at the comparison's share; None when either counts nobody.

    (comparison's share - ours) x our people, with Newcombe's interval of the difference.
    """
    found = intervals.difference((comparison.part, comparison.whole), (ours.part, ours.whole))
    if found is None:
        return None
    fewer = Fraction(comparison.part, comparison.whole) - Fraction(ours.part, ours.whole)
    return Avoided(units=fewer * ours.whole, low=found.low * ours.whole, high=found.high * ours.whole)


def avoided_amount(ours: Tally, comparison: Tally) -> Avoided | None:
    """Days or nights of an amount for each one, fewer than at the comparison's mean; None when either counts nobody.

    (comparison's mean - ours) x our people. Sums do not say how much people differ, so there is no interval.
    """
    if not ours.whole or not comparison.whole:
        return None
    return Avoided(units=(Fraction(comparison.part, comparison.whole) - Fraction(ours.part, ours.whole)) * ours.whole)


def savings(
    *, families: int, compared: int, counted: Sequence[Counted], costs: Mapping[Part, Range], paid: Range | None = None
) -> Savings:  # fmt: skip
    """Work out what `families` with help saved against `compared` families without it; `paid` is what the help cost, in dollars.

    :raises NotComparable: nobody is compared, a count is less than zero or more than it can be, a cost is missing or its ends are crossed.
    """
    if families <= 0 or compared <= 0:
        raise NotComparable("FAMILIES")
    if not counted:
        raise NotComparable("NOTHING")
    if len({one.part for one in counted}) != len(counted) or any(_impossible(one, families=families, compared=compared) for one in counted):
        raise NotComparable("COUNTS")
    if any(one.part not in costs for one in counted) or any(not 0 <= one.low <= one.value <= one.high for one in (*costs.values(), *_some(paid))):
        raise NotComparable("COSTS")
    parts = {one.part for one in counted}
    steps = tuple(_step(one, families=families, compared=compared, cost=costs[one.part], parts=parts) for one in counted)
    total = Range(value=0.0, low=0.0, high=0.0)
    for step in steps:
        total = total.plus(step.saved) if step.added else total
    return Savings(steps=steps, saved=total, left=total.minus(paid) if paid is not None else None)


def _step(one: Counted, *, families: int, compared: int, cost: Range, parts: set[Part]) -> Step:
    ours, comparison = Tally(part=one.ours, whole=families), Tally(part=one.theirs, whole=compared)
    found = (avoided_cases if one.part in EVENTS else avoided_amount)(ours, comparison)
    if found is None:
        raise NotComparable("FAMILIES")
    value = float(found.units)
    low, high = (value if end is None else end for end in (found.low, found.high))
    around = Range(value=value, low=min(value, low), high=max(value, high))
    return Step(
        counted=one, expected=value + one.ours, avoided=around, cost=cost, saved=around.times(cost),
        added=not INSIDE.get(one.part, frozenset()) & parts, by_chance=one.part in EVENTS and low <= 0 <= high,
    )  # fmt: skip


def _impossible(one: Counted, *, families: int, compared: int) -> bool:
    if one.ours < 0 or one.theirs < 0:
        return True
    return one.part in EVENTS and (one.ours > families or one.theirs > compared)


def _some(one: Range | None) -> tuple[Range, ...]:
    return () if one is None else (one,)
