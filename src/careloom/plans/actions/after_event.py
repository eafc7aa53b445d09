"""Something happened: the plan is looked at again. And tries to reach her. Source: R-122, R-124, J2.9."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.kernel.plan import PlanState
from careloom.plans import schedule
from careloom.plans.actions.keeping import CORE, PART2_SEGMENT, note, once, open_plan, stamp
from careloom.plans.actions.results import Reason, Refused, refused
from careloom.plans.actions.scheduling import put_review, set_next
from careloom.plans.models import ContactTry, Review

EVENTS = frozenset({"RETURN_TO_USE", "CRISIS", "HOUSEHOLD_CHANGE", "CARE_CHANGE", "SHE_ASKED", "OTHER"})
"""What a review may be asked for after. None of them reports anybody or closes anything (R-124)."""


@transaction.atomic
def review_after_event(*, by: Viewer, at: datetime, plan_id: UUID, why: str, due_on: date | None = None) -> Review | Refused:
    """Something happened that the plan should be looked at for (a code of EVENTS): a review is asked for soon, and nothing else.

    It closes nothing and reports nobody (R-122, R-124). What happened is kept where a reader of the plain plan does not see it.
    """
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    if why not in EVENTS:
        return refused(Reason.UNKNOWN_CODE)
    category = PART2_SEGMENT if why == "RETURN_TO_USE" else CORE
    day = due_on or schedule.day_after_event(plan=plan, at=at)
    review = put_review(by=by, at=at, plan=plan, kind="AFTER_EVENT", due_on=day, why=why, category=category)
    set_next(by=by, at=at, plan=plan, status=PlanState.UNDER_REVIEW.value)
    note("review_asked", by=by, at=at, plan=plan, object_id=review.pk)
    return review


def return_to_use(*, by: Viewer, at: datetime, plan_id: UUID, due_on: date | None = None) -> Review | Refused:
    """A return to use: the plan is looked at again soon. Never a report, never a closing (R-124, J2.9)."""
    return review_after_event(by=by, at=at, plan_id=plan_id, why="RETURN_TO_USE", due_on=due_on)


@transaction.atomic
def note_contact_try(*, by: Viewer, at: datetime, plan_id: UUID, how: str, reached: bool, request_key: str) -> ContactTry | Refused:
    """A try to reach her: CALL, TEXT, VISIT, LETTER or OTHER."""
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(ContactTry, by=by, request_key=request_key)
    if known is not None:
        return known
    row = ContactTry(**stamp(by=by, at=at, plan=plan), at=at, how=how, reached=reached, request_key=request_key)
    row.save()
    note("contact_try", by=by, at=at, plan=plan, object_id=row.pk, how=how)
    return row
