"""What stands behind no person in the made state: counts of vital records, barriers that were sent up, and meetings."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from careloom.demo.population.births import Births
from careloom.demo.population.chance import FAR, Columns, Streams, Whole, joined, numbers, one_of
from careloom.demo.population.policies import COUNTIES, POLICIES

BARRIERS_PER_COUNTY_YEAR: Final = 14  # A
CLOSED_MEDIAN_DAYS, ESCALATED, TO_STATE = 45, 0.20, 0.08  # A
MEETINGS: Final = (("OVERSIGHT", 11, 12), ("CORE", 16, 12), ("WORK_GROUP", 10, 12))  # seats and meetings a year (A)
ATTENDANCE: Final = (8.0, 3.0)  # Beta, mean .73 (A)


def draw_partnership(births: Births, *, streams: Streams, years: list[tuple[int, int, int]], starts: int, until: int) -> dict[str, Columns]:
    """Margins, barriers and meetings; and under "subjects" the rows that carry their county.

    `years` are whole calendar years: year, its first day and the day after its last.
    """
    tables: dict[str, Columns] = {}
    tables["margins"], who = _margins(births, streams, years)
    tables["barriers"], barred = _barriers(streams, starts, until)
    tables["meetings"], met = _meetings(streams, starts, until)
    tables["subjects"] = joined(who, barred, met)
    return tables


def _margins(births: Births, streams: Streams, years: list[tuple[int, int, int]]) -> tuple[Columns, Columns]:
    """Vital records count by place, race and ethnicity, so that a share stands for each group."""
    rows: list[tuple[int, int, str, int, int]] = []
    group, groups = _groups(births)
    for _, first, after in years:
        inside = (births.born >= first) & (births.born < after)
        for place, found in ((place, found) for place in range(len(COUNTIES)) for found in range(len(groups))):
            here = inside & (births.county == place) & (group == found)
            if here.any():
                rows += [
                    (place, first, "births", int(here.sum()), found),
                    # Surveys say how many births are exposed; how many of them are found is the policy's own doing.
                    (place, first, "eligible", round(int(here.sum()) * POLICIES[COUNTIES[place].policy].exposed), found),
                    (place, first, "tested", int((here & births.tested).sum()), found),
                ]
    ids = numbers(streams.of("margins"), len(rows))
    columns = {
        "subject": ids,
        "on_date": np.array([row[1] for row in rows], dtype=np.int64),
        "measure": np.array([row[2] for row in rows], dtype=object),
        "people": np.array([row[3] for row in rows], dtype=np.int64),
    }
    of = groups[[row[4] for row in rows]]
    return columns, _stand_for(ids, "MARGIN", np.array([row[0] for row in rows], dtype=np.int64), race=of[:, 0], ethnicity=of[:, 1])


def _groups(births: Births) -> tuple[Whole, Any]:
    """The place of each infant's race and ethnicity in the list of those that there are, and the list (None: the record holds none)."""
    told = np.array([f"{race or ''}|{ethnicity or ''}" for race, ethnicity in zip(births.race, births.ethnicity, strict=True)])
    names, of = np.unique(told, return_inverse=True)
    return of, np.array([[word or None for word in name.split("|")] for name in names], dtype=object)


def _barriers(streams: Streams, starts: int, until: int) -> tuple[Columns, Columns]:
    rng = streams.of("barriers")
    count = int(rng.poisson(BARRIERS_PER_COUNTY_YEAR * len(COUNTIES) * (until - starts) / 365.25))
    county = rng.integers(0, len(COUNTIES), count)
    day = rng.integers(starts, until, count)
    level = one_of(rng, ("OVERSIGHT", "CORE", "WORK_GROUP"), (TO_STATE, ESCALATED - TO_STATE, 1 - ESCALATED), count)
    closed = day + np.rint(CLOSED_MEDIAN_DAYS * np.exp(rng.normal(0, 0.8, count)) * np.where(level == "WORK_GROUP", 1, 2)).astype(np.int64)
    ids = numbers(rng, count)
    kind = one_of(rng, ("OPERATIONAL", "CHALLENGE", "ENGAGEMENT", "IDEA"), (0.45, 0.35, 0.12, 0.08), count)
    rows = {"subject": ids, "on_date": day, "kind": kind, "level": level, "closed_on": np.where(closed < until, closed, FAR)}
    return rows, _stand_for(ids, "BARRIER", county)


def _meetings(streams: Streams, starts: int, until: int) -> tuple[Columns, Columns]:
    rng = streams.of("meetings")
    parts: list[tuple[int, int, str, int]] = []
    for place in range(len(COUNTIES)):
        for kind, seats, a_year in MEETINGS:
            parts += [(place, day, kind, seats) for day in range(starts + 10 + place, until, round(365 / a_year))]
    ids = numbers(rng, len(parts))
    expected = np.array([row[3] for row in parts], dtype=np.int64)
    present = np.minimum(expected, np.rint(expected * rng.beta(*ATTENDANCE, len(parts)))).astype(np.int64)
    rows = {
        "subject": ids, "on_date": np.array([row[1] for row in parts], dtype=np.int64), "kind": np.array([row[2] for row in parts], dtype=object),
        "expected": expected, "present": present,
    }  # fmt: skip
    return rows, _stand_for(ids, "MEETING", np.array([row[0] for row in parts], dtype=np.int64))


def _stand_for(ids: Any, role: str, county: Any, *, race: Any = None, ethnicity: Any = None) -> Columns:
    nothing = np.full(len(ids), None, dtype=object)
    return {
        "subject": ids, "role": np.full(len(ids), role, dtype=object), "county": county,
        "race": nothing if race is None else race, "ethnicity": nothing if ethnicity is None else ethnicity,
    }  # fmt: skip
