"""Tells the de-identified rows, by receipt, that a plan or a referral now exists (42 U.S.C. 5106a(d)(18))."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.consents.queries import would_see
from careloom.infra.access import System, acting_as, system
from careloom.notifications.actions.seal import put_outgoing
from careloom.notifications.actions.send import receipts_of
from careloom.notifications.models import Notification


@transaction.atomic
def refresh_counts(*, plan_holder_id: UUID, identity_id: UUID, has_plan: bool, has_referral: bool, at: datetime) -> int:
    """Seal the new count of a family for each hospital that notified it and may know of the plan. Returns how many receipts it touches.

    A hospital that may not know of the plan is told nothing, so its count stays as it was: the law comes before the number.
    """
    with acting_as(system(System.MATCHING)):
        sent = list(Notification.objects.filter(identity_id=identity_id, status="SENT", sealed_receipts__isnull=False))
    touched = 0
    for row in sent:
        if not _may_know(row, plan_holder_id=plan_holder_id, identity_id=identity_id, at=at):
            continue
        receipts = receipts_of(row)
        with acting_as(system(System.JOB, holder_id=row.holder_id)):
            put_outgoing(
                holder_id=row.holder_id,
                bodies=[
                    {"do": "COUNTS", "receipt": str(r), "at": at.isoformat(), "has_plan": has_plan, "has_referral": has_referral} for r in receipts
                ],
            )
        touched += len(receipts)
    return touched


def _may_know(row: Notification, *, plan_holder_id: UUID, identity_id: UUID, at: datetime) -> bool:
    if row.holder_id == plan_holder_id:
        return True
    with acting_as(system(System.GRANTS)):
        return would_see(
            holder_id=plan_holder_id, identity_id=identity_id, recipient_id=row.holder_id, category="posc.plan_core",
            provenance="originating", purpose="treatment", at=at,
        )  # fmt: skip
