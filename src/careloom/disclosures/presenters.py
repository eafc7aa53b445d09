"""Requests, what was given, and answers of the kernel in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.consents.presenters.words import agency_name
from careloom.disclosures import words
from careloom.disclosures.models import AskedRecord, Given, RecordRequest
from careloom.disclosures.weighing import Answer
from careloom.infra import clock
from careloom.infra.ui.components import Fact, Facts, ListRow, Status


def asked_lines(rows: Iterable[Any], *, agencies: Mapping[UUID, Agency], own: Agency, today: date) -> list[ListRow]:
    """What was asked of others. INVARIANT: until something is released, the line depends on the calendar alone."""
    return [_asked(row, agencies=agencies, own=own, today=today) for row in rows]


def _asked(row: AskedRecord, *, agencies: Mapping[UUID, Agency], own: Agency, today: date) -> ListRow:
    if row.given_id is not None:
        stands, url = Status(words=_("Released to you"), tone="done", icon="check"), reverse("disclosures:paper", args=[row.given_id])
        note = ""
    elif today <= row.answer_by:
        stands, url, note = Status(words=_("Sent"), tone="wait", icon="schedule"), "", _("An answer comes by %(day)s, if one may be given.")
        note %= {"day": date_format(row.answer_by)}
    else:
        stands, url = Status(words=_("No answer came")), ""
        note = _("There may be nothing to give, or it may not be given. Neither is said.")
    agency = agencies.get(row.asked_agency_id)
    return ListRow(
        head=capfirst(words.parts(row.categories)), who=agency.name_outside if agency else "",
        when=date_format(row.asked_at.astimezone(clock.zone(own.zone))), status=stands, url=url, note=note,
    )  # fmt: skip


def given_lines(rows: Iterable[Any], *, agencies: Mapping[UUID, Agency], own: Agency) -> list[ListRow]:
    """What was given by hand or on paper."""
    return [_given(row, agencies=agencies, own=own) for row in rows]


def _given(row: Given, *, agencies: Mapping[UUID, Agency], own: Agency) -> ListRow:
    by = "" if row.holder_id == own.pk else _("By %(name)s") % {"name": agency_name(agencies.get(row.holder_id), own_id=own.pk)}
    return ListRow(
        head=capfirst(words.parts(row.categories)), who=row.to_name, when=date_format(row.given_at.astimezone(clock.zone(own.zone))),
        status=permitted_mark(row), url=reverse("disclosures:given", args=[row.pk]) if row.holder_id == own.pk else "",
        note=", ".join(part for part in (words.code(row.how, among=words.HOW), by) if part),
    )  # fmt: skip


def permitted_mark(row: Given) -> Status:
    """Whether the law permitted it."""
    if row.permitted:
        return Status(words=_("Permitted"), tone="done", icon="check")
    return Status(words=_("Not permitted"), tone="late", icon="warning")


def request_lines(rows: Iterable[Any], *, own: Agency, today: date) -> list[ListRow]:
    """The requests to an agency."""
    return [_request(row, own=own, today=today) for row in rows]


def _request(row: RecordRequest, *, own: Agency, today: date) -> ListRow:
    late = row.is_open and row.answer_by < today
    due = _("Answer by %(day)s") % {"day": date_format(row.answer_by)} if row.is_open else ""
    return ListRow(
        head=f"{row.asker_name}: {words.parts(row.categories)}", who=row.about_name,
        when=date_format(row.received_at.astimezone(clock.zone(own.zone))), status=Status(words=_("Late"), tone="late") if late else state_mark(row),
        url=reverse("disclosures:request", args=[row.pk]), note=due,
    )  # fmt: skip


def state_mark(row: RecordRequest) -> Status:
    """Where a request stands in the holder's book."""
    label, tone, icon = words.STATES[row.state]
    return Status(words=str(label), tone=tone, icon=icon)  # type: ignore[arg-type]


def request_facts(row: RecordRequest, *, own: Agency) -> Facts:
    """What a request says."""
    came = _("%(day)s, %(how)s") % {
        "day": date_format(row.received_at.astimezone(clock.zone(own.zone))), "how": words.code(row.came_by, among=words.HOW),
    }  # fmt: skip
    told = [
        Fact(label=_("Who asks"), value=row.asker_name, note=_kind(row.asker_kind, agency_id=row.asker_agency_id)),
        Fact(label=_("Whom they mean"), value=row.about_name, note=date_format(row.about_born_on) if row.about_born_on else ""),
        Fact(label=_("What for"), value=words.code(row.purpose, among=words.PURPOSES)),
        Fact(label=_("Came"), value=came),
        Fact(label=_("Answer by"), value=date_format(row.answer_by)),
    ]
    return Facts(items=tuple(told))


def _kind(code: str, *, agency_id: UUID | None) -> str:
    """What kind of office it is, of one that has no place here. INVARIANT: an agency is known by its outward name alone.

    That a treatment program asks about somebody says that she is its patient (42 CFR 2.13(c)); the kind of all others is left out too, so that
    its lack tells nothing.
    """
    return "" if agency_id else words.code(code, among=words.KINDS)


def given_facts(row: Given, *, own: Agency) -> Facts:
    """What a row of the accounting says (45 CFR 164.528(b)(2))."""
    when = _("%(day)s, %(how)s") % {
        "day": date_format(row.given_at.astimezone(clock.zone(own.zone))), "how": words.code(row.how, among=words.HOW),
    }  # fmt: skip
    told = [
        Fact(label=_("To whom"), value=row.to_name, note=row.to_address or _kind(row.to_kind, agency_id=row.to_agency_id)),
        Fact(label=_("When"), value=when),
        Fact(label=_("What"), value=capfirst(words.parts(row.categories))),
        Fact(label=_("What for"), value=words.code(row.purpose, among=words.PURPOSES)),
        Fact(label=_("On which paper"), value=row.papers),
    ]
    return Facts(items=tuple(fact for fact in told if fact.value))


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """One answer of the kernel as the check shows it."""

    part: str
    came: str
    status: Status
    sentences: tuple[str, ...]
    authority: str
    duties: tuple[str, ...]
    needs: tuple[str, ...]
    review: bool


def weighed(answers: Iterable[Answer]) -> list[Weighed]:
    """The kernel's answers, one for each part that is held."""
    return [_weighed(answer) for answer in answers]


def _weighed(answer: Answer) -> Weighed:
    yes, no = Status(words=_("Permitted"), tone="done", icon="check"), Status(words=_("Not permitted"), tone="late", icon="lock")
    return Weighed(
        part=capfirst(words.parts([answer.category])), came=words.code(answer.provenance, among=words.PROVENANCES),
        status=yes if answer.permitted else no, sentences=tuple(str(text) for text in answer.sentences[:4]), authority="; ".join(answer.basis[:6]),
        duties=tuple(words.duty(code) for code in answer.duties) if answer.permitted else (),
        needs=() if answer.permitted else tuple(words.code(code, among=words.NEEDS) for code in answer.needs), review=answer.review_needed,
    )  # fmt: skip


def way_choices(answers: Iterable[Answer]) -> list[tuple[str, str]]:
    """The parts that may leave, for the form: only what is permitted."""
    return [
        (answer.way, f"{capfirst(words.parts([answer.category]))} ({words.code(answer.provenance, among=words.PROVENANCES)})")
        for answer in answers if answer.permitted
    ]  # fmt: skip
