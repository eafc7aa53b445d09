"""The admission queue in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.infra import clock
from careloom.infra.ui.components import Fact, Facts, ListRow, Status
from careloom.people.models import PersonRecord
from careloom.treatment import words
from careloom.treatment.days import interim_rule
from careloom.treatment.models import Admission


def name_in(known: Mapping[UUID, PersonRecord], identity_id: UUID) -> str:
    """What she is called, as far as the reader knows her."""
    row = known.get(identity_id)
    name = " ".join(part for part in (row.preferred_name or row.given_name, row.family_name) if part) if row else ""
    return name or _("Somebody whose name you may not see yet")


def priority(row: Admission) -> str:
    """Why she goes first; nothing else puts anybody first."""
    why = [text for is_so, text in ((row.pregnant, _("pregnant")), (row.child_welfare, _("child welfare case"))) if is_so]
    return _("Goes first: %(why)s") % {"why": ", ".join(why)} if why else ""


def queue_lines(rows: Iterable[Any], *, known: Mapping[UUID, PersonRecord], own: Agency, at: datetime) -> list[tuple[ListRow, str]]:
    """Who waits, each with the words of her priority."""
    return [(_line(row, known=known, own=own, at=at), priority(row)) for row in rows]


def _line(row: Admission, *, known: Mapping[UUID, PersonRecord], own: Agency, at: datetime) -> ListRow:
    asked = _("Asked %(day)s") % {"day": _moment(row.asked_at, own=own)}
    return ListRow(
        head=name_in(known, row.identity_id), who=words.code(row.came_by, among=words.CAME_BY), when=asked, status=interim_mark(row, at=at),
        url=reverse("treatment:admission", args=[row.pk]),
        note=_("Interim services by %(day)s") % {"day": _moment(row.interim_due_at, own=own)} if _owes_interim(row) else "",
    )  # fmt: skip


def interim_mark(row: Admission, *, at: datetime) -> Status:
    """Where she stands in the queue."""
    if row.state == "ADMITTED":
        return Status(words=_("Admitted"), tone="done", icon="check")
    if row.state == "CLOSED":
        return Status(words=_("Not admitted"))
    if row.interim_at is not None:
        return Status(words=_("Has interim services"), tone="move", icon="check")
    if row.interim_due_at is not None and row.interim_due_at < at:
        return Status(words=_("Interim services are late"), tone="late", icon="warning")
    return Status(words=_("Waits"), tone="wait", icon="schedule")


def admission_facts(row: Admission, *, own: Agency, agencies: Mapping[UUID, Agency]) -> Facts:
    """What is known of a request, with where the clock comes from."""
    rule = interim_rule(agency=own)
    law = "; ".join(rule.citations)
    checked = _("not checked by counsel") if rule.status.value == "KNOWN" else ""
    sender = agencies.get(row.from_agency_id) if row.from_agency_id else None
    facts = [
        Fact(label=_("Came"), value=words.code(row.came_by, among=words.CAME_BY), note=sender.name_outside if sender else ""),
        Fact(label=_("Asked"), value=_moment(row.asked_at, own=own)),
        Fact(label=_("Priority"), value=priority(row) or _("In the order of asking")),
    ]
    if row.interim_due_at is not None:
        note = ", ".join(text for text in (law, checked) if text)
        facts.append(Fact(label=_("Interim services by"), value=_moment(row.interim_due_at, own=own), note=note))
    if row.interim:
        facts.append(Fact(label=_("Given while waiting"), value=words.listed(row.interim, among=words.INTERIM), note=row.interim_words))
    if row.closed_because:
        facts.append(Fact(label=_("Why not"), value=words.code(row.closed_because, among=words.NOT_ADMITTED)))
    return Facts(items=tuple(facts))


def _owes_interim(row: Admission) -> bool:
    return row.interim_due_at is not None and row.interim_at is None


def _moment(at: datetime | None, *, own: Agency) -> str:
    return date_format(at.astimezone(clock.zone(own.zone)), "M j, g:i A") if at else ""
