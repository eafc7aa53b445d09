"""What partners add to the inventory of services."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.directory.needs import catalogue
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.inventory.facts import OfferFacts
from careloom.inventory.models import Offer
from careloom.inventory.places import places_of
from careloom.inventory.words import PAYERS, POINTS, POPULATIONS
from careloom.partnership.actions.keeping import put, row_of, today, values_of, wrong
from careloom.partnership.models import Partner
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn


@transaction.atomic
def put_offer(
    *, by: Viewer, at: datetime, collaborative_id: UUID, partner_id: UUID, facts: OfferFacts, request_key: str = "", offer_id: UUID | None = None,
    version: int = 0,
) -> Done | Refused | Stale:  # fmt: skip
    """Add a service of a partner, or change it as it stood at `version`; by the partner or who runs the collaborative (R-014, R-225).

    Refused codes: NOT_ALLOWED, NAME, NEEDS, CODES, PLACE, ROOM, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    partner, row = row_of(Partner, standing, partner_id), row_of(Offer, standing, offer_id)
    if partner is None or not standing.speaks_for(partner.pk) or (offer_id is not None and (row is None or row.partner_id != partner.pk)):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {
            "NAME": not facts.name.strip(),
            "NEEDS": not facts.needs or not set(facts.needs) <= set(catalogue().needs),
            "CODES": not (set(facts.points) <= set(POINTS) and set(facts.populations) <= set(POPULATIONS) and set(facts.payers) <= set(PAYERS)),
            "PLACE": not set(facts.places) <= set(places_of(standing.collaborative)),
            "ROOM": facts.room is not None and (facts.most is None or facts.room > facts.most),
            "LATER_DAY": facts.said_on > today(at),
        }
    )
    values = {
        **values_of(facts), "partner_id": partner.pk, "name": said(facts.name, most=120), "unit": said(facts.unit, most=40),
        "notes": said(facts.notes, most=300),
    }  # fmt: skip
    return put(Offer, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def end_offer(*, by: Viewer, at: datetime, offer_id: UUID, on: date) -> Done | Refused:
    """A service is no longer given. Its row stays. Refused codes: NOT_ALLOWED, LATER_DAY. Raises NotVisible."""
    row = Offer.objects.filter(pk=offer_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else offer_id)
    if row is None or not standing.speaks_for(row.partner_id):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(row.collaborative_id)
    row.refresh_from_db()
    if row.ends_on is not None:
        return Done(row_id=row.pk)
    if on > today(at):
        return Refused(codes=("LATER_DAY",))
    row.ends_on, row.row_version = on, row.row_version + 1
    row.save(update_fields=["ends_on", "row_version"])
    record(by=by, at=at, action="inventory.offer_ended", object_id=row.pk)
    return Done(row_id=row.pk)
