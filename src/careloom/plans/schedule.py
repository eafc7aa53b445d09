"""The days on which a plan is looked at again, as its pack says. Reads packs; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from careloom.infra.packs import load_pack
from careloom.kernel.clocks import due_at, due_on, local_day, review_dates
from careloom.kernel.packs.schema import ClockName, Pack
from careloom.plans.models import PlanOfSafeCare

AFTER_EVENT = ClockName.CONTACT_AFTER_DISCHARGE


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A day on which something of the plan is due. `kind`: FIRST_CONTACT, HOME_VISIT, REVIEW."""

    kind: str
    due_on: date


def pack_of(plan: PlanOfSafeCare) -> Pack:
    """The pack that the plan was started under."""
    return load_pack(name=plan.pack)


def today_of(*, plan: PlanOfSafeCare, at: datetime) -> date:
    """The legal day of `at` where the plan is kept."""
    return local_day(at=at, zone=pack_of(plan).calendar.zone)


def start_of(plan: PlanOfSafeCare) -> date:
    """The day from which reviews are counted: the birth, or the start of a plan with no birth yet."""
    return plan.born_on or today_of(plan=plan, at=plan.started_at)


def planned_days(*, plan: PlanOfSafeCare, discharged_on: date | None) -> tuple[Planned, ...]:
    """Every day of the plan's schedule: reviews from its start; after a birth, the first contact and a home visit too."""
    pack = pack_of(plan)
    days = [Planned(kind="REVIEW", due_on=day) for day in review_dates(start=start_of(plan), schedule=pack.plan.reviews)]
    if plan.born_on is not None:
        home = discharged_on or plan.born_on
        for kind, clock in (("FIRST_CONTACT", ClockName.CONTACT_AFTER_DISCHARGE), ("HOME_VISIT", ClockName.HOME_VISIT)):
            days.append(Planned(kind=kind, due_on=due_on(start=home, rule=pack.clocks[clock].due, calendar=pack.calendar)))
    return tuple(sorted(days, key=lambda day: (day.due_on, day.kind)))


def follow_until(plan: PlanOfSafeCare) -> date:
    """The day on which the time set for the plan is over (R-137: a year by default)."""
    return start_of(plan) + timedelta(days=pack_of(plan).plan.reviews.until_day)


def day_after_event(*, plan: PlanOfSafeCare, at: datetime) -> date:
    """The day by which a review after an event is held: as soon as a first contact would be."""
    pack = pack_of(plan)
    return due_on(start=today_of(plan=plan, at=at), rule=pack.clocks[AFTER_EVENT].due, calendar=pack.calendar)


def lead_answer_due(*, plan: PlanOfSafeCare, at: datetime) -> datetime:
    """When an offer to lead lapses (three business days by default, workflows 6.2)."""
    pack = pack_of(plan)
    return due_at(start=at, rule=pack.clocks[ClockName.LEAD_TRANSFER_ACCEPT].due, calendar=pack.calendar)


def reopen_until(plan: PlanOfSafeCare) -> datetime | None:
    """Until when a closed plan may be opened again under its own id; None while it is open."""
    if plan.closed_at is None:
        return None
    pack = pack_of(plan)
    return due_at(start=plan.closed_at, rule=pack.clocks[ClockName.PLAN_REOPEN].due, calendar=pack.calendar)
