"""The days on which a plan is looked at: put, found, called off. The lead always owes the next one. Source: plan-content 2.7, R-137."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from careloom.infra.access import Viewer
from careloom.infra.access.scope import acting_as
from careloom.plans import schedule
from careloom.plans.actions import owed
from careloom.plans.actions.keeping import change_plan, frame_stamp, keeper_of, open_plan, take_turn
from careloom.plans.actions.results import Refused
from careloom.plans.models import PlanOfSafeCare, Review

REVIEWS = frozenset({"REVIEW", "AFTER_EVENT"})
CONTACTS = frozenset({"FIRST_CONTACT", "HOME_VISIT"})


@transaction.atomic
def schedule_reviews(*, by: Viewer, at: datetime, plan_id: UUID, discharged_on: date | None = None) -> int | Refused:
    """Put the days of the pack's schedule that are still missing; returns how many were added. The lead owes the next of them."""
    plan = open_plan(by=by, at=at, plan_id=plan_id, lead=True)
    if isinstance(plan, Refused):
        return plan
    return put_schedule(by=by, at=at, plan=plan, discharged_on=discharged_on)


def put_schedule(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, discharged_on: date | None = None) -> int:
    """The rows of the schedule, the plan's next day, and what the lead owes: the first contact, the home visit and the next review."""
    with acting_as(keeper_of(plan=plan, by=by)):
        known = {(row.kind, row.due_on): row for row in Review.objects.filter(plan_id=plan.pk)}
        wanted = schedule.planned_days(plan=plan, discharged_on=discharged_on)
        again = [row.pk for day in wanted if (row := known.get((day.kind, day.due_on))) and row.called_off_at and not row.held_at]
        Review.objects.filter(pk__in=again).update(called_off_at=None, asked=F("asked") + 1, changed_at=at)
        new = Review.objects.bulk_create(
            Review(**frame_stamp(by=by, at=at, plan=plan), kind=day.kind, due_on=day.due_on) for day in wanted if (day.kind, day.due_on) not in known
        )
    set_next(by=by, at=at, plan=plan, follow_until=schedule.follow_until(plan))
    for row in open_reviews(by=by, plan=plan):
        if row.kind in CONTACTS:
            owed.owe_review(by=by, at=at, plan=plan, review=row)
    return len(new)


def set_next(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, **values: object) -> None:
    """Write the plan's next review day and have the lead owe that review. The plan is read again where `next_review_on` changed."""
    following = next((row for row in open_reviews(by=by, plan=plan) if row.kind in REVIEWS), None)
    change_plan(plan=plan, by=by, next_review_on=following.due_on if following else None, **values)
    if following is not None:
        owed.owe_review(by=by, at=at, plan=plan, review=following)


def open_reviews(*, by: Viewer, plan: PlanOfSafeCare) -> list[Review]:
    """What is still to be held, soonest first, as the plan's holder knows it."""
    with acting_as(keeper_of(plan=plan, by=by)):
        return list(Review.objects.filter(plan_id=plan.pk, held_at=None, called_off_at=None).order_by("due_on", "kind"))


def call_off(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, reviews: Iterable[Review]) -> None:
    """These are no longer asked for, and nobody owes them."""
    rows = list(reviews)
    with acting_as(keeper_of(plan=plan, by=by)):
        Review.objects.filter(pk__in=[row.pk for row in rows]).update(called_off_at=at, changed_at=at)
    for row in rows:
        owed.review_done(by=by, at=at, plan=plan, review=row)


def put_review(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, kind: str, due_on: date, why: str, category: str) -> Review:
    """A review on a day, in the plan's frame: the one that is there already, or a new one. Two events of a day stay two reviews."""
    take_turn(f"review:{plan.pk}")
    same = {"why": why} if kind == "AFTER_EVENT" else {}
    with acting_as(keeper_of(plan=plan, by=by)):
        known = Review.objects.filter(plan_id=plan.pk, kind=kind, due_on=due_on, **same).first()
        if known is not None and known.held_at is not None:
            return put_review(by=by, at=at, plan=plan, kind=kind, due_on=due_on + timedelta(days=1), why=why, category=category)
        if known is None:
            known = Review(**frame_stamp(by=by, at=at, plan=plan, category=category), kind=kind, due_on=due_on, why=why)
            known.save()
        elif known.called_off_at is not None:
            known.called_off_at, known.asked = None, known.asked + 1
            known.save(update_fields=["called_off_at", "asked"])
    return known
