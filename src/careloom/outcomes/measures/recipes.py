"""The recipes by the name that an indicator's definition gives them, and how its words become their arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final

import ibis.expr.types as ir

from careloom.infra.packs.indicators import NotADefinition, indicators
from careloom.kernel.indicators.definition import Indicator
from careloom.outcomes.measures import births, care, cascade, harm, infants, investigated, margins, partners, programs, support, timing, treatment
from careloom.outcomes.measures.days import Span
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.windows import Window, named

Recipe = Callable[..., ir.Table]

RECIPES: Final[dict[str, Recipe]] = {
    "care.entries": care.entries,
    "care.waiting": care.waiting,
    "care.reentry": care.reentry,
    "care.moves": care.moves,
    "care.harm_in_care": care.harm_in_care,
    "care.went_home": care.went_home,
    "care.stays": care.stays,
    "care.first_year": care.first_year,
    "harm.again": harm.again,
    "harm.exposed": harm.exposed,
    "infants.identified": infants.identified,
    "infants.with_plan": infants.with_plan,
    "infants.planned_at_home": infants.planned_at_home,
    "infants.stayed_home": infants.stayed_home,
    "cascade.reached": cascade.reached,
    "births.preterm": births.preterm,
    "births.prenatal": births.prenatal,
    "births.never_reported": births.never_reported,
    "births.treated": births.treated,
    "births.affected": births.affected,
    "births.intensive_days": births.intensive_days,
    "births.hospital_nights": births.hospital_nights,
    "margins.of_margin": margins.of_margin,
    "support.removed": support.removed,
    "support.home_again": support.home_again,
    "support.without_case": support.without_case,
    "support.served_at_home": support.served_at_home,
    "support.served_after": support.served_after,
    "support.back_in_care": support.back_in_care,
    "investigated.looked_into": investigated.looked_into,
    "investigated.in_care": investigated.in_care,
    "investigated.for_good": investigated.for_good,
    "investigated.away": investigated.away,
    "investigated.reported": investigated.reported,
    "investigated.diverted": investigated.diverted,
    "treatment.kept_medicine": treatment.kept_medicine,
    "treatment.begins": treatment.begins,
    "programs.present": programs.present,
    "programs.kept": programs.kept,
    "programs.completed": programs.completed,
    "programs.rated": programs.rated,
    "programs.engaged": programs.engaged,
    "programs.kept_together": programs.kept_together,
    "programs.harmed_after": programs.harmed_after,
    "programs.common": programs.common,
    "partners.escalated": partners.escalated,
    "partners.attendance": partners.attendance,
    # Times: rows are days and whether it came.
    "timing.to_home": timing.to_home,
    "timing.to_service": timing.to_service,
    "timing.to_return": timing.to_return,
    "timing.in_program": timing.in_program,
    "timing.to_close": timing.to_close,
    "support.days_to_home": support.days_to_home,
}
_SPANS: Final = frozenset({"within", "until", "at_least", "under"})


class NotUsable(ValueError):
    """A definition cannot be computed; the text says which file and what to change."""


@cache
def shipped() -> dict[str, Indicator]:
    """The indicators that ship, by code, in the order of the dashboard.

    :raises NotUsable: a file is no definition, or names a recipe or an argument that there is not.
    """
    try:
        found = indicators()
    except NotADefinition as problem:
        raise NotUsable(str(problem)) from problem
    for indicator in found.values():
        check(indicator)
    return found


def check(indicator: Indicator) -> None:
    """Refuse a definition whose recipe does not exist or is told what it does not know.

    :raises NotUsable: saying what there is.
    """
    recipe = RECIPES.get(indicator.measure.recipe)
    if recipe is None:
        raise NotUsable(f"{indicator.code}: there is no recipe {indicator.measure.recipe}. There are: {', '.join(sorted(RECIPES))}.")
    knows = set(inspect.signature(recipe).parameters) - {"extract", "windows"}
    for variant in indicator.variants:
        unknown = set(indicator.arguments(variant)) - knows
        if unknown:
            raise NotUsable(
                f"{indicator.code}: {indicator.measure.recipe} is not told {', '.join(sorted(unknown))}. It is told {', '.join(sorted(knows))}."
            )


def rows_of(indicator: Indicator, *, extract: Extract, windows: Sequence[Window], variant: str = "") -> ir.Table:
    """The rows of an indicator in those windows, under that variant (the published one when none is named)."""
    told = {name: _value(name, value) for name, value in indicator.arguments(variant).items()}
    return named(RECIPES[indicator.measure.recipe](extract, windows, **told), windows)


def _value(name: str, value: Any) -> Any:
    # `at_least` is a span of a stay for one recipe and a number of days for another.
    return Span(**value) if name in _SPANS and isinstance(value, dict) else value
