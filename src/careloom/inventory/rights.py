"""Who may write what in the inventory, from how somebody stands to the collaborative."""

from __future__ import annotations

from uuid import UUID

from careloom.partnership.models import Partner, Seat
from careloom.partnership.rights import steers, works
from careloom.partnership.standing import Standing

__all__ = ["agrees_for", "partners_to_agree_for", "steers", "works"]


def agrees_for(standing: Standing, partner: Partner) -> bool:
    """Who says yes for a partner: a member who sits for it; for a partner that does not work in Careloom who runs the collaborative."""
    if partner.agency_id is None:
        return standing.runs
    if standing.worker_id is None or partner.pk not in standing.partner_ids:
        return False
    return Seat.objects.filter(partner_id=partner.pk, worker_id=standing.worker_id, left_on=None, body__ends_on=None).exists()


def partners_to_agree_for(standing: Standing, partners: list[Partner]) -> set[UUID]:
    """The partners for whom the reader may say yes. One query."""
    sits = set(Seat.objects.filter(worker_id=standing.worker_id or standing.collaborative.pk, left_on=None).values_list("partner_id", flat=True))
    return {row.pk for row in partners if (standing.runs if row.agency_id is None else row.pk in standing.partner_ids & sits)}
