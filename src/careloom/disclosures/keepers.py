"""Who answers for papers in an agency, and the clocks of what they are asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from careloom.agencies.models import Agency
from careloom.agencies.officers import keeper_of
from careloom.consents.actions.emergency import CATEGORY as OPENING
from careloom.infra.access import Viewer
from careloom.infra.packs import load_pack
from careloom.kernel.clocks import add_business_days, local_day, next_midnight

__all__ = ["answer_by", "business_day", "end_of", "for_review", "keeper_of", "tell_by"]

#: No rule names a time for a third party's request; ten business days is our own choice. It is the asker's clock too, whatever the holder does.
ANSWER_DAYS = 10
#: Workflows 6.16: a look in an emergency is reviewed within one business day.
REVIEW_DAYS = 1
#: 45 CFR 164.404(b): she is told without unreasonable delay and no later than 60 calendar days after the breach was found.
BREACH_DAYS = 60


def for_review(by: Viewer) -> Viewer:
    """The keeper of papers while she looks at emergencies: the row of an opening is a health record, which her role does not open otherwise."""
    return by if by.categories is None else replace(by, categories=by.categories | {OPENING})


def answer_by(*, agency: Agency, at: datetime) -> date:
    """The last day on which a request is answered in time."""
    return business_day(agency=agency, at=at, days=ANSWER_DAYS)


def business_day(*, agency: Agency, at: datetime, days: int) -> date:
    """The business day that comes so many after `at`, by the calendar of the agency's place."""
    calendar = load_pack(name=agency.pack).calendar
    return add_business_days(start=local_day(at=at, zone=calendar.zone), days=days, calendar=calendar)


def tell_by(found_on: date) -> date:
    """The last day on which she may be told of a breach that was found on a day."""
    return found_on + timedelta(days=BREACH_DAYS)


def end_of(day: date, *, agency: Agency) -> datetime:
    """The instant at which a day is over where the agency is."""
    return next_midnight(day=day, zone=load_pack(name=agency.pack).calendar.zone)
