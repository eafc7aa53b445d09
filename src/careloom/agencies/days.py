"""Legal days where an agency is: the pack of its place counts them."""

from __future__ import annotations

from datetime import date, datetime

from careloom.agencies.models import Agency
from careloom.infra.packs import load_pack
from careloom.kernel.clocks import due_on, local_day, next_midnight
from careloom.kernel.packs import ClockName


def today_of(agency: Agency, *, at: datetime) -> date:
    """The legal day of an instant where the agency is."""
    return local_day(at=at, zone=load_pack(name=agency.pack).calendar.zone)


def day_of(name: ClockName, *, agency: Agency, start: date) -> date:
    """The last day of a clock of the pack that starts on a day, by the calendar of the agency's place."""
    pack = load_pack(name=agency.pack)
    return due_on(start=start, rule=pack.clocks[name].due, calendar=pack.calendar)


def end_of(day: date, *, agency: Agency) -> datetime:
    """The instant at which a legal day is over where the agency is."""
    return next_midnight(day=day, zone=load_pack(name=agency.pack).calendar.zone)
