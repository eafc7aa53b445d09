"""Her own word on a referral: did it help, and does she want it. Said by her, or written down by her worker as her words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.kernel.referral import Help, Outcome, Reason, State, Voice, may_move
from careloom.plans.actions.keeping import is_herself
from careloom.plans.models import Referral
from careloom.plans.referrals import steps
from careloom.plans.referrals.answers import Answer, Moved, NeedsConsent, Refused, Why


@transaction.atomic
def family_answer(*, by: Viewer, at: datetime, referral_id: UUID, helped: Help, request_key: str, words: str = "") -> Moved | Refused | NeedsConsent:
    """ "Did you get help?" Yes closes the loop. No opens it again, and the owner owes her a call by noon of the next day."""
    row = steps.locked(by=by, referral_id=referral_id)
    if not _speaks_for_her(by, row) or row.state == State.DRAFT:
        return Refused(reasons=(Why.NOT_ALLOWED,))
    state = State(row.state)
    step: Answer | None = None
    if helped is Help.YES and may_move(start=state, end=State.COMPLETED, voice=Voice.HER):
        step = Answer(state=State.COMPLETED, outcome=Outcome.SERVICE_DELIVERED, note=words)
    if helped is Help.NO and may_move(start=state, end=State.REOPENED, voice=Voice.HER):
        step = Answer(state=State.REOPENED, reason=Reason.DID_NOT_HELP, note=words)
    if step is None:
        return steps.note(by=by, at=at, referral=row, voice=Voice.HER, words=words, request_key=request_key, helped=helped)
    return steps.take(by=by, at=at, referral=row, voice=Voice.HER, answer=step, request_key=request_key, helped=helped)


@transaction.atomic
def family_declines(
    *, by: Viewer, at: datetime, referral_id: UUID, reason: Reason, request_key: str, words: str = ""
) -> Moved | Refused | NeedsConsent:
    """She does not want it (any more). The thread ends in calm: nothing is owed, nobody is told more than that it ended."""
    row = steps.locked(by=by, referral_id=referral_id)
    if not _speaks_for_her(by, row):
        return Refused(reasons=(Why.NOT_ALLOWED,))
    answer = Answer(state=State.CANCELLED, reason=reason, note=words)
    return steps.take(by=by, at=at, referral=row, voice=Voice.HER, answer=answer, request_key=request_key)


def _speaks_for_her(by: Viewer, row: Referral) -> bool:
    if is_herself(by):
        return True
    return row.holder_id == by.holder_id and by.can("PLAN_WRITE")
