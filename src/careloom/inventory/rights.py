"""Who may write what in the inventory, from how somebody stands to the collaborative."""

from __future__ import annotations

from uuid import UUID

from careloom.kernel.partnership import Tier
from careloom.partnership.models import Body, Partner, Seat
from careloom.partnership.standing import Standing


def works(standing: Standing) -> bool:
    """Members of any body write what work groups find: standards, checks, and changes that answer a gap."""
    return standing.runs or bool(standing.sits_in)


def steers(standing: Standing) -> bool:
    """Members of the core team and of oversight write what lasts, and the rule for data. One query for who does not run the collaborative."""
    tiers = (Tier.CORE, Tier.OVERSIGHT)
    return standing.runs or Body.objects.filter(pk__in=standing.sits_in, tier__in=tiers, ends_on=None).exists()


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
