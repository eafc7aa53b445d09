"""The page of one indicator: its definition, its figures over time and by group, what others published, and how to run it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.infra.ui.components import Bar, Bars, ChartPoint, ControlChart
from careloom.kernel.indicators import charts, comparing
from careloom.kernel.indicators.comparing import Change
from careloom.kernel.indicators.definition import Indicator, Kind
from careloom.outcomes.presenters import sentences
from careloom.outcomes.presenters.curves import picture, table
from careloom.outcomes.presenters.labels import DOMAINS, GOALS, POLICIES, THEMES, group_words, hidden_words, stratum_words
from careloom.outcomes.presenters.measured import current, tally, value_of
from careloom.outcomes.presenters.others import told_by
from careloom.outcomes.queries.sight import Seen
from careloom.outcomes.references import beside

LEAST_POINTS = 6
MOST_BARS = 14
ORDER = ("race", "ethnicity", "language", "county", "region", "payer", "disability", "site", "arm", "exposure", "nation", "reason")


def definition(indicator: Indicator) -> list[tuple[str, str]]:
    """What is counted, among whom, and who answers for it."""
    return [
        (_("Success is"), indicator.success),
        (_("Counted"), indicator.numerator),
        (_("Among"), indicator.denominator),
        *([(_("Left out"), " ".join(indicator.exclusions))] if indicator.exclusions else []),
        (_("Source"), indicator.source),
        (_("Basis"), indicator.basis),
        (_("Speaks of"), str(DOMAINS[indicator.domain])),
        (_("Theme"), str(THEMES[indicator.theme])),
        (_("Aim"), str(GOALS[indicator.goal])),
        (_("Owner"), indicator.owner),
        (_("Looked at again"), _("every %(n)s months") % {"n": indicator.review_months}),
    ]


def line_of(indicator: Indicator, seen: Seen) -> dict[str, Any]:
    """One figure as cells of a table."""
    value = value_of(indicator, seen)
    return {
        "period": seen.period,
        "group": group_words(seen.by, seen.group) if seen.by else _("All"),
        "hidden": hidden_words(seen.hidden) if seen.hidden else "",
        "counted": "" if seen.hidden else sentences.number(seen.whole if indicator.kind is Kind.RATE else seen.counted),
        "met": "" if seen.hidden else sentences.number(seen.part if indicator.kind is Kind.RATE else seen.met),
        "value": _("Nobody to count") if value is None and not seen.hidden else "" if value is None else sentences.shown(indicator, value.value),
        "range": sentences.chance_words(indicator, value), "behind": "" if seen.hidden else sentences.behind_words(indicator, seen),
        "apart": sentences.number(seen.apart), "unripe": sentences.number(seen.unripe),
    }  # fmt: skip


def over_time(indicator: Indicator, rows: Sequence[Seen]) -> dict[str, Any]:
    """Quarters as a control chart where there are enough, else years; and the table of every period."""
    everybody = [one for one in rows if not one.by and one.variant == indicator.measure.variant]
    quarters = [one for one in everybody if "-Q" in one.period]
    years = [one for one in everybody if one.is_year]
    drawn = next((found for found in (quarters, years) if len(_known(indicator, found)) >= LEAST_POINTS), [])
    chart, words = control(indicator, _known(indicator, drawn)) if drawn else (None, "")
    return {"chart": chart, "words": words, "lines": [line_of(indicator, one) for one in reversed(years)],
            "others": [line_of(indicator, one) for one in reversed(everybody) if not one.is_year]}  # fmt: skip


def _known(indicator: Indicator, rows: Sequence[Seen]) -> list[Seen]:
    return [one for one in rows if value_of(indicator, one) is not None and one.unripe <= one.counted]


def control(indicator: Indicator, rows: Sequence[Seen]) -> tuple[ControlChart | None, str]:
    """A chart that tells chance from change, and what it says in a sentence (O13)."""
    if indicator.kind is Kind.SHARE:
        found, times = charts.of_shares([(one.part, one.whole) for one in rows]), indicator.per
    elif indicator.kind is Kind.RATE:
        found, times = charts.of_rates([(one.part, one.whole) for one in rows], per=indicator.per), 1
    else:
        return None, ""
    points = tuple(
        ChartPoint(
            label=one.period, value=point.value * times, low=point.low * times, high=point.high * times, marked=point.signal is not charts.Signal.NONE
        )
        for one, point in zip(rows, found.points, strict=True)
    )
    marked = [one.label for one in points if one.marked]
    words = (
        _("More than chance moved it in: %(when)s.") % {"when": ", ".join(marked)}
        if marked
        else _("Every value lies where chance alone would keep it. Nothing says that it changed.")
    )
    band = _("Shaded: where chance alone keeps the values. Dotted: the middle. A larger dot says more than chance.")
    return ControlChart(points=points, middle=found.middle * times, band_word=band), words


def variants(indicator: Indicator, rows: Sequence[Seen]) -> list[dict[str, Any]]:
    """The same question asked otherwise, each under its own name, in the newest period of the published one."""
    mine = [one for one in rows if not one.by and one.is_year]
    now = current(indicator, [one for one in mine if one.variant == indicator.measure.variant])
    beside = [one for one in mine if now and one.period == now.period and one.variant != indicator.measure.variant]
    return [{"name": one.variant, **line_of(indicator, one)} for one in beside]


def by_group(indicator: Indicator, rows: Sequence[Seen]) -> list[dict[str, Any]]:
    """Each stratum as a table with its picture, and what lies between its groups (R-211, R-210)."""
    published = [one for one in rows if one.variant == indicator.measure.variant and one.is_year]
    now = current(indicator, [one for one in published if not one.by])
    if now is None:
        return []
    present = {one.by for one in published if one.by and one.period == now.period}
    strata = [by for by in ORDER if by in present] + sorted(present - set(ORDER))
    return [stratum(indicator, [one for one in published if one.by == by and one.period == now.period], by=by) for by in strata]


def stratum(indicator: Indicator, rows: Sequence[Seen], *, by: str) -> dict[str, Any]:
    """One stratum in one period."""
    known = [one for one in rows if value_of(indicator, one) is not None]
    ordered = sorted(rows, key=lambda one: (bool(one.hidden), one.group in ("UNKNOWN", "OTHERS"), -one.counted, one.group))
    most = max((value.value for one in known if (value := value_of(indicator, one))), default=0.0)
    scale = 100 / most if indicator.kind is not Kind.SHARE and most else 100 / indicator.per
    bars = tuple(
        Bar(label=group_words(by, one.group), value=value.value * scale, words=sentences.shown(indicator, value.value))
        for one in ordered[:MOST_BARS]
        if (value := value_of(indicator, one)) is not None
    )
    return {
        "key": by, "title": stratum_words(by), "period": rows[0].period if rows else "", "lines": [line_of(indicator, one) for one in ordered],
        "bars": Bars(rows=bars) if len(bars) > 1 else None, "gaps": gaps(indicator, known, by=by),
        "about": [(group_words(by, one.group), POLICIES[one.group]) for one in ordered if by == "arm" and one.group in POLICIES],
    }  # fmt: skip


def gaps(indicator: Indicator, rows: Sequence[Seen], *, by: str) -> list[dict[str, str]]:
    """Each group beside the largest one (for a pilot: beside the comparison sites): the difference, and how many times as often, with ranges."""
    fit = [one for one in rows if one.group != "UNKNOWN" and one.counted and one.part <= one.whole]
    if indicator.kind is not Kind.SHARE or len(fit) < 2:
        return []
    base = next((one for one in fit if one.group == "comparison"), max(fit, key=lambda one: one.counted))
    found = []
    for one in fit:
        apart = comparing.compare(tally(one), tally(base), indicator=indicator)
        if one is base or apart.interval is None or apart.difference is None or apart.change is Change.TOO_EARLY:
            continue
        times, scale = comparing.disparity(tally(one), tally(base), indicator=indicator), 100 / indicator.per
        words = sentences.gap(
            first=group_words(by, one.group), second=group_words(by, base.group), by=scale * apart.difference, low=scale * apart.interval.low,
            high=scale * apart.interval.high,
        )  # fmt: skip
        ratio = ""
        if times.ratio is not None and times.interval is not None:
            ratio = _("%(times)s times as often (%(low)s to %(high)s).") % {
                "times": sentences.number(times.ratio, 2), "low": sentences.number(times.interval.low, 2),
                "high": sentences.number(times.interval.high, 2),
            }  # fmt: skip
        sure = "" if apart.change is Change.CHANCE else "1"
        found.append({"words": words, "ratio": ratio, "sure": sure, "size": str(abs(apart.difference))})
    return sorted(found, key=lambda one: (not one["sure"], -float(one["size"])))


def waiting(indicator: Indicator, curves: Sequence[Any]) -> dict[str, Any] | None:
    """The newest curve of everybody, with its table; None for an indicator that is no time."""
    mine = [row for row in curves if not row.by and row.period.isdigit() and row.seen]
    if not mine:
        return None
    row = next((one for one in reversed(mine) if one.median is not None), mine[-1])
    return {
        "picture": picture(row), "lines": table(row), "period": row.period,
        "groups": [
            {"group": f"{stratum_words(one.by)}: {group_words(one.by, one.value)}", "half": one.median, "seen": one.seen}
            for one in curves
            if one.by and one.period == row.period
        ],
        "words": _("Half were there within %(n)s days (%(seen)s followed, %(came)s there).")
        % {"n": row.median, "seen": row.seen, "came": row.came}
        if row.median is not None
        else _("Half were not there yet (%(seen)s followed, %(came)s there).") % {"seen": row.seen, "came": row.came},
    }  # fmt: skip


def reference(indicator: Indicator) -> str:
    """What others published, with its source and how sure we are of it; "" where nothing is."""
    one = indicator.reference
    if one is None:
        return ""
    words = _("Others published %(value)s (%(source)s, %(year)s). It stands here beside ours and is no target.")
    return words % {"value": sentences.shown(indicator, one.value), "source": one.source, "year": one.year or _("no year given")}


def published(indicator: Indicator) -> list[dict[str, str]]:
    """What others published of nearly the same question, each with its source and how sure we are of it."""
    return [told_by(one) for one in beside(indicator.code)]


def inputs(snapshot: Any) -> list[dict[str, Any]]:
    """The tables a snapshot was computed from, with their rows and hashes."""
    return [
        {"extract": one.get("name", ""), "table": name, "rows": facts.get("rows", 0), "sha256": facts.get("sha256", "")}
        for one in snapshot.inputs
        for name, facts in sorted(one.get("tables", {}).items())
    ]


def counted_on(snapshot: Any) -> str:
    """When it was counted, and how far the data reach."""
    return _("Counted %(day)s from data until %(until)s.") % {
        "day": date_format(snapshot.made_at, "F j, Y"), "until": date_format(snapshot.data_until, "F j, Y"),
    }  # fmt: skip
