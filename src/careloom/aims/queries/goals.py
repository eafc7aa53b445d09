"""Shared outcomes with what stands beside each, and the crosswalk of what agencies want to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from careloom.aims.models import Aim, Desire, Look, YearPriority
from careloom.infra.access import NotVisible, Viewer
from careloom.partnership.models import Noted, Partner
from careloom.partnership.queries.noted import noted_about
from careloom.partnership.rights import steers
from careloom.partnership.standing import Standing, collaboratives_of, standing_of

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Goal:
    """An aim with what stands beside it: whether it is final, the years in which it comes first, and the looks at it, newest first."""

    aim: Aim
    noted: Noted | None
    priorities: tuple[tuple[YearPriority, Noted | None], ...]
    looks: tuple[Look, ...]

    @property
    def is_final(self) -> bool:
        """Whether the body's word is final (decision 0013)."""
        return self.noted is None or self.noted.confirmed_on is not None

    def first_in(self, year: int) -> bool:
        """Whether oversight put it first for that year."""
        return any(row.year == year for row, _noted in self.priorities)

    def is_late(self, today: date) -> bool:
        """Whether it was to be looked at before today."""
        return self.aim.review_on < today


@dataclass(frozen=True, kw_only=True)
class Crosswalk:
    """Agencies by shared outcomes: what each wants in its own words, and where nothing meets (R-083)."""

    standing: Standing
    aims: tuple[Aim, ...]
    partners: tuple[Partner, ...]
    desires: tuple[Desire, ...]

    @cached_property
    def by_partner(self) -> dict[UUID, tuple[Desire, ...]]:
        """What each partner wants, by its id."""
        return {one.pk: tuple(row for row in self.desires if row.partner_id == one.pk) for one in self.partners}

    def meets(self, partner: Partner, aim: Aim) -> tuple[Desire, ...]:
        """What that partner wants that is this outcome."""
        return tuple(row for row in self.by_partner[partner.pk] if aim.pk in row.aims)

    @property
    def silent(self) -> tuple[Partner, ...]:
        """Partners that have not said what they want."""
        return tuple(one for one in self.partners if not self.by_partner[one.pk])

    @property
    def unshared(self) -> tuple[Desire, ...]:
        """What an agency wants that is no shared outcome yet."""
        known = {aim.pk for aim in self.aims}
        return tuple(row for row in self.desires if not known & set(row.aims))

    @property
    def unowned(self) -> tuple[Aim, ...]:
        """Shared outcomes that no agency names as its own."""
        named = {pk for row in self.desires for pk in row.aims}
        return tuple(aim for aim in self.aims if aim.pk not in named)


def aims_for(*, viewer: Viewer, collaborative_id: UUID) -> tuple[tuple[Goal, ...], bool]:
    """The aims of a collaborative, those that come first soonest to be looked at; and whether the reader may write. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Aim.objects.select_related("owner", "body", "proposal", "collaborative").filter(collaborative_id=collaborative_id, ends_on=None)
    return _goals(rows.order_by("review_on", "outcome", "pk")[:MOST]), steers(standing)


def aim_of(*, viewer: Viewer, collaborative_id: UUID, aim_id: UUID) -> tuple[Goal, bool]:
    """One aim, an ended one too. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Aim.objects.select_related("owner", "body", "proposal", "collaborative").filter(pk=aim_id, collaborative_id=collaborative_id)
    found = _goals(rows)
    if not found:
        raise NotVisible
    return found[0], steers(standing)


def goals_by_indicator(*, viewer: Viewer) -> dict[str, tuple[Goal, ...]]:
    """The aims of every collaborative in which the reader has a part, by the code of their indicator, the state's first. For the dashboards."""
    order = {row.pk: place for place, row in enumerate(collaboratives_of(viewer=viewer))}
    rows = Aim.objects.select_related("owner", "body", "proposal", "collaborative").filter(collaborative_id__in=order, ends_on=None)
    found: dict[str, list[Goal]] = {}
    for goal in sorted(_goals(rows.exclude(indicator="").order_by("outcome", "pk")[:MOST]), key=lambda one: order[one.aim.collaborative_id]):
        found.setdefault(goal.aim.indicator, []).append(goal)
    return {code: tuple(goals) for code, goals in found.items()}


def crosswalk(*, viewer: Viewer, collaborative_id: UUID) -> Crosswalk:
    """What every agency wants for families beside the shared outcomes. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    live = {"collaborative_id": collaborative_id, "ends_on": None}
    return Crosswalk(
        standing=standing,
        aims=tuple(Aim.objects.filter(**live).order_by("made_at", "pk")[:MOST]),
        partners=tuple(Partner.objects.filter(collaborative_id=collaborative_id, left_on=None).order_by("name")[:MOST]),
        desires=tuple(Desire.objects.select_related("partner").filter(**live).order_by("partner__name", "made_at", "pk")[:MOST]),
    )


def desire_of(*, viewer: Viewer, collaborative_id: UUID, desire_id: UUID) -> Desire:
    """What one agency wants, for who may change it. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    row = Desire.objects.filter(pk=desire_id, collaborative_id=collaborative_id, ends_on=None).first()
    if row is None or not standing.speaks_for(row.partner_id):
        raise NotVisible
    return row


def _goals(rows: Iterable[Aim]) -> tuple[Goal, ...]:
    """Aims with what stands beside them, in the order given. Four statements, however many there are."""
    aims = list(rows)
    ids = [aim.pk for aim in aims]
    years: dict[UUID, list[YearPriority]] = {}
    for year in YearPriority.objects.select_related("body").filter(aim_id__in=ids).order_by("-year"):
        years.setdefault(year.aim_id, []).append(year)
    looks: dict[UUID, list[Look]] = {}
    for look in Look.objects.filter(aim_id__in=ids).order_by("-on", "-made_at", "pk"):
        looks.setdefault(look.aim_id, []).append(look)
    noted = noted_about([*ids, *(one.pk for some in years.values() for one in some)])
    return tuple(
        Goal(
            aim=aim, noted=noted.get(aim.pk), looks=tuple(looks.get(aim.pk, ())),
            priorities=tuple((one, noted.get(one.pk)) for one in years.get(aim.pk, ())),
        )
        for aim in aims
    )  # fmt: skip
