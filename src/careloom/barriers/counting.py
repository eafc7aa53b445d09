"""How many families stand behind a barrier, as it may be told, and when a clock of the pack ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from careloom.barriers.models import Barrier, Given
from careloom.infra.packs import current_pack
from careloom.kernel.clocks import due_on
from careloom.kernel.packs.schema import ClockName
from careloom.kernel.partnership.barrier import about
from careloom.kernel.suppression import Cell


def families_of(barrier_ids: Iterable[UUID], *, today: date) -> dict[UUID, Cell]:
    """The families behind each barrier and those joined to it. Two queries.

    INVARIANT: only whole months count, so that a number never moves on the day on which somebody came; small numbers are a star, and others
    are rounded to fives.
    """
    ids = set(barrier_ids)
    leads = dict(Barrier.objects.filter(joined_to_id__in=ids).values_list("pk", "joined_to_id"))
    counts: Counter[UUID | None] = Counter()
    rows = Given.objects.filter(barrier_id__in=ids | leads.keys(), month__lt=today.replace(day=1)).order_by()
    for barrier_id in rows.values_list("barrier_id", flat=True):
        counts[barrier_id] += 1
        counts[leads.get(barrier_id)] += 1  # type: ignore[arg-type]
    return {pk: about(counts[pk]) for pk in ids}


def ends_on(name: str, *, start: date) -> date | None:
    """The last day on which the pack's clock is on time; None for no clock."""
    if not name:
        return None
    pack = current_pack()
    return due_on(start=start, rule=pack.clocks[ClockName(name)].due, calendar=pack.calendar)
