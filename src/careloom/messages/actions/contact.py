"""Keeps how she may be reached, that somebody near her is a danger, and what a program does then. Source: R-128; 45 CFR 164.522(b)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from careloom.infra.access import NotVisible, PrincipalKind, Viewer, require
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.messages.models import SafeContact, SafetyPolicy, UnsafeContact


@dataclass(frozen=True, kw_only=True)
class ContactRules:
    """How she may be reached. Hours are local; None means any hour."""

    may_text: bool = True
    may_call: bool = True
    may_leave_voicemail: bool = False
    may_mail: bool = False
    shared_phone: bool = False
    from_hour: time | None = None
    to_hour: time | None = None
    note: str = ""


@transaction.atomic
def put_safe_contact(*, by: Viewer, at: datetime, identity_id: UUID, rules: ContactRules) -> SafeContact:
    """Keep how she may be reached; one row per agency and person. Raises NotVisible for who may not."""
    may_keep(by)
    values = {name: getattr(rules, name) for name in rules.__dataclass_fields__}
    row = _own_row(by=by, identity_id=identity_id)
    for key, value in values.items():
        setattr(row, key, value)
    row.changed_at = at
    row.save()
    record(by=by, at=at, action="messages.safe_contact", identity_id=identity_id, object_id=row.pk)
    return row


@transaction.atomic
def use_other_way(*, by: Viewer, at: datetime, identity_id: UUID, phone: str, address: str) -> SafeContact:
    """Reach her another way from now on, because she asked for it (45 CFR 164.522(b)). Everything that sends or calls honors it at once.

    An empty text leaves that way as it was. The row is the agency's own; no other agency reaches her differently because of it.
    Raises NotVisible for who may not.
    """
    may_keep(by, also="PAPERS_KEEP")
    row = _own_row(by=by, identity_id=identity_id)
    row.use_phone, row.use_address = phone or row.use_phone, address or row.use_address
    row.may_mail = row.may_mail or bool(address)
    row.changed_at = at
    row.save()
    record(by=by, at=at, action="messages.other_way", identity_id=identity_id, object_id=row.pk)
    return row


def may_keep(by: Viewer, *, also: str = "PLAN_WRITE") -> None:
    """Raises NotVisible for whoever keeps nothing about a family: a role that only reads, and a supporter, who is a person but not the mother."""
    require(by)
    herself = by.kind is PrincipalKind.PERSON and by.purpose == "patient_access"
    if not (herself or by.kind is PrincipalKind.SYSTEM or by.can("PLAN_WRITE") or by.can(also)):
        raise NotVisible


def _own_row(*, by: Viewer, identity_id: UUID) -> SafeContact:
    """The row of whoever writes: an agency's, or her own, which reaches those who keep her plan (decision 0002)."""
    row = SafeContact.objects.filter(holder_id=by.holder_id, identity_id=identity_id).first()
    hers = "self_reported" if by.kind is PrincipalKind.PERSON else "originating"
    return row or SafeContact(holder_id=by.holder_id, identity_id=identity_id, category="posc.plan_core", provenance=hers)


@transaction.atomic
def note_unsafe(*, by: Viewer, at: datetime, identity_id: UUID, unsafe: bool, says: str = "") -> None:
    """Note that somebody near her may see or hear what reaches her, or that this is over. Every way becomes narrower at once.

    The row is a victim's record: no form opens it, and the worker's own agency alone reads it. Raises NotVisible for who may not.
    """
    may_keep(by)
    live = UnsafeContact.objects.filter(holder_id=by.holder_id, identity_id=identity_id, lifted_at=None)
    if not unsafe:
        if live.update(lifted_at=at):
            record(by=by, at=at, action="messages.unsafe_lifted", identity_id=identity_id)
        return
    if live.exists():
        live.update(says=said(says, most=300), noted_by=by.worker_id, noted_at=at)
        return
    row = UnsafeContact(
        holder_id=by.holder_id, identity_id=identity_id, category="dv.victim_record", says=said(says, most=300), noted_by=by.worker_id, noted_at=at,
        provenance="self_reported" if by.kind is PrincipalKind.PERSON else "originating",
    )  # fmt: skip
    row.save()
    record(by=by, at=at, action="messages.unsafe_noted", identity_id=identity_id, object_id=row.pk)


@transaction.atomic
def keep_policy(*, by: Viewer, at: datetime, text: str, call_first: str, row_version: int) -> Done | Refused | Stale:
    """Keep what the agency of `by` does when a family may be in danger. `row_version` 0 is the first one."""
    require(by)
    if not by.can("AGENCY_ADMIN") or by.holder_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    if not text.strip():
        return Refused(codes=("TEXT",))
    row = SafetyPolicy.objects.select_for_update().filter(agency_id=by.holder_id).first()
    if (row.row_version if row else 0) != row_version:
        return Stale(current=row)
    row = row or SafetyPolicy(agency_id=by.holder_id, row_version=0)
    row.text, row.call_first, row.changed_at, row.row_version = text.strip()[:3000], said(call_first, most=120), at, row_version + 1
    row.save()
    record(by=by, at=at, action="messages.safety_policy", object_id=row.pk)
    return Done(row_id=row.pk)
