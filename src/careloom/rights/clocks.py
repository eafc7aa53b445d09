"""When an answer is due, and until when it may be put off. The days are the pack's (`RIGHTS_...` in packs/base/clocks.yaml)."""

from __future__ import annotations

from datetime import date, datetime

from careloom.agencies.models import Agency
from careloom.infra.packs import load_pack
from careloom.kernel.clocks import due_on, local_day, next_midnight
from careloom.kernel.packs import ClockName
from careloom.rights.kinds import RULES, Right


def last_day(*, right: str, agency: Agency, received_at: datetime) -> date:
    """The last legal day on which an answer is on time. The day on which the request came is day 0."""
    return day_after(RULES[Right(right)].clock, agency=agency, start=local_day(at=received_at, zone=_zone(agency)))


def put_off_to(*, right: str, agency: Agency, due: date) -> date | None:
    """The last day after the one extension, counted from the first due day; None where the law gives no extension."""
    more = RULES[Right(right)].more
    return day_after(more, agency=agency, start=due) if more else None


def day_after(name: ClockName, *, agency: Agency, start: date) -> date:
    """The last day of a clock that starts on a day, by the calendar of the agency's place."""
    pack = load_pack(name=agency.pack)
    return due_on(start=start, rule=pack.clocks[name].due, calendar=pack.calendar)


def today_of(agency: Agency, *, at: datetime) -> date:
    """The legal day of an instant where the agency is."""
    return local_day(at=at, zone=_zone(agency))


def end_of(day: date, *, agency: Agency) -> datetime:
    """The instant at which a legal day is over where the agency is."""
    return next_midnight(day=day, zone=_zone(agency))


def _zone(agency: Agency) -> str:
    return load_pack(name=agency.pack).calendar.zone
