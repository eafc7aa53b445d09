"""What a barrier turns into is drafted from it: a guidance or a pilot that names the barrier, and the barrier that names it (workflows 6.9, 6.12)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.barriers.actions.moving import hold
from careloom.barriers.models import Step
from careloom.changes.actions import draft_guidance, propose_pilot
from careloom.changes.facts import GuidanceFacts, PilotFacts
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel.partnership.barrier import Deed


@transaction.atomic
def turn_into(
    *, by: Viewer, at: datetime, barrier_id: UUID, facts: GuidanceFacts | PilotFacts, version: int, request_key: str
) -> Done | Refused | Stale:
    """Draft a guidance or propose a pilot that answers a barrier; both are kept, or neither. The answer's `row_id` is what was made.

    Refused codes: NOT_ALLOWED, STATE, and those of `changes.actions.draft_guidance` and `propose_pilot`. Raises NotVisible.
    """
    held = hold(by=by, at=at, barrier_id=barrier_id)
    row = held.row
    if row.outcome_id is not None and Step.objects.filter(barrier=row, request_key=request_key).exists():
        return Done(row_id=row.outcome_id)
    told = {"by": by, "at": at, "collaborative_id": row.collaborative_id, "request_key": request_key, "barrier_id": row.pk}
    guides = isinstance(facts, GuidanceFacts)
    made = draft_guidance(facts=facts, **told) if isinstance(facts, GuidanceFacts) else propose_pilot(facts=facts, **told)  # type: ignore[arg-type]
    if not isinstance(made, Done):
        return made
    title = said(facts.title, most=200)
    done = held.move(
        Deed.OUTCOME, may=held.leads, request_key=request_key, version=version, words=title, outcome_kind="GUIDANCE" if guides else "PILOT",
        outcome_id=made.row_id, outcome_words=title,
    )  # fmt: skip
    if not isinstance(done, Done):
        transaction.set_rollback(True)
        return done
    return made
