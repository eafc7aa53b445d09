"""The cohorts of published tables as other places of our state would send them: extracts that come in by the same door as any other.

The product tells calendar years and knows its own strata. So each study is a county whose infants are all born in one calendar year, its exposures
are told in our codes, and its own groups (the mother's age, withdrawal or none) travel in `site`, which holds codes of the sender's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from careloom.demo.population.chance import FAR, Columns
from careloom.demo.population.cohorts import cohort_tables
from careloom.demo.population.making import write_extract
from careloom.outcomes.measures.layout import TABLES, schema_of

UNTIL: Final = date(2027, 12, 30)  # the last day that is known: who was born in 2026 is a year old, and 2027 is not over


@dataclass(frozen=True, kw_only=True)
class Place:
    """One study as a place: of which table, in which year, and which of the study's own strata its sites stand for ("": its exposures)."""

    table: str
    county: str
    year: int
    stratum: str = ""

    @property
    def name(self) -> str:
        """The name of its extract."""
        return self.county.lower().replace(" ", "-")


# The main oracle stands alone in its year; its strata are told in another, one place for each, for an infant has one site.
CALIFORNIA: Final = Place(table="T4", county="California", year=2021)
STRATA: Final = tuple(
    Place(table="T4", county=f"California by {words}", year=2026, stratum=stratum)
    for stratum, words in {
        "race": "race", "age_group": "age", "parity": "parity", "payer": "payer", "paternity": "paternity", "prenatal_care": "prenatal care",
        "weight": "weight",
    }.items()
)  # fmt: skip
DELAWARE: Final = Place(table="T1", county="Delaware", year=2022)
CONNECTICUT: Final = Place(table="T2", county="Connecticut", year=2023)
BIRTHS: Final = Place(table="T5_CALIFORNIA", county="California births", year=2024)
MASSACHUSETTS: Final = Place(table="T6", county="Massachusetts", year=2025)
DELAWARE_BEFORE: Final = Place(table="T1_BEFORE", county="Delaware before", year=2026)
WASHINGTON: Final = Place(table="T5_WASHINGTON", county="Washington", year=2026)
PLACES: Final = (CALIFORNIA, DELAWARE, CONNECTICUT, BIRTHS, MASSACHUSETTS, DELAWARE_BEFORE, WASHINGTON, *STRATA)

_EXPOSURES: Final = {
    "PSE": "OTHER", "NONE": None, "NAS": "OPIOID", "OTHER": "OTHER", "CANNABIS": "CANNABIS", "SEVERAL": "SEVERAL", "cannabis only": "CANNABIS",
    "MOUD only": "MOUD", "Rx opioid as prescribed only": "PRESCRIBED_OPIOID", "illicit opioid only": "OPIOID",
    "methamphetamine only": "METHAMPHETAMINE", "cocaine only": "COCAINE", "alcohol only": "ALCOHOL",
    "other (Rx benzo, hallucinogen, OTC misuse)": "OTHER",
}  # fmt: skip


def send(folder: Path, *, realm: int) -> list[tuple[str, Path]]:
    """Write the extract of each place; its name and its folder."""
    sent = []
    for number, place in enumerate(PLACES):
        told = folder / place.name
        write_extract(told, _tables(place, number), realm=realm, until=UNTIL + timedelta(days=1), made_of={"cohort": place.table})
        sent.append((place.name, told))
    return sent


def site_of(*words: str) -> str:
    """A study's own words as the code of a site."""
    return re.sub(r"[^A-Z0-9]+", "_", "_".join(words).upper()).strip("_")[:40]


def _tables(place: Place, number: int) -> dict[str, Columns]:
    tables = {name: _known(dict(columns)) for name, columns in cohort_tables(place.table, year=place.year).items()}
    for columns in tables.values():
        # The same study sent twice is other people: two places of one state never share a number.
        columns["subject"] = (columns["subject"] >> 5 << 5) + number
    tables["subjects"] = _people(tables["subjects"], place, number)
    for margin in tables.get("margins", {}).get("subject", []):
        _add_margin(tables["subjects"], margin, place)
    return {name: {key: columns[key] for key in columns if key in schema_of(name).names} for name, columns in tables.items() if name in TABLES}


def _people(people: Columns, place: Place, number: int) -> Columns:
    count = len(people["subject"])
    exposed = people.get("exposure", np.full(count, None, dtype=object))
    groups = people.get(place.stratum, np.full(count, "", dtype=object))
    sites = [None if exposure is None else site_of(place.stratum, group or "", exposure) for group, exposure in zip(groups, exposed, strict=True)]
    race = ["HISPANIC" if str(value).startswith("HISPANIC") else value for value in people.get("race", np.full(count, None, dtype=object))]
    return people | {
        "family": (people["family"] >> 5 << 5) + number, "county": np.full(count, place.county, dtype=object), "site": np.array(sites, dtype=object),
        "exposure": np.array([_EXPOSURES.get(kind, "SEVERAL") if kind else None for kind in exposed], dtype=object),
        "race": np.array(race, dtype=object),
    }  # fmt: skip


def _add_margin(people: Columns, subject: int, place: Place) -> None:
    """The row that says of which county a count of births is."""
    row: dict[str, Any] = {"subject": subject, "role": "MARGIN", "county": place.county, "family": FAR, "born_on": FAR}
    for name, values in people.items():
        people[name] = np.append(values, np.array([row.get(name)], dtype=values.dtype))


def _known(columns: Columns) -> Columns:
    """What is known on the last day: no event after it, and no end."""
    last = (UNTIL - date(1970, 1, 1)).days
    if "left_on" in columns:
        ends = columns["left_on"] <= last
        columns |= {"left_on": np.where(ends, columns["left_on"], FAR), "reason": np.where(ends, columns["reason"], None)}
    day = columns.get("on_date", columns.get("entered_on"))
    return columns if day is None else {name: values[day <= last] for name, values in columns.items()}
