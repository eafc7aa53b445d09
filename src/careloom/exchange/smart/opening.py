"""Takes what an EHR gave into the hospital's own records and starts the notification of that birth. Taking it again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from careloom.agencies.queries import part2_program_names
from careloom.exchange.families.importing import Read, Refused, read_files, write
from careloom.exchange.models import Ehr
from careloom.exchange.smart.gathering import Gathered
from careloom.infra.access import Viewer, require
from careloom.infra.audit.actions import record
from careloom.notifications.actions import start_notification
from careloom.people.matching.entry import note_alike
from careloom.people.queries import records_of


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The notification that is there now, what was read with where each fact came from, and whether the notification was there before."""

    notification_id: UUID
    identities: tuple[UUID, ...]
    read: Read
    was_there: bool
    alike: bool


def open_from(*, by: Viewer, at: datetime, ehr: Ehr, gathered: Gathered, pack: str) -> Opened | Refused:
    """Read what was gathered like files of the same content, write it, and start the notification; or refuse it whole with each problem."""
    require(by)
    read = read_files(mother=gathered.mother, infants=gathered.infants, part2_programs=tuple(part2_program_names()))
    return read if isinstance(read, Refused) else _write(by, at=at, ehr=ehr, read=read, pack=pack)


@transaction.atomic
def _write(by: Viewer, *, at: datetime, ehr: Ehr, read: Read, pack: str) -> Opened:
    done = write(by=by, at=at, read=read)
    mother_id = done.mother_id
    if mother_id is None:
        raise ValueError("An opening reads a mother, always.")
    people = [mother_id, *done.infant_ids]
    alike = bool(note_alike(by=by, at=at, record_ids=[row.pk for row in records_of(viewer=by, identity_ids=people)]))
    key = uuid4().hex
    row = start_notification(by=by, at=at, mother_id=mother_id, birth_ids=list(done.birth_ids), pack=pack, request_key=key)
    record(by=by, at=at, action="exchange.ehr_opened", identity_id=mother_id, object_id=row.pk, detail={"ehr": str(ehr.pk)})
    return Opened(notification_id=row.pk, identities=tuple(people), read=read, was_there=row.request_key != key, alike=alike)
