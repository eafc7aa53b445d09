"""When something of safety is due. The days and hours are the pack's (`SAFETY_...` in packs/base/clocks.yaml)."""

from __future__ import annotations

from datetime import date, datetime

from careloom.infra.packs import load_pack
from careloom.kernel.clocks import due_at, local_day
from careloom.kernel.packs import ClockName


def due(name: ClockName, *, pack: str, at: datetime) -> datetime:
    """The instant at which a clock that starts at `at` has run out, by the calendar of the pack."""
    rules = load_pack(name=pack)
    return due_at(start=at, rule=rules.clocks[name].due, calendar=rules.calendar)


def today(*, pack: str, at: datetime) -> date:
    """The legal day of an instant where the pack counts."""
    return local_day(at=at, zone=load_pack(name=pack).manifest.zone)
