"""Walks, stages and reviews as they stand. Source: R-062, R-063, R-214, R-217."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.infra.access import NotVisible, Viewer
from careloom.kernel.partnership.stages import Stage, met_of, missing_next
from careloom.partnership.standing import Standing, standing_of
from careloom.surveys.models import AlignmentReview, StageReading, Walk, WalkStep
from careloom.surveys.words import STAGES

MOST = 200


@dataclass(frozen=True, kw_only=True)
class StageNow:
    """Where a collaborative, or a pair of its partners, stands: the newest reading, those before it, and how much of each stage is met."""

    readings: tuple[StageReading, ...]  # oldest first

    @property
    def newest(self) -> StageReading | None:
        """The last reading."""
        return self.readings[-1] if self.readings else None

    @property
    def met(self) -> frozenset[str]:
        """The indicators that are met."""
        return frozenset(one["indicator"] for one in self.newest.met) if self.newest else frozenset()

    @property
    def counts(self) -> dict[Stage, tuple[int, int]]:
        """How many indicators of each stage are met, of how many."""
        return {stage: met_of(stage, self.met) for stage in Stage if stage is not Stage.NONE}

    @property
    def stage(self) -> Stage:
        """The stage now."""
        return Stage(self.newest.stage) if self.newest else Stage.NONE

    @property
    def missing(self) -> tuple[str, ...]:
        """What the next stage lacks."""
        return missing_next(self.met)

    @property
    def sentence(self) -> str:
        """The history in one sentence."""
        if self.newest is None:
            return _("The stage was not looked at yet.")
        here = STAGES[self.newest.stage]
        fell = [two for one, two in zip(self.readings, self.readings[1:], strict=False) if two.stage < one.stage]
        since = self.newest
        for reading in reversed(self.readings):
            if reading.stage != self.newest.stage:
                break
            since = reading
        words = _("%(stage)s since %(month)s.") % {"stage": here, "month": date_format(since.read_on, "F Y")}
        if fell:
            words += " " + _("In %(month)s it had moved back to: %(stage)s.") % {
                "month": date_format(fell[-1].read_on, "F Y"), "stage": str(STAGES[fell[-1].stage]).lower(),
            }  # fmt: skip
        return words


def stage_of(*, viewer: Viewer, collaborative_id: UUID, partner_id: UUID | None = None, other_id: UUID | None = None) -> StageNow:
    """The stage of a collaborative, or of a pair of its partners, with its history. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    pair: list[UUID | None] = [*sorted(one for one in (partner_id, other_id) if one is not None)] if partner_id and other_id else [None, None]
    found = StageReading.objects.filter(collaborative_id=collaborative_id, partner_id=pair[0], other_id=pair[1]).order_by("-read_on", "-made_at")
    return StageNow(readings=tuple(reversed(found[:60])))


def pairs_of(*, viewer: Viewer, collaborative_id: UUID) -> list[StageReading]:
    """The newest reading of each pair of partners, by their names. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    newest: dict[tuple[UUID | None, UUID | None], StageReading] = {}
    found = StageReading.objects.filter(collaborative_id=collaborative_id, partner__isnull=False).select_related("partner", "other")
    for row in found.order_by("read_on", "made_at"):
        newest[row.partner_id, row.other_id] = row
    return sorted(newest.values(), key=lambda row: (row.partner.name if row.partner else "", row.other.name if row.other else ""))


def walks_of(*, viewer: Viewer, collaborative_id: UUID) -> tuple[list[Walk], Standing]:
    """The walks, newest first. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    return list(Walk.objects.filter(collaborative_id=collaborative_id).select_related("sponsor").order_by("-walked_on", "title")[:MOST]), standing


def walk_of(*, viewer: Viewer, collaborative_id: UUID, walk_id: UUID) -> tuple[Walk, list[WalkStep], Standing]:
    """A walk with its steps in order. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    row = Walk.objects.filter(pk=walk_id, collaborative_id=collaborative_id).select_related("sponsor").first()
    if row is None:
        raise NotVisible
    return row, list(WalkStep.objects.filter(walk=row, dropped=False).order_by("place", "made_at", "pk")[:60]), standing


def reviews_of(*, viewer: Viewer, collaborative_id: UUID) -> tuple[list[AlignmentReview], Standing]:
    """The reviews of practices, newest first. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    return list(AlignmentReview.objects.filter(collaborative_id=collaborative_id).order_by("-reviewed_on", "-made_at")[:MOST]), standing


def review_due(reviews: list[AlignmentReview], *, today: date) -> bool:
    """Whether practices are to be looked at again."""
    return bool(reviews) and reviews[0].next_on <= today
