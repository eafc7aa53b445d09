"""What every deed on a barrier does alike: hold the row, ask who may and whether its state allows it, write the step, start the next clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from careloom.barriers.counting import ends_on, families_of
from careloom.barriers.models import Barrier, Step
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale
from careloom.infra.audit.actions import record
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import ANSWERS, Deed, State, allows, clock_name
from careloom.partnership.actions.keeping import made, today
from careloom.partnership.actions.noting import note
from careloom.partnership.models import Body
from careloom.partnership.standing import Standing, name_of, standing_of

# Deeds with which the clock that ran is over; a note on the way does not end it.
ENDS_CLOCK = frozenset({Deed.TRIAGE, Deed.JOIN, Deed.REJECT, Deed.UP, Deed.DECIDE, Deed.RESOLVE, Deed.CONFIRM, Deed.REOPEN, Deed.CLOSE})
MOST_LETTERS = 4000


@dataclass(kw_only=True)
class Held:
    """A barrier that is held for a change, with who changes it."""

    row: Barrier
    standing: Standing
    by: Viewer
    at: datetime

    @property
    def leads(self) -> bool:
        """Whether she writes for the body that holds it, or owns it."""
        row = self.row
        owns = row.owner is not None and row.owner.worker_id is not None and row.owner.worker_id == self.by.worker_id
        return self.standing.runs or owns or (row.body_id is not None and self.standing.leads(row.body_id))

    @property
    def takes_part(self) -> bool:
        """Whether she sits in the body that holds it."""
        return self.leads or self.row.body_id in self.standing.sits_in

    def body(self, body_id: UUID | None, *tiers: Tier) -> Body | None:
        """A living body of this collaborative and one of these tiers."""
        rows = Body.objects.filter(pk=body_id, collaborative_id=self.row.collaborative_id, ends_on=None, tier__in=tiers)
        return rows.first() if body_id else None

    def move(
        self, deed: Deed, *, may: bool, request_key: str, version: int | None, codes: tuple[str, ...] = (), words: str = "",
        state: State | None = None, due: date | None = None, decision: str = "", put: Mapping[str, Any] | None = None, **values: Any,
    ) -> Done | Refused | Stale:  # fmt: skip
        """Take a step, with `values` and `put` on the barrier.

        Refused codes: NOT_ALLOWED, STATE and those that are given. Stale where somebody moved it meanwhile.
        """
        row, day = self.row, today(self.at)
        if Step.objects.filter(barrier=row, request_key=request_key).exists():
            return Done(row_id=row.pk)
        if not may:
            return Refused(codes=("NOT_ALLOWED",))
        if version is not None and row.row_version != version:
            return Stale(current=row)
        if not allows(State(row.state), deed):
            return Refused(codes=("STATE",))
        if codes:
            return Refused(codes=codes)
        late = max(0, (day - row.due_on).days) if deed in ENDS_CLOCK and row.due_on else 0
        decides = row.body_id if deed is Deed.DECIDE else None
        for name, value in (values | dict(put or {})).items():
            setattr(row, name, value)
        row.decision = decision or row.decision
        if state is not None:
            row.state = state
            row.due_on = due or ends_on(clock_name(state, Tier(row.tier)), start=day)
        if deed in ANSWERS and row.answered_on is None:
            row.answered_on = day
        row.row_version += 1
        row.save()
        step = put_step(row, deed, by=self.by, at=self.at, words=words, decision=decision, due=row.due_on, late=late, request_key=request_key)
        if decides is not None:
            note(self.standing, body_id=decides, about_id=step.pk, words=row.title, by=self.by, at=self.at, key=request_key)
        return Done(row_id=row.pk)


def hold(*, by: Viewer, at: datetime, barrier_id: UUID) -> Held:
    """The barrier, locked until the end of the transaction. Raises NotVisible for an outsider and for none."""
    row = Barrier.objects.select_for_update().filter(pk=barrier_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else barrier_id)
    if row is None:
        raise NotVisible
    return Held(row=row, standing=standing, by=by, at=at)


def put_step(
    row: Barrier, deed: Deed, *, by: Viewer, at: datetime, words: str, request_key: str, decision: str = "", due: date | None = None, late: int = 0,
    name: str | None = None,
) -> Step:  # fmt: skip
    """Write one step of the journey, and the audit row."""
    day = today(at)
    number = Step.objects.filter(barrier=row).count() + 1
    step = Step.objects.create(
        collaborative_id=row.collaborative_id, barrier=row, number=number, deed=deed, on=day, tier=row.tier if row.body_id else "",
        body_id=row.body_id, name=name_of(viewer=by, collaborative_id=row.collaborative_id) if name is None else name,
        words=words.strip()[:MOST_LETTERS], decision=decision, due_on=due, days_late=late,
        families=families_of([row.pk], today=day)[row.pk].value, **made(by, at, request_key),
    )  # fmt: skip
    record(by=by, at=at, action=f"barriers.{deed.lower()}", object_id=row.pk)
    return step
