"""What lasts: the sustainability plan, money by its end, changes to keep, lessons, the seven strategies, scope and scale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from careloom.infra.access import Viewer
from careloom.inventory.models import Fund, Keep, Lesson, Promising, Reach, Sustain
from careloom.inventory.rights import steers
from careloom.kernel.partnership.lasting import After, Kind, Stay, Strategy, ends_soon, in_time
from careloom.partnership.standing import Standing, standing_of

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Lasting:
    """The sustainability plan with what stands behind it: money with its end first, changes by the three R's."""

    standing: Standing
    plan: Sustain | None
    funds: tuple[Fund, ...]
    keeps: tuple[Keep, ...]
    may_write: bool

    @property
    def opened_in_time(self) -> bool | None:
        """Whether the plan was written in the planning phase; None while nobody wrote it (R-218)."""
        if self.plan is None:
            return None
        return in_time(starts_on=self.standing.collaborative.starts_on, opened_on=self.plan.made_at.date())

    def of(self, kind: Kind) -> tuple[Keep, ...]:
        """The changes of one of the three R's."""
        return tuple(row for row in self.keeps if row.kind == kind)

    def ending(self, today: date) -> tuple[Fund, ...]:
        """Money that ends within a year and has nothing secured after it."""
        return tuple(row for row in self.funds if ends_soon(until=row.until, today=today) and row.after not in (After.SECURED, After.NOT_NEEDED))

    @property
    def unkept(self) -> tuple[Keep, ...]:
        """Changes about which nobody decided yet."""
        return tuple(row for row in self.keeps if row.stay == Stay.UNDECIDED)


def lasting(*, viewer: Viewer, collaborative_id: UUID) -> Lasting:
    """The sustainability plan. Seven statements. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    live = {"collaborative_id": collaborative_id, "ends_on": None}
    return Lasting(
        standing=standing,
        plan=Sustain.objects.filter(collaborative_id=collaborative_id).first(),
        funds=tuple(Fund.objects.filter(**live).select_related("partner").order_by(F("until").asc(nulls_last=True), "name")[:MOST]),
        keeps=tuple(Keep.objects.filter(**live).select_related("partner").order_by("kind", "name")[:MOST]),
        may_write=steers(standing),
    )


def ending_funds(*, viewer: Viewer, collaborative_id: UUID, today: date) -> tuple[Fund, ...]:
    """Money that ends within a year and has nothing secured after it, the first to end first (R-213). For the home page. Raises NotVisible."""
    return lasting(viewer=viewer, collaborative_id=collaborative_id).ending(today)


def lessons(*, viewer: Viewer, collaborative_id: UUID) -> tuple[QuerySet[Lesson], bool]:
    """What the collaborative knows, the newest first, and whether the reader may add to it (R-088). Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    return Lesson.objects.filter(collaborative_id=collaborative_id).order_by("-on", "-made_at", "pk"), steers(standing)


def promising(*, viewer: Viewer, collaborative_id: UUID) -> tuple[dict[Strategy, Promising | None], bool]:
    """The seven strategies with how far each is in place, and whether the reader may say it (R-132). Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = {row.code: row for row in Promising.objects.filter(collaborative_id=collaborative_id)}
    return {one: rows.get(one) for one in Strategy}, steers(standing)


def reaches(*, viewer: Viewer, collaborative_id: UUID) -> tuple[tuple[Reach, ...], bool]:
    """Scope and scale by month, the last 24, oldest first; and whether the reader may add a month (R-056). Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = list(Reach.objects.filter(collaborative_id=collaborative_id).order_by("-month")[:24])
    return tuple(reversed(rows)), steers(standing)
