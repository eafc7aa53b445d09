"""The one provider of the whole installation (OpenID Connect): which of its groups give which roles in an agency, and who comes in by it.

The operator names that provider, so its word is believed in every agency; what its groups mean is said by each agency for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render

from careloom.agencies.models import Agency, User
from careloom.agencies.queries import memberships_of
from careloom.agencies.roles import Permission
from careloom.agencies.sign_in import SocialAccountAdapter
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, require, system
from careloom.infra.answers import Done, Refused
from careloom.infra.audit.actions import record
from careloom.sso.models import SharedGroup
from careloom.sso.roles import Pairs, give_roles, tidy
from careloom.sso.words import NOT_ENTERED

MOST_TEXT = 200


def shared_name() -> str:
    """The name of the installation's provider; empty where there is none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return str(apps[0]["name"]) if apps else ""


def shared_pairs(agency_id: object) -> Pairs:
    """Which of its groups give which roles in an agency."""
    return frozenset(SharedGroup.objects.filter(agency_id=agency_id).values_list("group", "role"))


@transaction.atomic
def map_shared(*, pairs: Collection[tuple[str, str]], by: Viewer, at: datetime) -> Done | Refused:
    """Say which of its groups give which roles in the agency of `by`; no pair: roles are given by hand alone. Refused: NOT_ALLOWED, GROUPS."""
    require(by)
    if not by.can(Permission.AGENCY_ADMIN) or by.worker_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    agency = Agency.objects.select_for_update().get(pk=by.holder_id)
    wanted = tidy(pairs, kind=agency.kind)
    if wanted is None:
        return Refused(codes=("GROUPS",))
    if wanted != shared_pairs(agency.pk):
        SharedGroup.objects.filter(agency=agency).delete()
        SharedGroup.objects.bulk_create([SharedGroup(agency=agency, group=group, role=role) for group, role in sorted(wanted)])
        record(by=by, at=at, action="sso.shared_groups_mapped", object_id=agency.pk, detail={"groups": len(wanted)})
    return Done(row_id=agency.pk)


def groups_told(claims: Mapping[str, Any], *, claim: str) -> frozenset[str] | None:
    """The groups that a provider told of somebody (`claims` as allauth keeps them: `userinfo`, `id_token`, or plain).

    None where it left them out because they are too many: it then names a place to ask for them (OpenID Connect Core 5.6.2), which nobody does.
    """
    parts = [one for one in (claims.get("userinfo"), claims.get("id_token"), claims) if isinstance(one, Mapping)]
    found: set[str] = set()
    for part in parts:
        told = part.get(claim)
        found.update(str(one)[:MOST_TEXT] for one in (told if isinstance(told, list) else [told]) if isinstance(one, str) and one)
    left_out = any(claim in part.get("_claim_names", {}) for part in parts if isinstance(part.get("_claim_names"), Mapping))
    return None if left_out and not found else frozenset(found)


@transaction.atomic
def take_groups(user: User, groups: frozenset[str] | None, *, at: datetime) -> str:
    """Give somebody who comes in by the provider the roles of her groups, in each of her agencies where groups decide.

    Returns why she does not come in, or nothing: GROUPS (in one of her agencies none of them gives a role), TOO_MANY (`groups` is None). Then
    nothing was changed in any agency.
    """
    for membership in memberships_of(user_id=user.pk, at=at):
        pairs = shared_pairs(membership.agency_id)
        why = "TOO_MANY" if pairs and groups is None else ""
        if not why and not give_roles(membership, pairs=pairs, groups=groups or frozenset(), at=at):
            why = "GROUPS"
        if why:
            transaction.set_rollback(True)
            return why
    return ""


class SharedProviderAdapter(SocialAccountAdapter):
    """Who comes in by the installation's provider comes in the roles of her groups."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find her as before; then her groups decide, or she does not come in."""
        super().pre_social_login(request, sociallogin)
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        user, at = sociallogin.user, clock.now()
        why = take_groups(user, groups_told(sociallogin.account.extra_data, claim=settings.CARELOOM_OIDC_GROUPS_CLAIM), at=at)
        if not why:
            return
        for membership in memberships_of(user_id=user.pk, at=at):
            job = system(System.JOB, holder_id=membership.agency_id)
            with acting_as(job):
                record(by=job, at=at, action="sso.no_group", object_id=membership.pk, detail={"code": why})
        raise ImmediateHttpResponse(render(request, "sso/not.html", {"words": NOT_ENTERED[why]}, status=403))
