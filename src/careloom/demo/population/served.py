"""Plans, the way of each need to its service, treatment and the systems that serve a family, of the made state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from careloom.demo import parameters as p
from careloom.demo.population.births import Births
from careloom.demo.population.chance import FAR, Columns, Flags, Streams, Whole, Words, even, joined, log_normal, one_of, weibull
from careloom.demo.population.policies import POLICIES
from careloom.demo.population.welfare import Welfare

PRENATAL_RISE: Final = 0.05  # a year, so that there is something to see (A)
KEPT_90, GOAL_MET = p.SECOND_KEPT * p.COMPLETED, 0.70  # two visits and more, then there at 90 days; goals are A
OUTPATIENT_COMPLETED: Final = 0.388  # pregnant women in treatment for cannabis (V, ISPOR 2025)


@dataclass(frozen=True, kw_only=True)
class Service:
    """One need's way: who has it, and the share that passes each step. `days` is the median until the first visit (log-normal, `sigma`)."""

    need: str
    agency: str
    has: float
    wanted: float
    accepted: float
    started: float
    days: float
    sigma: float


# The generic way: offered .92, sent .95, received .85, accepted .80, first visit .65 (A), scaled to the published 21 to 25 connected.
_SENT: Final = p.OFFERED * p.SENT
SERVICES: Final = (
    # Early intervention is calibrated apart: 85.3 referred, of these 49.5 enrolled (V, Massachusetts).
    Service(need="EARLY_INTERVENTION", agency="EARLY_INTERVENTION", has=1.0, wanted=p.EI_REFERRED / _SENT, accepted=0.76,
            started=p.EI_ENROLLED / 0.76, days=38, sigma=0.5),
    Service(need="RECOVERY_CARE", agency="PART2_PROGRAM", has=0.45, wanted=0.45, accepted=0.68, started=0.65, days=11, sigma=0.8),
    Service(need="HOME_VISITING", agency="HOME_VISITING", has=0.55, wanted=0.55, accepted=0.68, started=0.65, days=21, sigma=0.7),
    Service(need="HOUSING", agency="HOUSING", has=0.25, wanted=0.85, accepted=0.40, started=0.65, days=120, sigma=0.8),
    Service(need="PEER", agency="PEER_SUPPORT", has=0.30, wanted=0.70, accepted=0.75, started=0.70, days=9, sigma=0.7),
    Service(need="FOOD", agency="WIC", has=0.35, wanted=0.85, accepted=0.85, started=0.75, days=10, sigma=0.6),
)  # fmt: skip


def draw_services(births: Births, welfare: Welfare, *, streams: Streams, starts: int, until: int, switches: p.Switches) -> dict[str, Columns]:
    """The tables of plans, steps, enrolments, systems, supplies, diagnoses and visits."""
    planned, prenatal = _plans(births, welfare, streams=streams, starts=starts)
    end = np.minimum(welfare.lost, until)
    known = planned < end
    tables: dict[str, Columns] = {
        "plans": {
            "subject": births.subject[known], "on_date": planned[known], "plan": births.mother[known].astype(str).astype(object),
            "prenatal": prenatal[known],
        },
    }  # fmt: skip
    tables["steps"], started = _steps(births, welfare, streams=streams, planned=np.where(known, planned, FAR), end=end)
    tables |= _treatment(births, streams=streams, until=until, switches=switches)
    tables["enrolments"] = joined(tables["enrolments"], _visited(births, streams, started["HOME_VISITING"], until))
    tables["systems"] = _systems(births, welfare, streams, enrolments=tables["enrolments"], started=started["EARLY_INTERVENTION"], until=until)
    return tables


def _plans(births: Births, welfare: Welfare, *, streams: Streams, starts: int) -> tuple[Whole, Flags]:
    rng, count = streams.of("plans"), len(births)
    if_reported = np.array([x.plan_if_reported for x in POLICIES])[births.policy]
    if_not = np.array([x.plan_if_not for x in POLICIES])[births.policy]
    chance = births.alike(even(rng, births.policy * 3 + births.notified + welfare.reported))
    has = births.notified & (chance < np.where(welfare.reported, if_reported, if_not))
    base = np.array([p.PRENATAL_PLAN.get(group, 0.0) for group in births.group])
    early = has & births.alike(rng.random(count) < base + PRENATAL_RISE * (births.born - starts) / 365.25)
    wait = births.alike(np.minimum(60, np.floor(rng.exponential(8.0, count))).astype(np.int64))
    before = births.born - births.alike(rng.integers(25, 141, count))
    return np.where(has, np.where(early, before, welfare.noticed + wait), FAR), early


