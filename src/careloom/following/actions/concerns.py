"""A person states a safety concern. INVARIANT: nothing else in following leads to one, no job makes one, and it sends nothing (F18)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.following.models import Concern
from careloom.following.words import DOES
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.plans.actions.keeping import find_plan, take_turn

LEAST_LETTERS = 20


@transaction.atomic
def state_concern(*, by: Viewer, at: datetime, plan_id: UUID, words: str, does: str, is_own: bool, request_key: str) -> Done | Refused:
    """Keep what a worker saw or heard and what she did about it: CONSULTED, REPORTED (by herself, on the telephone) or NEITHER.

    Refused codes: NOT_ALLOWED, CODE, WORDS, NOT_LOST_TOUCH (she did not say that it is a concern of her own). Raises NotVisible.
    """
    plan = find_plan(by=by, plan_id=plan_id)
    wrong = {
        "NOT_ALLOWED": by.worker_id is None or not by.can("PLAN_WRITE"), "CODE": does not in DOES,
        "WORDS": len(words.strip()) < LEAST_LETTERS, "NOT_LOST_TOUCH": not is_own,
    }  # fmt: skip
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes or by.worker_id is None:
        return Refused(codes=codes)
    take_turn(f"{by.holder_id}:{request_key}")
    known = Concern.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    row = Concern(
        holder_id=by.holder_id, identity_id=plan.identity_id, category="posc.plan_core", plan_id=plan.pk, words=said(words, most=1000), does=does,
        stated_by=by.worker_id, stated_at=at, request_key=request_key,
    )  # fmt: skip
    row.save()
    record(by=by, at=at, action="following.concern_stated", identity_id=plan.identity_id, object_id=row.pk, detail={"does": does})
    return Done(row_id=row.pk)
