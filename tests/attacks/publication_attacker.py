"""Somebody who reads everything that was published and solves for what was not.

He shares no code with the protector (`careloom.kernel.pooling`, `outcomes.publishing`): he knows how the indicators hang together (who is home at
twelve months was home at six), that people come in whole numbers, that each stands in one group of a cut, and in which way he may know one person, or
the exact numbers of his own county. Of each number he asks a solver (HiGHS by way of SciPy) for the least and the greatest that fit.

Run a thousand: bin/attack-publications 1000
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import SimpleNamespace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from careloom.outcomes.measures.recipes import shipped
from careloom.outcomes.publishing.plan import Family, Plan
from careloom.outcomes.publishing.protecting import OTHERS, UNKNOWN, Told, judge

THRESHOLD = 11
MANY = 10_000  # more people than any made world has: he knows so much
CUTS = {"race": ("A", "B", "C", "D", None), "county": ("K1", "K2", "K3", "K4", "K5", "K6"), "payer": ("M", "P", None)}
PLAN = Plan(
    families={
        "INFANTS": Family(
            deep=("CAPTA_A", "POSC", "CAPTA_C"), whole=("RH6", "RH12", "CASCADE_PLAN", "CASCADE_REFERRED"),
            follow=(("RH6", "RH12"), ("CAPTA_C", "CASCADE_REFERRED")), cuts=tuple(CUTS),
        ),
        "ENTRIES": Family(deep=("P1",), whole=("HOME12",), follow=(("P1", "HOME12"),), cuts=("race", "county")),
    }
)  # fmt: skip

# How it goes: home; taken into care in the first half year, or in the second; died before the half year, or after it.
PATHS = ("home", "first", "second", "died_first", "died_second")
Pattern = tuple[object, ...]
PATTERNS: dict[str, list[Pattern]] = {
    "INFANTS": [*product((False, True), (False, True), PATHS)],  # a plan, a referral, the way
    "ENTRIES": [("waits",), ("home",), ("kin",)],
}


def answer(code: str, pattern: Pattern) -> str:
    """How somebody with that pattern counts: met, not, apart, or out (not looked at)."""
    if code in ("P1", "HOME12"):
        return "met" if pattern[0] == "home" or (code == "P1" and pattern[0] == "kin") else "not"
    plan, referral, way = pattern
    if code == "CAPTA_A":
        return "met"
    if code in ("POSC", "CASCADE_PLAN"):
        return "met" if plan else "not"
    if code == "CAPTA_C":
        return "met" if referral else "not"
    if code == "CASCADE_REFERRED":
        return "out" if not plan else "met" if referral else "not"
    if way == "died_first" or (way == "died_second" and code == "RH12"):
        return "apart"
    return "not" if way == "first" or (way == "second" and code == "RH12") else "met"


@dataclass(frozen=True)
class Person:
    """Somebody of a made world."""

    family: str
    period: str
    pattern: Pattern
    groups: tuple[tuple[str, str | None], ...]

    def group(self, cut: str) -> str:
        """Her group of a cut; UNKNOWN where it is not known."""
        return dict(self.groups)[cut] or UNKNOWN


def a_world(chance: random.Random) -> list[Person]:
    """Few people of two years and two cohorts, in groups of very different sizes, so that small numbers abound."""
    people = []
    for family, period in product(PLAN.families, ("2023", "2024")):
        weights = {cut: [chance.choice((0.0, 0.02, 0.1, 0.3, 1.0)) for _ in groups] for cut, groups in CUTS.items()}
        for shares in weights.values():
            shares[0] = max(shares[0], 0.3)
        likely = [chance.choice((0.05, 0.3, 1.0)) for _ in PATTERNS[family]]
        for _ in range(chance.choice((20, 60, 150, 400, 900))):
            groups = tuple((cut, chance.choices(CUTS[cut], weights[cut])[0]) for cut in CUTS)
            people.append(Person(family, period, chance.choices(PATTERNS[family], likely)[0], groups))
    return people


def figures(people: Sequence[Person], *, ripe: Sequence[str]) -> list[SimpleNamespace]:
    """What a snapshot would hold of them: for everybody and by each cut; years that are not ripe have somebody whose answer is open."""
    found: dict[tuple[str, str, str, str], dict[str, int]] = {}
    for person in people:
        for code in PLAN.families[person.family].codes:
            counts = answer(code, person.pattern)
            for by, value in (("", ""), *((cut, person.group(cut)) for cut in CUTS)):
                if counts == "out" or value == UNKNOWN:
                    continue
                sums = found.setdefault((code, person.period, by, value), dict.fromkeys(("counted", "met", "apart", "unripe", "whole", "part"), 0))
                sums["apart"] += counts == "apart"
                for name in ("counted", "whole"):
                    sums[name] += counts != "apart"
                for name in ("met", "part"):
                    sums[name] += counts == "met"
                sums["unripe"] += person.period not in ripe
    named = ("indicator", "period", "by", "value")
    return [
        SimpleNamespace(variant=shipped()[key[0]].variants[0], **dict(zip(named, key, strict=True)), **sums) for key, sums in sorted(found.items())
    ]


Event = Callable[[Pattern], bool]


def events(family: str) -> dict[str, Event]:
    """What he would like to know of a group: each answer to each question, and who stands between two questions."""
    found: dict[str, Event] = {}
    for code in PLAN.families[family].codes:
        for said in ("met", "not", "apart"):
            found[f"{code} {said}"] = lambda pattern, code=code, said=said: answer(code, pattern) == said  # type: ignore[misc]
    if family == "INFANTS":
        found["taken into care in the second half"] = lambda pattern: pattern[2] == "second"
        found["died in the second half"] = lambda pattern: pattern[2] == "died_second"
        found["referred without a plan"] = lambda pattern: bool(pattern[1] and not pattern[0])
    else:
        found["went to kin"] = lambda pattern: pattern[0] == "kin"
    return found


class Reader:
    """Who knows what was published of one family and year, and perhaps something more."""

    def __init__(self, family: str, period: str, told: Sequence[Told]) -> None:
        self.family, self.cuts = family, PLAN.families[family].cuts
        self.patterns = PATTERNS[family]
        self.labels = {cut: sorted({group or UNKNOWN for group in CUTS[cut]} | {UNKNOWN}) for cut in self.cuts}
        self.place = {
            atom: place
            for place, atom in enumerate((cut, label, k) for cut in self.cuts for label in self.labels[cut] for k in range(len(self.patterns)))
        }
        self.lines: list[tuple[dict[int, int], float, float]] = []
        self._known: tuple[int, LinearConstraint] | None = None
        first = self.cuts[0]
        for cut in self.cuts[1:]:
            # Whatever the cut, as many people show each pattern.
            for k in range(len(self.patterns)):
                line = {self.place[first, label, k]: 1 for label in self.labels[first]}
                line |= {self.place[cut, label, k]: -1 for label in self.labels[cut]}
                self.lines.append((line, 0, 0))
        for row in told:
            if (row.family, row.period) == (family, period):
                self._read(row)

    def _read(self, row: Told) -> None:
        cut = row.by or self.cuts[0]
        labels = self.labels[cut] if not row.by else row.members if row.value == OTHERS else (row.value,)
        for said, number in (("met", row.sums.met), ("not", row.sums.counted - row.sums.met), ("apart", row.sums.apart)):
            line = self.sum_of(cut, labels, lambda pattern, said=said: answer(row.indicator, pattern) == said)  # type: ignore[misc]
            self.lines.append((line, number, number))

    def sum_of(self, cut: str, labels: Sequence[str], event: Event) -> dict[int, int]:
        """The people of these groups of whom that is true, as a sum of atoms."""
        return {self.place[cut, label, k]: 1 for label in labels for k, pattern in enumerate(self.patterns) if event(pattern)}

    def knows(self, person: Person) -> None:
        """He knows one person: what is true of her, and in which group of each cut she stands."""
        k = self.patterns.index(person.pattern)
        self.lines += [({self.place[cut, person.group(cut), k]: 1}, 1, np.inf) for cut in self.cuts]

    def keeps(self, cut: str, label: str, people: Sequence[Person]) -> None:
        """He keeps the records of one group, and so knows its every number."""
        for k, pattern in enumerate(self.patterns):
            number = sum(1 for person in people if person.group(cut) == label and person.pattern == pattern)
            self.lines.append(({self.place[cut, label, k]: 1}, number, number))

    def range_of(self, goal: Mapping[int, int]) -> tuple[float, float]:
        """The least and the greatest value of a sum of atoms that fit all he knows."""
        limits = self._limits()
        cost = np.zeros(len(self.place))
        for column, sign in goal.items():
            cost[column] = sign
        ends = []
        for sign in (1, -1):
            found = milp(c=sign * cost, integrality=np.ones(len(cost)), bounds=Bounds(0, MANY), constraints=limits)
            if found.status == 0:
                ends.append(float(round(sign * found.fun)))
            else:
                raise AssertionError(f"What was published contradicts itself: {found.message}")
        return ends[0], ends[1]

    def _limits(self) -> LinearConstraint:
        if self._known is None or self._known[0] != len(self.lines):
            data, rows, columns = [], [], []
            for row, (line, _, _) in enumerate(self.lines):
                for column, sign in line.items():
                    data.append(sign)
                    rows.append(row)
                    columns.append(column)
            matrix = csr_array((data, (rows, columns)), shape=(len(self.lines), len(self.place)))
            self._known = (len(self.lines), LinearConstraint(matrix, [low for _, low, _ in self.lines], [high for _, _, high in self.lines]))
        return self._known[1]


def attack(seed: int, *, most: int = 6) -> Iterator[str]:
    """Every break that is found in the publications of one made world; `most` targets of each kind are tried."""
    chance = random.Random(seed)
    people = a_world(chance)
    first = judge(figures(people, ripe=["2023"]), plan=PLAN, indicators=shipped())
    if any(row.period != "2023" for row in first.told):
        yield f"seed {seed}: a year that is not ripe was published"
    # A year later: late records have come to the year that was published, and the next year is ripe.
    late = [person for person in a_world(chance)[: chance.randint(1, 9)] if person.period == "2023"]
    stands = {(row.family, row.period): frozenset((one.indicator, one.by, one.value) for one in first.told) for row in first.told}
    second = judge(figures([*people, *late], ripe=["2023", "2024"]), plan=PLAN, indicators=shipped(), stands=stands)
    if any((row.family, row.period) in stands for row in second.told):
        yield f"seed {seed}: a year that stands was published again"
    for family, period in sorted({(row.family, row.period) for row in (*first.told, *second.told)}):
        told = [row for row in (*first.told, *second.told) if (row.family, row.period) == (family, period)]
        # What came late and was not published with the first is in none of its figures.
        here = [
            person for person in (people if (family, period) in stands else [*people, *late]) if (person.family, person.period) == (family, period)
        ]
        yield from (f"seed {seed}, {family} {period}: {found}" for found in _solve(family, period, told, here, chance, most))


def _solve(family: str, period: str, told: Sequence[Told], people: Sequence[Person], chance: random.Random, most: int) -> Iterator[str]:
    wanted, targets = events(family), []
    for cut in PLAN.families[family].cuts:
        shown = {row.value for row in told if row.by == cut}
        for label in sorted({person.group(cut) for person in people}):
            for name, event in wanted.items():
                number = sum(1 for person in people if person.group(cut) == label and event(person.pattern))
                if 0 < number < THRESHOLD:
                    targets.append((cut, label, name, event, number, label in shown))
    everybody = [(family, name, event, sum(1 for person in people if event(person.pattern))) for name, event in wanted.items()]
    reader = Reader(family, period, told)
    for _, name, event, number in everybody:
        if 0 < number < THRESHOLD:
            low, high = reader.range_of(reader.sum_of(reader.cuts[0], reader.labels[reader.cuts[0]], event))
            if low == high:
                yield f"{name} of everybody is {number}"
    for cut, label, name, event, number, shown_alone in chance.sample(targets, min(most, len(targets))):
        low, high = reader.range_of(reader.sum_of(cut, [label], event))
        least = 1 if shown_alone else THRESHOLD
        if high - low < least:
            yield f"{name} of {cut} {label} is {number}, and he finds {low} to {high}"
    if not targets:
        return
    cut, label, name, event, number, shown_alone = chance.choice(targets)
    knowing = Reader(family, period, told)
    knowing.knows(chance.choice(list(people)))
    low, high = knowing.range_of(knowing.sum_of(cut, [label], event))
    if high - low < (1 if shown_alone else THRESHOLD - 1):
        yield f"knowing one person: {name} of {cut} {label} is {number}, and he finds {low} to {high}"
    counties = [target for target in targets if target[0] == "county"]
    if counties:
        cut, label, name, event, number, _ = chance.choice(counties)
        others = sorted({person.group("county") for person in people} - {label})
        if others:
            insider = Reader(family, period, told)
            insider.keeps("county", chance.choice(others), people)
            low, high = insider.range_of(insider.sum_of(cut, [label], event))
            if low == high:
                yield f"keeping another county: {name} of {label} is {number}"


def main() -> int:
    """Attack as many publications as asked (seeds from 1 up, or from the second number); exit status 1 when one breaks."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    start = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    broken = 0
    for done, seed in enumerate(range(start, start + count), start=1):
        for found in attack(seed):
            broken += 1
            print(found, flush=True)
        if done % 50 == 0:
            print(f"{done} of {count} worlds attacked, {broken} breaks", flush=True)
    print(f"{count} worlds attacked (seeds {start} to {start + count - 1}), {broken} breaks")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