def _steps(births: Births, welfare: Welfare, *, streams: Streams, planned: Whole, end: Whole) -> tuple[Columns, dict[str, Whole]]:
    """A row for each step that was reached, with the reason on the last one where the next will not come. A step after the data ends is not told."""
    none = streams.of("steps/notified")
    without = births.notified & (planned == FAR) & (welfare.noticed < end)
    why = one_of(none, ("NO", "NO_CONTACT", "NOT_OFFERED", "MOVED"), (0.42, 0.28, 0.24, 0.06), int(without.sum()))
    empty = np.full(int(without.sum()), None, dtype=object)
    parts = [_rows(births, without, welfare.noticed, None, None, "notified", why, empty)]
    started: dict[str, Whole] = {}
    for service in SERVICES:
        found, day = _way(births, streams.of(f"steps/{service.need}"), service, planned=planned, end=end)
        parts.extend(found)
        started[service.need] = day
    return joined(*parts), started


def _way(births: Births, rng: np.random.Generator, service: Service, *, planned: Whole, end: Whole) -> tuple[list[Columns], Whole]:
    count = len(births)
    has = (planned < FAR) & (rng.random(count) < service.has)
    if service.need == "RECOVERY_CARE":  # most with more than cannabis need it
        has = (planned < FAR) & (rng.random(count) < np.where(births.group == "CANNABIS", 0.35, 0.85))
    reasons = {
        "planned": (("NOT_NOW", "NOT_OFFERED", "NO"), (0.5, 0.3, 0.2)),
        "referred": (("FULL", "NO_CONTACT", "INELIGIBLE", "WRONG_SERVICE"), (0.42, 0.30, 0.22, 0.06)),
        "accepted": (("NO_CONTACT", "NOT_NOW", "FULL", "MOVED"), (0.45, 0.25, 0.22, 0.08)),
        "started": (("NO_CONTACT", "DID_NOT_HELP", "MOVED", "GOT_IT_ELSEWHERE"), (0.5, 0.2, 0.15, 0.15)),
        "kept_90": (("DID_NOT_HELP", "NO_CONTACT", "MOVED"), (0.5, 0.35, 0.15)),
    }
    shares = {
        "planned": service.wanted * _SENT, "referred": service.accepted, "accepted": service.started, "started": KEPT_90, "kept_90": GOAL_MET,
    }  # fmt: skip
    after = np.maximum(planned, births.born)
    referred = after + rng.integers(0, 15, count)
    visit = referred + np.maximum(2, log_normal(rng, median=service.days, sigma=service.sigma, count=count))
    accepted = np.minimum(visit - 1, referred + rng.integers(1, 15, count))
    kept = visit + 90
    days = {
        "planned": after,
        "referred": referred,
        "accepted": accepted,
        "started": visit,
        "kept_90": kept,
        "goal_met": kept + rng.integers(0, 120, count),
    }
    here, parts, order = has, [], list(days)
    started = np.full(count, FAR)
    for place, step in enumerate(order):
        here = here & (days[step] < end)
        on = rng.random(count) < shares.get(step, 1.0)
        if step == "goal_met":
            why = np.full(count, None, dtype=object)
        else:
            why = np.where(on, None, one_of(rng, *reasons[step], count)).astype(object)
        if step == "started":
            started = np.where(here, days[step], FAR)
        row = _rows(births, here, days[step], service.need, service.agency, step, why[here], None)
        if place or not on.all():
            parts.append(row)
        here = here & on
    return parts, started


def _rows(births: Births, mask: Flags, day: Whole, need: str | None, agency: str | None, step: str, why: Words, empty: Any) -> Columns:
    count = int(mask.sum())

    def word(value: str | None) -> Words:
        return np.full(count, value, dtype=object) if empty is None or value is not None else empty

    return {
        "subject": births.subject[mask],
        "on_date": day[mask],
        "need": word(need),
        "service": word(agency),
        "step": word(step),
        "lost_because": why,
    }


