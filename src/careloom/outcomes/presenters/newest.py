"""Which year is shown, and why a later one that is over is not: a family of figures waits for its slowest answer (decision 0016)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from careloom.infra.packs.indicators import indicators
from careloom.outcomes.presenters.labels import hidden_words
from careloom.outcomes.presenters.rows import Told
from careloom.outcomes.presenters.sentences import number
from careloom.outcomes.presenters.spoken import spoken
from careloom.outcomes.publishing.plan import shipped_plan
from careloom.outcomes.publishing.protecting import Why
from careloom.outcomes.queries.numbers import Book
from careloom.outcomes.queries.sight import Seen


def year_words(book: Book) -> str:
    """The newest year that is over in the data, and where the data end."""
    over = [one.period for rows in book.figures.values() for one in rows if one.is_year and (one.ends_on - book.snapshot.data_until).days <= 1]
    until = date_format(book.snapshot.data_until, "F j, Y")
    if not over:
        return _("No whole year is in the data, which end on %(until)s.") % {"until": until}
    words = {"year": max(over), "until": until}
    return _("The newest whole year in the data is %(year)s; the data end on %(until)s. Each figure names the year that it is of.") % words


def later_words(one: Told) -> tuple[str, ...]:
    """Why years that are over are not shown beside the newest one that is, in one sentence or two; () where there is no such year."""
    shown = one.now if one.now is not None and not one.now.hidden else None
    later = [year for year in one.years if (year.hidden or year.unripe) and (shown is None or year.starts_on > shown.starts_on)]
    if not later:
        return ()
    told = [_("The newest year shown is %(year)s.") % {"year": shown.period}] if shown else []
    return (" ".join([*told, *_because(one.indicator.code, later)]),)


def waits(code: str, years: Iterable[Seen]) -> str:
    """Why no year of an indicator is shown; "" where none is hidden."""
    return " ".join(_because(code, [one for one in years if one.hidden]))


def _because(code: str, years: Iterable[Seen]) -> list[str]:
    """One sentence for each reason, with its years."""
    by_reason: dict[str, list[Seen]] = defaultdict(list)
    for year in years:
        by_reason[year.hidden].append(year)
    return [_sentence(code, reason, found) for reason, found in reversed(by_reason.items())]


def _sentence(code: str, reason: str, years: list[Seen]) -> str:
    words = {"years": get_text_list([one.period for one in years], _("and"))}
    if not reason:
        counts = {"n": number(sum(one.unripe for one in years)), "of": number(sum(one.counted + one.unripe for one in years))}
        return _("%(years)s: for %(n)s of %(of)s it is too early to say.") % {**words, **counts}
    if reason == Why.TOO_EARLY.value:
        slowest = _slowest(code)
        if slowest:
            told = _("%(years)s: not published before “%(slowest)s” is known of everybody, for figures of the same people are told together.")
            return told % {**words, "slowest": slowest}
        return _("%(years)s: not published before every answer is known.") % words
    if reason == Why.PROTECTS_PEOPLE.value:
        return _("%(years)s: not published, since with the other figures it would tell of a few people.") % words
    return _("%(years)s: %(why)s.") % {**words, "why": hidden_words(reason).lower()}


def _slowest(code: str) -> str:
    """The title of the answer that the family of an indicator waits for."""
    plan = shipped_plan()
    family = plan.family_of(code)
    last = plan.families[family].last if family else ""
    return spoken()[last].title if last in indicators() else ""
