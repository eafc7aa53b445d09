"""The register of court orders in words: a list, one order with what it opened or lacks, and why the rest stays shut."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careloom.agencies.models import Agency
from careloom.consents.court import ENDINGS, GROUNDS, MATTERS, PURPOSES, not_said, paper_of
from careloom.consents.forms.orders import WORDS
from careloom.consents.models import CourtOrder
from careloom.consents.pages.orders import OneOrder, Orders
from careloom.consents.presenters import words
from careloom.consents.presenters.sees import FAR
from careloom.infra.access.models import Grant
from careloom.infra.ui.components import Fact, Facts, Status
from careloom.kernel.disclosure.reasons import Spoken

STATES: dict[str, tuple[Any, str, str]] = {
    "OPENS": (gettext_lazy("In force"), "done", "check"),
    "SHUT": (gettext_lazy("Opens nothing"), "wait", ""),
    "RUN_OUT": (gettext_lazy("Its day is over"), "", ""),
    "ENDED": (gettext_lazy("Ended"), "", ""),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One order in the list."""

    name: str
    what: str
    court: str
    days: str
    url: str
    status: Status


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What one recipient may read because of the order: which kinds of record, for what, until when."""

    to: str
    what: str
    why: str
    until: str
    review_needed: bool


@dataclass(frozen=True, kw_only=True)
class Shut:
    """Kinds of record that stay shut to one recipient, with each reason and its text."""

    to: str
    what: str
    reasons: tuple[tuple[str, str], ...]


def lines(page: Orders) -> list[Line]:
    """The orders of a page."""
    found = []
    for row in page.rows:
        person = page.people.get(row.identity_id)
        state = "OPENS" if row.pk in page.opens else "SHUT"
        ended = row.ended_at is not None
        state = "ENDED" if ended else "RUN_OUT" if row.expires_on and row.expires_on < page.today else state
        found.append(
            Line(
                name=(person.preferred_name or person.given_name) if person else "", what=kind(row), court=row.court, days=_days(row),
                url=reverse("consents:order", args=[row.pk]), status=_mark(state),
            )
        )  # fmt: skip
    return found


def mark(page: OneOrder) -> Status:
    """Where the order stands."""
    if page.row.ended_at is not None:
        return _mark("ENDED")
    return _mark("RUN_OUT" if page.has_run_out else "OPENS" if page.grants else "SHUT")


def kind(row: CourtOrder) -> str:
    """What kind of paper it is, and what it is about where that is known."""
    paper = paper_of(row.kind)
    label = str(paper.label) if paper else _("A court’s paper")
    return _("%(what)s: %(matter)s") % {"what": label, "matter": str(MATTERS[row.matter])} if row.matter in MATTERS else label


def opened(page: OneOrder) -> list[Opened]:
    """What it opens now, one line for each recipient and period."""
    heaps: dict[tuple[UUID, Any, tuple[str, ...]], list[Grant]] = {}
    for grant in page.grants:
        heaps.setdefault((grant.recipient_id, grant.valid_to, tuple(grant.purposes)), []).append(grant)
    return [
        Opened(
            to=_name(page.agencies.get(recipient)), what=words.listed(record(g.category) for g in grants), why=purposes(why),
            until=words.day(page.row.expires_on) if until.year < FAR else _("until somebody ends it here"),
            review_needed=any(g.review_needed for g in grants),
        )
        for (recipient, until, why), grants in heaps.items()
    ]  # fmt: skip


def missing(page: OneOrder) -> list[tuple[str, str]]:
    """What the paper does not say although the law wants it, each with its text."""
    row = page.row
    return [(str(asks), citation) for asks, citation in not_said(kind=row.kind, findings=row.findings, scope=row.scope, ground=row.ground_2_63)]


def unheld(page: OneOrder) -> str:
    """What it permits of which the agency has nothing now; it opens when something comes."""
    permitted = [one.category for one in page.reach if one.permits]
    return words.listed(record(code) for code in dict.fromkeys(permitted) if code not in page.held)


def shut(page: OneOrder) -> list[Shut]:
    """What stays shut although the order lists it, and why; kinds with the same reasons stand together."""
    heaps: dict[tuple[UUID, tuple[Spoken, ...]], list[str]] = {}
    for one in page.reach:
        if not one.permits:
            heaps.setdefault((one.recipient_id, one.reasons), []).append(one.category)
    return [
        Shut(
            to=_name(page.agencies.get(recipient)), what=words.listed(record(code) for code in codes),
            reasons=tuple((reason.sentence, reason.citations[0]) for reason in reasons),
        )
        for (recipient, reasons), codes in heaps.items()
    ]  # fmt: skip


def by_hand(page: OneOrder) -> str:
    """Whom it names who has no place here: they get it on paper."""
    return words.listed(page.row.recipient_names)


def compels(page: OneOrder) -> bool:
    """Whether a subpoena or another mandate came with it (42 CFR 2.61(a))."""
    return "accompanying_subpoena" in page.row.findings


def facts(page: OneOrder) -> Facts:
    """What the paper says."""
    row = page.row
    about = words.listed((p.preferred_name or p.given_name) for pk, p in page.people.items() if pk in row.subject_ids)
    named = words.listed([*(_name(page.agencies.get(pk)) for pk in row.recipient_ids), *row.recipient_names])
    ended = _("%(day)s: %(why)s") % {"day": words.day(row.ended_at), "why": str(ENDINGS.get(row.ended_because, ""))} if row.ended_at else ""
    told = [
        Fact(label=_("Kind of paper"), value=kind(row), note=str(paper.citation) if (paper := paper_of(row.kind)) else ""),
        Fact(label=_("Court"), value=row.court, note=row.docket),
        Fact(label=_("Day on the paper"), value=words.day(row.issued_on)),
        Fact(label=_("Holds until"), value=words.day(row.expires_on) or _("No day is named")),
        Fact(label=_("Whose records"), value=about or _("People whose names you may not see")),
        Fact(label=_("Who may receive them"), value=named),
        Fact(label=_("What it lists"), value=words.listed(record(code) for code in row.scope)),
        Fact(label=_("What it may be used for"), value=purposes(row.purposes)),
        Fact(label=_("Why what she said in confidence may be opened"), value=str(GROUNDS.get(row.ground_2_63, "")), note="42 CFR 2.63"),
        Fact(label=_("Written down"), value=words.day(row.recorded_at), note=page.recorded_by),
        Fact(label=_("Ended"), value=ended),
    ]
    return Facts(items=tuple(fact for fact in told if fact.value))


def given(page: OneOrder) -> list[tuple[str, str, str]]:
    """What was read under it: when, who, what."""
    return [(words.day(row.hour), _name(page.agencies.get(row.recipient_id)), record(row.category)) for row in page.given]


def record(code: str) -> str:
    """One kind of record in words."""
    return str(WORDS.get(code, _("a part of her record")))


def purposes(codes: Iterable[str]) -> str:
    """What it may be used for, in words."""
    return words.listed(str(PURPOSES.get(code, _("another reason that the paper names"))) for code in codes)


def _days(row: CourtOrder) -> str:
    issued = words.day(row.issued_on)
    return _("%(issued)s to %(end)s") % {"issued": issued, "end": words.day(row.expires_on)} if row.expires_on else issued


def _name(agency: Agency | None) -> str:
    return agency.name_outside if agency else _("An agency that is gone")


def _mark(state: str) -> Status:
    label, tone, icon = STATES[state]
    return Status(words=str(label), tone=tone, icon=icon)  # type: ignore[arg-type]
