"""Costs in force, savings as they were worked out, the two purposes, and what is due on a schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careloom.aims.costs import Cost, shipped_costs
from careloom.aims.models import Calculation, Purpose, Schedule, Sent, UnitCost
from careloom.infra.access import NotVisible, Viewer
from careloom.kernel.indicators.savings import Counted, Part, Range, Savings, savings
from careloom.kernel.indicators.schedule import Due, Every, InTime, due
from careloom.partnership.rights import steers
from careloom.partnership.standing import Standing, standing_of

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Saved:
    """A calculation that was kept, worked out again from what it rests on."""

    row: Calculation
    found: Savings


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A schedule with its periods that are over, the newest first, and everything that was sent, the newest first."""

    row: Schedule
    periods: tuple[Due, ...]
    sent: tuple[Sent, ...]
    may_send: bool

    def sent_for(self, starts_on: date) -> tuple[Sent, ...]:
        """What was sent of a period, the newest first."""
        return tuple(one for one in self.sent if one.period_on == starts_on)

    @property
    def open(self) -> tuple[Due, ...]:
        """Periods that wait, the oldest first."""
        return tuple(one for one in reversed(self.periods) if one.stands in (InTime.DUE, InTime.LATE))


def costs_in_force(collaborative_id: UUID) -> dict[Part, Cost | UnitCost]:
    """What each unit costs here: the collaborative's own where it said so, else the pack's. One query; the caller has asked `standing_of`."""
    own = {Part(row.code): row for row in UnitCost.objects.filter(collaborative_id=collaborative_id)}
    return {part: own.get(part) or shipped_costs()[part] for part in Part if part in own or part in shipped_costs()}


def costs_for(*, viewer: Viewer, collaborative_id: UUID) -> tuple[dict[Part, Cost | UnitCost], bool]:
    """The unit costs of a collaborative, and whether the reader may change them. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    return costs_in_force(collaborative_id), steers(standing)


def worked_out(row: Calculation) -> Savings:
    """A calculation from what it keeps. Raises kernel.indicators.savings.NotComparable."""
    parts = set(Part)
    counted = [Counted(part=Part(one["part"]), ours=one["ours"], theirs=one["theirs"]) for one in row.lines if one["part"] in parts]
    costs = {Part(code): Range(value=float(one["value"]), low=float(one["low"]), high=float(one["high"])) for code, one in row.costs.items()}
    paid = Range(value=float(row.paid), low=float(row.paid), high=float(row.paid)) if row.paid is not None else None
    return savings(families=row.families, compared=row.compared, counted=counted, costs=costs, paid=paid)


def savings_for(*, viewer: Viewer, collaborative_id: UUID) -> tuple[tuple[Saved, ...], bool]:
    """Every calculation of a collaborative, the newest first, and whether the reader may add one. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Calculation.objects.filter(collaborative_id=collaborative_id, ends_on=None).order_by("-on", "-made_at", "pk")[:MOST]
    return tuple(Saved(row=row, found=worked_out(row)) for row in rows), steers(standing)


def saving_of(*, viewer: Viewer, collaborative_id: UUID, saving_id: UUID) -> tuple[Saved, bool]:
    """One calculation. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    row = Calculation.objects.select_related("collaborative").filter(pk=saving_id, collaborative_id=collaborative_id).first()
    if row is None:
        raise NotVisible
    return Saved(row=row, found=worked_out(row)), steers(standing)


def purposes_for(*, viewer: Viewer, collaborative_id: UUID) -> tuple[dict[str, Purpose], bool]:
    """The purposes of the program that are tracked, by code, and whether the reader may change them. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Purpose.objects.select_related("partner").filter(collaborative_id=collaborative_id)
    return {row.code: row for row in rows}, steers(standing)


def schedules_for(*, viewer: Viewer, collaborative_id: UUID, today: date) -> tuple[tuple[Reported, ...], bool]:
    """Every schedule with what is due and what went, and whether the reader may set one. Three statements. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    return _reported(standing, today=today), steers(standing)


def due_points(*, standing: Standing, today: date) -> tuple[tuple[Reported, Due], ...]:
    """Periods that wait for the reader, the oldest first: hers to send where her agency sends them, or she runs the collaborative."""
    mine = [one for one in _reported(standing, today=today) if standing.speaks_for(one.row.partner_id)]
    return tuple(sorted(((one, period) for one in mine for period in one.open), key=lambda pair: pair[1].due_on))


def _reported(standing: Standing, *, today: date) -> tuple[Reported, ...]:
    pk, may = standing.collaborative.pk, steers(standing)
    rows = Schedule.objects.select_related("partner").filter(collaborative_id=pk, ends_on=None).order_by("name", "pk")[:MOST]
    sent: dict[UUID, list[Sent]] = {}
    for one in Sent.objects.filter(collaborative_id=pk).order_by("-on", "-made_at"):
        sent.setdefault(one.schedule_id, []).append(one)
    found = []
    for row in rows:
        went = tuple(sent.get(row.pk, ()))
        first: dict[date, date] = {one.period_on: one.on for one in went}  # the newest first, so that the first day of sending stays
        periods = due(every=Every(row.every), first=row.first, days=row.days, today=today, sent=first)
        found.append(Reported(row=row, periods=periods, sent=went, may_send=may or row.partner_id in standing.partner_ids))
    return tuple(found)
