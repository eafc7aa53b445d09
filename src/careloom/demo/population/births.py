"""Births of the made state: mothers with their strata, what was used in pregnancy, and how the infant came into the world.

Order of draws as in synthetic-county.md 1.x. Race and ethnicity are drawn by themselves and feed nothing but the two named switches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from careloom.demo import parameters as p
from careloom.demo.exposures import group_of
from careloom.demo.population.chance import Flags, Streams, Whole, Words, even, log_normal, numbers, one_of
from careloom.demo.population.policies import BIRTHS_PER_THOUSAND, COUNTIES, POLICIES

MEDICAID_OTHERS: Final = 0.413  # of all deliveries (V, NVSR 73(2))
DISABILITY: Final = 0.12  # A
TESTED_NOTIFIED: Final = 0.45  # the infant's own test among the ways in which an exposure is known (A)
TESTED_OTHERS: Final = 0.017  # of births (V, White births in JAMA Netw Open 2023)
WITHIN_WEEK_G: Final = 330  # the published deviation of 480 g is over all weeks; this one leaves 8.6 of 100 under 2,500 g (V)
_OPIOID_OR_METH: Final = ("opioid", "MOUD", "meth", "stimulant")


@dataclass(frozen=True, kw_only=True)
class Births:
    """One row for each infant. `county` and `policy` are places in their lists; `kind` of exposure is "" where none was found. Days since 1970."""

    subject: Whole
    mother: Whole
    born: Whole
    county: Whole
    policy: Whole
    site: Words
    race: Words
    ethnicity: Words
    language: Words
    payer: Words
    disability: Words
    notified: Flags
    kind: Words
    group: Words
    weeks: Whole
    grams: Whole
    intensive: Whole
    nights: Whole
    tested: Flags

    def __len__(self) -> int:
        return len(self.subject)

    @property
    def first(self) -> Flags:
        """The first infant of each mother: twins stand beside each other."""
        return np.r_[True, self.mother[1:] != self.mother[:-1]]

    def alike(self, values: Any) -> Any:
        """What twins share: the second has what was drawn for the first."""
        return np.where(self.first, values, np.r_[values[:1], values[:-1]])


def draw_births(*, streams: Streams, people: int, starts: int, until: int, switches: p.Switches) -> Births:
    """Every birth of a state of so many people from `starts` to the day before `until` (days since 1970)."""
    rng = streams.of("births")
    expected = people * BIRTHS_PER_THOUSAND / 1000 * (until - starts) / 365.25 / (1 + p.TWIN_SHARE)
    deliveries = int(rng.poisson(expected))
    of = np.repeat(np.arange(deliveries), 1 + (rng.random(deliveries) < p.TWIN_SHARE))
    county = rng.choice(len(COUNTIES), deliveries, p=np.array([c.part for c in COUNTIES]) / sum(c.part for c in COUNTIES))
    policy = np.array([c.policy for c in COUNTIES])[county]
    born = rng.integers(starts, until, deliveries)
    site = _sites(rng, county)
    race, ethnicity = _race(streams.of("race"), deliveries)
    kind, notified = _found(streams.of("exposure"), policy, race, switches)
    medicaid = np.where(notified, p.MEDICAID_SHARE, MEDICAID_OTHERS)
    draw = streams.of("payer").random(deliveries)
    payer = np.where(draw < medicaid, "MEDICAID", np.where(draw < medicaid + 0.85 * (1 - medicaid), "PRIVATE", "NONE")).astype(object)
    language = one_of(streams.of("language"), *zip(*p.LANGUAGES, strict=True), count=deliveries)  # type: ignore[arg-type]
    disability = np.where(streams.of("disability").random(deliveries) < DISABILITY, "YES", "NO").astype(object)
    weeks = _weeks(streams.of("gestation"), kind)
    group = np.array([group_of(exposure_class=k) if k else "" for k in kind], dtype=object)
    ids = streams.of("ids")
    subject, mother = numbers(ids, len(of)), numbers(ids, deliveries)
    newborn = _newborn(streams.of("newborn"), weeks[of], kind[of], group[of])
    tested = _tested(streams.of("tested"), notified, race, switches)
    return Births(
        subject=subject, mother=mother[of], born=born[of], county=county[of], policy=policy[of], site=site[of], race=race[of],
        ethnicity=ethnicity[of], language=language[of], payer=payer[of], disability=disability[of], notified=notified[of], kind=kind[of],
        group=group[of], weeks=weeks[of], grams=newborn[0], intensive=newborn[1], nights=newborn[2], tested=tested[of],
    )  # fmt: skip


def exposure_of(kind: str) -> str | None:
    """What the numbers may be looked at by: one substance, several, or nothing known."""
    if not kind:
        return None
    words = {
        "cannabis only": "CANNABIS", "MOUD only": "MOUD", "Rx opioid as prescribed only": "PRESCRIBED_OPIOID", "illicit opioid only": "OPIOID",
        "methamphetamine only": "METHAMPHETAMINE", "cocaine only": "COCAINE", "alcohol only": "ALCOHOL",
    }  # fmt: skip
    return words.get(kind, "OTHER" if kind.startswith("other") else "SEVERAL")


def _sites(rng: np.random.Generator, county: Whole) -> Words:
    hospitals = np.array([c.hospitals for c in COUNTIES])[county]
    number = np.floor(rng.random(len(county)) ** 1.6 * hospitals).astype(int) + 1
    return np.array([f"{COUNTIES[c].fips}-H{n}" for c, n in zip(county, number, strict=True)], dtype=object)


def _race(rng: np.random.Generator, count: int) -> tuple[Words, Words]:
    """Race and ethnicity; 12 of 100 records hold none."""
    drawn = one_of(rng, *zip(*p.RACE_SHARES, strict=True), count=count)  # type: ignore[arg-type]
    missing = rng.random(count) < p.MISSING_RACE
    hispanic = drawn == "HISPANIC"
    race = np.where(hispanic, one_of(rng, ("WHITE", "BLACK", "NATIVE", "MULTIPLE"), (0.86, 0.04, 0.03, 0.07), count), drawn)
    ethnicity = np.where(hispanic, "HISPANIC", "NOT_HISPANIC").astype(object)
    race[missing], ethnicity[missing] = None, None
    return race, ethnicity


def _found(rng: np.random.Generator, policy: Whole, race: Words, switches: p.Switches) -> tuple[Words, Flags]:
    """The class of exposure that is known at birth ("" for none), and who is notified: everybody in whom one was found."""
    count = len(policy)
    exposed = even(rng, policy) < np.array([x.exposed for x in POLICIES])[policy]
    detected = np.array([x.detected for x in POLICIES])[policy]
    if switches.testing_bias:
        detected = np.where(race == "BLACK", np.minimum(0.95, detected * p.TEST_BIAS_FACTOR), detected)
    found = exposed & (even(rng, policy * 2 + exposed) < detected)
    kind = np.full(count, "", dtype=object)
    for place, one in enumerate(POLICIES):
        drawn = one_of(rng, *p.exposure_mix(mix=one.mix), count=count)
        kind = np.where(found & (policy == place), drawn, kind)
    return kind, found


def _holds(kind: Words, *parts: str) -> Flags:
    words = {k for k in set(kind.tolist()) if any(part in k for part in parts)}
    return np.isin(kind, list(words)) if words else np.zeros(len(kind), dtype=bool)


def _weeks(rng: np.random.Generator, kind: Words) -> Whole:
    """Completed weeks. Who is on medicine as those in Tennessee on buprenorphine (14.1 of 100 early), untreated opioid or meth 20.0, cannabis 12."""
    moud, untreated = _holds(kind, "MOUD"), _holds(kind, "illicit", "meth", "opioid+", "stimulant")
    early = np.select(
        [moud, untreated, kind == "cannabis only"], [p.PRETERM_MOUD, p.PRETERM_UNTREATED_OPIOID, p.PRETERM_CANNABIS], default=p.PRETERM_BASE
    )
    draw = rng.random((3, len(kind)))
    late = np.where(draw[1] < p.LATE_PRETERM_OF_PRETERM, 34 + np.floor(draw[2] * 3), 25 + np.floor(np.sqrt(draw[2]) * 9))
    term = 37 + np.searchsorted(np.cumsum([0.10, 0.22, 0.40, 0.20, 0.08]), draw[2])
    return np.where(draw[0] < early, late, np.minimum(term, 41)).astype(np.int64)


def _newborn(rng: np.random.Generator, weeks: Whole, kind: Words, group: Words) -> tuple[Whole, Whole, Whole]:
    """Grams, days in newborn intensive care, and nights in hospital."""
    count = len(weeks)
    heavy = _holds(kind, *_OPIOID_OR_METH)
    mean = p.WEIGHT_MEAN_G + p.WEIGHT_PER_WEEK_G * (weeks - 39) + np.where(heavy, p.WEIGHT_OPIOID_G, 0)
    grams = np.clip(np.rint(rng.normal(mean, WITHIN_WEEK_G)), 450, 5600).astype(np.int64)
    share = np.select([group == "MOUD", group == "PRESCRIBED", _holds(kind, "illicit", "opioid+")], [0.60, 0.10, 0.50], default=0.0)
    withdrawal = rng.random(count) < share
    gentle = rng.random(count) < 0.5  # A: half of the hospitals eat, sleep, console
    treated = withdrawal & (rng.random(count) < np.where(gentle, p.MEDICINE["ESC"], p.MEDICINE["FINNEGAN"]))
    stay = np.where(gentle, p.STAY_MEDIAN["ESC"], p.STAY_MEDIAN["FINNEGAN"]) * np.where(treated, p.STAY_TREATED_FACTOR, 1.0)
    nights = np.where(withdrawal, log_normal(rng, median=stay, sigma=0.5, count=count), 1 + np.floor(rng.random(count) * 3)).astype(np.int64)
    early = np.select([weeks < 34, weeks < 37, treated], [0.98, 0.45, 0.40], default=0.055)
    cared = rng.random(count) < early
    days = np.where(cared, np.maximum(1, log_normal(rng, median=np.where(weeks < 34, (40 - weeks) * 6.0, 6.0), sigma=0.5, count=count)), 0)
    return grams, days.astype(np.int64), np.maximum(nights, days).astype(np.int64)


def _tested(rng: np.random.Generator, notified: Flags, race: Words, switches: p.Switches) -> Flags:
    others = np.full(len(notified), TESTED_OTHERS)
    if switches.testing_bias:
        others = np.where(race == "BLACK", others * p.TEST_BIAS_FACTOR, others)
    return rng.random(len(notified)) < np.where(notified, TESTED_NOTIFIED, others)
