"""The dashboard: what is better, what is worse, and every indicator by theme with its sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.infra.ui.components import Link, Measures
from careloom.kernel.indicators.comparing import Change
from careloom.kernel.indicators.definition import Goal, Indicator, Theme
from careloom.outcomes.presenters import sentences
from careloom.outcomes.presenters.labels import FIVE, THEMES
from careloom.outcomes.presenters.newest import later_words, year_words
from careloom.outcomes.presenters.rows import Told, by_theme, measure, told
from careloom.outcomes.presenters.sentences import number
from careloom.outcomes.queries.aimed import NOTHING, Aimed
from careloom.outcomes.queries.numbers import Book

FIRST = 2  # measures of a theme in which nothing stands out


@dataclass(frozen=True, kw_only=True)
class Section:
    """One theme with its rows: those to look at first, and the others."""

    key: str
    title: str
    measures: Measures | None
    more: Measures | None
    is_r: bool


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """What stands on the page: the first sentence, what changed in words with links, the sections, and what stands for nothing yet."""

    lede: str
    better: tuple[Told, ...]
    worse: tuple[Told, ...]
    sections: tuple[Section, ...]
    silent: tuple[Indicator, ...]


def dashboard(book: Book, indicators: Mapping[str, Indicator], aims: Mapping[str, Aimed], *, do: Mapping[str, Link]) -> Dashboard:
    """The dashboard of a book. `do` has a next step for some indicators (a barrier that answers it)."""
    every = {code: told(one, book, aims.get(code, NOTHING)) for code, one in indicators.items()}
    speaking = {code: one for code, one in every.items() if one.years}
    sections = tuple(
        _section(theme, found, do)
        for theme, rows in by_theme(indicators).items()
        if (found := [speaking[row.code] for row in rows if row.code in speaking])
    )
    return Dashboard(
        lede=lede(list(speaking.values())),
        better=tuple(one for one in speaking.values() if one.verdict is Change.BETTER),
        worse=tuple(one for one in speaking.values() if one.verdict is Change.WORSE),
        sections=sections,
        silent=tuple(one.indicator for one in every.values() if not one.years),
    )


def _section(theme: Theme, found: Sequence[Told], do: Mapping[str, Link]) -> Section:
    """A theme: first what is foremost, aimed at, decided on or followed and what surely changed, or else its first; the rest behind a line."""

    def drawn(rows: Sequence[Told]) -> Measures | None:
        each = tuple(measure(one, url=_url(one), lines=lines(one, do.get(one.indicator.code))) for one in rows)
        return Measures(rows=each) if each else None

    first = [one for one in found if _stands_out(one) or one.indicator.code in do] or list(found[:FIRST])
    rest = [one for one in found if one not in first]
    if len(rest) <= 1:
        first, rest = list(found), []
    return Section(key=theme.value.lower(), title=str(THEMES[theme]), is_r=theme in FIVE, measures=drawn(first), more=drawn(rest))


def _stands_out(one: Told) -> bool:
    aimed, moved = one.aimed, one.verdict in (Change.BETTER, Change.WORSE)
    return one.indicator.foremost or moved or aimed.target is not None or bool(aimed.decisions or aimed.priority)


def lede(rows: Sequence[Told]) -> str:
    """How many measures are better, worse, or moved within chance since the start."""
    judged = [one.verdict for one in rows if one.start is not None and one.verdict in (Change.BETTER, Change.WORSE, Change.CHANCE)]
    if not judged:
        return _("Too early to say what changed: there is nothing yet to compare with.")
    better, worse, chance = (judged.count(kind) for kind in (Change.BETTER, Change.WORSE, Change.CHANCE))
    parts = [better_words(better, len(judged))]
    if worse:
        parts.append(ngettext("%(n)s is worse.", "%(n)s are worse.", worse) % {"n": worse})
    if chance:
        parts.append(ngettext("%(n)s did not move by more than chance.", "%(n)s did not move by more than chance.", chance) % {"n": chance})
    return " ".join(parts)


def better_words(better: int, of: int) -> str:
    """How many of so many measures are surely better."""
    if not better:
        return _("None of %(all)s measures is better than at the start by more than chance.") % {"all": of}
    words = ngettext("%(n)s of %(all)s measures is better than at the start.", "%(n)s of %(all)s measures are better than at the start.", better)
    return words % {"n": better, "all": of}


def lines(one: Told, do: Link | None) -> tuple[tuple[str, Link | None], ...]:
    """What stands under the sentence: who else it is, oversight's priority and decisions, and what to do next."""
    aimed, found = one.aimed, list[tuple[str, Link | None]]()
    if one.now is not None and one.now.unripe and not one.now.hidden and one.now.counted:
        found.append((_("For %(n)s more it is too early to say.") % {"n": number(one.now.unripe)}, None))
    found += [(words, None) for words in later_words(one)]
    found += [(words, None) for words in about_start(one)]
    if not aimed.is_final:
        found.append((_("The target is not final yet."), None))
    if aimed.priority:
        found.append((_("A priority of oversight: %(what)s.") % {"what": aimed.priority}, None))
    found += [(_("Decided: %(what)s") % {"what": words}, None) for words in aimed.decisions]
    found.append(next_step(one, do))
    return tuple(found)


