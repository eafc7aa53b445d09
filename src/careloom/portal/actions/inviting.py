"""A worker lets the mother in: her principal, her door, and a single-use link within her safe-contact rules. And starts again in person.

Source: DESIGN section 8 (portal sign-in); 42 CFR 2.23 and 45 CFR 164.524 (her access to her own records).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from careloom.consents.materialise import materialise
from careloom.infra.access import NotVisible, System, Viewer, acting_as, require, system
from careloom.infra.audit.actions import record
from careloom.messages.actions import NotSent, send
from careloom.messages.models import Message
from careloom.people.actions import add_subjects, make_person_principal
from careloom.people.queries import names_of
from careloom.plans.queries import plans_of
from careloom.portal.door import digest
from careloom.portal.models import PortalDoor, PortalLink, PortalPerson

LINK_LIVES = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Invited:
    """She has a link. `path` is shown once, for the worker who hands it over in person; empty when the same form came again.

    `message` says whether the link went out by text message, or why not.
    """

    person: PortalPerson
    path: str
    message: Message | NotSent | None


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Nothing was done: the role of this worker does not allow it."""

    because: str = "NOT_ALLOWED"


@transaction.atomic
def invite(
    *,
    by: Viewer,
    at: datetime,
    identity_id: UUID,
    language: str,
    request_key: str,
    phone: str = "",
    infant_ids: tuple[UUID, ...] = (),
    plan_id: UUID | None = None,
    by_text: bool = True,
) -> Invited | Refused:
    """Let the mother open her own pages, with a new link of 15 minutes. `infant_ids` are the infants she has custody of.

    Without `by_text` the link is only shown to the worker. Raises NotVisible for a mother of whom `by` sees no record, and where another
    agency leads her plan.
    """
    require(by)
    if not by.can("PLAN_WRITE") or by.holder_id is None:
        return Refused()
    if identity_id not in names_of(viewer=by, identity_ids=[identity_id]) or not may_invite(by=by, identity_id=identity_id):
        raise NotVisible
    person = PortalPerson.objects.filter(holder_id=by.holder_id, identity_id=identity_id).first()
    if person is None:
        person = let_in(by=by, at=at, identity_id=identity_id, language=language, phone=phone, infant_ids=infant_ids, plan_id=plan_id)
    else:
        PortalPerson.objects.filter(pk=person.pk).update(language=language, phone=phone or person.phone, plan_id=plan_id or person.plan_id)
        person.refresh_from_db()
        if infant_ids:
            add_subjects(by=by, at=at, identity_id=identity_id, subject_ids=list(infant_ids))
    materialise([identity_id, *infant_ids], at=at)
    token = new_link(by=by, at=at, person=person, request_key=request_key)
    message = send_link(by=by, at=at, person=person, token=token, request_key=request_key) if by_text and token else None
    return Invited(person=person, path=reverse("portal:link", args=[token]) if token else "", message=message)


def may_invite(*, by: Viewer, identity_id: UUID) -> bool:
    """Whether the agency of `by` leads or keeps her plan.

    INVARIANT: an agency that only reads what she shared makes no door of hers: behind it stand the records of every other agency.
    """
    plans = plans_of(viewer=by, identity_ids=[identity_id])
    return any(by.holder_id in {plan.lead_agency_id, plan.holder_id, *plan.co_lead_ids} for plan in plans)


def let_in(
    *,
    by: Viewer,
    at: datetime,
    identity_id: UUID,
    language: str,
    phone: str = "",
    infant_ids: tuple[UUID, ...] = (),
    plan_id: UUID | None = None,
    kind: str = "SELF",
    about_id: UUID | None = None,
) -> PortalPerson:
    """Make somebody a reader with a door of her own. `about_id` is whose record a supporter may be shown."""
    subjects = [about_id] if about_id else [identity_id, *infant_ids]
    principal = make_person_principal(by=by, at=at, identity_id=identity_id, subject_ids=subjects, kind=kind)
    person = PortalPerson(
        holder_id=by.holder_id, identity_id=identity_id, category="posc.plan_core", principal_id=principal, language=language, phone=phone,
        plan_id=plan_id, invited_at=at, provenance="originating" if by.worker_id else "self_reported",
    )  # fmt: skip
    person.save()
    PortalDoor.objects.bulk_create([PortalDoor(id=person.pk, person_id=person.pk)])
    record(by=by, at=at, action="portal.invited", identity_id=identity_id, object_id=person.pk)
    return person


def new_link(*, by: Viewer, at: datetime, person: PortalPerson, request_key: str) -> str:
    """A new single-use token; older ones stop working. Empty when the same form came again: the token is never kept."""
    token = secrets.token_urlsafe(24)
    with acting_as(system(System.SIGN_IN)):
        if PortalLink.objects.filter(person_id=person.pk, request_key=request_key).exists():
            return ""
        PortalLink.objects.filter(person_id=person.pk, used_at=None, expires_at__gt=at).update(expires_at=at)
    link = PortalLink(person_id=person.pk, token_hash=digest(token), expires_at=at + LINK_LIVES, request_key=request_key)
    PortalLink.objects.bulk_create([link])
    record(by=by, at=at, action="portal.link_made", identity_id=person.identity_id, object_id=person.pk)
    return token


def send_link(*, by: Viewer, at: datetime, person: PortalPerson, token: str, request_key: str) -> Message | NotSent:
    """Send the link of `token` to her phone by text message, within her rules."""
    path = reverse("portal:link", args=[token])
    return send(
        by=by, at=at, identity_id=person.identity_id, sentence="SIGN_IN", address=person.phone, language=person.language,
        link=f"{settings.ENVIRONMENT.address}{path}", request_key=f"my:{request_key}"[:64],
    )  # fmt: skip


@transaction.atomic
def reset_access(*, by: Viewer, at: datetime, person_id: UUID) -> bool | Refused:
    """Start again with her, in person: the lock, the PIN, the known phone and every open session end. False when nothing is there.

    A link does not come by itself: the worker makes one with her beside her.
    """
    require(by)
    if not by.can("PLAN_WRITE"):
        return Refused()
    person = PortalPerson.objects.filter(pk=person_id, holder_id=by.holder_id).first()
    if person is None:
        return False
    with acting_as(system(System.SIGN_IN)):
        door = PortalDoor.objects.select_for_update().get(pk=person.pk)
        values = {"pin_hash": "", "pin_tries": 0, "locked_at": None, "device_hash": "", "device_phone": "", "turn": door.turn + 1}
        PortalDoor.objects.filter(pk=person.pk).update(**values)
        PortalLink.objects.filter(person_id=person.pk, used_at=None, expires_at__gt=at).update(expires_at=at)
    record(by=by, at=at, action="portal.access_reset", identity_id=person.identity_id, object_id=person.pk)
    return True
