"""Step 6: a review against each need, a new version, what changed, the board of late ones, closing with its checklist, and opening again."""

from __future__ import annotations

from datetime import timedelta

from careloom.demo.walkthrough.walk import BEA, DANA, LENA, Walk
from careloom.infra import clock
from careloom.kernel.clocks import local_day
from careloom.notifications.models import ReceivedNotification
from careloom.plans.actions import (
    Finding,
    NotReady,
    Refused,
    ReviewHeld,
    close_plan,
    hold_review,
    note_contact,
    reopen_plan,
    return_to_use,
)
from careloom.plans.models import PlanOfSafeCare, Review
from careloom.plans.queries import changes_since, overdue_reviews, plan_parts

TITLE = "Reviews: what was found, what changed, and the end"


def run(walk: Walk) -> None:
    """Hold what is due, and try to close too early."""
    at = walk.day(20)
    with walk.acting(DANA, at=at) as by:
        late = overdue_reviews(viewer=by, today=local_day(at=at + timedelta(days=60), zone="America/New_York"))
        walk.report.allowed(
            "the board of late reviews lists this plan once its day has passed", any(row.line.plan.pk == walk.plan for row in late.rows)
        )
        first = Review.objects.filter(plan_id=walk.plan, kind="FIRST_CONTACT", held_at=None, called_off_at=None).first()
        met = first is not None and note_contact(by=by, at=at, review_id=first.pk, held_at=at, mode="PHONE")
        walk.report.allowed("the first contact after discharge is noted", isinstance(met, Review))
        version = PlanOfSafeCare.objects.get(pk=walk.plan).version
        review = Review.objects.filter(plan_id=walk.plan, kind="REVIEW", held_at=None, called_off_at=None).order_by("due_on").first()
    if review is None:
        walk.report.need("a review is on the plan's calendar", False)
        return
    findings = (
        Finding(need_id=walk.needs["HOUSING"], finding="NEEDS_WORK", note="La habitación sigue libre."),
        Finding(need_id=walk.needs["EARLY_INTERVENTION"], finding="MET"),
    )
    with walk.acting(BEA, at=at) as by:
        held = hold_review(by=by, at=at, review_id=review.pk, held_at=at, mode="IN_PERSON", request_key="walk-review-bea", findings=findings)
        walk.report.refused("a review by an agency that does not lead", isinstance(held, Refused))
    with walk.acting(DANA, at=at) as by:
        bare = hold_review(by=by, at=at, review_id=review.pk, held_at=at, mode="IN_PERSON", request_key="walk-review-bare",
                           findings=(Finding(need_id=walk.needs["HOUSING"], finding="UNMET"),))  # fmt: skip
        walk.report.refused("an unmet need without its reason", isinstance(bare, Refused))
        done = hold_review(by=by, at=at, review_id=review.pk, held_at=at, mode="IN_PERSON", request_key="walk-review", findings=findings,
                           her_rating=4, her_words="Me escuchan.", present=("Elena",))  # fmt: skip
        walk.report.need("the lead holds the review: each need has its finding and a new version is kept", isinstance(done, ReviewHeld))
        changes = changes_since(viewer=by, plan_id=walk.plan, version=version)
        walk.report.allowed(f"what changed since last time reads as {len(changes)} line(s)", bool(changes))
    _used_again(walk)
    _end(walk)


def _used_again(walk: Walk) -> None:
    at = walk.day(20, hour=2)
    with walk.acting(DANA, at=at) as by:
        asked = return_to_use(by=by, at=at, plan_id=walk.plan)
        walk.report.allowed("a return to use opens a review soon", isinstance(asked, Review))
    with walk.acting(LENA, at=at) as by:
        told = ReceivedNotification.objects.exists() or any(r.why == "RETURN_TO_USE" for r in plan_parts(viewer=by, plan_id=walk.plan).reviews)
        walk.report.refused("and child welfare hears of it", not told)


def _end(walk: Walk) -> None:
    at = walk.day(20, hour=3)
    with walk.acting(DANA, at=at) as by:
        early = close_plan(by=by, at=at, plan_id=walk.plan, reason="GOALS_MET")
        words = ", ".join(early.unmet) if isinstance(early, NotReady) else ""
        walk.report.refused(f"closing while the checklist is open ({words})", isinstance(early, NotReady))
    with walk.acting(BEA, at=at) as by:
        walk.report.refused(
            "closing by an agency that does not lead", isinstance(close_plan(by=by, at=at, plan_id=walk.plan, reason="GOALS_MET"), Refused)
        )
    with walk.acting(DANA, at=at) as by:
        closed = close_plan(by=by, at=at, plan_id=walk.plan, reason="GOALS_MET", override="Practice: to show how it is opened again.")
        walk.report.allowed("with a written reason the plan closes", isinstance(closed, PlanOfSafeCare) and closed.closed_at is not None)
        again = reopen_plan(by=by, at=at + timedelta(minutes=5), plan_id=walk.plan)
        walk.report.need("and opens again under its own id", isinstance(again, PlanOfSafeCare) and again.pk == walk.plan and again.closed_at is None)
    with clock.at(at):
        pass
