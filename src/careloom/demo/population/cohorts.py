"""Quota cohorts: made people whose counts are exactly those of a published table, so that the whole pipeline can be held against it.

`data/published.json` has the tables with source and status, and how it was resolved where a table's own rows and columns disagree by rounding.
A cohort may look at its people by more than the product does (age group, parity, prenatal care): such columns stand in `subjects` beside ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from careloom.demo.parameters import data
from careloom.demo.population.chance import FAR, Columns, Flags, Streams, Whole, joined, numbers
from careloom.demo.population.making import write_extract

TABLES: Final = ("T1", "T1_BEFORE", "T2", "T4", "T5_CALIFORNIA", "T5_WASHINGTON", "T6")
_SEED: Final = 4
_DAY_ONE: Final = date(1970, 1, 1)
_STRATA: Final = ("race", "age_group", "parity", "payer", "paternity", "prenatal_care", "weight")


def make_cohort(table: str, folder: Path) -> None:
    """Write the extract of one published table. ValueError for a table of which there is no cohort."""
    cohort = _made(table, None)
    until = date.fromordinal(_DAY_ONE.toordinal() + cohort.after + 1500)
    write_extract(folder, cohort.tables, realm=cohort.told["realm"], until=until, made_of={"cohort": table})


def cohort_tables(table: str, *, year: int) -> dict[str, Columns]:
    """The tables of a cohort whose infants are all born in that calendar year, whatever years the study had; days since 1970.

    ValueError for a table of which there is no cohort.
    """
    return _made(table, year).tables


def published(table: str) -> Mapping[str, Any]:
    """The published table of a cohort: counts, percents, source and status."""
    name, _, part = table.lower().partition("_")
    found = data("published")[name.upper()]
    return dict(found[part] if part else found)


class _Cohort:
    """People of one table, in order of their quota, with streams that spread their days and scatter one stratum over another."""

    def __init__(self, table: str, year: int | None) -> None:
        self.table, self.told, self.streams = table, published(table), Streams(_SEED)
        own = (self.told["starts_on"], self.told["ends_on"])
        self.first, self.after = map(_day, own if year is None else (f"{year}-01-01", f"{year + 1}-01-01"))
        self.tables: dict[str, Columns] = {}

    def people(self, count: int, *, early: int = 0, **strata: Any) -> tuple[Whole, Whole]:
        """So many infants, with the day of birth of each in the period, `early` days before its end at the latest."""
        rng = self.streams.of(f"{self.table}/people")
        subject, born = numbers(rng, count), rng.integers(self.first, self.after - 1 - early, count)
        rows = {"subject": subject, "role": _words("INFANT", count), "family": numbers(rng, count), "born_on": born}
        self.tables["subjects"] = rows | {name: np.asarray(values, dtype=object) for name, values in strata.items()}
        return subject, born

    def event(self, name: str, subject: Whole, day: Whole, **columns: Any) -> None:
        rows = {"subject": subject, "on_date" if name != "episodes" else "entered_on": day, **columns}
        self.tables[name] = joined(self.tables[name], rows) if name in self.tables else rows

    def some(self, among: Whole, count: int, what: str) -> Whole:
        """So many of those, whoever they are."""
        return np.sort(self.streams.of(f"{self.table}/{what}").permutation(among)[:count])

    def report(self, subject: Whole, day: Whole, *, screened: Any = "in") -> None:
        count = len(subject)
        self.event(
            "reports", subject, day, incident_on=day, disposition=_words("unsubstantiated", count), source=_words("medical", count),
            child_factor=_words("drug", count), screened=_words(screened, count) if isinstance(screened, str) else screened,
        )  # fmt: skip

    def removal(self, subject: Whole, day: Whole, *, left: Any = None, reason: Any = None) -> None:
        count = len(subject)
        ended = np.full(count, FAR) if left is None else left
        told = np.full(count, None, dtype=object) if reason is None else reason
        self.event("episodes", subject, day, episode=np.ones(count, dtype=np.int64), left_on=ended, reason=told, trial_home_on=np.full(count, FAR))

    def step(self, subject: Whole, day: Whole, *, need: str, step: str) -> None:
        count = len(subject)
        none = np.full(count, None, dtype=object)
        self.event("steps", subject, day, need=_words(need, count), service=none, step=_words(step, count), lost_because=none)

    def plan(self, subject: Whole, day: Whole) -> None:
        self.event("plans", subject, day, plan=_words("1", len(subject)), prenatal=np.zeros(len(subject), dtype=bool))

    def notify(self, subject: Whole, day: Whole) -> None:
        self.event("notifications", subject, day, basis=_words("RECORD", len(subject)))

    def births(self, count: int) -> None:
        """All births of the place in the period, as a vital records office counts them."""
        nobody = numbers(self.streams.of(f"{self.table}/margins"), 1)
        self.event("margins", nobody, np.array([self.first]), measure=_words("births", 1), people=np.array([count]))


def _made(table: str, year: int | None) -> _Cohort:
    if table not in TABLES:
        raise ValueError(f"There is no cohort {table}. There are: {', '.join(TABLES)}.")
    cohort = _Cohort(table, year)
    _MAKERS[table](cohort)
    return cohort


def _delaware(cohort: _Cohort) -> None:
    counts = cohort.told["counts"]
    every = np.arange(counts["infants"])
    kinds = _words("SEVERAL", len(every))
    kinds[cohort.some(every, counts["one_substance"], "one substance")] = "CANNABIS"
    subject, born = cohort.people(len(every), exposure=kinds)
    cohort.notify(subject, born)
    cohort.report(subject, born)
    planned = cohort.some(every, counts["with_plan"], "plans")
    cohort.plan(subject[planned], born[planned] + 2)
    away = cohort.some(every, counts["infants"] - counts["stayed_home"], "removals")
    cohort.removal(subject[away], born[away] + 20)
    for need, name in (("RECOVERY_CARE", "mothers_referred"), ("EARLY_INTERVENTION", "infants_referred")):
        those = cohort.some(every, counts[name], name)
        cohort.step(subject[those], born[those] + 5, need=need, step="referred")


def _delaware_before(cohort: _Cohort) -> None:
    told = cohort.told
    subject, born = cohort.people(told["infants"])
    into = np.zeros(told["infants"], dtype=bool)
    into[cohort.some(np.arange(told["infants"]), told["screened_in"], "screened")] = True
    cohort.notify(subject, born)
    cohort.report(subject, born, screened=np.where(into, "in", "out").astype(object))


def _connecticut(cohort: _Cohort) -> None:
    counts = cohort.told["counts"]
    cohort.births(cohort.told["births"])
    ways = np.repeat(("diverted", "reported_with_plan", "reported_without_plan"), [counts[n] for n in list(counts)[1:]])
    kinds = np.repeat(np.array(list(cohort.told["exposures"]), dtype=object), list(cohort.told["exposures"].values()))
    subject, born = cohort.people(counts["infants"], exposure=cohort.streams.of("T2/exposures").permutation(kinds))
    cohort.notify(subject, born)
    planned, told = ways != "reported_without_plan", ways != "diverted"
    cohort.plan(subject[planned], born[planned] + 2)
    cohort.report(subject[told], born[told] + 1)


def _california(cohort: _Cohort) -> None:
    """Infants investigated in 2017: first those with prenatal exposure, then the others; each stratum fills its quota in each of the two."""
    told = cohort.told
    exposed = np.arange(told["infants"]) < told["exposed"]
    strata = {name: _filled(cohort, name, told["rows"][name], exposed) for name in _STRATA}
    subject, born = cohort.people(len(exposed), early=30, exposure=np.where(exposed, "PSE", "NONE").astype(object), **strata)
    cohort.report(subject, born + 3)
    care = told["rows"]["care"]
    third = born + 1090
    for group in (True, False):
        counts = {name: row["exposed"] if group else row["all"] - row["exposed"] for name, row in care.items()}
        those = cohort.some(np.flatnonzero(exposed == group), counts["in_care"], f"care {group}")
        cuts = [counts["new_family"], counts["away"]]
        new, still, home = np.split(those, cuts)
        cohort.removal(subject[new], born[new] + 20, left=third[new] - 60, reason=_words("adoption", len(new)))
        cohort.removal(subject[still], born[still] + 20, left=third[still] + 400, reason=_words("guardianship", len(still)))
        cohort.removal(subject[home], born[home] + 20, left=born[home] + 400, reason=_words("reunification", len(home)))


def _births(cohort: _Cohort) -> None:
    """All births as a count, the infants of whom an exposure is known, and how many of these were reported and placed."""
    told = cohort.told
    known = told.get("diagnosed", told.get("exposed"))
    subject, born = cohort.people(known)
    cohort.births(told["births"])
    cohort.notify(subject, born)
    reported = cohort.some(np.arange(known), told["reported"], "reports")
    cohort.report(subject[reported], born[reported] + 4)
    placed = cohort.some(reported, told["placed"], "placed")
    cohort.removal(subject[placed], born[placed] + 12)


def _massachusetts(cohort: _Cohort) -> None:
    groups = cohort.told["groups"]
    kinds = np.repeat(np.array(list(groups), dtype=object), [group["infants"] for group in groups.values()])
    subject, born = cohort.people(len(kinds), exposure=kinds)
    cohort.notify(subject, born)
    for name, group in groups.items():
        referred = cohort.some(np.flatnonzero(kinds == name), group["referred"], f"referred {name}")
        enrolled = cohort.some(referred, group["enrolled"], f"enrolled {name}")
        cohort.step(subject[referred], born[referred] + 10, need="EARLY_INTERVENTION", step="referred")
        cohort.step(subject[enrolled], born[enrolled] + 45, need="EARLY_INTERVENTION", step="started")


def _filled(cohort: _Cohort, name: str, rows: Mapping[str, Sequence[float]], exposed: Flags) -> Any:
    """The stratum of each person: every value as often as its row says, in each of the two groups; the rest is unknown."""
    values = np.full(len(exposed), None, dtype=object)
    for group in (True, False):
        places = cohort.streams.of(f"{cohort.table}/{name}/{group}").permutation(np.flatnonzero(exposed == group))
        counts = [int(row[1]) if group else int(row[0] - row[1]) for row in rows.values()]
        for value, those in zip(rows, _parts(places, counts), strict=True):
            values[those] = value
    return values


def _parts(places: Whole, counts: Sequence[int]) -> Iterator[Whole]:
    start = 0
    for count in counts:
        yield places[start : start + count]
        start += count


def _words(word: str, count: int) -> Any:
    return np.full(count, word, dtype=object)


def _day(text: str) -> int:
    return (date.fromisoformat(text) - _DAY_ONE).days


_MAKERS: Final = {
    "T1": _delaware, "T1_BEFORE": _delaware_before, "T2": _connecticut, "T4": _california, "T5_CALIFORNIA": _births, "T5_WASHINGTON": _births,
    "T6": _massachusetts,
}  # fmt: skip
