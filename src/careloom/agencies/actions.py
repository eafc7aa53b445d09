"""Makes agencies and workers, and says who may do what in an agency. Each action writes its audit row in the same transaction.

A refusal is a value (`Refused`), never an exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from careloom.agencies import pins
from careloom.agencies.ending import end_sessions_of
from careloom.agencies.models import FOREVER, Agency, Membership, User, Worker
from careloom.agencies.roles import Permission, Role, fits, permissions_of
from careloom.infra.access import PrincipalKind, System, Viewer, acting_as, require, system
from careloom.infra.access.caseload import families_with
from careloom.infra.access.models import Principal
from careloom.infra.audit.actions import record
from careloom.infra.events.outbox import publish
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.events import MembershipEnded


class Reason(StrEnum):
    """Why an action of this module was refused."""

    NOT_ALLOWED = "NOT_ALLOWED"
    NO_ROLE = "NO_ROLE"
    LAST_ADMIN = "LAST_ADMIN"
    LAST_WITH_FAMILIES = "LAST_WITH_FAMILIES"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    WEAK_PIN = "WEAK_PIN"
    OWN_SUPERVISOR = "OWN_SUPERVISOR"
    ROLE_ELSEWHERE = "ROLE_ELSEWHERE"
    NO_OUTWARD_NAME = "NO_OUTWARD_NAME"
    NOT_PRIVACY_OFFICER = "NOT_PRIVACY_OFFICER"
    BEYOND_ROLE = "BEYOND_ROLE"
    NO_REASON = "NO_REASON"
    NO_CHANGE = "NO_CHANGE"


@dataclass(frozen=True, kw_only=True)
class Refused:
    """The action did nothing; `reasons` say why."""

    reasons: tuple[Reason, ...]


@transaction.atomic
def make_agency(*, name: str, kind: AgencyKind, by: Viewer, at: datetime, agency_id: UUID | None = None, **facts: Any) -> Agency | Refused:
    """Make an agency and its principal (one id for both); the same name again updates its facts.

    `facts` are fields of `Agency` (short_name, outward_name, county, is_part2_program, phone, ...). Only a system role makes agencies.
    A Part 2 program needs an outward name, which is its own where that tells nothing: others would read its name otherwise (42 CFR 2.13(c)).
    """
    require(by)
    if by.kind is not PrincipalKind.SYSTEM:
        return Refused(reasons=(Reason.NOT_ALLOWED,))
    known = Agency.objects.filter(name=name).first() or Agency(name=name)
    part2 = AgencyKind(kind) is AgencyKind.PART2_PROGRAM or facts.get("is_part2_program", known.is_part2_program)
    if part2 and not facts.get("outward_name", known.outward_name).strip():
        return Refused(reasons=(Reason.NO_OUTWARD_NAME,))
    facts = {"kind": AgencyKind(kind).value, "short_name": name[:40]} | facts
    agency, made = Agency.objects.update_or_create(name=name, defaults=facts, create_defaults=facts | ({"id": agency_id} if agency_id else {}))
    Principal.objects.get_or_create(pk=agency.pk, defaults={"kind": PrincipalKind.AGENCY.value})
    record(by=by, at=at, action="agencies.agency_made" if made else "agencies.agency_changed", object_id=agency.pk)
    return agency


@transaction.atomic
def make_worker(
    *,
    name: str,
    email: str,
    agency_id: UUID,
    roles: Iterable[str],
    by: Viewer,
    at: datetime,
    title: str = "",
    supervisor_id: UUID | None = None,
    password: str | None = None,
    pin: str = "",
    worker_id: UUID | None = None,
    **facts: Any,
) -> Membership | Refused:
    """Make a worker, her sign-in and her membership; for an e-mail that is known already only the membership is made or opened again.

    Without a password the sign-in opens by the one-time link, a passkey or OpenID Connect. `facts` are fields of `Worker` (phone, language).
    """
    require(by)
    wanted = [Role(role).value for role in dict.fromkeys(roles)]
    if not _manages(by, agency_id):
        return Refused(reasons=(Reason.NOT_ALLOWED,))
    if not wanted:
        return Refused(reasons=(Reason.NO_ROLE,))
    kind = Agency.objects.values_list("kind", flat=True).get(pk=agency_id)
    if not all(fits(role, kind) for role in wanted):
        return Refused(reasons=(Reason.ROLE_ELSEWHERE,))
    if pin and not pins.is_good(pin):
        return Refused(reasons=(Reason.WEAK_PIN,))
    worker = Worker.objects.filter(user__email=email.strip().lower()).first()
    if worker is None:
        practice = settings.CARELOOM_WORLD == "demo"
        user = User.objects.create_user(email.strip(), None if practice else password, date_joined=at)
        if practice and password:
            # One password for a hundred made-up workers is hashed once, as their PIN is.
            User.objects.filter(pk=user.pk).update(password=pins.sealed(password, practice=True))
        # Her agency vouches for the address, and the one-time link goes there; allauth allows a second factor for such an address only.
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        facts |= {"id": worker_id} if worker_id else {}
        worker = Worker.objects.create(user=user, name=name, pin_hash=pins.sealed(pin, practice=practice) if pin else "", practice=practice, **facts)
    place = {"roles": wanted, "title": title, "supervisor_id": supervisor_id, "ends_at": FOREVER}
    membership, made = Membership.objects.get_or_create(worker=worker, agency_id=agency_id, defaults=place | {"starts_at": at})
    if not made:
        again = {"starts_at": at} if membership.ends_at <= at else {}
        Membership.objects.filter(pk=membership.pk).update(**place, **again)
        membership.refresh_from_db()
    record(by=by, at=at, action="agencies.member_made", object_id=membership.pk, detail={"roles": wanted})
    return membership


@transaction.atomic
def change_membership(
    *, membership_id: UUID, roles: Iterable[str], by: Viewer, at: datetime, title: str = "", supervisor_id: UUID | None = None
) -> Membership | Refused:
    """Give a member other roles, another title or another supervisor of the same agency."""
    require(by)
    membership = _live(by, membership_id, at)
    if isinstance(membership, Refused):
        return membership
    wanted = [Role(role).value for role in dict.fromkeys(roles)]
    if not wanted:
        return Refused(reasons=(Reason.NO_ROLE,))
    if not all(fits(role, membership.agency.kind) for role in wanted):
        return Refused(reasons=(Reason.ROLE_ELSEWHERE,))
    if supervisor_id == membership.worker_id:
        return Refused(reasons=(Reason.OWN_SUPERVISOR,))
    if (
        supervisor_id
        and not Membership.objects.filter(agency_id=membership.agency_id, worker_id=supervisor_id, starts_at__lte=at, ends_at__gt=at).exists()
    ):
        return Refused(reasons=(Reason.NOT_A_MEMBER,))
    if Role.AGENCY_ADMIN not in wanted and _is_last_admin(membership, at):
        return Refused(reasons=(Reason.LAST_ADMIN,))
    if Permission.PLAN_WRITE not in permissions_of(frozenset(wanted)) and _is_last_with_families(membership, at):
        return Refused(reasons=(Reason.LAST_WITH_FAMILIES,))
    before = membership.roles
    membership.roles, membership.title, membership.supervisor_id = wanted, title, supervisor_id
    membership.save(update_fields=["roles", "title", "supervisor"])
    record(by=by, at=at, action="agencies.member_changed", object_id=membership.pk, detail={"before": before, "roles": wanted})
    return membership


@transaction.atomic
def end_membership(*, membership_id: UUID, by: Viewer, at: datetime) -> Membership | Refused:
    """End a membership now. Her next request in this agency is refused; when it was her last one, her sessions are removed too.

    Refused for the only administrator, and for the only one who could work with the families on her caseload: nobody would own them (workflows 6.2).
    """
    require(by)
    membership = _live(by, membership_id, at)
    if isinstance(membership, Refused):
        return membership
    if _is_last_admin(membership, at):
        return Refused(reasons=(Reason.LAST_ADMIN,))
    if _is_last_with_families(membership, at):
        return Refused(reasons=(Reason.LAST_WITH_FAMILIES,))
    membership.ends_at = at
    membership.save(update_fields=["ends_at"])
    elsewhere = Membership.objects.filter(worker_id=membership.worker_id, starts_at__lte=at, ends_at__gt=at).exists()
    if not elsewhere:
        end_sessions_of(user_id=membership.worker.user_id)
    record(by=by, at=at, action="agencies.member_ended", object_id=membership.pk)
    publish(MembershipEnded(agency_id=membership.agency_id, worker_id=membership.worker_id), at=at)
    return membership


@transaction.atomic
def set_pin(*, worker_id: UUID, pin: str, by: Viewer, at: datetime) -> Worker | Refused:
    """Set or change the PIN of the acting worker herself."""
    require(by)
    if by.worker_id != worker_id and by.kind is not PrincipalKind.SYSTEM:
        return Refused(reasons=(Reason.NOT_ALLOWED,))
    if not pins.is_good(pin):
        return Refused(reasons=(Reason.WEAK_PIN,))
    worker = Worker.objects.get(pk=worker_id)
    worker.pin_hash = pins.sealed(pin)
    worker.save(update_fields=["pin_hash"])
    record(by=by, at=at, action="agencies.pin_set", object_id=worker_id)
    return worker


@transaction.atomic
def change_profile(*, worker_id: UUID, name: str, phone: str, language: str, by: Viewer, at: datetime) -> Worker | Refused:
    """Change the name, phone and language of the acting worker herself."""
    require(by)
    if by.worker_id != worker_id:
        return Refused(reasons=(Reason.NOT_ALLOWED,))
    worker = Worker.objects.get(pk=worker_id)
    worker.name, worker.phone, worker.language = name, phone, language
    worker.save(update_fields=["name", "phone", "language"])
    record(by=by, at=at, action="agencies.profile_changed", object_id=worker_id)
    return worker


def _manages(by: Viewer, agency_id: UUID) -> bool:
    return by.kind is PrincipalKind.SYSTEM or (by.can(Permission.AGENCY_ADMIN) and by.holder_id == agency_id)


def _live(by: Viewer, membership_id: UUID, at: datetime) -> Membership | Refused:
    found = Membership.objects.select_related("worker", "agency").filter(pk=membership_id, starts_at__lte=at, ends_at__gt=at)
    membership = found.select_for_update(of=("self",)).first()
    if membership is None:
        return Refused(reasons=(Reason.NOT_A_MEMBER,))
    return membership if _manages(by, membership.agency_id) else Refused(reasons=(Reason.NOT_ALLOWED,))


def _is_last_admin(membership: Membership, at: datetime) -> bool:
    if Role.AGENCY_ADMIN not in membership.roles:
        return False
    admins = Membership.objects.filter(
        agency_id=membership.agency_id, roles__contains=[Role.AGENCY_ADMIN.value], starts_at__lte=at, ends_at__gt=at
    ).select_for_update()
    return not any(other.pk != membership.pk for other in admins)


def _is_last_with_families(membership: Membership, at: datetime) -> bool:
    """Whether she works with families and nobody else in the agency may write in their plans."""
    others = Membership.objects.filter(agency_id=membership.agency_id, starts_at__lte=at, ends_at__gt=at).exclude(pk=membership.pk)
    if any(Permission.PLAN_WRITE in permissions_of(frozenset(other.roles)) for other in others.select_for_update()):
        return False
    job = system(System.JOB, holder_id=membership.agency_id)
    with acting_as(job):
        return bool(families_with(by=job, worker_id=membership.worker_id, at=at))
