"""A notification as it is filled: prefilled from the chart, saved as one types, never overwritten in silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.health.models import Birth, Exposure
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.audit.actions import record
from careloom.notifications.facts import ExposureFact, NotificationFacts, to_json
from careloom.notifications.models import Notification


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Somebody else saved in between: the row as it stands, and the facts that were not saved."""

    theirs: Notification
    mine: NotificationFacts


@transaction.atomic
def start_notification(*, by: Viewer, at: datetime, mother_id: UUID, birth_ids: list[UUID], pack: str, request_key: str) -> Notification:
    """Start the notification of one birth (twins share it), prefilled with what the hospital's own chart says.

    Idempotent on `request_key`. Raises NotVisible when none of the births is this hospital's own.
    """
    require(by)
    known = Notification.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return known
    births = list(Birth.objects.filter(pk__in=birth_ids, holder_id=by.holder_id, mother_identity_id=mother_id).order_by("order"))
    if not births:
        raise NotVisible
    exposures = list(Exposure.objects.filter(identity_id=mother_id, holder_id=by.holder_id).order_by("recorded_at"))
    row = Notification(
        holder_id=by.holder_id,
        identity_id=mother_id,
        category="notif.capta_identified",
        birth_ids=[b.pk for b in births],
        infant_ids=[b.identity_id for b in births],
        facts=to_json(_prefilled(births, exposures)),
        pack=pack,
        started_at=at,
        started_by=by.worker_id or by.principal_id,
        request_key=request_key,
    )
    row.save()
    record(by=by, at=at, action="notifications.started", identity_id=mother_id, object_id=row.pk)
    return row


@transaction.atomic
def save_facts(*, by: Viewer, at: datetime, notification_id: UUID, facts: NotificationFacts, row_version: int) -> Notification | Conflict:
    """Save the facts of a draft. A save that started from an older version changes nothing and returns the conflict."""
    require(by)
    mine = Notification.objects.filter(pk=notification_id, holder_id=by.holder_id, status="DRAFT")
    saved = mine.filter(row_version=row_version).update(facts=to_json(facts), row_version=row_version + 1)
    row = Notification.objects.filter(pk=notification_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    if not saved and row.facts != _stored(facts):
        return Conflict(theirs=row, mine=facts)
    return row


def _stored(facts: NotificationFacts) -> dict[str, object]:
    stored = to_json(facts)
    stored["exposures"] = [{**e, "known_from": list(e["known_from"])} for e in stored["exposures"]]
    return stored


def _prefilled(births: list[Birth], exposures: list[Exposure]) -> NotificationFacts:
    order = ["NONE", "OBSERVED", "TREATED"]
    worst = max((b.withdrawal for b in births), key=order.index)
    discharge = min((b.discharged_on for b in births if b.discharged_on), default=None)
    return NotificationFacts(
        exposures=tuple(
            ExposureFact(substance=e.substance, prescribed=e.prescribed, as_prescribed=e.as_prescribed, known_from=tuple(e.known_from))
            for e in exposures
        ),
        withdrawal=worst,
        fasd="SUSPECTED" if any(b.fasd_signs for b in births) else "NONE",
        goes_home_with=births[0].goes_home_with,
        discharge_on=discharge.isoformat() if discharge else "",
    )
