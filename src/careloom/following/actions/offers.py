"""What is offered and written to a family that nobody reaches. Source: plan-content 2.7; F18. It closes nothing and reports nobody."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.following.models import Outreach
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale
from careloom.infra.audit.actions import record
from careloom.infra.packs import current_pack
from careloom.messages.contact import ways_for
from careloom.plans.actions.keeping import open_plan
from careloom.plans.models import PlanOfSafeCare


@transaction.atomic
def keep_offers(
    *, by: Viewer, at: datetime, plan_id: UUID, offers: tuple[str, ...], written_on: date | None, written_in: str, row_version: int
) -> Done | Refused | Stale:
    """Keep what was offered (codes of the pack) and the day on which the pack's letter was written to her.

    Refused codes: NOT_ALLOWED, PLAN_CLOSED, CODE, OFFER (a letter without an offer), NOT_SAFE (she takes no mail). Raises NotVisible.
    """
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if not isinstance(plan, PlanOfSafeCare):
        return Refused(codes=tuple(reason.value for reason in plan.reasons))
    rule = current_pack().following.disengagement
    wrong = {
        "NOT_ALLOWED": by.worker_id is None,
        "CODE": not set(offers) <= {one.code for one in rule.offers} or (written_on is not None and written_in not in rule.letter),
        "OFFER": written_on is not None and not offers,
        "NOT_SAFE": written_on is not None and not ways_for(viewer=by, identity_id=plan.identity_id).may_mail,
    }
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    # The plan's turn is held since `open_plan`: two who save at once follow each other.
    row = Outreach.objects.filter(holder_id=by.holder_id, plan_id=plan.pk).first()
    if row is None:
        row = Outreach(holder_id=by.holder_id, identity_id=plan.identity_id, category=plan.category, plan_id=plan.pk, row_version=0)
    if row.row_version != row_version:
        return Stale(current=row)
    row.offers, row.written_on, row.written_in = sorted(set(offers)), written_on, written_in if written_on else ""
    row.changed_at, row.changed_by, row.row_version = at, by.worker_id or by.principal_id, row.row_version + 1
    row.save()
    record(by=by, at=at, action="following.offered", identity_id=plan.identity_id, object_id=row.pk, detail={"offers": row.offers})
    return Done(row_id=row.pk)
