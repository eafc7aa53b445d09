"""The figures of a snapshot judged together: which may be published, which are pooled, and why the others are not shown (O5).

For each family of the plan and each year: its indicators are told for everybody where their numbers are large enough, and by each cut in groups that
stand alone or are pooled (`kernel.pooling`). All indicators of the family share the pools of a cut, so whoever is moved between two pooled groups is
moved in every figure at once, and nothing between figures can tell. Families hold different people; cuts are never crossed; years do not overlap.

Source: decision 0016; features O5; law.md section 2 (small cells); R-087, R-211.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from careloom.kernel.indicators.definition import Indicator
from careloom.kernel.pooling import Group, pools
from careloom.kernel.suppression import HOUSE_SETTINGS, SuppressionSettings
from careloom.outcomes.publishing.cells import Figured, Heap, Reading, Sums, reading, sums_of, together
from careloom.outcomes.publishing.plan import NATION, TOLD, Family, Plan

_YEAR = re.compile(r"\d{4}")
UNKNOWN = "UNKNOWN"
OTHERS = "OTHERS"


class Why(StrEnum):
    """Why a figure is not shown, as `Figure.hidden` keeps it; SHOWN where it is.

    INVARIANT: a small group and a group pooled to protect it share one reason.
    """

    SHOWN = ""
    PROTECTS_PEOPLE = "PROTECTS_PEOPLE"
    NOT_PUBLISHED = "NOT_PUBLISHED"
    TOO_EARLY = "TOO_EARLY"
    NO_LEAVE = "NO_LEAVE"
    # A year that was published stays as it was: what is computed now differs.
    STAYS = "STAYS"
    # It may be shown once the publication is approved.
    AWAITS = "AWAITS"


Key = tuple[str, str, str, str, str]  # indicator, variant, period, by, value
Cell = tuple[str, str, str]  # indicator, by, value


def key_of(figure: Figured) -> Key:
    """What tells a figure from the others of its snapshot."""
    return (figure.indicator, figure.variant, figure.period, figure.by, figure.value)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A figure as it is published. `value` is OTHERS for a pool, whose groups `members` names."""

    family: str
    indicator: str
    period: str
    by: str
    value: str
    sums: Sums
    members: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Judged:
    """What came of a snapshot: the figures to publish, and a reason for each that is not shown."""

    told: list[Told] = field(default_factory=list)
    why: dict[Key, Why] = field(default_factory=dict)
    # Families and years in which somebody's answer is not known yet, so that they wait.
    waits: list[tuple[str, str]] = field(default_factory=list)


def judge(
    figures: Iterable[Figured],
    *,
    plan: Plan,
    indicators: Mapping[str, Indicator],
    leaves: frozenset[str] = frozenset(),
    settings: SuppressionSettings = HOUSE_SETTINGS,
    stands: Mapping[tuple[str, str], frozenset[Cell]] | None = None,
) -> Judged:
    """Judge all figures of a snapshot. `leaves`: nations that let their citizens' figures be told. `stands`: the cells of each (family, year) that
    is published."""
    judged, stands = Judged(), stands or {}
    books: dict[tuple[str, str], dict[tuple[str, str], dict[str, Sums]]] = defaultdict(lambda: defaultdict(dict))
    for figure in figures:
        judged.why[key_of(figure)] = Why.NOT_PUBLISHED
        family = plan.family_of(figure.indicator)
        if family is None or not _YEAR.fullmatch(figure.period) or figure.variant != indicators[figure.indicator].variants[0]:
            continue
        books[family, figure.period][figure.by, figure.value][figure.indicator] = sums_of(figure)
    for (name, period), lines in sorted(books.items()):
        page = _Page(name=name, family=plan.families[name], period=period, lines=lines, indicators=indicators, settings=settings)
        if (name, period) in stands:
            page.stays(judged, stands[name, period])
        elif page.unripe:
            judged.waits.append((name, period))
            page.mark(judged, Why.TOO_EARLY)
        else:
            page.judge(judged, leaves)
    return judged


