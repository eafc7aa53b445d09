"""Each figure as a plain sentence, made from the data by rule: what it is, what it was, and whether chance could explain the difference."""

from __future__ import annotations

import re

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.kernel.indicators import comparing, values
from careloom.kernel.indicators.comparing import Change, Reached
from careloom.kernel.indicators.definition import Goal, Indicator, Kind
from careloom.kernel.indicators.intervals import Interval
from careloom.outcomes.presenters.labels import hidden_words
from careloom.outcomes.presenters.measured import Moved, Value
from careloom.outcomes.queries.sight import Seen

FEW = 40  # a group is called small below this
_PERIOD = re.compile(r"(FFY ?)?\d{4}([-ab ]\S*)?", re.IGNORECASE)


def shown(indicator: Indicator, value: float) -> str:
    """A value as one reads it: 61%, 4.1 per 1,000, 120, 51 days."""
    fine = indicator.kind is Kind.MEAN or (indicator.kind in (Kind.RATE, Kind.SHARE) and indicator.per != 100)
    return _with_unit(indicator, number(value, indicator.places if fine else 0))


def short(indicator: Indicator, value: float) -> str:
    """A value in large digits, where what it is for stands beside it (see `per_words`)."""
    return number(value, indicator.places) if per_words(indicator) else shown(indicator, value)


def per_words(indicator: Indicator) -> str:
    """What a rate is for: "per 1,000"; "" for all that is of a hundred, or of nothing."""
    if indicator.kind in (Kind.SHARE, Kind.RATE) and indicator.per != 100:
        return _("per %(per)s") % {"per": number(indicator.per)}
    return ""


def number(value: float, places: int = 0) -> str:
    """A number with its thousands set apart; whole numbers without a point."""
    if 0 < abs(value) < 1 and places == 0:
        places = 1
    return number_format(round(value, places), decimal_pos=places, use_l10n=True, force_grouping=True)


def _with_unit(indicator: Indicator, words: str) -> str:
    if indicator.kind is Kind.SHARE and indicator.per == 100:
        return f"{words}%"
    if indicator.kind is Kind.TIME:
        return _("%(n)s days") % {"n": words}
    if indicator.kind in (Kind.SHARE, Kind.RATE) and indicator.per != 100:
        return _("%(n)s per %(per)s") % {"n": words, "per": number(indicator.per)}
    return words


def said(indicator: Indicator, seen: Seen | None, value: Value | None) -> str:
    """What a figure says, in one sentence."""
    if seen is not None and seen.hidden:
        return hidden_words(seen.hidden) + "."
    if indicator.kind is Kind.TIME and seen is not None and value is None and seen.counted:
        return _not_half(indicator, seen)
    if seen is None or value is None:
        return _("Too early to say.")
    if indicator.kind is Kind.TIME:
        return _half(indicator, value)
    if indicator.kind is Kind.COUNT:
        what = (indicator.told and f"{indicator.among or indicator.unit} {indicator.told}") or indicator.unit
        return _("%(n)s %(what)s.") % {"n": number(value.value), "what": what}
    if indicator.kind is Kind.SHARE and indicator.per == 100:
        if indicator.told:
            words = {"n": number(value.value), "among": indicator.among or indicator.unit, "told": indicator.told}
            return _("%(n)s of 100 %(among)s %(told)s.") % words
        return _("%(title)s: %(n)s of 100 %(unit)s.") % {"title": indicator.title, "n": number(value.value), "unit": indicator.unit}
    if indicator.kind is Kind.MEAN:
        words = {"title": indicator.told or indicator.title, "n": number(value.value, indicator.places), "unit": indicator.unit}
        return _("%(title)s: %(n)s %(unit)s.") % words
    if indicator.per == 100:
        words = {"title": indicator.told or indicator.title, "n": number(value.value), "unit": indicator.unit}
        return _("%(title)s: %(n)s %(unit)s.") % words
    words = {
        "n": number(value.value, indicator.places), "told": indicator.told or indicator.title, "unit": indicator.unit,
    }  # fmt: skip
    return _("%(told)s: %(n)s %(unit)s.") % words


def _half(indicator: Indicator, value: Value) -> str:
    if indicator.told:
        return _("Half of %(among)s %(told)s within %(n)s days.") % {
            "among": indicator.among or indicator.unit, "told": indicator.told, "n": number(value.value),
        }  # fmt: skip
    return _("%(title)s: half within %(n)s days.") % {"title": indicator.title, "n": number(value.value)}


def _not_half(indicator: Indicator, seen: Seen) -> str:
    words = {"n": number(seen.met), "of": number(seen.counted), "among": indicator.among or indicator.unit, "told": indicator.told}
    if indicator.told:
        return _("Fewer than half of %(among)s %(told)s while they were followed: %(n)s of %(of)s.") % words
    return _("%(title)s: fewer than half are there yet, %(n)s of %(of)s.") % {**words, "title": indicator.title}


def range_words(indicator: Indicator, seen: Seen | None, value: Value | None) -> str:
    """The range of a value and what stands behind it: "51 to 69, 63 of 104"."""
    if seen is None or value is None or seen.hidden:
        return ""
    return ", ".join(filter(None, (chance_words(indicator, value), behind_words(indicator, seen))))


def chance_words(indicator: Indicator, value: Value | None) -> str:
    """What chance allows: "51 to 69"; "" where nothing is known of that."""
    if value is None or value.low is None or value.high is None:
        return ""
    places = indicator.places if indicator.per != 100 else 0
    return _("%(low)s to %(high)s") % {"low": number(value.low, places), "high": number(value.high, places)}


