"""A record of the hidden family that her program asked a partner's system for."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from tests.factories.agencies import an_agency, viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.exchange.models import Fetch, Source
from careloom.infra import clock
from careloom.infra.access import acting_as


def fetched_for(world: PlanWorld, *, mother: UUID) -> dict[str, list[UUID]]:
    """The asking, by the name of its address's part."""
    by, at = viewer(world.dana), clock.now()
    source = Source.objects.create(
        agency_id=world.riverbend.pk, discloser=an_agency(), name="Elsewhere", iss="https://records.test/fhir", client_id="c", made_at=at,
        request_key=a_key(),
    )  # fmt: skip
    with acting_as(by):
        row = Fetch(
            holder_id=world.riverbend.pk, identity_id=mother, category="hipaa.ob_record", source_id=source.pk, consent_id=source.pk, state="REFUSED",
            asked_by=world.dana.worker_id, asked_at=at, next_at=at, ends_at=at + timedelta(days=1), request_key=a_key(),
        )  # fmt: skip
        row.save()
    return {"fetch_id": [row.pk]}
