"""Needs against services: gaps, critical missing partners, and the changes that answer them (R-014, R-037, R-038)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from careloom.infra.access import NotVisible, Viewer
from careloom.inventory.models import Strategy
from careloom.inventory.queries.array import Array, array_of
from careloom.inventory.rights import works
from careloom.kernel.partnership.array import GapFact, NeedFact, Progress, Shape, critical
from careloom.kernel.partnership.array import gaps as gaps_among
from careloom.partnership.standing import Standing, standing_of

LIVE = (Progress.PLANNED, Progress.UNDER_WAY, Progress.IN_PLACE)


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """Every need of the plans against what there is, and what is done about it."""

    array: Array
    rows: tuple[GapFact, ...]
    critical: tuple[str, ...]
    answers: tuple[Strategy, ...]
    may_write: bool

    @cached_property
    def open(self) -> tuple[GapFact, ...]:
        """The needs that are not answered, the heaviest first."""
        return tuple(gap for gap in self.rows if gap.shape is not Shape.ANSWERED)

    @property
    def unanswered(self) -> tuple[GapFact, ...]:
        """Gaps about which nobody does anything yet."""
        return tuple(gap for gap in self.open if not self.answers_to(gap))

    def answers_to(self, gap: GapFact) -> tuple[Strategy, ...]:
        """The changes that answer a gap: for its need, in its place or everywhere."""
        return tuple(row for row in self.answers if row.need == gap.need.code and row.place in ("", gap.need.place))


def gaps(*, viewer: Viewer, collaborative_id: UUID, needs: Iterable[NeedFact]) -> Gaps:
    """Needs (as `outcomes` publishes them) against the service array. Nine statements. Raises NotVisible."""
    array, told = array_of(viewer=viewer, collaborative_id=collaborative_id), list(needs)
    rows = Strategy.objects.filter(collaborative_id=collaborative_id, progress__in=LIVE)
    return Gaps(
        array=array,
        rows=gaps_among(told, supply=array.supply),
        critical=critical(told, supply=array.supply),
        answers=tuple(rows.select_related("partner").order_by("due_on")[:500]),
        may_write=works(array.standing),
    )


def strategies(*, viewer: Viewer, collaborative_id: UUID) -> tuple[QuerySet[Strategy], Standing]:
    """Every change, what is open first and by the day on which it is due. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Strategy.objects.filter(collaborative_id=collaborative_id).select_related("partner")
    over = Case(When(progress__in=(Progress.IN_PLACE, Progress.STOPPED), then=Value(1)), default=Value(0), output_field=IntegerField())
    return rows.annotate(over=over).order_by("over", "due_on", "pk"), standing


def strategy_of(*, viewer: Viewer, strategy_id: UUID) -> tuple[Strategy, Standing]:
    """One change with its steps, the newest first. Raises NotVisible."""
    row = Strategy.objects.select_related("partner").prefetch_related("steps").filter(pk=strategy_id).first()
    standing = standing_of(viewer=viewer, collaborative_id=row.collaborative_id if row else strategy_id)
    if row is None:
        raise NotVisible
    return row, standing
