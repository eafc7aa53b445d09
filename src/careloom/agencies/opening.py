"""Which kinds of record each role opens in one agency: read, change, and the history of changes.

Minimum necessary by role is the agency's own decision (45 CFR 164.514(d)(2); 42 CFR 2.13(a)). `roles.CATEGORIES` is the default and `roles.MOST`
the limit. What is decided lies on the agency, is read with each request's membership, and is tested by the database (`access.sql.MINIMUM`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from careloom.agencies.actions import Reason, Refused
from careloom.agencies.models import Agency, RoleOpening
from careloom.agencies.roles import CATEGORIES, MOST, Permission, Role, fits, opens_of
from careloom.infra.access import Viewer, require
from careloom.infra.audit.actions import record


@dataclass(frozen=True, kw_only=True)
class Opens:
    """What one role opens in an agency now. `version` is 0 while nobody has decided otherwise than the default."""

    role: Role
    version: int
    categories: frozenset[str]
    most: frozenset[str]
    default: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Somebody else decided after the form was read; nothing was written. To save `mine` after all, send it again with this `version`."""

    mine: frozenset[str]
    theirs: frozenset[str]
    version: int


def roles_of(agency: Agency) -> tuple[Role, ...]:
    """The roles of this kind of agency that open any family record."""
    return tuple(role for role in CATEGORIES if fits(role, agency.kind))


def opens(*, agency: Agency, role: Role) -> Opens:
    """What `role` opens in `agency`; no query."""
    chosen = agency.opens.get(role.value)
    return Opens(
        role=role, version=chosen["version"] if chosen else 0, categories=opens_of(role, opens=agency.opens), most=MOST[role],
        default=CATEGORIES[role],
    )  # fmt: skip


def history(*, viewer: Viewer, role: Role) -> QuerySet[RoleOpening]:
    """What was decided about `role` in the viewer's agency, newest first: a list for pages."""
    require(viewer)
    return RoleOpening.objects.filter(agency_id=viewer.holder_id, role=role.value).select_related("worker").order_by("-version")


@transaction.atomic
def change(
    *, role: Role, categories: Iterable[str], reason: str, version: int, by: Viewer, at: datetime, request_key: str
) -> RoleOpening | Conflict | Refused:
    """Let `role` open exactly `categories` in the agency of `by` from the next request on. The same `request_key` decides once.

    `version` is the one that the form was read with. `reason` is required and stands in the history.
    """
    require(by)
    if not by.can(Permission.ROLE_OPENS_EDIT) or by.worker_id is None:
        return Refused(reasons=(Reason.NOT_PRIVACY_OFFICER,))
    known = RoleOpening.objects.filter(agency_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return known
    agency = Agency.objects.select_for_update().get(pk=by.holder_id)
    wanted = frozenset(categories)
    if role not in roles_of(agency) or not wanted <= MOST[role]:
        return Refused(reasons=(Reason.BEYOND_ROLE,))
    if not reason.strip():
        return Refused(reasons=(Reason.NO_REASON,))
    now = opens(agency=agency, role=role)
    # Asked again under the lock: two presses of one button wait for each other here.
    known = RoleOpening.objects.filter(agency_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return known
    if version != now.version:
        return Conflict(mine=wanted, theirs=now.categories, version=now.version)
    if wanted == now.categories:
        return Refused(reasons=(Reason.NO_CHANGE,))
    return _keep(agency, now, wanted, reason=reason.strip(), by=by, worker_id=by.worker_id, at=at, request_key=request_key)


def _keep(
    agency: Agency, now: Opens, wanted: frozenset[str], *, reason: str, by: Viewer, worker_id: UUID, at: datetime, request_key: str
) -> RoleOpening:
    role = now.role
    made = RoleOpening.objects.create(
        agency=agency, role=role.value, version=now.version + 1, before=sorted(now.categories), categories=sorted(wanted), reason=reason[:300],
        worker_id=worker_id, at=at, request_key=request_key,
    )  # fmt: skip
    agency.opens = agency.opens | {role.value: {"version": made.version, "categories": made.categories}}
    agency.save(update_fields=["opens"])
    detail: dict[str, object] = {
        "role": role.value, "version": made.version, "added": sorted(wanted - now.categories), "taken": sorted(now.categories - wanted),
    }  # fmt: skip
    record(by=by, at=at, action="agencies.role_opens_changed", object_id=made.pk, detail=detail)
    return made
