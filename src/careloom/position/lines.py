"""Contacts as lines of the state system's file, by the pack's mapping. The words in it are English, whatever language the reader's pages have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from careloom.agencies.models import Agency
from careloom.agencies.queries import workers_of
from careloom.infra import clock
from careloom.infra.access import Viewer, require
from careloom.infra.access.records import FamilyRecord
from careloom.infra.packs import current_pack
from careloom.kernel.clocks import local_day
from careloom.kernel.packs.following import Said
from careloom.kernel.state_entry import Coded, Line, line_of
from careloom.people.models import PersonRecord
from careloom.people.queries import records_of
from careloom.position.models import Contact, Sent
from careloom.position.queries import entry_of, to_enter

A_FILE = 1000


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A contact as a line: the contact that it corrects at the state, if any; the cells, and what the state would refuse."""

    row: Contact
    corrects_id: UUID | None
    line: Line


@dataclass(frozen=True, kw_only=True)
class Prepare:
    """Lines with the own agency's records whose names stand in them, by person; `read` is what was looked at, for the access log."""

    lines: list[Prepared]
    people: dict[UUID, PersonRecord]

    @property
    def read(self) -> list[FamilyRecord]:
        """Every row that shows."""
        return [*(one.row for one in self.lines), *self.people.values()]


def unsent(*, viewer: Viewer) -> QuerySet[Contact]:
    """Contacts that are to be entered and in no file yet, the oldest first."""
    sent = Sent.objects.seen_by(viewer).filter(holder_id=viewer.holder_id).values("contact_id")
    return to_enter(viewer=viewer, entered=False).exclude(pk__in=sent)


def prepare(*, viewer: Viewer, at: datetime, rows: QuerySet[Contact]) -> Prepare:
    """The first thousand of `rows` as lines. Six queries, however many there are.

    A name comes from the agency's own record only: a name that another agency shares is shown to her, and is not hers to hand on.
    """
    require(viewer)
    found = list(rows[:A_FILE])
    people: dict[UUID, PersonRecord] = {}
    for person in records_of(viewer=viewer, identity_ids=[row.identity_id for row in found]):
        if person.holder_id == viewer.holder_id:
            people.setdefault(person.identity_id, person)
    own = Agency.objects.filter(pk=viewer.holder_id).first()
    workers = {m.worker_id: m.worker.name for m in workers_of(agency_id=own.pk, at=at)} if own else {}
    zone = clock.zone(own.zone if own else settings.TIME_ZONE)
    earlier = _given_before(found, viewer=viewer)
    columns, today = current_pack().following.position.columns, local_day(at=at, zone=settings.TIME_ZONE)
    position = current_pack().following.position
    lines = []
    for row in found:
        entry, local, corrects = entry_of(row, today=today), row.at.astimezone(zone), earlier.get(row.pk)
        values = {
            "KIND": _plain("CORRECTION" if corrects else "NEW"), "CONTACT_ID": str(row.pk), "CORRECTS": str(corrects or ""),
            "CONTACT_DATE": local.date(), "CONTACT_TIME": local.time().replace(second=0, microsecond=0),
            "CONTACT_TYPE": _coded(position.contact_types, row.kind), "PLACE": _coded(position.places, row.place), "MINUTES": str(row.minutes),
            "WITH": _name(people.get(row.identity_id)), "MADE": _plain("CONTACT" if row.took_part else "ATTEMPT"),
            "WORKER": workers.get(row.worker_id, ""), "WORDS": row.words, "ENTERED_ON": row.entered_on or "", "LAG_DAYS": str(entry.lag),
        }  # fmt: skip
        lines.append(Prepared(row=row, corrects_id=corrects, line=line_of(values, columns=columns)))
    return Prepare(lines=lines, people=people)


def _given_before(rows: Sequence[Contact], *, viewer: Viewer) -> dict[UUID, UUID]:
    """By contact, the latest one before it that the state was given, in a file or by hand; one that nobody gave is no matter of the state's."""
    chains = {row.pk: row.replaces_id for row in rows if row.replaces_id is not None}
    people = {row.identity_id for row in rows if row.replaces_id is not None}
    gone = {row.pk: row for row in Contact.every.seen_by(viewer).filter(identity_id__in=people, taken_back_at__isnull=False)}
    sent = set(Sent.objects.seen_by(viewer).filter(contact_id__in=list(gone)).values_list("contact_id", flat=True))
    found: dict[UUID, UUID] = {}
    for pk, before in chains.items():
        while before is not None and (row := gone.get(before)) is not None:
            if row.entered_on or row.pk in sent:
                found[pk] = row.pk
                break
            before = row.replaces_id
    return found


def _name(person: PersonRecord | None) -> str:
    parts = (person.given_name or person.preferred_name, person.family_name) if person else ()
    return " ".join(part for part in parts if part)


def _plain(code: str) -> Coded:
    return Coded(code=code, words=code.capitalize())


def _coded(said: Sequence[Said], code: str) -> Coded:
    return Coded(code=code, words=next((one.label("en") for one in said if one.code == code), code))
