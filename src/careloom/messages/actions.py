"""Plans appointments, keeps how the mother may be reached, and sends neutral messages within those limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.conf import settings
from django.db import transaction

from careloom.infra import clock
from careloom.infra.access import PrincipalKind, Viewer, require
from careloom.infra.access.caseload import assign
from careloom.infra.audit.actions import record
from careloom.kernel.disclosure import Category, Subject
from careloom.kernel.labels import Fact, Kind, label
from careloom.messages.models import Appointment, Message, SafeContact
from careloom.messages.providers import provider
from careloom.messages.sentences import text_of


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


@dataclass(frozen=True, kw_only=True)
class NotSent:
    """Why a message did not go out: NOT_ALLOWED, OUTSIDE_HOURS, NO_ADDRESS."""

    because: str


@transaction.atomic
def put_safe_contact(*, by: Viewer, at: datetime, identity_id: UUID, rules: ContactRules) -> SafeContact:
    """Keep how she may be reached; one row per agency and person."""
    require(by)
    values = {name: getattr(rules, name) for name in rules.__dataclass_fields__}
    row = SafeContact.objects.filter(holder_id=by.holder_id, identity_id=identity_id).first()
    if row is None:
        row = SafeContact(holder_id=by.holder_id, identity_id=identity_id, category="posc.plan_core")
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
    """
    require(by)
    row = SafeContact.objects.filter(holder_id=by.holder_id, identity_id=identity_id).first()
    if row is None:
        row = SafeContact(holder_id=by.holder_id, identity_id=identity_id, category="posc.plan_core")
    row.use_phone, row.use_address = phone or row.use_phone, address or row.use_address
    row.may_mail = row.may_mail or bool(address)
    row.changed_at = at
    row.save()
    record(by=by, at=at, action="messages.other_way", identity_id=identity_id, object_id=row.pk)
    return row


@transaction.atomic
def plan_appointment(
    *,
    by: Viewer,
    at: datetime,
    identity_id: UUID,
    kind: str,
    title: str,
    neutral_title: str,
    starts_at: datetime,
    ends_at: datetime | None = None,
    place: str = "",
    plan_id: UUID | None = None,
    referral_id: UUID | None = None,
    category: str = "posc.plan_core",
) -> Appointment:
    """Write down an appointment. `neutral_title` is what the mother's page and calendars show. Planning the same one twice makes one.

    A worker who knows the family through her consent works with it from now on: else she would not see what she planned.
    """
    require(by)
    if by.kind is PrincipalKind.AGENCY and by.worker_id is not None and not by.whole_agency:
        assign(by=by, worker_id=by.worker_id, identity_ids=[identity_id], at=at)
    same = Appointment.objects.filter(holder_id=by.holder_id, identity_id=identity_id, kind=kind, starts_at=starts_at, title=title, state="PLANNED")
    row = same.first()
    if row is None:
        row = Appointment(
            holder_id=by.holder_id, identity_id=identity_id, category=_kept_under(category, title=title, place=place), kind=kind,
            title=title, neutral_title=neutral_title, starts_at=starts_at, ends_at=ends_at, place=place, plan_id=plan_id, referral_id=referral_id,
        )  # fmt: skip
        row.save()
        record(by=by, at=at, action="messages.appointment_planned", identity_id=identity_id, object_id=row.pk)
    return row


def _kept_under(category: str, *, title: str, place: str) -> str:
    """An appointment whose title or place tells about treatment is kept apart (`kernel.labels`)."""
    fact = Fact(kind=Kind.APPOINTMENT, subject=Subject.MOTHER, category=Category(category), texts=(title,), places=(place,))
    return label(fact).category.value


@transaction.atomic
def set_appointment_state(*, by: Viewer, at: datetime, appointment_id: UUID, state: str) -> bool:
    """Say what became of an appointment: KEPT, MISSED, MOVED or CANCELLED. False when it is hidden or absent."""
    require(by)
    row = Appointment.objects.filter(pk=appointment_id, holder_id=by.holder_id).first()
    if row is None:
        return False
    Appointment.objects.filter(pk=row.pk).update(state=state)
    record(by=by, at=at, action="messages.appointment_state", identity_id=row.identity_id, object_id=row.pk, detail={"state": state})
    return True


@transaction.atomic
def send(
    *, by: Viewer, at: datetime, identity_id: UUID, sentence: str, address: str, language: str, request_key: str, link: str = ""
) -> Message | NotSent:
    """Send a neutral sentence by text message, within her rules and to the number that she asked for.

    The sentence and the link are never stored together.
    """
    require(by)
    known = Message.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return known
    rules = SafeContact.objects.filter(holder_id=by.holder_id, identity_id=identity_id).first()
    # INVARIANT: a way that she asked for goes before the number that a caller has (45 CFR 164.522(b)); the old number hears nothing more.
    address = rules.use_phone if rules is not None and rules.use_phone else address
    refusal = _refusal(rules, at=at, address=address)
    if refusal:
        return NotSent(because=refusal)
    row = Message(
        holder_id=by.holder_id, identity_id=identity_id, category="posc.plan_core", channel="SMS", sentence=sentence,
        language=language, address=address, made_at=at, request_key=request_key,
    )  # fmt: skip
    row.save()
    text = " ".join(part for part in (text_of(sentence, language=language), link) if part)
    transaction.on_commit(lambda: _deliver(row, text))
    record(by=by, at=at, action="messages.sent", identity_id=identity_id, object_id=row.pk, detail={"sentence": sentence})
    return row


def _refusal(rules: SafeContact | None, *, at: datetime, address: str) -> str:
    if not address:
        return "NO_ADDRESS"
    if rules is None:
        return ""
    if not rules.may_text:
        return "NOT_ALLOWED"
    local = at.astimezone(clock.zone(settings.TIME_ZONE)).time()
    if rules.from_hour and rules.to_hour and not rules.from_hour <= local < rules.to_hour:
        return "OUTSIDE_HOURS"
    return ""


def _deliver(row: Message, text: str) -> None:
    provider().send(channel=row.channel, address=row.address, text=text)
