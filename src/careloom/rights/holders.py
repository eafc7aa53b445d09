"""Which holders and which persons her own pages show. INVARIANT: made from what she may read, so the list tells her nothing new."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.infra.access import Viewer, require
from careloom.infra.access.models import Grant
from careloom.kernel.agency_kinds import AgencyKind


def read_by_her(*, viewer: Viewer, at: datetime) -> dict[UUID, dict[UUID, frozenset[str]]]:
    """By holder and person: the categories that she may read now. What tells of violence at home is left off a phone (ux 7.2). One query."""
    require(viewer)
    rows = Grant.objects.filter(recipient_id=viewer.principal_id, purposes__contains=["patient_access"])
    live = rows.filter(valid_from__lte=at, valid_to__gt=at)
    found: dict[UUID, dict[UUID, set[str]]] = {}
    for holder, identity, category in live.values_list("holder_id", "identity_id", "category"):
        if not category.startswith("dv."):
            found.setdefault(holder, {}).setdefault(identity, set()).add(category)
    return {holder: {identity: frozenset(held) for identity, held in people.items()} for holder, people in found.items()}


def hers_at(*, viewer: Viewer, holder_id: UUID, at: datetime) -> frozenset[UUID]:
    """Of whom she may read something at a holder: herself, infants of hers. Empty for a holder that her pages do not show."""
    return frozenset(read_by_her(viewer=viewer, at=at).get(holder_id, {}))


def holders_of(*, viewer: Viewer, at: datetime) -> list[Agency]:
    """The agencies that she may ask on her own pages, by their outward name. Two queries."""
    known = Agency.objects.filter(pk__in=list(read_by_her(viewer=viewer, at=at)), active=True).exclude(kind=AgencyKind.DV_PROGRAM)
    return sorted(known, key=lambda agency: agency.name_outside)
