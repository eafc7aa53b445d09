"""One barrier and its whole way, with what the reader may do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careloom.barriers.counting import families_of
from careloom.barriers.models import Barrier, Cycle, Given, Step
from careloom.changes.queries import CameOf, came_of
from careloom.infra.access import NotVisible, Viewer
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import OVER, Deed, Source, State, allows
from careloom.kernel.suppression import Cell
from careloom.partnership.models import Body, Seat
from careloom.partnership.standing import Standing, standing_of

WORKING_TIERS = (Tier.LOCAL_TEAM, Tier.WORK_GROUP, Tier.CORE)
MOST = 200


@dataclass(frozen=True, kw_only=True)
class Journey:
    """A barrier with its steps in order, cycles, those joined to it, how many families, and the deeds of the reader.

    `given` are words that came with it, in the order of the alphabet, for who triages and only until triage is done: (whether hers, words).
    """

    standing: Standing
    row: Barrier
    steps: tuple[Step, ...]
    cycles: tuple[Cycle, ...]
    joined: tuple[Barrier, ...]
    families: Cell
    may: frozenset[Deed]
    given: tuple[tuple[bool, str], ...]
    bodies: tuple[Body, ...]
    seats: tuple[Seat, ...]
    others: tuple[Barrier, ...]
    raised_it: bool
    came: CameOf


def journey_of(*, viewer: Viewer, collaborative_id: UUID, barrier_id: UUID, today: date) -> Journey:
    """One barrier of this collaborative; one that was joined shows what came of the one that it was joined to. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Barrier.objects.filter(collaborative_id=standing.collaborative.pk)
    row = rows.select_related("body", "owner", "partner", "came_from", "joined_to").filter(pk=barrier_id).first()
    if row is None:
        raise NotVisible
    pk = standing.collaborative.pk
    sitting = Seat.objects.filter(collaborative_id=pk, left_on=None, body__ends_on=None).select_related("body")
    seats = tuple(sitting.order_by("body__name", "name")[:MOST])
    may = _may(row, standing, viewer=viewer, lived=any(seat.lived and seat.worker_id == viewer.worker_id for seat in seats if viewer.worker_id))
    given = Given.objects.filter(barrier=row).exclude(words="").order_by("words") if Deed.TRIAGE in may else Given.objects.none()
    return Journey(
        standing=standing, row=row, steps=tuple(Step.objects.filter(barrier=row).select_related("body").order_by("number")[:MOST]),
        cycles=tuple(Cycle.objects.filter(barrier=row).order_by("number")[:MOST]),
        joined=tuple(rows.filter(joined_to=row).order_by("raised_on", "id")[:MOST]),
        families=families_of([row.pk], today=today)[row.pk], may=may, given=tuple(given.values_list("hers", "words").distinct()[:MOST]),
        bodies=tuple(Body.objects.filter(collaborative_id=pk, ends_on=None).order_by("tier", "name")), seats=seats,
        others=tuple(rows.exclude(pk=row.pk).exclude(state__in=OVER).order_by("title", "county", "id")[:MOST]),
        raised_it=row.raised_by is not None and row.raised_by == viewer.worker_id,
        came=came_of(viewer=viewer, collaborative_id=pk, barrier_ids=[row.pk, *([row.joined_to_id] if row.joined_to_id else [])]),
    )  # fmt: skip


def _may(row: Barrier, standing: Standing, *, viewer: Viewer, lived: bool) -> frozenset[Deed]:
    """What the reader may do now: what the state allows, narrowed to her part in it. The actions ask again."""
    owns = row.owner is not None and row.owner.worker_id is not None and row.owner.worker_id == viewer.worker_id
    leads = standing.runs or owns or (row.body_id is not None and standing.leads(row.body_id))
    sits = leads or row.body_id in standing.sits_in
    asked = lived if row.source == Source.FAMILIES else row.raised_by is not None and row.raised_by == viewer.worker_id
    triages = standing.runs or (bool(standing.officer_of) if row.body_id is None else leads)
    decides = standing.runs or (row.body_id is not None and standing.leads(row.body_id))
    parts = {
        Deed.TRIAGE: triages, Deed.JOIN: triages, Deed.REJECT: triages, Deed.TRY: sits, Deed.CYCLE: sits, Deed.CONFIRM: asked,
        Deed.REOPEN: asked or leads, Deed.DECIDE: decides,
    }  # fmt: skip
    return frozenset(deed for deed in Deed if allows(State(row.state), deed) and parts.get(deed, leads))


def answered_by(*, viewer: Viewer, collaborative_id: UUID, barrier_id: UUID | None) -> Barrier | None:
    """The barrier of this collaborative that a guidance or a pilot answers; None for none. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    return Barrier.objects.filter(pk=barrier_id, collaborative_id=standing.collaborative.pk).first() if barrier_id else None
