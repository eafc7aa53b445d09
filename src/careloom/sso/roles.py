"""Which roles the groups of a provider give a member of an agency."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from careloom.agencies.actions import Refused, change_membership
from careloom.agencies.models import Membership
from careloom.agencies.roles import Role, fits
from careloom.infra.access import System, acting_as, system
from careloom.infra.answers import said

MOST_GROUPS: Final = 100
BY_HAND: Final = frozenset({Role.AGENCY_ADMIN, Role.PRIVACY_OFFICER, Role.STATE_LEAD})
"""Roles that no group gives or takes: who holds them is decided by a person here."""
Pairs = frozenset[tuple[str, str]]
"""Groups, each with a role that it gives."""


def roles_by_group(kind: str) -> tuple[Role, ...]:
    """The roles that a group may give in an agency of this kind."""
    return tuple(role for role in Role if role not in BY_HAND and fits(role, kind))


def tidy(pairs: Collection[tuple[str, str]], *, kind: str) -> Pairs | None:
    """The pairs as they are kept; None where they are too many or name a role that no group gives in an agency of this kind."""
    wanted = frozenset((said(group, most=200), role) for group, role in pairs if group.strip())
    allowed = {role.value for role in roles_by_group(kind)}
    return wanted if len(wanted) <= MOST_GROUPS and {role for _, role in wanted} <= allowed else None


def give_roles(membership: Membership, *, pairs: Pairs, groups: Collection[str], at: datetime) -> bool:
    """Give a member the roles of her groups, where groups decide (`pairs` is not empty); False where none would be left."""
    if not pairs:
        return True
    by_hand = [role for role in membership.roles if role in BY_HAND]
    by_group = sorted({role for group, role in pairs if group in groups} - set(by_hand))
    wanted = [*by_hand, *by_group]
    if not wanted or set(wanted) == set(membership.roles):
        return bool(wanted)
    job = system(System.JOB, holder_id=membership.agency_id)
    with acting_as(job):
        done = change_membership(
            membership_id=membership.pk, roles=wanted, title=membership.title, supervisor_id=membership.supervisor_id, by=job, at=at
        )  # fmt: skip
    return not isinstance(done, Refused)