def _treatment(births: Births, *, streams: Streams, until: int, switches: p.Switches) -> dict[str, Columns]:
    """Mothers: medicine with its supplies, diagnoses, visits and enrolments in treatment. One row for each mother, twins or not."""
    rng = streams.of("treatment")
    _, first = np.unique(births.mother, return_index=True)
    first.sort()
    infant = first[births.notified[first]]
    count, born, group = len(infant), births.born[infant], births.group[infant]
    mother = births.mother[infant]
    medicine = np.char.find(births.kind[infant].astype(str), "MOUD") >= 0
    scale = np.array([x.retention_days for x in POLICIES])[births.policy[infant]]
    lasts = weibull(rng, scale=scale, shape=p.RETENTION_SHAPE, count=count)
    if switches.medicine_access:
        who = np.where(births.ethnicity[infant] == "HISPANIC", "HISPANIC", births.race[infant])
        lasts = np.floor(lasts * np.array([p.MEDICINE_ACCESS.get(one, 1.0) for one in who])).astype(np.int64)
    began = born - rng.integers(20, 200, count)
    stops = np.minimum(born + lasts, until)
    fills = np.where(medicine & (began < until), np.maximum(1, -(-(stops - began) // 28)), 0)
    at = np.repeat(np.arange(count), fills)
    number = np.arange(len(at)) - np.repeat(np.cumsum(fills) - fills, fills)
    filled = began[at] + 28 * number + rng.integers(0, 3, len(at))
    there = filled < until
    supplies = {"subject": mother[at][there], "on_date": filled[there], "days": np.full(int(there.sum()), 28)}
    sick = medicine | (group == "OTHER") | ((group == "CANNABIS") & (rng.random(count) < 0.3))
    code = np.select([medicine, group == "CANNABIS"], ["OPIOID", "CANNABIS"], default="OTHER").astype(object)
    told = born - rng.integers(0, 120, count)
    known = sick & (told < until)
    diagnoses = {"subject": mother[known], "on_date": told[known], "code": code[known]}
    came = known & (rng.random(count) < np.where(medicine, 0.85, 0.40))
    start = told + np.maximum(0, log_normal(rng, median=np.where(medicine, 3.0, 11.0), sigma=0.8, count=count))
    stay = np.where(medicine, np.maximum(lasts, 1) + (born - told), weibull(rng, scale=170.0, shape=0.9, count=count) + 1)
    here = came & (start < until)
    left = np.where(start + stay < until, start + stay, FAR)
    done = np.where(rng.random(count) < OUTPATIENT_COMPLETED, 1, 0)
    visits = np.minimum(40, np.maximum(1, stay // 9))
    v = np.repeat(np.flatnonzero(here), visits[here])
    turn = np.arange(len(v)) - np.repeat(np.cumsum(visits[here]) - visits[here], visits[here])
    on = start[v] + turn * 9 + np.where(turn > 0, rng.integers(0, 5, len(v)), 0)
    seen = on < until
    rating = np.where(rng.random(count) < 0.7, rng.integers(2, 6, count), FAR)
    return {
        "supplies": supplies,
        "diagnoses": diagnoses,
        "visits": {"subject": mother[v][seen], "on_date": on[seen], "kind": np.full(int(seen.sum()), "treatment", dtype=object)},
        "enrolments": {
            "subject": mother[here], "on_date": start[here], "kind": np.full(int(here.sum()), "treatment", dtype=object), "left_on": left[here],
            "completed": np.where(left[here] < FAR, done[here] == 1, False), "rating": rating[here],
        },
    }  # fmt: skip


def _visited(births: Births, streams: Streams, started: Whole, until: int) -> Columns:
    """Home visiting: 22 of 100 stay to the end, the others leave over two years (V, Nurse-Family Partnership)."""
    rng, count = streams.of("home_visiting"), len(births)
    here = (started < FAR) & births.first
    whole = rng.random(count) < 0.22
    stay = np.where(whole, 730, np.minimum(700, weibull(rng, scale=300.0, shape=1.0, count=count) + 7))
    left = np.where(started + stay < until, started + stay, FAR)
    return {
        "subject": births.mother[here], "on_date": started[here], "kind": np.full(int(here.sum()), "home_visiting", dtype=object),
        "left_on": left[here], "completed": (whole & (left < FAR))[here], "rating": np.full(int(here.sum()), FAR),
    }  # fmt: skip


def _systems(births: Births, welfare: Welfare, streams: Streams, *, enrolments: Columns, started: Whole, until: int) -> Columns:
    """Who serves whom and how long. A mother whom child welfare and treatment both serve has a row of each."""
    rng, count = streams.of("systems"), len(births)
    opened = welfare.screened_in & (welfare.noticed < until)
    closed = welfare.noticed + rng.integers(45, 300, count) + np.where(welfare.removed < FAR, 500, 0)
    treated = enrolments["kind"] == "treatment"
    early = started < FAR
    grown = births.born + 1096

    def rows(subject: Whole, day: Whole, left: Whole, system: str) -> Columns:
        return {
            "subject": subject, "on_date": day, "left_on": np.where(left < until, left, FAR), "system": np.full(len(subject), system, dtype=object)
        }  # fmt: skip

    return joined(
        rows(births.subject[opened], welfare.noticed[opened], closed[opened], "child_welfare"),
        rows(births.mother[opened], welfare.noticed[opened], closed[opened], "child_welfare"),
        rows(enrolments["subject"][treated], enrolments["on_date"][treated], enrolments["left_on"][treated], "behavioral_health"),
        rows(births.subject[early], started[early], grown[early], "early_intervention"),
    )
