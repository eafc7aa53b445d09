"""Checks on a rule table: every row can be reached, there is a default, and no row is unfair.

The facts are infinite only in the list of exposures. Exposures that fit the same matchers are
one kind, and values of a fact that no row tells apart are one value, so a small set of sample
births stands for all of them and each check is exact for the table at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product

from careloom.kernel.notification.conditions import (
    FACT_FIELDS,
    EveryExposure,
    FactIn,
    SomeExposure,
    atoms,
)
from careloom.kernel.notification.facts import BirthFacts, Exposure
from careloom.kernel.notification.table import Outcome, RuleTable
from careloom.kernel.notification.vocabulary import (
    Basis,
    FasdSigns,
    InTreatment,
    Notify,
    PlanStatus,
    Substance,
    Withdrawal,
    YesNoUnsure,
)

MOST_EXPOSURES = 3
"""Three exposures at once already decide every `some` and `every` in the packs we know."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TableProblem:
    """What is wrong with a row, and what to do."""

    row: str
    what: str
    fix: str


def check_table(*, rules: RuleTable) -> tuple[TableProblem, ...]:
    """Return every problem of a table; an empty answer means it may be used."""
    problems = [*_duplicate_ids(rules), *_default(rules)]
    if not any(row.is_default for row in rules.rows):
        return tuple(problems)
    births = tuple(sample_births(rules=rules))
    return (*problems, *_unreachable(rules, births), *_unfair(rules, births))


def sample_births(*, rules: RuleTable) -> Iterator[BirthFacts]:
    """Yield births that together stand for all that the table can tell apart."""
    asked = _values_that_matter(rules)
    exposure_sets = tuple(_exposure_sets(rules))
    for withdrawal, fasd, treatment, concern, plan, indian, exposures in product(
        asked["withdrawal"],
        asked["fasd"],
        asked["in_treatment"],
        asked["safety_concern"],
        asked["plan_status"],
        asked["indian_child"],
        exposure_sets,
    ):
        yield BirthFacts(
            exposures=exposures,
            withdrawal=Withdrawal(withdrawal),
            fasd=FasdSigns(fasd),
            in_treatment=InTreatment(treatment),
            safety_concern=concern == "YES",
            safety_concern_explained=concern == "YES",
            plan_status=PlanStatus(plan),
            indian_child=YesNoUnsure(indian),
        )


def _values_that_matter(rules: RuleTable) -> dict[str, tuple[str, ...]]:
    """Keep one value of each group that no row tells apart."""
    sets: dict[str, list[frozenset[str]]] = {field: [] for field in FACT_FIELDS}
    for atom in _atoms(rules):
        if isinstance(atom, FactIn):
            sets[atom.field].append(atom.values)
    kept = {}
    for field, values in FACT_FIELDS.items():
        by_truth = {tuple(value in held for held in sets[field]): value for value in values}
        kept[field] = tuple(by_truth.values())
    if sets["affected"]:
        kept["withdrawal"] = tuple({*kept["withdrawal"], "NONE"})
        kept["fasd"] = tuple({*kept["fasd"], "NONE"})
    return kept


def _exposure_sets(rules: RuleTable) -> Iterator[tuple[Exposure, ...]]:
    matchers = [a.matcher for a in _atoms(rules) if isinstance(a, SomeExposure | EveryExposure)]
    kinds = {tuple(matcher.fits(exposure) for matcher in matchers): exposure for exposure in _all_exposures()}
    for size in range(MOST_EXPOSURES + 1):
        yield from combinations(kinds.values(), size)


def _all_exposures() -> Iterator[Exposure]:
    bases: tuple[frozenset[Basis], ...] = (frozenset(), *(frozenset({b}) for b in Basis))
    for substance, prescribed, taken, basis in product(Substance, YesNoUnsure, YesNoUnsure, bases):
        yield Exposure(substance=substance, prescribed=prescribed, as_prescribed=taken, basis=basis)


def _atoms(rules: RuleTable) -> Iterator[FactIn | SomeExposure | EveryExposure]:
    for row in rules.rows:
        yield from atoms(condition=row.when)


def _duplicate_ids(rules: RuleTable) -> Iterator[TableProblem]:
    seen: set[str] = set()
    for row in rules.rows:
        if row.id in seen:
            yield TableProblem(row=row.id, what="Two rows have this id.", fix="Give each row an id of its own.")
        seen.add(row.id)


def _default(rules: RuleTable) -> Iterator[TableProblem]:
    if not rules.rows or not rules.rows[-1].is_default:
        yield TableProblem(
            row=rules.rows[-1].id if rules.rows else "(none)",
            what="The table has no default row at its end.",
            fix="Add a last row with `when: always`, so that every birth gets an answer.",
        )


def unreachable_rows(*, rules: RuleTable, births: Iterable[BirthFacts] | None = None) -> tuple[str, ...]:
    """The ids of rows that no birth can reach, in order; `births` are those to try (all that the table tells apart when left out)."""
    reached = {rules.row_for(facts=facts).id for facts in (sample_births(rules=rules) if births is None else births)}
    return tuple(row.id for row in rules.rows if row.id not in reached)


def _unreachable(rules: RuleTable, births: tuple[BirthFacts, ...]) -> Iterator[TableProblem]:
    for row in unreachable_rows(rules=rules, births=births):
        yield TableProblem(
            row=row,
            what="No birth can reach this row: earlier rows always decide first.",
            fix="Move it up, narrow the rows above it, or take it out.",
        )


def _unfair(rules: RuleTable, births: tuple[BirthFacts, ...]) -> Iterator[TableProblem]:
    """Refuse a table in which declining a plan alone raises anything.

    # INVARIANT: without a stated safety concern, `NOT_NOW` never gives a higher level, a report
    or a name that another answer would not have given (DESIGN 5; plan-content 2.6).
    """
    blamed: set[str] = set()
    for facts in births:
        if facts.safety_concern:
            continue
        declined = rules.row_for(facts=replace(facts, plan_status=PlanStatus.NOT_NOW))
        for status in (PlanStatus.HAS_CARD, PlanStatus.WANTS_ONE):
            other = rules.row_for(facts=replace(facts, plan_status=status))
            if declined.id not in blamed and _harder(rules, declined.then, other.then):
                blamed.add(declined.id)
                yield TableProblem(
                    row=declined.id,
                    what="Declining a plan alone would raise the level, name her or report her.",
                    fix="Take plan_status out of this row, or require safety_concern as well.",
                )


def _harder(rules: RuleTable, first: Outcome, second: Outcome) -> bool:
    """Say whether the first outcome is harder on her in any respect."""
    order = list(Notify)
    return (
        first.level.order > second.level.order
        or first.report > second.report
        or order.index(rules.effective_notify(outcome=first)) > order.index(rules.effective_notify(outcome=second))
    )
