"""What became of the barriers of a collaborative in one year: for a self-audit and for the annual report. Source: R-183, R-184."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median
from uuid import UUID

from django.db.models import Q

from careloom.barriers.models import Barrier, Step
from careloom.infra.access import Viewer
from careloom.kernel.partnership.barrier import OVER, Deed, State
from careloom.partnership.standing import standing_of

SOLVED = frozenset({State.RESOLVED, State.TOLD, State.CLOSED})


@dataclass(frozen=True, kw_only=True)
class Year:
    """A year's barriers: raised and answered in it, open and late now, median days to the first answer, and what was decided, newest first."""

    raised: int
    answered: int
    open: int
    late: int
    median_days: int | None
    decided: tuple[Barrier, ...]


def year_of(*, viewer: Viewer, collaborative_id: UUID, year: int, today: date) -> Year:
    """The barriers of a year, as one reads them in the register: no family, and no day on which one spoke. Five queries. Raises NotVisible.

    Joined ones and what was no barrier count nowhere.
    """
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Barrier.objects.filter(collaborative_id=standing.collaborative.pk).exclude(state__in=(State.DUPLICATE, State.NOT_A_BARRIER))
    answered = list(rows.filter(answered_on__year=year).values_list("raised_on", "answered_on"))
    days = [(end - start).days for start, end in answered if end is not None]
    told = Step.objects.filter(barrier__in=rows, on__year=year, deed__in=(Deed.DECIDE, Deed.TELL)).values("barrier_id")
    living = rows.exclude(state__in=OVER)
    return Year(
        raised=rows.filter(raised_on__year=year).count(), answered=len(answered), open=living.count(), late=living.filter(due_on__lt=today).count(),
        median_days=round(median(days)) if days else None,
        decided=tuple(rows.filter(Q(pk__in=told), state__in=(*SOLVED, State.DECIDED)).order_by("-answered_on", "title")[:40]),
    )  # fmt: skip
