"""One indicator as a row of the dashboard and of the report card: a sentence, the number with its range, start, target, aim, and a trend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.infra.ui.components import HiddenCell, Link, Measure, Trend
from careloom.kernel.indicators import comparing
from careloom.kernel.indicators.comparing import Change
from careloom.kernel.indicators.definition import Domain, Indicator, Kind, Theme
from careloom.outcomes.presenters import sentences
from careloom.outcomes.presenters.curves import figure_of, half
from careloom.outcomes.presenters.labels import GOALS, hidden_words
from careloom.outcomes.presenters.measured import Moved, Value, beyond, current, moved, value_of
from careloom.outcomes.queries.aimed import Aimed
from careloom.outcomes.queries.numbers import Book
from careloom.outcomes.queries.sight import Seen

MOST_POINTS = 6


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is known of one indicator now: its figure and value, where it began, what changed since, and how it is said."""

    indicator: Indicator
    now: Seen | None
    value: Value | None
    years: tuple[Seen, ...]
    values: Mapping[str, Value | None]  # by period
    change: Moved
    start: float | None
    start_period: str
    aimed: Aimed
    as_of: date  # until when the data go
    agreed_apart: bool = False  # the agreed start was counted elsewhere: it stands beside our own years, and judges nothing

    @property
    def verdict(self) -> Change:
        """Better, worse, chance or too early, since the start."""
        return self.change.verdict

    @property
    def sentence(self) -> str:
        """What it is, and what it was."""
        parts = [sentences.said(self.indicator, self.now, self.value)]
        if self.now is not None and self.value is not None:
            if self.start is not None:
                small = self.now.counted < sentences.FEW and self.indicator.kind is Kind.SHARE
                agreed = self.start == self.aimed.baseline
                then = (sentences.agreed_line if agreed else sentences.shown)(self.indicator, self.start)
                parts.append(sentences.since(self.change, then=then, what=self.start_period, small=small))
            elif not self.indicator.so_far:
                parts.append(_("There is no earlier year to compare with."))
            if self.aimed.target is not None:
                parts.append(sentences.toward(self.indicator, self.value, target=self.aimed.target))
        return " ".join(filter(None, parts))

    @property
    def review_late(self) -> bool:
        """Whether the day of its next review is over."""
        return self.aimed.next_review is not None and self.aimed.next_review <= self.as_of


def told(indicator: Indicator, book: Book, aimed: Aimed) -> Told:
    """What the book says of an indicator, beside what is wanted of it."""
    if indicator.kind is Kind.TIME:
        curves = [row for row in book.curves.get(indicator.code, ()) if row.period.isdigit()]
        years: Sequence[Seen] = [figure_of(row, exact=book.exact) for row in curves if (row.ends_on - book.snapshot.data_until).days <= 1]
        values: dict[str, Value | None] = {row.period: half(row) for row in curves}
        known = [one for one in years if values[one.period] is not None]
        now = known[-1] if known else (years[-1] if years else None)
    else:
        years = book.years(indicator.code)
        values = {one.period: value_of(indicator, one) for one in years}
        now = current(indicator, years)
    value = values.get(now.period) if now else None
    start, period, change = _since(indicator, now, value, years, values, aimed)
    return Told(
        indicator=indicator, now=now, value=value, years=tuple(years), values=values, change=change, start=start, start_period=period, aimed=aimed,
        as_of=book.snapshot.data_until, agreed_apart=aimed.baseline is not None and period != aimed.baseline_period,
    )  # fmt: skip


def _since(
    indicator: Indicator, now: Seen | None, value: Value | None, years: Sequence[Seen], values: Mapping[str, Value | None], aimed: Aimed
) -> tuple[float | None, str, Moved]:
    """Where it began and what changed since: from the agreed start where that is of a year; else from the first year of ours that is known.

    A start that others counted in their own way ("two clinics, by hand") is compared with only while we have no earlier year ourselves.
    """
    early = Moved(verdict=Change.TOO_EARLY)
    agreed = early if aimed.baseline is None else beyond(indicator, now=value, line=aimed.baseline)
    if aimed.baseline is not None and sentences.is_period(aimed.baseline_period):
        return aimed.baseline, aimed.baseline_period, agreed
    first = None if now is None or value is None or indicator.so_far else _first(indicator, now, years, values)
    if first is None or now is None or value is None:
        return aimed.baseline, aimed.baseline_period if aimed.baseline is not None else "", agreed
    then = values[first.period]
    assert then is not None
    if indicator.kind is Kind.TIME:
        return then.value, first.period, _of_times(indicator, (value, now.counted), (then, first.counted))
    return then.value, first.period, moved(indicator, now=now, then=first)


