"""What a body decides about a barrier that waits for it: one decision with its method and what was said against it, written once (R-005, R-221)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.barriers import actions as barriers
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale
from careloom.meetings.actions.deciding import decide
from careloom.meetings.facts import DecisionFacts
from careloom.meetings.models import Decision

ABOUT = "barriers.barrier"


@transaction.atomic
def decide_barrier(
    *, by: Viewer, at: datetime, body_id: UUID, facts: DecisionFacts, outcome: barriers.DecisionFacts, barrier_id: UUID, version: int,
    request_key: str, meeting_id: UUID | None = None, item_id: UUID | None = None,
) -> Done | Refused | Stale:  # fmt: skip
    """Write down a decision about a barrier; where it is adopted the barrier moves with it, in the words of the decision. Both, or neither.

    The step of the barrier carries the key of the decision, so that its page shows how it was decided. Refused codes: those of
    `meetings.actions.decide` and of `barriers.actions.decide`. Raises NotVisible.
    """
    if earlier := Decision.objects.filter(body_id=body_id, request_key=request_key, about_id=barrier_id).first():
        return Done(row_id=earlier.pk)
    about = replace(facts, about_kind=ABOUT, about_id=barrier_id)
    done = decide(by=by, at=at, body_id=body_id, facts=about, request_key=request_key, meeting_id=meeting_id, item_id=item_id)
    if not isinstance(done, Done) or facts.result != "ADOPTED":
        return done
    told = replace(outcome, words=facts.proposal)
    moved = barriers.decide(by=by, at=at, barrier_id=barrier_id, facts=told, version=version, request_key=request_key)
    if not isinstance(moved, Done):
        transaction.set_rollback(True)
        return moved
    return done
