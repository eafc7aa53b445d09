"""Who may write what in a collaborative, from how somebody stands to it; each room asks here."""

from __future__ import annotations

from careloom.kernel.partnership import Tier
from careloom.partnership.models import Body
from careloom.partnership.standing import Standing


def works(standing: Standing) -> bool:
    """Members of any body write what work groups find."""
    return standing.runs or bool(standing.sits_in)


def steers(standing: Standing) -> bool:
    """Members of the core team and of oversight write what lasts and what is aimed at. One query for who does not run the collaborative."""
    tiers = (Tier.CORE, Tier.OVERSIGHT)
    return standing.runs or Body.objects.filter(pk__in=standing.sits_in, tier__in=tiers, ends_on=None).exists()
