"""The report card: the five Rs as sentences, where families are lost, and the gap between groups that asks for an answer.

Printed, on screen, and as a page of the public site it is one thing: `card` makes it from figures that its reader may see, and nothing else.
Source: R-087; O11; mockup 10.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from careloom.infra.ui.components import Link, Measures
from careloom.kernel.indicators.comparing import Change
from careloom.kernel.indicators.definition import Indicator, Theme
from careloom.outcomes.presenters.cascade import Cascade, cascade
from careloom.outcomes.presenters.dashboard import about_start, better_words, next_step, trust
from careloom.outcomes.presenters.indicator import stratum
from careloom.outcomes.presenters.labels import THEMES, stratum_words
from careloom.outcomes.presenters.measured import current
from careloom.outcomes.presenters.newest import later_words, waits
from careloom.outcomes.presenters.rows import Told, measure, told
from careloom.outcomes.queries.aimed import NOTHING, Aimed
from careloom.outcomes.queries.numbers import Book
from careloom.outcomes.queries.sight import Seen

# One measure for each R, the first that has figures.
RS: dict[Theme, tuple[str, ...]] = {
    Theme.RECOVERY: ("KEPT180", "MOUD180", "KEPT90"),
    Theme.REMAIN_AT_HOME: ("RH6", "RH12"),
    Theme.REUNIFICATION: ("HOME12", "P1"),
    Theme.RECIDIVISM: ("S2", "HARM6"),
    Theme.RE_ENTRY: ("P4", "REENTRY6"),
}
FAIR = "POSC"  # does every family get a plan?
GROUPED = ("race", "ethnicity", "language", "payer", "county")


@dataclass(frozen=True, kw_only=True)
class Card:
    """What stands on the report card. `fair` is a table by group (see `indicator.stratum`), `gap` the widest gap beyond chance in a sentence."""

    place: str
    period: str
    lede: str
    rows: tuple[Told, ...]
    measures: Measures
    cascade: Cascade | None
    no_cascade: str
    fair: Mapping[str, Any] | None
    gap: str
    do: tuple[str, ...]
    trust: tuple[str, ...]
    missing: tuple[str, ...]


def card(
    *, book: Book, indicators: Mapping[str, Indicator], aims: Mapping[str, Aimed], groups: Sequence[Seen] = (), reasons: Sequence[Seen] = (),
    threshold: int, place: str = "", links: bool = False, tribes: Sequence[str] = (),
) -> Card:  # fmt: skip
    """The card of a book. `groups`: figures of `FAIR` by stratum; `reasons`: of the cascade. `links` leads to pages inside (never in public)."""
    rows = [found for theme in RS if (found := _first(theme, book, indicators, aims)) is not None]
    missing = tuple(str(THEMES[theme]) for theme in RS if theme not in {one.indicator.theme for one in rows})
    way = cascade(book, reasons)
    fair, gap = _fair(book, indicators, groups)
    named = [replace(measure(one), name=str(THEMES[one.indicator.theme]), lines=_lines(one, links)) for one in rows]
    return Card(
        place=place or _("The whole state"), period=max((one.now.period for one in rows if one.now), default=""), lede=lede(rows, way),
        rows=tuple(rows), measures=Measures(rows=tuple(named)), cascade=way,
        no_cascade="" if way else waits("CASCADE_PLAN", book.years("CASCADE_PLAN")), fair=fair, gap=gap, do=_do(rows, way, gap),
        trust=trust(book, threshold=threshold, tribes=tribes), missing=missing,
    )  # fmt: skip


def _first(theme: Theme, book: Book, indicators: Mapping[str, Indicator], aims: Mapping[str, Aimed]) -> Told | None:
    """The measure of an R: one that oversight aims at before the usual ones."""
    usual = RS[theme]
    aimed = [code for code in aims if code in indicators and indicators[code].theme is theme and code not in usual]
    ordered = sorted([*usual, *aimed], key=lambda code: code not in aims)
    every = (told(indicators[code], book, aims.get(code, NOTHING)) for code in ordered if code in indicators)
    return next((one for one in every if one.value is not None), None)


def _lines(one: Told, links: bool) -> tuple[tuple[str, Link | None], ...]:
    said = [*later_words(one), *about_start(one), *(_("Decided: %(what)s") % {"what": words} for words in one.aimed.decisions)]
    if not one.aimed.decisions:
        said.append(_("Decided: nothing is noted yet.") + (" " + _("The committee’s chair or the coordinator notes it in “Aims”.") if links else ""))
    words, link = next_step(one, None)
    return (*((each, None) for each in said), (words, link if links else None))


def lede(rows: Sequence[Told], way: Cascade | None) -> str:
    """What is better, what is worse, and where most families are lost, in three sentences."""
    better = [one for one in rows if one.verdict is Change.BETTER]
    worse = [one for one in rows if one.verdict is Change.WORSE]
    chance = [one for one in rows if one.verdict is Change.CHANCE]
    if not better and not worse and not chance:
        return _("Too early to say what changed: there is nothing yet to compare with.")
    parts = [better_words(len(better), len(rows))]
    if better:
        parts.append(_("Better: %(names)s.") % {"names": _names(better)})
    if worse:
        parts.append(_("Worse: %(names)s.") % {"names": _names(worse)})
    if chance:
        parts.append(_("Within chance: %(names)s.") % {"names": _names(chance)})
    early = [one for one in rows if one.verdict is Change.TOO_EARLY]
    if early:
        parts.append(_("Too early to compare: %(names)s.") % {"names": _names(early)})
    if way is not None and way.worst is not None:
        parts.append(_("We lose the most families before “%(step)s”.") % {"step": way.worst.label})
    return " ".join(parts)


def _names(rows: Sequence[Told]) -> str:
    return ", ".join(str(THEMES[one.indicator.theme]).lower() for one in rows)


def _do(rows: Sequence[Told], way: Cascade | None, gap: str) -> tuple[str, ...]:
    """What to do, by rule: first what got worse, then the largest loss, then the gap; else the measures that miss their target."""
    found = [
        _("%(name)s got worse. Ask why, and decide what we will do.") % {"name": THEMES[one.indicator.theme]}
        for one in rows
        if one.verdict is Change.WORSE
    ]
    if way is not None and way.worst is not None:
        why = way.worst.reasons[0][0] if way.worst.codes else ""
        words = _("Answer the largest loss, before “%(step)s”.") % {"step": way.worst.label}
        found.append(words + (" " + _("Reason given most: %(why)s.") % {"why": why} if why else ""))
    if gap:
        found.append(_("Ask who was offered a plan, and by whom. Families are not treated alike."))
    late = [
        one
        for one in rows
        if one.aimed.target is not None and one.value and one.verdict is not Change.WORSE and not _there(one)
    ]  # fmt: skip
    found += [_late(one) for one in late]
    bare = [str(THEMES[one.indicator.theme]).lower() for one in rows if one.aimed.target is None]
    if bare:
        found.append(_("Agree on a target for: %(names)s.") % {"names": ", ".join(bare)})
    return tuple(found)


def _late(one: Told) -> str:
    """What to do about a measure that is not at its target: hold the review that is late, decide where nothing was, else keep on."""
    words = {"name": THEMES[one.indicator.theme]}
    if one.review_late:
        return _("%(name)s is not yet at its target, and its review is late. Hold it.") % words
    if not one.aimed.decisions:
        return _("%(name)s is not yet at its target, and nothing is decided. Decide what we will do.") % words
    return _("%(name)s is not yet at its target. Keep on with what was decided.") % words


def _there(one: Told) -> bool:
    assert one.value is not None
    assert one.aimed.target is not None
    return one.value.value >= one.aimed.target if one.indicator.goal == "UP" else one.value.value <= one.aimed.target


def _fair(book: Book, indicators: Mapping[str, Indicator], groups: Sequence[Seen]) -> tuple[Mapping[str, Any] | None, str]:
    """The table by race (else the next stratum that has groups), and the widest gap that is more than chance."""
    indicator = indicators.get(FAIR)
    now = current(indicator, book.years(FAIR)) if indicator else None
    if indicator is None or now is None:
        return None, ""
    here = [one for one in groups if one.indicator == FAIR and one.period == now.period and one.variant == indicator.measure.variant]
    tables = [stratum(indicator, rows, by=by) for by in GROUPED if (rows := [one for one in here if one.by == by])]
    sure = [(one, table) for table in tables if table["key"] != "county" for one in table["gaps"] if one["sure"]]
    widest = max(sure, key=lambda pair: float(pair[0]["size"]), default=None)
    if not tables:
        return None, ""
    shown = widest[1] if widest else tables[0]
    said = _("Plans by %(what)s. %(gap)s") % {"what": stratum_words(shown["key"]).lower(), "gap": widest[0]["words"]} if widest else ""
    return {**shown, "of": stratum_words(shown["key"])}, said
