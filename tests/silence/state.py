"""A contact of the hidden family, and the file for the state system in which it left."""

from __future__ import annotations

from uuid import UUID

from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Done
from careloom.position.actions import Met, note_contact
from careloom.position.models import Holder
from careloom.position.state_files import make_file


def in_a_file(world: PlanWorld, *, mother: UUID) -> dict[str, list[UUID]]:
    """The contact and the file, by the names of their addresses' parts."""
    by, at = viewer(world.dana), clock.now()
    Holder.objects.create(agency_id=world.riverbend.pk, worker_id=world.dana.worker_id, starts_on=clock.today(), named_by=world.dana.worker_id)
    told = Met(at=at, kind="HOME_VISIT", place="HOME", minutes=20, took_part=True, words="Xanthippe Quillfeather was at home")
    with acting_as(by):
        contact = note_contact(by=by, at=at, identity_id=mother, met=told, request_key=a_key())
        file = make_file(by=by, at=at, request_key=a_key())
    assert isinstance(contact, Done)
    assert isinstance(file, Done)
    return {"contact_id": [contact.row_id], "state_file_id": [file.row_id]}
