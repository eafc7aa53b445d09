"""What the agency that was asked says, and what the one that asked says itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.kernel.referral import Kind, State, Voice
from careloom.plans.models import Referral
from careloom.plans.referrals import steps
from careloom.plans.referrals.answers import Answer, Moved, NeedsConsent, Refused, Why


@transaction.atomic
def answer_referral(*, by: Viewer, at: datetime, referral_id: UUID, answer: Answer, request_key: str) -> Moved | Refused | NeedsConsent:
    """Say what the asked service says: accept, decline, schedule, no-show, waiting list, attended, completed.

    The asked agency says it itself; for a LINK or LOGGED referral the agency that asked notes what it heard by telephone.
    Raises NotVisible when the referral is hidden (its consent ended) or absent.
    """
    row = steps.locked(by=by, referral_id=referral_id)
    if not _speaks_for_them(by, row):
        return Refused(reasons=(Why.NOT_ALLOWED,))
    return steps.take(by=by, at=at, referral=row, voice=Voice.THEM, answer=answer, request_key=request_key)


@transaction.atomic
def move_referral(*, by: Viewer, at: datetime, referral_id: UUID, answer: Answer, request_key: str) -> Moved | Refused | NeedsConsent:
    """A step of the agency that asked: a visit it arranged or saw missed, no contact, stop, open again."""
    row = steps.locked(by=by, referral_id=referral_id)
    if row.holder_id != by.holder_id or not by.can("PLAN_WRITE"):
        return Refused(reasons=(Why.NOT_ALLOWED,))
    if answer.state is State.REQUESTED:
        from careloom.plans.referrals.actions.ask import send_draft

        return send_draft(by=by, at=at, referral_id=referral_id, request_key=request_key)
    return steps.take(by=by, at=at, referral=row, voice=Voice.US, answer=answer, request_key=request_key)


def _speaks_for_them(by: Viewer, row: Referral) -> bool:
    if by.principal_id == row.receiver_id:
        return by.can("REFERRAL_ANSWER")
    return row.holder_id == by.holder_id and row.kind != Kind.LIVE and by.can("PLAN_WRITE")
