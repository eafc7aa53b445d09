"""Tries in cycles of plan, do, study and act, with those whom it concerns (R-202)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.barriers.actions.moving import MOST_LETTERS, hold
from careloom.barriers.counting import ends_on
from careloom.barriers.facts import CycleEnd, CycleFacts
from careloom.barriers.models import Cycle
from careloom.barriers.words import RESULTS
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import Cycled, Deed, State, clock_name, leads_back
from careloom.partnership.actions.keeping import made, today, wrong


@transaction.atomic
def begin_cycle(*, by: Viewer, at: datetime, barrier_id: UUID, facts: CycleFacts, version: int, request_key: str) -> Done | Refused | Stale:
    """Plan a try. One runs at a time.

    Refused codes: NOT_ALLOWED, STATE, CHANGE, STAKEHOLDERS, MEASURE, LEADS_BACK, DUE_ON, RUNNING. Raises NotVisible.
    """
    held = hold(by=by, at=at, barrier_id=barrier_id)
    row = held.row
    rows = Cycle.objects.filter(barrier=row)
    codes = wrong(
        {
            "CHANGE": not facts.change.strip(),
            "STAKEHOLDERS": not facts.stakeholders.strip(),
            "MEASURE": not facts.measure.strip(),
            "LEADS_BACK": leads_back(f"{facts.change} {facts.stakeholders} {facts.measure}"),
            "DUE_ON": facts.due_on <= facts.starts_on,
            "RUNNING": rows.filter(ended_on=None).exists(),
        }
    )
    # While a try runs its own last day is what is waited for; the day of a decision stands.
    due = {"due_on": facts.due_on} if row.state == State.WORKING else {}
    done = held.move(Deed.CYCLE, may=held.takes_part, request_key=request_key, version=version, codes=codes, words=facts.change, put=due)
    if isinstance(done, Done) and not rows.filter(request_key=request_key).exists():
        Cycle.objects.create(
            collaborative_id=row.collaborative_id, barrier=row, number=rows.count() + 1, change=facts.change.strip()[:MOST_LETTERS],
            stakeholders=said(facts.stakeholders, most=300), measure=said(facts.measure, most=200), before=facts.before, aim=facts.aim,
            starts_on=facts.starts_on, due_on=facts.due_on, **made(by, at, request_key),
        )  # fmt: skip
    return done


@transaction.atomic
def end_cycle(*, by: Viewer, at: datetime, cycle_id: UUID, facts: CycleEnd, version: int, request_key: str) -> Done | Refused | Stale:
    """Write down how a try went and what follows: keep it, change it, or let it go.

    Refused codes: NOT_ALLOWED, STATE, HAPPENED, LEARNED, RESULT, LEADS_BACK, LATER_DAY, BEFORE. Raises NotVisible.
    """
    cycle = Cycle.objects.select_for_update().filter(pk=cycle_id).first()
    held = hold(by=by, at=at, barrier_id=cycle.barrier_id if cycle else cycle_id)
    if cycle is None:
        raise NotVisible
    if cycle.ended_on is not None:
        return Done(row_id=held.row.pk)
    codes = wrong(
        {
            "HAPPENED": not facts.happened.strip(),
            "LEARNED": not facts.learned.strip(),
            "RESULT": facts.result not in set(Cycled),
            "LEADS_BACK": leads_back(f"{facts.happened} {facts.learned}"),
            "LATER_DAY": facts.ended_on > today(at),
            "BEFORE": facts.ended_on < cycle.starts_on,
        }
    )
    words = f"{RESULTS.get(facts.result, '')}. {facts.learned.strip()}"
    row = held.row
    clock = clock_name(State(row.state), Tier(row.tier)) if row.state == State.WORKING else ""
    due = {"due_on": ends_on(clock, start=today(at))} if clock else {}
    done = held.move(Deed.CYCLE, may=held.takes_part, request_key=request_key, version=version, codes=codes, words=words, put=due)
    if isinstance(done, Done):
        cycle.happened, cycle.learned = facts.happened.strip()[:MOST_LETTERS], facts.learned.strip()[:MOST_LETTERS]
        cycle.result, cycle.ended_on, cycle.after, cycle.row_version = facts.result, facts.ended_on, facts.after, cycle.row_version + 1
        cycle.save()
        record(by=by, at=at, action="barriers.cycle_ended", object_id=cycle.pk)
    return done
