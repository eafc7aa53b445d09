"""Notices, reports and care of the made state: who is told of, what child welfare finds, who is removed, and how a child comes home.

A child's ways out of care exclude each other: one reason is drawn and its day follows, so that shares add up to one. Nothing here looks at race.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from careloom.demo import parameters as p
from careloom.demo.population.births import Births
from careloom.demo.population.chance import FAR, Columns, Flags, Streams, Whole, Words, even, joined, log_normal, one_of, weibull
from careloom.demo.population.policies import POLICIES

# Ways out of care of young children removed for a parent's substance use: 56 ever go home (V, SSWR 2016); the others around AFCARS #29 (K).
EXITS: Final = ("reunification", "adoption", "guardianship", "relative", "transfer")
EXIT_SHARES: Final = (0.56, 0.27, 0.10, 0.06, 0.01)
HOME_SHAPE, HOME_SCALE = 1.3, 652.0  # 21 of 100 home in a year, 38 in two (V anchor)
REENTRY_SHAPE, REENTRY_SCALE = 0.69, 22840.0  # 5.6 of 100 back in a year (K), 16 in five (V)
MOVES_PER_DAY: Final = 4.48 / 1000  # K
HARM_PER_DAY: Final = 9.07 / 100_000  # K
SHORT_STAYS: Final = 0.04  # A
TRIAL_HOME: Final = 0.10  # A
SECOND_CONFIRMED, SECOND_IN_YEAR = 0.143, 0.097  # before age three (V), within a year (K)
CONFIRMED: Final = 0.40  # of reports that were screened in (A)
LATER_REPORT: Final = 0.12  # of notified infants without a report at birth, in three years (A)
MOVED_PER_DAY: Final = 0.025 / 365  # A
LATER_REMOVAL_PER_DAY: Final = 0.008 / 365  # after the first year (A)


@dataclass(frozen=True, kw_only=True)
class Welfare:
    """The tables, and what the services need of them: days by infant (FAR where none)."""

    tables: dict[str, Columns]
    noticed: Whole
    reported: Flags
    screened_in: Flags
    removed: Whole
    lost: Whole
    lost_because: Words


def draw_welfare(births: Births, *, streams: Streams, until: int) -> Welfare:
    """All that follows a notice for the infants of `births`, as known on the day before `until`."""
    lost, why = _losses(births, streams)
    noticed, notices = _notices(births, streams, until)
    end = np.minimum(lost, until)
    reported, screened, first = _paths(births, streams)
    removed = _removals(births, streams, noticed=noticed, screened=screened, end=end)
    reports = _reports(births, streams, noticed=noticed, reported=reported, screened=screened, removed=removed, first=first, end=end)
    episodes, placements, adjudications, harms = _care(births, streams, removed=removed, lost=lost, why=why, until=until)
    known = lost < until
    tables = {
        "notifications": notices,
        "reports": joined(reports, harms),
        "episodes": episodes,
        "placements": placements,
        "adjudications": adjudications,
        "stays": _stays(births, streams, noticed=noticed, removed=removed, end=end),
        "losses": {
            "subject": births.subject[known & births.notified],
            "on_date": lost[known & births.notified],
            "reason": why[known & births.notified],
        },
    }
    return Welfare(
        tables=tables, noticed=noticed, reported=reported, screened_in=screened, removed=removed, lost=lost, lost_because=why
    )  # fmt: skip


def _losses(births: Births, streams: Streams) -> tuple[Whole, Words]:
    """Deaths in the first year and moves out of the state, whichever is first."""
    rng, count = streams.of("losses"), len(births)
    death = np.where(rng.random(count) < p.INFANT_DEATH_SHARE, births.born + np.floor(365 * rng.random(count) ** 2).astype(np.int64), FAR)
    moved = births.born + 1 + np.minimum(FAR, rng.exponential(1 / MOVED_PER_DAY, count)).astype(np.int64)
    return np.minimum(death, moved), np.where(death <= moved, "death", "moved_out_of_state").astype(object)


def _notices(births: Births, streams: Streams, until: int) -> tuple[Whole, Columns]:
    rng, count = streams.of("notifications"), len(births)
    late = rng.random(count) < p.LATE_ENTRY
    wait = np.where(late, rng.integers(8, 21, count), rng.integers(0, 4, count))
    noticed = np.where(births.notified, births.born + births.alike(wait), FAR)
    twice = births.notified & (rng.random(count) < p.DUPLICATE)
    basis = one_of(rng, ("SELF_REPORT", "MATERNAL_TEST", "INFANT_TEST", "RECORD"), [share for _, share in p.BASIS], count)
    again = noticed + 1 + np.floor(rng.random(count) * 3).astype(np.int64)
    here, also = noticed < until, twice & (again < until)
    rows = {
        "subject": np.concatenate([births.subject[here], births.subject[also]]),
        "on_date": np.concatenate([noticed[here], again[also]]),
        "basis": np.concatenate([basis[here], basis[also]]),
    }
    return noticed, rows


def _paths(births: Births, streams: Streams) -> tuple[Flags, Flags, Flags]:
    """Reported at birth (by exposure, around the policy's share), screened in, and confirmed."""
    rng, count = streams.of("paths"), len(births)
    share = np.zeros(count)
    for place, policy in enumerate(POLICIES):
        mine = births.notified & (births.policy == place)
        factor = np.array([p.REPORT_FACTOR[group] if policy.reported < 1 else 1.0 for group in births.group[mine]])
        share[mine] = np.minimum(1.0, policy.reported * factor / factor.mean()) if mine.any() else 0.0
    # Those who would be reported for one exposure group are spread evenly, so that a policy's share comes out as it was published.
    reported = births.notified & births.alike(even(rng, births.policy * 2 + births.notified) < share)
    screened = reported & births.alike(even(rng, births.policy * 2 + reported) < np.array([x.screened_in for x in POLICIES])[births.policy])
    return reported, screened, screened & births.alike(rng.random(count) < CONFIRMED)


def _removals(births: Births, streams: Streams, *, noticed: Whole, screened: Flags, end: Whole) -> Whole:
    """The day of the first removal: half of those of the first year within fourteen days of birth, then ever fewer."""
    rng, count = streams.of("removals"), len(births)
    share = np.array([x.removed_first_year / (x.reported * x.screened_in) for x in POLICIES])[births.policy]
    first_year = screened & births.alike(even(rng, births.policy * 2 + screened) < share)
    early = rng.random(count) < p.REMOVED_EARLY
    after = np.where(early, np.floor(rng.random(count) * 14), 14 + np.minimum(350, np.floor(rng.exponential(110.0, count))))
    later = births.born + 365 + np.minimum(FAR, rng.exponential(1 / LATER_REMOVAL_PER_DAY, count)).astype(np.int64)
    day = np.where(first_year, births.born + after.astype(np.int64), np.where(births.notified, later, FAR))
    return np.where(day < end, day, FAR)


def _reports(
    births: Births, streams: Streams, *, noticed: Whole, reported: Flags, screened: Flags, removed: Whole, first: Flags, end: Whole
) -> Columns:
    rng, count = streams.of("reports"), len(births)
    confirmed = first | (removed < births.born + 365)
    told = np.minimum(noticed, removed)
    other = one_of(rng, ("unsubstantiated", "alternative_nonvictim", "no_finding"), (0.6, 0.3, 0.1), count)
    kind = rng.random(count)
    finding = np.where(confirmed & screened, np.where(kind < 0.8, "substantiated", "indicated"), np.where(screened, other, None)).astype(object)
    factor = np.where(np.char.find(births.kind.astype(str), "alcohol") >= 0, "alcohol", "drug").astype(object)
    parts = [_report_rows(births, reported & (told < end), told, births.born, finding, "medical", np.where(screened, "in", "out"), factor)]
    again = confirmed & screened & (rng.random(count) < SECOND_CONFIRMED)
    soon = rng.random(count) < SECOND_IN_YEAR / SECOND_CONFIRMED
    wait = np.where(soon, rng.integers(15, 366, count), rng.integers(366, 1060, count))
    day = told + wait
    source = one_of(rng, ("legal", "relative", "social_services", "education", "medical"), (0.3, 0.2, 0.2, 0.1, 0.2), count)
    incident = day - rng.integers(0, 9, count)
    parts.append(_report_rows(births, again & (day < end), day, incident, finding, source, np.full(count, "in", dtype=object), None))
    later = births.notified & ~reported & (rng.random(count) < LATER_REPORT)
    when = births.born + 10 + np.floor(rng.random(count) * 1080).astype(np.int64)
    found = np.where(rng.random(count) < 0.2, "substantiated", "unsubstantiated").astype(object)
    parts.append(_report_rows(births, later & (when < end), when, when - 1, found, source, np.full(count, "in", dtype=object), None))
    return joined(*parts)


def _report_rows(births: Births, mask: Flags, day: Whole, incident: Whole, finding: Words, source: Any, screened: Words, factor: Any) -> Columns:
    count = int(mask.sum())
    return {
        "subject": births.subject[mask], "on_date": day[mask], "incident_on": incident[mask], "disposition": finding[mask],
        "source": np.full(count, source, dtype=object) if isinstance(source, str) else source[mask],
        "child_factor": np.full(count, None, dtype=object) if factor is None else factor[mask], "screened": screened[mask],
    }  # fmt: skip


def _care(births: Births, streams: Streams, *, removed: Whole, lost: Whole, why: Words, until: int) -> tuple[Columns, Columns, Columns, Columns]:
    """Stays in care one after the other: the first, and those who come back, up to three times."""
    rng = streams.of("episodes")
    infants, entered = np.flatnonzero(removed < FAR), removed[removed < FAR]
    parts: list[Columns] = []
    for number in (1, 2, 3):
        stay = _stay(rng, infants, entered, lost=lost, why=why, until=until)
        parts.append({"infant": infants, "episode": np.full(len(infants), number), "entered_on": entered, **stay})
        home = np.isin(stay["reason"], ("reunification", "guardianship", "relative"))
        back = stay["left_on"] + 1 + weibull(rng, scale=REENTRY_SCALE, shape=REENTRY_SHAPE, count=len(infants))
        again = home & (back < np.minimum(lost[infants], until))
        infants, entered = infants[again], back[again]
    stays = joined(*parts)
    infant = stays.pop("infant")
    ends = np.minimum(stays["left_on"], until)
    placements = _placements(births, streams, infant, stays, ends)
    court = streams.of("adjudications")
    found = stays["entered_on"] + court.integers(10, 81, len(infant))
    heard = (court.random(len(infant)) < 0.9) & (found < ends)
    harm = streams.of("harm")
    happened = harm.poisson(HARM_PER_DAY * np.maximum(0, ends - stays["entered_on"]))
    at = np.repeat(np.arange(len(infant)), happened)
    day = stays["entered_on"][at] + np.floor(harm.random(len(at)) * (ends - stays["entered_on"])[at]).astype(np.int64)
    harms = {
        "subject": births.subject[infant[at]], "on_date": day, "incident_on": day, "disposition": np.full(len(at), "substantiated", dtype=object),
        "source": np.full(len(at), "social_services", dtype=object), "child_factor": np.full(len(at), None, dtype=object),
        "screened": np.full(len(at), "in", dtype=object),
    }  # fmt: skip
    adjudications = {"subject": births.subject[infant[heard]], "on_date": found[heard]}
    return {"subject": births.subject[infant], **stays}, placements, adjudications, harms


def _stay(rng: np.random.Generator, infants: Whole, entered: Whole, *, lost: Whole, why: Words, until: int) -> Columns:
    count = len(infants)
    reason = one_of(rng, EXITS, EXIT_SHARES, count)
    days = np.select(
        [reason == "reunification", reason == "relative", reason == "guardianship", reason == "transfer"],
        [
            weibull(rng, scale=HOME_SCALE, shape=HOME_SHAPE, count=count), log_normal(rng, median=260.0, sigma=0.6, count=count),
            log_normal(rng, median=520.0, sigma=0.5, count=count), log_normal(rng, median=150.0, sigma=0.8, count=count),
        ],
        default=log_normal(rng, median=690.0, sigma=0.4, count=count),
    )  # fmt: skip
    short = rng.random(count) < SHORT_STAYS
    reason = np.where(short, "reunification", reason).astype(object)
    left = entered + np.where(short, rng.integers(1, 8, count), np.maximum(days, 8))
    gone = lost[infants] < left
    left = np.where(gone, lost[infants], left)
    reason = np.where(gone, np.where(why[infants] == "death", "death", "transfer"), reason).astype(object)
    trial = np.where((reason == "reunification") & (rng.random(count) < TRIAL_HOME), left - rng.integers(20, 75, count), FAR)
    trial = np.where(trial > entered, trial, FAR)
    still = left >= until
    return {
        "left_on": np.where(still, FAR, left),
        "reason": np.where(still, None, reason).astype(object),
        "trial_home_on": np.where(still, FAR, trial),
    }


def _placements(births: Births, streams: Streams, infant: Whole, stays: Columns, ends: Whole) -> Columns:
    """The first setting, moves by their rate, and the trial at home."""
    rng = streams.of("placements")
    count = len(infant)
    moves = rng.poisson(MOVES_PER_DAY * np.maximum(0, ends - stays["entered_on"]))
    at = np.concatenate([np.arange(count), np.repeat(np.arange(count), moves)])
    entered = stays["entered_on"][at]
    day = entered + np.where(np.arange(len(at)) < count, 0, 1 + np.floor(rng.random(len(at)) * (ends[at] - entered)).astype(np.int64))
    inside = (day < ends[at]) | (np.arange(len(at)) < count)
    at, day = at[inside], day[inside]
    setting = one_of(rng, ("foster", "relative", "group"), [share for _, share in p.PLACED_WITH], len(at))
    place = np.array([f"P{n}" for n in rng.integers(1, 100_000, len(at))], dtype=object)
    tried = np.flatnonzero(stays["trial_home_on"] < FAR)
    rows = {
        "at": np.concatenate([at, tried]), "on_date": np.concatenate([day, stays["trial_home_on"][tried]]),
        "setting": np.concatenate([setting, np.full(len(tried), "trial_home_visit", dtype=object)]),
        "place": np.concatenate([place, np.full(len(tried), "HOME", dtype=object)]),
    }  # fmt: skip
    stay = rows.pop("at")
    return {"subject": births.subject[infant[stay]], "episode": stays["episode"][stay], **rows}


def _stays(births: Births, streams: Streams, *, noticed: Whole, removed: Whole, end: Whole) -> Columns:
    """With kin by agreement (4 of 100), or with the mother in residential treatment (5 of 100 where more than cannabis was found); both A."""
    rng, count = streams.of("stays"), len(births)
    kin = births.notified & (rng.random(count) < 0.04)
    together = births.notified & (births.group != "CANNABIS") & (rng.random(count) < 0.05)
    day = noticed + 5 + np.floor(rng.random(count) * 120).astype(np.int64)
    known = (day < end) & (day < removed)
    kind = np.where(kin, "informal_kin", "with_mother").astype(object)
    mask = (kin | together) & known
    return {"subject": births.subject[mask], "on_date": day[mask], "kind": kind[mask]}
