"""What somebody owes a barrier, and what came back to who raised one. Source: workflows 6.9; R-005, R-016."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from careloom.barriers.models import Barrier, Step
from careloom.infra.access import Viewer
from careloom.kernel.partnership.barrier import ANSWERS, Deed, Source, State
from careloom.partnership.models import Seat
from careloom.partnership.standing import standing_of

MOST = 100
WAITS = {State.QUEUED: Deed.DECIDE, State.REFERRED: Deed.DECIDE, State.RESOLVED: Deed.TELL, State.WORKING: Deed.TRY, State.DECIDED: Deed.RESOLVE}


@dataclass(frozen=True, kw_only=True)
class OwedBarrier:
    """A barrier that waits for the reader. `deed`: TRIAGE, DECIDE, TRY (work on it), RESOLVE (do what was decided), TELL or CONFIRM."""

    row: Barrier
    deed: Deed
    late: bool


def owed_by(*, viewer: Viewer, collaborative_id: UUID, today: date) -> tuple[OwedBarrier, ...]:
    """What waits for the reader as owner, officer, the one who raised it or who speaks for families; the latest due first.

    What has an owner waits for her and not for the officers of her team. Five queries. Raises NotVisible.
    """
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    me = viewer.worker_id or UUID(int=0)
    seats = Seat.objects.filter(collaborative_id=collaborative_id, left_on=None, worker_id=me)
    lived = seats.exclude(lived=[]).exists()
    rows = Barrier.objects.filter(collaborative_id=collaborative_id).select_related("body", "owner")
    mine = Q(owner__worker_id=me) | Q(owner=None, body_id__in=standing.officer_of)
    asked = Q(raised_by=me) | (Q(source=Source.FAMILIES) if lived else Q(pk=None))
    found = [(row, WAITS[State(row.state)]) for row in rows.filter(mine, state__in=WAITS).order_by("due_on", "pk")[:MOST]]
    found += [(row, Deed.CONFIRM) for row in rows.filter(asked, state=State.TOLD).order_by("due_on", "pk")[:MOST]]
    if standing.officer_of:
        found += [(row, Deed.TRIAGE) for row in rows.filter(state=State.LOGGED).order_by("due_on", "pk")[:MOST]]
    return tuple(OwedBarrier(row=row, deed=deed, late=row.due_on is not None and row.due_on < today) for row, deed in found)


def answers_to(*, viewer: Viewer, collaborative_id: UUID, since: date) -> tuple[tuple[Barrier, Step], ...]:
    """What came back since a day to barriers that the reader raised, or to those that hers were joined to: the newest answer of each.

    One that waits for her word is left out: it is owed. Three queries and one for each collaborative. Raises NotVisible.
    """
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    mine = Barrier.objects.filter(collaborative_id=collaborative_id, raised_by=viewer.worker_id or UUID(int=0)).exclude(state=State.TOLD)
    leads = {row.joined_to_id or row.pk: row for row in mine[:MOST]}
    steps = Step.objects.filter(barrier__in=leads, deed__in=ANSWERS, on__gte=since).order_by("on", "number")
    newest = {step.barrier_id: step for step in steps}
    return tuple((leads[pk], step) for pk, step in newest.items())


def raised_by(*, viewer: Viewer, collaborative_id: UUID) -> tuple[UUID, ...]:
    """The barriers that the reader raised, with those that they were joined to. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    mine = Barrier.objects.filter(collaborative_id=collaborative_id, raised_by=viewer.worker_id or UUID(int=0))
    return tuple({pk for pair in mine.values_list("pk", "joined_to_id")[:MOST] for pk in pair if pk is not None})


def has_part(*, worker_id: UUID | None) -> bool:
    """Whether a worker sits in any body or raised any barrier, so that the rooms may have something for her. One query."""
    if worker_id is None:
        return False
    seats = Seat.objects.filter(worker_id=worker_id, left_on=None).values("pk")
    return seats.union(Barrier.objects.filter(raised_by=worker_id).values("pk")).exists()
