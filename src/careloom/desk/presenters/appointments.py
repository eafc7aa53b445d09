"""Appointments in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.desk.pages.appointments import AppointmentsPage
from careloom.desk.presenters import days
from careloom.messages.models import Appointment


@dataclass(frozen=True, kw_only=True)
class AppointmentLine:
    """When, what, where, what became of it, and the posts that say so."""

    id: str
    iso: str
    when: str
    what: str
    place: str
    state: str
    posts: tuple[tuple[str, str], ...]
    clash: str = ""


def shown(page: AppointmentsPage) -> dict[str, Any]:
    """What is ahead and what was."""
    return {"ahead": [_line(row, page, past=False) for row in page.ahead], "past": [_line(row, page, past=True) for row in page.past]}


def _line(row: Appointment, page: AppointmentsPage, *, past: bool) -> AppointmentLine:
    local = row.starts_at.astimezone(page.head.zone)
    states = {"KEPT": _("Kept"), "MISSED": _("Did not happen"), "MOVED": _("Moved")}
    posts: tuple[tuple[str, str], ...] = ()
    if row.pk in page.mine and row.state == "PLANNED" and page.head.may_write:
        posts = (("KEPT", _("It was kept")), ("MISSED", _("It did not happen"))) if past else (("CANCELLED", _("Call it off")),)
    return AppointmentLine(
        id=str(row.pk), iso=local.isoformat(), when=f"{date_format(local, 'D, M j')}, {days.hour(row.starts_at, zone=page.head.zone)}",
        what=row.title, place=row.place, state=str(states.get(row.state, "")), posts=posts,
        clash=_("Another appointment is at the same time.") if row.pk in page.together else "",
    )  # fmt: skip
