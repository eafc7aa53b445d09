"""Reads of agencies, workers and memberships. Holds no family data, so these take no viewer unless they answer for one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import WHOLE_AGENCY, categories_of, permissions_of
from careloom.infra.access import PrincipalKind, Viewer
from careloom.kernel.agency_kinds import AgencyKind


def acting_membership(*, user_id: int, agency_id: str | None, at: datetime) -> Membership | None:
    """The live membership that a sign-in acts in: the chosen agency, or the only one. One query."""
    live = (
        Membership.objects.filter(worker__user_id=user_id, starts_at__lte=at, ends_at__gt=at, agency__active=True)
        .select_related("worker", "agency")
        .order_by("agency__name")
    )
    found = list(live)
    if agency_id is not None:
        return next((m for m in found if str(m.agency_id) == agency_id), None)
    return found[0] if len(found) == 1 else None


def memberships_of(*, user_id: int, at: datetime) -> list[Membership]:
    """Every live membership of a sign-in, by agency name."""
    live = Membership.objects.filter(worker__user_id=user_id, starts_at__lte=at, ends_at__gt=at, agency__active=True)
    return list(live.select_related("worker", "agency").order_by("agency__name"))


def viewer_of(membership: Membership) -> Viewer:
    """The viewer that a worker is while she acts in an agency."""
    roles = frozenset(membership.roles)
    return Viewer(
        principal_id=membership.agency_id,
        kind=PrincipalKind.AGENCY,
        purpose=AgencyKind(membership.agency.kind).purpose,
        holder_id=membership.agency_id,
        worker_id=membership.worker_id,
        whole_agency=bool(roles & {role.value for role in WHOLE_AGENCY}),
        roles=roles,
        permissions=permissions_of(roles),
        categories=categories_of(roles),
    )


def agencies_by_id(*, ids: Iterable[UUID]) -> dict[UUID, Agency]:
    """The agencies with these ids, by id. One query."""
    return {agency.pk: agency for agency in Agency.objects.filter(pk__in=set(ids))}


def workers_of(*, agency_id: UUID, at: datetime) -> list[Membership]:
    """The live members of an agency, by name."""
    live = Membership.objects.filter(agency_id=agency_id, starts_at__lte=at, ends_at__gt=at)
    return list(live.select_related("worker").order_by("worker__name"))