def behind_words(indicator: Indicator, seen: Seen) -> str:
    """Who and what stands behind a value: "63 of 104"; "" for a count, which is all there is."""
    if indicator.kind is Kind.SHARE:
        return _("%(part)s of %(whole)s") % {"part": number(seen.part), "whole": number(seen.whole)}
    if indicator.kind in (Kind.RATE, Kind.MEAN):
        return _("%(part)s in %(whole)s") % {"part": number(seen.part), "whole": number(seen.whole)}
    if indicator.kind is Kind.TIME:
        return ngettext("%(n)s followed", "%(n)s followed", seen.counted) % {"n": number(seen.counted)}
    return ""


def is_period(words: str) -> bool:
    """Whether words name a time of the calendar ("2022", "2024-Q3", "FFY 2024"), and do not describe where a number comes from."""
    return _PERIOD.fullmatch(words.strip()) is not None


def in_time(value: str, what: str) -> str:
    """A value with what it belongs to: "44% in 2022", but "9.7% (national, round 4)"."""
    if not what:
        return value
    return (_("%(value)s in %(when)s") if is_period(what) else _("%(value)s (%(when)s)")) % {"value": value, "when": what}


def agreed_line(indicator: Indicator, value: float) -> str:
    """A baseline or a target as people agreed on it: no digit that they wrote is rounded away."""
    return _with_unit(indicator, number(value, 0 if value == round(value) else 1))


def since(change: Moved, *, then: str, what: str, small: bool = False) -> str:
    """What lies between now and then: `then` is the value of that time in words, `what` names that time, or says where an agreed start is from."""
    if not is_period(what):
        return _since_agreed(change, in_time(then, what))
    if change.verdict is Change.TOO_EARLY:
        return _("Too early to compare with %(what)s.") % {"what": what}
    words = {"then": then, "what": what}
    if change.verdict is Change.NOT_JUDGED:
        return _("It was %(then)s in %(what)s.") % words
    if change.verdict is Change.CHANCE:
        if small:
            return _("It was %(then)s in %(what)s. The group is small; chance could explain the difference.") % words
        if abs(change.by) < 0.5:
            return _("It was %(then)s in %(what)s: about the same.") % words
        if change.by > 0:
            return _("It was %(then)s in %(what)s; chance could explain the rise.") % words
        return _("It was %(then)s in %(what)s; chance could explain the fall.") % words
    told = {
        Change.BETTER: _("Better than in %(what)s, when it was %(then)s. That is more than chance."),
        Change.WORSE: _("Worse than in %(what)s, when it was %(then)s. That is more than chance."),
        Change.DIFFERENT: _("More than in %(what)s, when it was %(then)s. That is more than chance.")
        if change.by > 0
        else _("Less than in %(what)s, when it was %(then)s. That is more than chance."),
    }
    return told[change.verdict] % words


def _since_agreed(change: Moved, start: str) -> str:
    """What lies between now and a start that was agreed from elsewhere, and is no year of ours."""
    if change.verdict is Change.TOO_EARLY:
        return _("Too early to compare with the agreed start, %(start)s.") % {"start": start}
    told = {
        Change.BETTER: _("Better than the agreed start, %(start)s. That is more than chance."),
        Change.WORSE: _("Worse than the agreed start, %(start)s. That is more than chance."),
        Change.DIFFERENT: _("Not the same as the agreed start, %(start)s. That is more than chance."),
        Change.CHANCE: _("The agreed start is %(start)s; chance could explain the difference."),
        Change.NOT_JUDGED: _("The agreed start is %(start)s."),
    }
    return told[change.verdict] % {"start": start}


def toward(indicator: Indicator, value: Value | None, *, target: float) -> str:
    """How a value stands to its target."""
    if value is None or indicator.goal is Goal.KNOWN:
        return ""
    known = Interval(low=value.low, high=value.high) if value.low is not None and value.high is not None else None
    whole = values.Value(shown=value.value, interval=known, tally=values.Tally(part=0, whole=0))
    reached = comparing.against(whole, target=target, goal=indicator.goal)
    if reached is Reached.NEAR:
        there = value.value >= target if indicator.goal is Goal.UP else value.value <= target
        if there:
            return _("At the target, but chance alone could put it there.")
        return _("Not yet at the target; chance could explain what is missing.")
    return _("At the target.") if reached is Reached.REACHED else _("Not yet at the target.")


def verdict_words(verdict: Change) -> str:
    """A verdict in a word or a short sentence."""
    return {
        Change.BETTER: _("Better"),
        Change.WORSE: _("Worse"),
        Change.DIFFERENT: _("It changed"),
        Change.CHANCE: _("Chance could explain it."),
        Change.TOO_EARLY: _("Too early to say."),
        Change.NOT_JUDGED: "",
    }[verdict]


def gap(*, first: str, second: str, by: float, low: float, high: float) -> str:
    """What lies between two groups, in people of 100."""
    near, far = sorted((abs(low), abs(high)))
    words = {"first": first, "second": second, "n": _people(abs(by)), "low": _people(near), "high": _people(far)}
    if low <= 0 <= high:
        return _("%(first)s and %(second)s: %(n)s in 100 apart. Chance could explain it.") % words
    if by < 0:
        return _("%(first)s: %(n)s fewer in 100 than %(second)s. Chance allows anything from %(low)s to %(high)s.") % words
    return _("%(first)s: %(n)s more in 100 than %(second)s. Chance allows anything from %(low)s to %(high)s.") % words


def _people(count: float) -> str:
    return number(round(count)) if round(count) else _("less than 1")
