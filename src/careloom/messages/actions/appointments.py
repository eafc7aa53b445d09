"""Plans appointments and says what became of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import PrincipalKind, Viewer
from careloom.infra.access.caseload import assign
from careloom.infra.audit.actions import record
from careloom.kernel.disclosure import Category, Subject
from careloom.kernel.labels import Fact, Kind, label
from careloom.messages.actions.contact import may_keep
from careloom.messages.models import Appointment


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
    Raises NotVisible for who may not.
    """
    may_keep(by)
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
    """Say what became of an appointment: KEPT, MISSED, MOVED or CANCELLED. False when it is hidden or absent. Raises NotVisible for who may not."""
    may_keep(by)
    row = Appointment.objects.filter(pk=appointment_id, holder_id=by.holder_id).first()
    if row is None:
        return False
    Appointment.objects.filter(pk=row.pk).update(state=state)
    record(by=by, at=at, action="messages.appointment_state", identity_id=row.identity_id, object_id=row.pk, detail={"state": state})
    return True