def about_start(one: Told) -> tuple[str, ...]:
    """What one must know of the start: that it was agreed from elsewhere, or that years of this figure are not compared."""
    if one.agreed_apart and one.aimed.baseline is not None:
        origin = "; ".join(filter(None, (one.aimed.baseline_period, one.aimed.baseline_source.rstrip("."))))
        start = sentences.in_time(sentences.agreed_line(one.indicator, one.aimed.baseline), origin)
        return (_("The agreed start was counted elsewhere: %(start)s.") % {"start": start},)
    if one.indicator.so_far and one.value is not None:
        return (_("Counted until the data end: earlier years had longer, so years are not compared."),)
    return ()


def next_step(one: Told, do: Link | None) -> tuple[str, Link | None]:
    """What to do next, by rule: act on what got worse, set an aim where there is none, wait where it is too early, else keep on."""
    aimed = one.aimed
    to_aim = Link(label=_("See the aim"), url=reverse("commons:aim", args=aimed.place)) if aimed.place else None
    if one.verdict is Change.WORSE and not aimed.decisions:
        return _("Next: ask why, and decide what we will do."), do or to_aim
    if aimed.target is None and one.indicator.goal is Goal.KNOWN:
        return _("It is told to be known, and has no target. Read it beside the others."), to_aim
    if aimed.target is None:
        return _("Next: agree on a target."), to_aim
    if one.review_late and aimed.next_review is not None:
        return _("Next: hold the review. It was due in %(when)s.") % {"when": date_format(aimed.next_review, "F Y")}, to_aim
    if do is not None:
        return _("Next: follow what stands in the way."), do
    if one.verdict is Change.TOO_EARLY:
        return _("Next: wait for more data, and look again."), to_aim
    return _("Next: keep on, and look again at the review."), to_aim


def trust(book: Book, *, threshold: int, tribes: Sequence[str] = ()) -> tuple[str, ...]:
    """How to trust these numbers, in sentences."""
    day = date_format(book.snapshot.made_at, "F j, Y")
    return (
        _("Counts of 1 to %(most)s are hidden, and any cell that would give one away.") % {"most": threshold - 1},
        _("Nobody’s name is in the data behind this page."),
        _("Counted %(day)s. Run again, it gives the same digits.") % {"day": day},
        year_words(book),
        *(_("%(tribe)s owns its families’ numbers and publishes them itself.") % {"tribe": name} for name in tribes),
    )


def run_again(book: Book) -> list[tuple[str, Any]]:
    """How to compute it once more: the snapshot, the code, the definitions and the inputs (O14)."""
    row = book.snapshot
    return [
        (_("Snapshot"), str(row.pk)),
        (_("Data until"), date_format(row.data_until, "F j, Y")),
        (_("Engine"), row.engine),
        (_("Code"), row.code_version),
        (_("Definitions (SHA-256)"), row.definitions),
        (_("Figures (SHA-256)"), row.figures_hash),
    ]


def _url(one: Told) -> str:
    return reverse("outcomes:indicator", args=[one.indicator.code])
