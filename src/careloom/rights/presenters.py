"""Requests, lists and what stands beside a record, in words for workers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.infra import clock
from careloom.infra.ui.components import Fact, Facts, ListRow, Status
from careloom.rights import words
from careloom.rights.accounting import Statement
from careloom.rights.kinds import RULES, Right
from careloom.rights.models import HeldBack, PassedOn, RightsRequest, RightsStep, StandsBeside


def request_lines(rows: Iterable[Any], *, own: Agency, today: date) -> list[ListRow]:
    """The requests to an agency."""
    return [_request(row, own=own, today=today) for row in rows]


def _request(row: RightsRequest, *, own: Agency, today: date) -> ListRow:
    due = _("Answer by %(day)s") % {"day": date_format(row.due_on)} if row.is_open else ""
    return ListRow(
        head=words.code(row.right, among=words.RIGHTS), who=row.about_name, when=_day(row.received_at, own=own), note=due,
        status=state_mark(row, today=today), url=reverse("rights:one", args=[row.pk]),
    )  # fmt: skip


def state_mark(row: RightsRequest, *, today: date) -> Status:
    """Where a request stands in the holder's book."""
    if row.is_open and row.due_on < today:
        return Status(words=_("Late"), tone="late", icon="warning")
    label, tone, icon = words.STATES[row.state]
    return Status(words=str(label), tone=tone, icon=icon)  # type: ignore[arg-type]


def request_facts(row: RightsRequest, *, own: Agency, agencies: Mapping[UUID, Agency]) -> Facts:
    """What a request says and by when the law wants an answer."""
    late = _("First %(day)s, put off once") % {"day": date_format(row.first_due_on)} if row.put_off_at else ""
    told = [
        Fact(label=_("Who asks"), value=row.about_name, note=date_format(row.about_born_on) if row.about_born_on else ""),
        Fact(label=_("Came"), value=f"{_day(row.received_at, own=own)}, {words.code(row.came_by, among=words.CAME_BY).lower()}"),
        Fact(label=_("Answer by"), value=date_format(row.due_on), note=late),
        Fact(label=_("Law"), value="; ".join(RULES[Right(row.right)].law)),
        *_asked(row, agencies=agencies),
    ]
    return Facts(items=tuple(fact for fact in told if fact.value))


def _asked(row: RightsRequest, *, agencies: Mapping[UUID, Agency]) -> list[Fact]:
    found = []
    if row.right in {Right.ACCESS, Right.AMENDMENT, Right.RESTRICTION}:
        found.append(Fact(label=_("Which parts"), value=words.parts(row.categories)))
    if row.from_on or row.to_on:
        days = {
            "first": date_format(row.from_on) if row.from_on else _("the beginning"),
            "last": date_format(row.to_on) if row.to_on else _("today"),
        }
        found.append(Fact(label=_("Days"), value=_("%(first)s to %(last)s") % days))
    if row.wants_how:
        found.append(Fact(label=_("How she wants it"), value=words.code(row.wants_how, among=words.COPIES)))
    if row.right == Right.RESTRICTION:
        agency = agencies.get(row.to_agency_id) if row.to_agency_id else None
        to = agency.name_outside if agency else words.code(row.to_kind, among=words.AGENCY_KINDS)
        found.append(Fact(label=_("Nothing to"), value=to, note=_("She paid in full herself") if row.paid_in_full else ""))
    if row.right == Right.CONFIDENTIAL:
        found += [Fact(label=_("Number to use"), value=row.use_phone), Fact(label=_("Address to use"), value=row.use_address)]
    if row.right == Right.AMENDMENT:
        told = _("Yes, those who were told before") if row.tell_others else _("No")
        found.append(Fact(label=_("May others be told"), value=told))
    return found


def step_lines(rows: Iterable[RightsStep], *, own: Agency) -> list[tuple[str, str]]:
    """What happened, with its day, oldest first."""
    return [(words.code(row.code, among=words.STEPS), _day(row.at, own=own)) for row in rows]


def statement_rows(statement: Statement) -> list[tuple[str, str, str, str, str]]:
    """The lines of a list for a table: day, receiver, what, what for, authority."""
    return [
        (
            date_format(entry.on), entry.to or _("Somebody whom a consent named"), entry.what or words.parts(entry.categories),
            words.code(entry.purpose, among=words.PURPOSES), "; ".join(entry.basis) if entry.permitted else _("The law did not permit it."),
        )
        for entry in statement.entries
    ]  # fmt: skip


def held_lines(rows: Iterable[HeldBack], *, own: Agency, agencies: Mapping[UUID, Agency]) -> list[tuple[UUID, str, str]]:
    """What is held back: its id, whose rows and on whose word, until when."""
    told = []
    for row in rows:
        agency = agencies.get(row.to_agency_id) if row.to_agency_id else None
        told.append((row.pk, f"{agency.name_outside if agency else row.to_name}: {row.said_by}", _day(row.ends_at, own=own)))
    return told


def beside_lines(rows: Iterable[StandsBeside], *, own: Agency, agencies: Mapping[UUID, Agency]) -> list[tuple[str, str, str, str]]:
    """What stands beside the record: kind, part and holder, day, text."""
    told = []
    for row in rows:
        holder = agencies.get(row.holder_id)
        part = words.parts([row.category]).capitalize()
        whose = f"{part}, {holder.name if holder and holder.pk == own.pk else holder.name_outside if holder else ''}".strip(", ")
        told.append((words.code(row.kind, among=words.BESIDE), whose, _day(row.at, own=own), row.text))
    return told


def passed_lines(rows: Iterable[Any], *, own: Agency, agencies: Mapping[UUID, Agency]) -> list[ListRow]:
    """What was passed on. INVARIANT: the line is the same whatever that agency has and does."""
    return [_passed(row, own=own, agencies=agencies) for row in rows]


def _passed(row: PassedOn, *, own: Agency, agencies: Mapping[UUID, Agency]) -> ListRow:
    agency = agencies.get(row.to_agency_id)
    return ListRow(
        head=words.code(row.right, among=words.RIGHTS), who=agency.name_outside if agency else "", when=_day(row.at, own=own),
        status=Status(words=_("Passed on")), note=_("They answer her, not you, by %(day)s.") % {"day": date_format(row.answer_by)},
    )  # fmt: skip


def _day(at: Any, *, own: Agency) -> str:
    return date_format(at.astimezone(clock.zone(own.zone)))
