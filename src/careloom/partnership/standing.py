"""How somebody stands to a collaborative: reads its rooms, holds an office in some of its bodies, or runs it.

The rooms hold no family, so row security does not guard them; each query and each action asks here, and an outsider gets the answer of a
collaborative that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from careloom.agencies.models import Worker
from careloom.infra.access import NotVisible, Viewer, require
from careloom.kernel.partnership.knowing_rules import training_first
from careloom.partnership.models import Collaborative, Partner, Seat

OFFICERS = frozenset({"CHAIR", "CO_CHAIR", "SECRETARY"})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What `viewer` may do in one collaborative: `runs` everything, `officer_of` and `sits_in` bodies by id, `partner_ids` of her own agency."""

    collaborative: Collaborative
    runs: bool
    worker_id: UUID | None = None
    sits_in: frozenset[UUID] = frozenset()
    officer_of: frozenset[UUID] = frozenset()
    partner_ids: frozenset[UUID] = frozenset()
    waits_in: frozenset[UUID] = frozenset()  # her seats, by id, in which she takes part after a training: she reads, and does not act as a member

    def leads(self, body_id: UUID) -> bool:
        """Whether she may write for this body: its officers, and who runs the collaborative.

        What the body decides is noted, and not final, where she holds no office in it (decision 0013, `actions.note`).
        """
        return self.runs or body_id in self.officer_of

    def speaks_for(self, partner_id: UUID) -> bool:
        """Whether she may write what this partner says about itself."""
        return self.runs or partner_id in self.partner_ids


_kept: ContextVar[dict[tuple[Viewer, UUID], Standing] | None] = ContextVar("standings", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within it, how a reader stands to a collaborative is asked once. For a page that puts many rooms together; nothing is written within."""
    mark = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(mark)


def standing_of(*, viewer: Viewer, collaborative_id: UUID) -> Standing:
    """How `viewer` stands to a collaborative. Three queries, also for who has no part in it. Raises NotVisible for an outsider."""
    require(viewer)
    kept = _kept.get()
    if kept is None:
        return _standing(viewer, collaborative_id)
    key = (viewer, collaborative_id)
    if key not in kept:
        kept[key] = _standing(viewer, collaborative_id)
    return kept[key]


def _standing(viewer: Viewer, collaborative_id: UUID) -> Standing:
    found = Collaborative.objects.filter(pk=collaborative_id).first()
    seats = list(Seat.objects.filter(collaborative_id=collaborative_id, left_on=None, worker_id=viewer.worker_id or collaborative_id))
    ours = list(Partner.objects.filter(collaborative_id=collaborative_id, left_on=None, agency_id=viewer.holder_id or collaborative_id))
    runs = found is not None and viewer.can("PARTNERSHIP") and (found.agency_id == viewer.holder_id or viewer.can("COUNTS_EXACT"))
    if found is None or not viewer.can("PARTNERSHIP_READ") or not (runs or seats or ours):
        raise NotVisible
    waits = frozenset(seat.pk for seat in seats if waits_for_training(seat, found))
    takes_part = [seat for seat in seats if seat.pk not in waits]
    return Standing(
        collaborative=found,
        runs=runs,
        worker_id=viewer.worker_id,
        sits_in=frozenset(seat.body_id for seat in takes_part),
        officer_of=frozenset(seat.body_id for seat in takes_part if seat.office in OFFICERS),
        waits_in=waits,
        partner_ids=frozenset(partner.pk for partner in ours),
    )


def waits_for_training(seat: Seat, collaborative: Collaborative) -> bool:
    """Whether a member takes a training before she takes part (P12)."""
    return training_first(
        since=collaborative.gate_since, levels=collaborative.gate_levels, starts_on=seat.starts_on, level=seat.level, let_in_on=seat.let_in_on
    )


def seat_that_waits(*, viewer: Viewer, collaborative_id: UUID) -> Seat | None:
    """A seat of the reader in which a training comes first; None for everybody else, and for an outsider. One query."""
    rows = Seat.objects.select_related("collaborative").filter(collaborative_id=collaborative_id, left_on=None, body__ends_on=None)
    mine = rows.filter(worker_id=viewer.worker_id or collaborative_id)
    return next((seat for seat in mine if waits_for_training(seat, seat.collaborative)), None)


def name_of(*, viewer: Viewer, collaborative_id: UUID) -> str:
    """The name of who acts, as she is called in this collaborative: on her seat, else as a worker; "" for a system."""
    if viewer.worker_id is None:
        return ""
    seat = Seat.objects.filter(collaborative_id=collaborative_id, worker_id=viewer.worker_id, left_on=None).order_by("starts_on", "pk").first()
    worker = Worker.objects.filter(pk=viewer.worker_id).first() if seat is None else None
    return seat.name if seat else worker.name[:120] if worker else ""


def sits_somewhere(*, viewer: Viewer) -> bool:
    """Whether `viewer` holds a seat in a committee, team or group that has not ended. One query."""
    require(viewer)
    if viewer.worker_id is None:
        return False
    return Seat.objects.filter(worker_id=viewer.worker_id, left_on=None, body__ends_on=None, collaborative__ends_on=None).exists()


def collaboratives_of(*, viewer: Viewer) -> list[Collaborative]:
    """The collaboratives in which `viewer` has a part, the state's first, then by name. One query."""
    require(viewer)
    if not viewer.can("PARTNERSHIP_READ"):
        return []
    seats = Seat.objects.filter(left_on=None, worker_id=viewer.worker_id).values("collaborative_id")
    partners = Partner.objects.filter(left_on=None, agency_id=viewer.holder_id).values("collaborative_id")
    part = Q(pk__in=seats) | Q(pk__in=partners)
    if viewer.can("PARTNERSHIP"):
        # The state lead runs every collaborative of the state; a coordinator those of her own agency.
        part |= Q(agency_id=viewer.holder_id) if not viewer.can("COUNTS_EXACT") else Q(pk__isnull=False)
    rows = Collaborative.objects.filter(part, ends_on=None)
    return sorted(rows[:200], key=lambda row: (row.reach != "STATE", row.name))
