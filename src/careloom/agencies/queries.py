"""Reads of agencies, workers and memberships. Holds no family data, so these take no viewer unless they answer for one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from careloom.agencies.models import FOREVER, Agency, Membership, Worker
from careloom.agencies.roles import WHOLE_AGENCY, Role, categories_of, fits, permissions_of
from careloom.infra.access import PrincipalKind, Viewer
from careloom.kernel.agency_kinds import AgencyKind


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a sign-in stands: who she is, the membership she acts in (None: not chosen, or none), and what is missing."""

    worker: Worker | None = None
    membership: Membership | None = None
    count: int = 0
    lacks_second_factor: bool = False
    lacks_pin: bool = False


NOBODY = Standing()


def standing(*, request: HttpRequest, at: datetime) -> Standing:
    """Where the signed-in user of `request` stands at `at`. One query, or two when she belongs to no agency."""
    user_id, chosen = request.user.pk, request.session.get("agency_id")
    found = list(_live_of(user_id, at).annotate(second=_second_factor(OuterRef("worker__user_id"))))
    if not found:
        # Nothing to protect yet, so nothing is asked of her.
        return Standing(worker=Worker.objects.filter(user_id=user_id).first())
    if chosen is None:
        membership = found[0] if len(found) == 1 else None
    else:
        membership = next((m for m in found if str(m.agency_id) == chosen), None)
    live = settings.CARELOOM_WORLD != "demo"
    return Standing(
        worker=found[0].worker,
        membership=membership,
        count=len(found),
        lacks_second_factor=live and not found[0].second and not _came_through_provider(request),
        lacks_pin=live and not found[0].worker.pin_hash,
    )


def _live_of(user_id: int, at: datetime) -> QuerySet[Membership]:
    live = Membership.objects.filter(worker__user_id=user_id, starts_at__lte=at, ends_at__gt=at, agency__active=True)
    return live.select_related("worker", "agency").order_by("agency__name")


def _second_factor(user_id: OuterRef) -> Exists:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Exists(Authenticator.objects.filter(user_id=user_id, type__in=kinds))


def _came_through_provider(request: HttpRequest) -> bool:
    """Whether the agency's own provider signed her in with a second step of its own: the one of OpenID Connect, whose duty it is, or one of SAML that
    said so."""
    records = get_authentication_records(request, request.user)
    return any(one.get("method") == "socialaccount" or (one.get("method") == "saml" and one.get("two_steps")) for one in records)


def memberships_of(*, user_id: int, at: datetime) -> list[Membership]:
    """Every live membership of a sign-in, by agency name."""
    return list(_live_of(user_id, at))


def viewer_of(membership: Membership) -> Viewer:
    """The viewer that a worker is while she acts in an agency. A role that does not fit the agency gives nothing, however it came there."""
    roles = frozenset(role for role in membership.roles if fits(role, membership.agency.kind))
    return Viewer(
        principal_id=membership.agency_id,
        kind=PrincipalKind.AGENCY,
        purpose=AgencyKind(membership.agency.kind).purpose,
        holder_id=membership.agency_id,
        worker_id=membership.worker_id,
        whole_agency=bool(roles & {role.value for role in WHOLE_AGENCY}),
        roles=roles,
        permissions=permissions_of(roles),
        categories=categories_of(roles, opens=membership.agency.opens),
    )


def agencies_by_id(*, ids: Iterable[UUID]) -> dict[UUID, Agency]:
    """The agencies with these ids, by id. One query."""
    return {agency.pk: agency for agency in Agency.objects.filter(pk__in=set(ids))}


def workers_of(*, agency_id: UUID, at: datetime) -> list[Membership]:
    """The live members of an agency, by name."""
    live = Membership.objects.filter(agency_id=agency_id, starts_at__lte=at, ends_at__gt=at)
    return list(live.select_related("worker").order_by("worker__name"))


def member(*, membership_id: UUID, agency_id: UUID) -> Membership | None:
    """One membership of an agency, live or ended, with its worker; None for another agency's."""
    found = Membership.objects.filter(pk=membership_id, agency_id=agency_id)
    return found.select_related("worker__user", "supervisor", "agency").first()


def members(*, agency_id: UUID) -> QuerySet[Membership]:
    """Every membership of an agency, the live ones first, by name: a list for pages."""
    rows = Membership.objects.filter(agency_id=agency_id).select_related("worker__user", "supervisor")
    return rows.order_by("-ends_at", "worker__name")


def practice_members(*, at: datetime) -> list[Membership]:
    """The live members who were made in a practice world, by agency and name. None in a live database."""
    live = Membership.objects.filter(worker__practice=True, starts_at__lte=at, ends_at__gt=at, agency__active=True)
    return list(live.select_related("worker", "agency").order_by("agency__name", "worker__name"))


def administrators_of(*, user_id: int) -> list[Membership]:
    """Whom a worker without a live membership may ask: administrators of the agencies that she once belonged to."""
    past = Membership.objects.filter(worker__user_id=user_id).values("agency_id")
    admins = Membership.objects.filter(agency_id__in=past, roles__contains=[Role.AGENCY_ADMIN.value], ends_at=FOREVER)
    return list(admins.select_related("worker", "agency").order_by("agency__name", "worker__name")[:20])


def part2_program_names() -> frozenset[str]:
    """The names of every Part 2 program on Careloom, as records from elsewhere would give them. One query."""
    found = Agency.objects.filter(is_part2_program=True).values_list("name", "short_name")
    return frozenset(name for pair in found for name in pair if name)
