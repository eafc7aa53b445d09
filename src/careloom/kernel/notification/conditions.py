"""The small language in which packs write conditions over the facts of a birth.

{all: [...]}   {any: [...]}   {not: {...}}
{withdrawal: [OBSERVED, TREATED]}            a fact is one of these values
{some_exposure: {group: [CANNABIS]}}         at least one exposure fits every line
{every_exposure: {use: [AS_DIRECTED]}}       there is an exposure and all of them fit
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from careloom.kernel.notification.facts import BirthFacts, Exposure
from careloom.kernel.notification.vocabulary import (
    Basis,
    FasdSigns,
    InTreatment,
    PlanStatus,
    Substance,
    SubstanceGroup,
    Use,
    Withdrawal,
    YesNoUnsure,
)

_YES_NO = ("YES", "NO")

FACT_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "affected": _YES_NO,
        "withdrawal": tuple(Withdrawal),
        "fasd": tuple(FasdSigns),
        "in_treatment": tuple(InTreatment),
        "safety_concern": _YES_NO,
        "plan_status": tuple(PlanStatus),
        "indian_child": tuple(YesNoUnsure),
    }
)
"""The facts a condition may ask about, each with its values."""

EXPOSURE_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "substance": tuple(Substance),
        "group": tuple(SubstanceGroup),
        "use": tuple(Use),
        "prescribed": tuple(YesNoUnsure),
        "as_prescribed": tuple(YesNoUnsure),
        "basis": tuple(Basis),
    }
)
"""What a condition may ask about one exposure, each with its values."""

_READ_FACT: Mapping[str, Callable[[BirthFacts], str]] = {
    "affected": lambda facts: "YES" if facts.affected else "NO",
    "withdrawal": lambda facts: facts.withdrawal,
    "fasd": lambda facts: facts.fasd,
    "in_treatment": lambda facts: facts.in_treatment,
    "safety_concern": lambda facts: "YES" if facts.safety_concern else "NO",
    "plan_status": lambda facts: facts.plan_status,
    "indian_child": lambda facts: facts.indian_child,
}

_READ_EXPOSURE: Mapping[str, Callable[[Exposure], frozenset[str]]] = {
    "substance": lambda exposure: frozenset({exposure.substance}),
    "group": lambda exposure: frozenset({exposure.group}),
    "use": lambda exposure: frozenset({exposure.use}),
    "prescribed": lambda exposure: frozenset({exposure.prescribed}),
    "as_prescribed": lambda exposure: frozenset({exposure.as_prescribed}),
    "basis": lambda exposure: frozenset(exposure.basis),
}


@dataclass(frozen=True, slots=True)
class FactIn:
    """A fact has one of these values."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class ExposureMatcher:
    """Lines that one exposure must all fit."""

    lines: tuple[tuple[str, frozenset[str]], ...]

    def fits(self, exposure: Exposure) -> bool:
        """Say whether the exposure fits every line."""
        return all(_READ_EXPOSURE[field](exposure) & values for field, values in self.lines)


@dataclass(frozen=True, slots=True)
class SomeExposure:
    """At least one exposure fits."""

    matcher: ExposureMatcher


@dataclass(frozen=True, slots=True)
class EveryExposure:
    """There is an exposure, and all of them fit."""

    matcher: ExposureMatcher


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds. With no parts it always holds: the default row."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = FactIn | SomeExposure | EveryExposure | All | AnyOf | Not
ALWAYS = All()


def holds(*, condition: Condition, facts: BirthFacts) -> bool:
    """Say whether the condition holds for these facts."""
    match condition:
        case FactIn(field=field, values=values):
            return _READ_FACT[field](facts) in values
        case SomeExposure(matcher=matcher):
            return any(matcher.fits(exposure) for exposure in facts.exposures)
        case EveryExposure(matcher=matcher):
            return bool(facts.exposures) and all(map(matcher.fits, facts.exposures))
        case All(parts=parts):
            return all(holds(condition=part, facts=facts) for part in parts)
        case AnyOf(parts=parts):
            return any(holds(condition=part, facts=facts) for part in parts)
        case Not(part=part):
            return not holds(condition=part, facts=facts)


def atoms(*, condition: Condition) -> Iterator[FactIn | SomeExposure | EveryExposure]:
    """Yield the questions that a condition asks."""
    match condition:
        case All(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from atoms(condition=part)
        case Not(part=part):
            yield from atoms(condition=part)
        case _:
            yield condition
