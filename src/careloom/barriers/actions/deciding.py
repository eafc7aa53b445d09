"""Sending a barrier up with what was tried, the decision of oversight that goes back to the tier that raised it, and what it turns into."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.barriers.actions.moving import hold
from careloom.barriers.facts import DecisionFacts
from careloom.barriers.models import Step
from careloom.barriers.words import OUTCOMES
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import Decision, Deed, State, leads_back, upward
from careloom.partnership.actions.keeping import today, wrong
from careloom.partnership.models import Body


@transaction.atomic
def send_up(
    *, by: Viewer, at: datetime, barrier_id: UUID, tried: str, asks: str, cross_system: bool, version: int, request_key: str,
    body_id: UUID | None = None,
) -> Done | Refused | Stale:  # fmt: skip
    """Send a barrier to the next tier, with what was tried, what is asked for, and how many families (R-005, workflows 6.9).

    Refused codes: NOT_ALLOWED, STATE, TRIED, ASKS, LEADS_BACK, CROSS_SYSTEM (oversight takes only what one system alone cannot change), BODY (no
    body stands there yet). Raises NotVisible.
    """
    held = hold(by=by, at=at, barrier_id=barrier_id)
    row = held.row
    to = upward(Tier(row.tier), cross_system=cross_system)
    known = Body.objects.filter(collaborative_id=row.collaborative_id, tier=to, ends_on=None) if to else Body.objects.none()
    body = held.body(body_id, to) if body_id and to else known.order_by("starts_on", "name").first()
    any_try = tried.strip() or Step.objects.filter(barrier=row, deed=Deed.TRY).exists()
    codes = wrong(
        {
            "TRIED": not any_try,
            "ASKS": not asks.strip(),
            "LEADS_BACK": leads_back(f"{tried} {asks}"),
            "CROSS_SYSTEM": to is None,
            "BODY": to is not None and body is None,
        }
    )
    words = "\n".join(part.strip() for part in (tried, asks) if part.strip())
    values: dict[str, Any] = {"cross_system": cross_system, "came_from_id": row.body_id, "owner": None}
    if body is not None:
        values |= {"body": body, "tier": body.tier}
    state = State.QUEUED if to is Tier.OVERSIGHT else State.WORKING
    return held.move(Deed.UP, may=held.leads, request_key=request_key, version=version, codes=codes, words=words, state=state, **values)


@transaction.atomic
def decide(*, by: Viewer, at: datetime, barrier_id: UUID, facts: DecisionFacts, version: int, request_key: str) -> Done | Refused | Stale:
    """Oversight decides, and the barrier goes back to the tier that raised it with the decision and its day (R-005).

    ASSIGN gives it to another body of the collaborative; REFER keeps it in the queue while the governor's office looks at it. The words are the
    reason of a DECLINE. Refused codes: NOT_ALLOWED, STATE, DECISION, WORDS, REASON, LEADS_BACK, DUE_ON, ASSIGNED_TO. Raises NotVisible.
    """
    held = hold(by=by, at=at, barrier_id=barrier_id)
    row, day = held.row, today(at)
    declines, refers = facts.decision == Decision.DECLINE, facts.decision == Decision.REFER
    body = held.body(facts.assigned_to_id, *Tier) if facts.assigned_to_id else None
    codes = wrong(
        {
            "DECISION": facts.decision not in set(Decision),
            "REASON" if declines else "WORDS": not facts.words.strip(),
            "LEADS_BACK": leads_back(facts.words),
            "DUE_ON": facts.due_on is None or facts.due_on < day,
            "ASSIGNED_TO": facts.decision == Decision.ASSIGN and body is None,
        }
    )
    values: dict[str, Any] = {} if refers else {"body": body or row.came_from or row.body, "owner": None}
    if values:
        values["tier"] = values["body"].tier
    return held.move(
        Deed.DECIDE, may=row.body_id is not None and held.standing.leads(row.body_id), request_key=request_key, version=version, codes=codes,
        words=facts.words, state=State.REFERRED if refers else State.DECIDED, due=facts.due_on,
        decision=facts.decision, **values,
    )  # fmt: skip


@transaction.atomic
def put_outcome(
    *, by: Viewer, at: datetime, barrier_id: UUID, kind: str, words: str, version: int, request_key: str, outcome_id: UUID | None = None
) -> Done | Refused | Stale:
    """Say into what a barrier turns: guidance, a pilot, a policy or a change of practice. `outcome_id` is the row that `careloom.changes` keeps.

    Refused codes: NOT_ALLOWED, STATE, OUTCOME_KIND, WORDS, LEADS_BACK. Raises NotVisible.
    """
    held = hold(by=by, at=at, barrier_id=barrier_id)
    codes = wrong({"OUTCOME_KIND": kind not in OUTCOMES, "WORDS": not words.strip(), "LEADS_BACK": leads_back(words)})
    text = said(words, most=200)
    return held.move(
        Deed.OUTCOME, may=held.leads, request_key=request_key, version=version, codes=codes, words=text, outcome_kind=kind, outcome_id=outcome_id,
        outcome_words=text,
    )  # fmt: skip