def _first(indicator: Indicator, now: Seen, years: Sequence[Seen], values: Mapping[str, Value | None]) -> Seen | None:
    """The year to compare with: the first that is known. For a count the one before: in its first years a register counts ever more people."""
    earlier = [one for one in years if values[one.period] is not None and one.starts_on < now.starts_on]
    return (earlier[-1] if indicator.kind is Kind.COUNT else earlier[0]) if earlier else None


def _of_times(indicator: Indicator, now: tuple[Value, int], then: tuple[Value, int]) -> Moved:
    found = comparing.compare_times(_median(*now), _median(*then), goal=indicator.goal)
    return Moved(verdict=found.change, by=found.difference or 0.0)


def _median(value: Value, seen: int) -> comparing.Median:
    days = [None if one is None else round(one) for one in (value.value, value.low, value.high)]
    return comparing.Median(days=days[0], low=days[1], high=days[2], seen=seen)


def measure(one: Told, *, url: str = "", lines: tuple[tuple[str, Link | None], ...] = ()) -> Measure:
    """The row as the component that draws it."""
    indicator, now, value = one.indicator, one.now, one.value
    hides = [seen for seen in one.years if seen.hidden]
    return Measure(
        name=indicator.title,
        sentence=one.sentence,
        value="" if value is None else sentences.short(indicator, value.value),
        interval=", ".join(filter(None, [sentences.per_words(indicator), sentences.range_words(indicator, now, value), now.period]))
        if now and value else "",
        pairs=pairs(one),
        trend=trend(one),
        hidden=HiddenCell(reason=f"{hides[-1].period}: {hidden_words(hides[-1].hidden)}") if hides else None,
        url=url,
        lines=lines,
    )  # fmt: skip


def pairs(one: Told) -> tuple[tuple[str, str], ...]:
    """Start, target, aim, the year before, who answers for it and when it is looked at again."""
    indicator, aimed = one.indicator, one.aimed
    found: list[tuple[str, str]] = []
    if one.start is not None:
        agreed = one.start == aimed.baseline
        words = (sentences.agreed_line if agreed else sentences.shown)(indicator, one.start)
        found.append((_("Before") if indicator.kind is Kind.COUNT and not agreed else _("Start"), sentences.in_time(words, one.start_period)))
    if aimed.target is not None:
        words = sentences.agreed_line(indicator, aimed.target)
        by = _("%(value)s by %(when)s") % {"value": words, "when": date_format(aimed.by_when, "F Y")} if aimed.by_when else words
        found.append((_("Target"), by))
    found.append((_("Aim"), str(GOALS[indicator.goal])))
    before = _before(one)
    if before is not None:
        found.append((before[0], sentences.shown(indicator, before[1])))
    found.append((_("Owner"), aimed.owner or indicator.owner))
    if aimed.next_review:
        found.append((_("Next review"), date_format(aimed.next_review, "F Y") + (" " + _("(late)") if one.review_late else "")))
    return tuple(found)


def _before(one: Told) -> tuple[str, float] | None:
    """The period before the current one, unless it is the start."""
    if one.now is None:
        return None
    now = one.now
    earlier = [seen for seen in one.years if seen.starts_on < now.starts_on and seen.period != one.start_period]
    value = one.values[earlier[-1].period] if earlier else None
    return (earlier[-1].period, value.value) if value else None


def trend(one: Told) -> Trend | None:
    """The small line until the current period; None with fewer than two values."""
    if one.now is None or one.value is None:
        return None
    now = one.now
    shown = [seen for seen in one.years if seen.starts_on <= now.starts_on][-MOST_POINTS:]
    values = tuple(None if (value := one.values[seen.period]) is None else value.value for seen in shown)
    if sum(value is not None for value in values) < 2:
        return None
    return Trend(
        periods=tuple(seen.period for seen in shown), values=values, base=one.start, target=one.aimed.target, low=one.value.low, high=one.value.high,
        base_word=_("start"), target_word=_("target"),
    )  # fmt: skip


def of_domain(indicators: Mapping[str, Indicator], domain: Domain | None) -> dict[str, Indicator]:
    """The indicators of one domain, or all; children, parents and families are kept apart (R-100)."""
    return {code: one for code, one in indicators.items() if domain is None or one.domain is domain}


def by_theme(indicators: Mapping[str, Indicator]) -> dict[Theme, list[Indicator]]:
    """Indicators by theme, in the order of the dashboard: the five Rs first."""
    return {theme: found for theme in Theme if (found := [one for one in indicators.values() if one.theme is theme])}
