"""A birth that a hospital's own system told: its facts go into the hospital's records, and the draft of its notification waits for a worker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from careloom.agencies.queries import part2_program_names
from careloom.exchange.families.dividing import Divided, Part, divide
from careloom.exchange.families.importing import Read, Refused, read_files, write
from careloom.infra import clock
from careloom.infra.access import Viewer, require
from careloom.notifications.actions import offer, start_notification
from careloom.people.matching.entry import note_alike
from careloom.people.queries import records_of

HEADER = 1
"""The header of a message stands before what it is about."""


def take_birth(*, by: Viewer, at: datetime, bundle: dict[str, Any], source: str, pack: str) -> UUID | Sequence[str]:
    """Take the entries of a message about one birth, whole or not at all; answers the id of its notification, or each fault with its path.

    A birth that has a notification keeps it, and what is new goes into the chart. Nobody's caseload grows: the draft is offered on Today, and
    whoever takes it gets the family with it.
    """
    require(by)
    divided = divide(bundle, source=source, today=clock.today(), first=HEADER)
    if not isinstance(divided, Divided):
        return [str(problem) for problem in divided]
    files = {part.file.name: part for part in (divided.mother, *divided.infants)}
    read = read_files(
        mother=divided.mother.file, infants=tuple(part.file for part in divided.infants), part2_programs=tuple(part2_program_names())
    )  # fmt: skip
    return _faults(read, files) if isinstance(read, Refused) else _write(by, at=at, read=read, pack=pack)


def _faults(refused: Refused, files: dict[str, Part]) -> list[str]:
    """Each once: what names nobody is read with each person."""
    return list(dict.fromkeys(files[name].as_sent(problem) for name, problem in refused.problems if problem.blocks))


@transaction.atomic
def _write(by: Viewer, *, at: datetime, read: Read, pack: str) -> UUID:
    done = write(by=by, at=at, read=read)
    if done.mother_id is None:
        raise ValueError("A birth that was told has a mother, always.")
    people = [done.mother_id, *done.infant_ids]
    note_alike(by=by, at=at, record_ids=[row.pk for row in records_of(viewer=by, identity_ids=people)])
    key = uuid4().hex
    row = start_notification(by=by, at=at, mother_id=done.mother_id, birth_ids=list(done.birth_ids), pack=pack, request_key=key)
    if row.request_key == key:
        offer(by=by, at=at, row=row)
    found: UUID = row.pk
    return found
