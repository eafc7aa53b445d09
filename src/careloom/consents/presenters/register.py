"""The register of data clauses in words: a list, one clause with its element schedule, and what a change would begin or stop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careloom.agencies.models import Agency
from careloom.consents.actions.trials import Effect
from careloom.consents.agreements import ENDINGS, PAPER_ONLY, PURPOSES, TERM_WORDS, kind_of
from careloom.consents.court import SCOPES
from careloom.consents.forms.orders import REPORTER
from careloom.consents.models import DataClause
from careloom.consents.pages.register import Clauses, OneClause, Standing, last_day, standing_of
from careloom.consents.presenters import words
from careloom.consents.presenters.orders import record
from careloom.consents.register import DATA_SHARING
from careloom.infra.ui.components import Fact, Facts, Status
from careloom.kernel.disclosure.reasons import Spoken

STATES: dict[Standing, tuple[Any, str, str]] = {
    Standing.BEGINS: (gettext_lazy("Begins later"), "wait", "schedule"),
    Standing.IN_FORCE: (gettext_lazy("In force"), "done", "check"),
    Standing.REVIEW_DUE: (gettext_lazy("Review due soon"), "wait", "schedule"),
    Standing.OVERDUE: (gettext_lazy("Review overdue"), "late", "schedule"),
    Standing.CLOSED: (gettext_lazy("Review overdue, and closed by it"), "late", "lock"),
    Standing.RUN_OUT: (gettext_lazy("Its last day is over"), "", ""),
    Standing.ENDED: (gettext_lazy("Ended"), "", ""),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One clause in the list."""

    title: str
    kind: str
    party: str
    review: str
    url: str
    status: Status
    permits_nothing: bool


@dataclass(frozen=True, kw_only=True)
class Element:
    """One kind of record in the schedule: listed or not, and what follows from it."""

    what: str
    listed: bool
    note: str
    citation: str = ""


def lines(page: Clauses) -> list[Line]:
    """The clauses of a page."""
    return [
        Line(
            title=row.title, kind=label(row), party=_name(page.agencies.get(row.discloser_id if page.theirs else row.recipient_id)),
            review=words.day(row.review_due_on), url=reverse("consents:clause", args=[row.pk]), status=mark(standing_of(row, on=page.today)),
            permits_nothing=row.kind in PAPER_ONLY or row.kind == DATA_SHARING,
        )
        for row in page.rows
    ]  # fmt: skip


def mark(standing: Standing) -> Status:
    """Where a clause stands, as a mark."""
    said, tone, icon = STATES[standing]
    return Status(words=str(said), tone=tone, icon=icon)  # type: ignore[arg-type]


def label(row: DataClause) -> str:
    """What kind of clause it is."""
    kind = kind_of(row.kind)
    return str(kind.label) if kind else _("An agreement")


def facts(page: OneClause) -> Facts:
    """What the clause says."""
    row, kind = page.row, kind_of(page.row.kind)
    ended = _("%(day)s: %(why)s") % {"day": words.day(row.ended_at), "why": str(ENDINGS.get(row.ended_because, ""))} if row.ended_at else ""
    stops = _("What it carries stops with that day if nobody reviews it") if row.closes_when_overdue else _("It goes on also if the review is late")
    told = [
        Fact(label=_("Kind of paper"), value=label(row), note=str(kind.citation) if kind else ""),
        Fact(label=_("Who gives"), value=_name(page.agencies.get(row.discloser_id), is_own=page.is_ours)),
        Fact(label=_("Who receives"), value=_name(page.agencies.get(row.recipient_id), is_own=not page.is_ours)),
        Fact(label=_("For which service"), value=row.service),
        Fact(label=_("What it may be used for"), value=purposes(row.purposes)),
        Fact(label=_("What the paper says"), value=words.listed(str(TERM_WORDS[code]) for code in row.terms if code in TERM_WORDS)),
        Fact(label=_("First day"), value=words.day(row.starts_on)),
        Fact(label=_("Last day"), value=words.day(row.ends_on) or _("No day is named")),
        Fact(label=_("Next review"), value=words.day(row.review_due_on), note=stops if row.kind not in PAPER_ONLY else ""),
        Fact(label=_("Last reviewed"), value=words.day(row.reviewed_at)),
        Fact(label=_("Put in force"), value=words.day(row.put_at), note=page.put_by),
        Fact(label=_("Ended"), value=ended),
    ]
    return Facts(items=tuple(fact for fact in told if fact.value))


def elements(page: OneClause) -> list[tuple[str, list[Element]]]:
    """The element schedule by groups: every kind of record, listed or not. A paper that carries no data has none."""
    listed, reach = set(page.row.categories), {one.category: one for one in page.reach}
    tables = []
    for group, codes in SCOPES if page.row.kind not in PAPER_ONLY else ():
        shown = [code for code in codes if code not in REPORTER]
        rows = []
        for code in shown:
            answer = reach.get(code)
            shut = answer is not None and not answer.permits
            reason = answer.reasons[0] if shut and answer is not None and answer.reasons else None
            rows.append(Element(what=record(code), listed=code in listed, note=_note(page, code in listed, reason), citation=_cited(reason)))
        tables.append((str(group), rows))
    return tables


def _note(page: OneClause, is_listed: bool, reason: Spoken | None) -> str:
    if reason is not None:
        return _("Stays shut: %(why)s") % {"why": reason.sentence}
    if page.row.kind == DATA_SHARING:
        return _("Flows where she consents") if is_listed else _("Does not flow, also where she consents")
    return _("Opens by this paper") if is_listed else ""


def _cited(reason: Spoken | None) -> str:
    return reason.citations[0] if reason is not None else ""


def last(page: OneClause) -> str:
    """The last day on which it carries anything."""
    return words.day(last_day(page.row))


def flowing(page: OneClause) -> str:
    """Of how many people something flows because of it."""
    if page.row.kind in PAPER_ONLY:
        return _("This paper says who does what. Nothing flows because of it, and nothing stops without it.")
    if page.row.kind == DATA_SHARING:
        return _("A schedule opens nothing. It limits what a consent carries from one agency to the other.")
    if not page.flowing:
        return _("Nothing flows because of it now.")
    return ngettext("Something of %(n)s person flows because of it now.", "Something of %(n)s people flows because of it now.", page.flowing) % {
        "n": page.flowing
    }


def effect(found: Effect) -> list[str]:
    """What a change would begin and stop, in sentences."""
    said = []
    if found.stops:
        text = ngettext("Stops for %(n)s person: %(what)s.", "Stops for %(n)s people: %(what)s.", found.stops)
        said.append(text % {"n": found.stops, "what": words.listed(record(code) for code in found.stops_kinds)})
    if found.begins:
        text = ngettext("Begins to flow for %(n)s person: %(what)s.", "Begins to flow for %(n)s people: %(what)s.", found.begins)
        said.append(text % {"n": found.begins, "what": words.listed(record(code) for code in found.begins_kinds)})
    return said or [_("Nothing that flows today changes.")]


def purposes(codes: Iterable[str]) -> str:
    """What it may be used for, in words."""
    return words.listed(str(PURPOSES.get(code, _("another reason that the paper names"))) for code in codes)


def _name(agency: Agency | None, *, is_own: bool = False) -> str:
    if agency is None:
        return _("An agency that is gone")
    return agency.name if is_own else agency.name_outside