@dataclass(frozen=True, kw_only=True)
class _Page:
    """One family in one year; `lines`: the figures of each group of each cut, and of everybody under ("", "")."""

    name: str
    family: Family
    period: str
    lines: Mapping[tuple[str, str], Mapping[str, Sums]]
    indicators: Mapping[str, Indicator]
    settings: SuppressionSettings

    @property
    def everybody(self) -> Heap:
        return self.lines.get(("", ""), {})

    @property
    def unripe(self) -> bool:
        """Whether the data ends before all answers are known; a year that is told early would be told twice."""
        return any(sums.unripe for sums in self.everybody.values())

    def mark(
        self, judged: Judged, why: Why, *, by: str | None = None, values: Iterable[str] | None = None, codes: Iterable[str] | None = None
    ) -> None:
        wanted = None if values is None else set(values)
        for (cut, value), found in self.lines.items():
            if (by is not None and cut != by) or (wanted is not None and value not in wanted):
                continue
            for code in found if codes is None else codes:
                if code in found:
                    judged.why[code, self.indicators[code].variants[0], self.period, cut, value] = why

    def stays(self, judged: Judged, shown: frozenset[Cell]) -> None:
        """What was told stands elsewhere as it was told; what was not is hidden as it was then."""
        for (cut, value), found in self.lines.items():
            for code in found:
                if cut == "" or cut in self.family.cuts:
                    why = Why.STAYS if (code, cut, value) in shown else Why.PROTECTS_PEOPLE
                    self.mark(judged, why, by=cut, values=[value], codes=[code])

    def judge(self, judged: Judged, leaves: frozenset[str]) -> None:
        told: list[str] = []
        for code in self.family.codes:
            if code in self.everybody and self._large_enough([*told, code]):
                told.append(code)
        for code in self.everybody:
            self.mark(judged, Why.AWAITS if code in told else Why.PROTECTS_PEOPLE, by="", codes=[code])
        judged.told += [self._told(code, "", "", self.everybody[code]) for code in told]
        deep = [code for code in self.family.deep if code in told]
        for cut in self.family.cuts:
            if deep:
                self._cut(judged, cut, deep, leaves)

    def _large_enough(self, codes: Sequence[str]) -> bool:
        """Whether everybody may be told, also to somebody who knows one group exactly and takes it away."""
        reads = self._reads(codes)
        told = [heap for cut in self.family.cuts if cut in TOLD for heap in self._heaps(cut, codes).values()]
        heaps = [self.everybody, *(self._rest({"": heap}, codes) for heap in told)]
        return all(reads.rule.allows(reads.cells(heap)) for heap in heaps)

    def _cut(self, judged: Judged, cut: str, codes: Sequence[str], leaves: frozenset[str]) -> None:
        heaps = self._heaps(cut, codes)
        if cut == NATION:
            without = [value for value in heaps if value not in leaves]
            self.mark(judged, Why.NO_LEAVE, by=cut, values=without)
            # Whose nation gives no leave stands with everybody else, and no row says that there are such.
            heaps = {value: heap for value, heap in heaps.items() if value in leaves}
        rest = self._rest(heaps, codes)
        groups = [(UNKNOWN, rest), *sorted(heaps.items())] if any(any(_as_tuple(sums)) for sums in rest.values()) else sorted(heaps.items())
        if not heaps:
            return
        reads = self._reads(codes, told=cut in TOLD)
        try:
            found = pools([Group(label=value, cells=reads.cells(heap)) for value, heap in groups], rule=reads.rule)
        except ValueError:
            # The groups hold more people than everybody: a person stands in two of them, and no cut of people is what this is.
            self.mark(judged, Why.PROTECTS_PEOPLE, by=cut, values=heaps, codes=codes)
            return
        self.mark(judged, Why.PROTECTS_PEOPLE, by=cut, values=heaps, codes=codes)
        if not found.sound or not found.alone:
            return
        self.mark(judged, Why.AWAITS, by=cut, values=found.alone - {UNKNOWN}, codes=codes)
        by_value = dict(groups)
        for code in codes:
            judged.told += [self._told(code, cut, value, heap.get(code, Sums())) for value, heap in groups if value in found.alone]
            for pool in found.pools.values():
                sums = together([by_value[value].get(code, Sums()) for value in pool])
                judged.told.append(self._told(code, cut, OTHERS, sums, members=tuple(sorted(pool))))

    def _heaps(self, cut: str, codes: Sequence[str]) -> dict[str, dict[str, Sums]]:
        return {value: {code: found[code] for code in codes if code in found} for (by, value), found in self.lines.items() if by == cut}

    def _rest(self, heaps: Mapping[str, Heap], codes: Sequence[str]) -> dict[str, Sums]:
        """Who stands in no group: everybody less the groups."""
        return {code: self.everybody[code] - together([heap.get(code, Sums()) for heap in heaps.values()]) for code in codes}

    def _reads(self, codes: Sequence[str], *, told: bool = False) -> Reading:
        return reading(codes, indicators=self.indicators, follow=self.family.follow, settings=self.settings, told=told)

    def _told(self, code: str, by: str, value: str, sums: Sums, *, members: tuple[str, ...] = ()) -> Told:
        return Told(family=self.name, indicator=code, period=self.period, by=by, value=value, sums=sums, members=members)


def _as_tuple(sums: Sums) -> tuple[int, ...]:
    return (sums.counted, sums.met, sums.apart, sums.unripe, sums.whole, sums.part)
