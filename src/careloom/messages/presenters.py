"""Threads and calendars in words, for workers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.agencies.models import Agency, Worker
from careloom.agencies.queries import agencies_by_id
from careloom.messages import words
from careloom.messages.models import Entry, Participant
from careloom.messages.models.thread import HER
from careloom.messages.queries import ThreadLine, ThreadPage


@dataclass(frozen=True, kw_only=True)
class Line:
    """A thread in a list."""

    id: UUID
    topic: str
    who: str
    when: str
    fresh: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """An entry: who wrote it, when, its words, and whether something stands beside it."""

    id: UUID
    who: str
    place: str
    when: str
    words: str
    has_paper: bool
    mine: bool
    hers: bool
    apart: bool


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody who takes part, and when they read it last or left."""

    name: str
    state: str


def when(at: datetime, *, zone: ZoneInfo) -> str:
    """March 9, 2:15 PM."""
    local = at.astimezone(zone)
    return f"{date_format(local, 'F j, Y')}, {time_format(local, 'g:i A')}"


def lines(rows: Iterable[ThreadLine], *, her: str, own: Agency, zone: ZoneInfo) -> list[Line]:
    """The threads of a family."""
    found = list(rows)
    agencies = agencies_by_id(ids={seat.party_id for row in found for seat in row.seats if seat.party_id})
    return [
        Line(
            id=row.thread.pk, topic=str(words.TOPICS.get(row.thread.topic, words.TOPICS["OTHER"])),
            who=", ".join(_name(seat, her=her, agencies=agencies) for seat in row.seats if seat.party_id != own.pk),
            when=when(row.last_at, zone=zone),
            fresh=ngettext("%(n)s new", "%(n)s new", row.unread) % {"n": row.unread} if row.unread else "",
        )
        for row in found
    ]  # fmt: skip


def said(page: ThreadPage, *, her: str, own: Agency, zone: ZoneInfo) -> list[Said]:
    """The entries of a thread."""
    agencies = agencies_by_id(ids={row.holder_id for row in page.entries})
    workers = names_of_workers(page.entries)
    return [
        Said(
            id=row.pk, who=_writer(row, her=her, workers=workers), when=when(row.written_at, zone=zone), words=row.words,
            place=agencies[row.holder_id].name_outside if row.holder_id in agencies else "", has_paper=row.pk in page.papers,
            mine=row.holder_id == own.pk, hers=row.provenance == "self_reported", apart=row.category != page.thread.category,
        )
        for row in page.entries
    ]  # fmt: skip


def seats(rows: Iterable[Participant], *, her: str, zone: ZoneInfo) -> list[Seat]:
    """Who takes part, as far as the reader may know."""
    found = list(rows)
    agencies = agencies_by_id(ids={seat.party_id for seat in found if seat.party_id})
    return [Seat(name=_name(seat, her=her, agencies=agencies), state=_state(seat, zone=zone)) for seat in found]


def names_of_workers(entries: Iterable[Entry]) -> dict[UUID, str]:
    """The names of who wrote. One query."""
    return dict(Worker.objects.filter(pk__in={row.worker_id for row in entries if row.worker_id}).values_list("pk", "name"))


def _writer(row: Entry, *, her: str, workers: Mapping[UUID, str]) -> str:
    if row.provenance == "self_reported":
        return her
    return workers.get(row.worker_id, _("Somebody")) if row.worker_id else _("Somebody")


def _name(seat: Participant, *, her: str, agencies: Mapping[UUID, Agency]) -> str:
    if seat.party == HER:
        return her
    return agencies[seat.party_id].name_outside if seat.party_id in agencies else _("Somebody")


def _state(seat: Participant, *, zone: ZoneInfo) -> str:
    if seat.left_at is not None:
        return _("Left on %(when)s") % {"when": when(seat.left_at, zone=zone)}
    return _("Read on %(when)s") % {"when": when(seat.read_at, zone=zone)} if seat.read_at else _("Has not read it yet")


def day_heads(rows: Iterable[Any], *, zone: ZoneInfo) -> list[tuple[str, Any]]:
    """Each appointment with the words of its day and hour."""
    return [(when(row.starts_at, zone=zone), row) for row in rows]
