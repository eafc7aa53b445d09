"""Reviews: a time agreed on, then held with what was found. Source: workflows 6.2, R-142, J2.8."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.access.scope import acting_as
from careloom.infra.events.outbox import publish
from careloom.kernel.events import PlanReviewed
from careloom.kernel.plan import PlanState
from careloom.messages.actions import plan_appointment
from careloom.plans.actions import owed
from careloom.plans.actions.keeping import CORE, find_row, keeper_of, note, open_plan, stamp
from careloom.plans.actions.needs import put_choice, put_result
from careloom.plans.actions.results import Conflict, Reason, Refused, refused
from careloom.plans.actions.scheduling import CONTACTS, REVIEWS, call_off, open_reviews, put_review, set_next
from careloom.plans.actions.versions import make_version
from careloom.plans.models import Need, PlanOfSafeCare, PlanVersion, Review, ReviewFinding

FINDINGS = frozenset({"GOING_WELL", "NEEDS_WORK", "MET", "UNMET", "LET_GO"})
RESULT_OF = {"MET": "MET", "UNMET": "UNMET"}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a review found about a need: GOING_WELL, NEEDS_WORK, MET, UNMET (with `reason`) or LET_GO (she does not want it)."""

    need_id: UUID
    finding: str
    note: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewHeld:
    """The review, the version that it made, and the day of the next one (None at the end of the schedule)."""

    review: Review
    version: PlanVersion
    next_review_on: date | None


@transaction.atomic
def plan_review_time(
    *, by: Viewer, at: datetime, review_id: UUID, row_version: int, starts_at: datetime, place: str = "", ends_at: datetime | None = None
) -> Review | Conflict | Refused:
    """Agree on a day and hour for a review; it becomes an appointment of hers. A stale `row_version` answers with both times."""
    review, plan = _review(by=by, at=at, review_id=review_id)
    if isinstance(plan, Refused):
        return plan
    if review.planned_for == starts_at:
        return review
    if review.row_version != row_version:
        return Conflict(mine={"planned_for": starts_at}, theirs={"planned_for": review.planned_for}, row_version=review.row_version)
    _write(review, by=by, at=at, plan=plan, planned_for=starts_at)
    plan_appointment(
        by=by, at=at, identity_id=plan.identity_id, kind="REVIEW", title="Plan review", neutral_title="Meeting", starts_at=starts_at,
        ends_at=ends_at, place=place, plan_id=plan.pk, category=review.category,
    )  # fmt: skip
    note("review_planned", by=by, at=at, plan=plan, object_id=review.pk)
    return review


@transaction.atomic
def hold_review(
    *,
    by: Viewer,
    at: datetime,
    review_id: UUID,
    held_at: datetime,
    mode: str,
    request_key: str,
    present: tuple[str, ...] = (),
    findings: tuple[Finding, ...] = (),
    her_rating: int | None = None,
    her_words: str = "",
    summary: str = "",
    next_review_on: date | None = None,
) -> ReviewHeld | Refused:
    """Hold a review with what was found about each need, her own rating (1 to 5) and words; keeps a version and sets the next day.

    Earlier reviews that were missed are called off, and the plan is active again. Submitting twice answers with what the first did.
    """
    review, plan = _review(by=by, at=at, review_id=review_id)
    if isinstance(plan, Refused):
        return plan
    if review.held_at is not None:
        return _held_before(review, by=by, plan=plan, request_key=request_key)
    problem = _problem(review=review, findings=findings, her_rating=her_rating)
    if problem is not None:
        return problem
    _write(
        review, by=by, at=at, plan=plan, held_at=held_at, mode=mode, present=list(present), her_rating=her_rating, her_words=her_words,
        summary=summary,
    )  # fmt: skip
    _write_findings(by=by, at=at, plan=plan, review=review, findings=findings, request_key=request_key)
    passed = [row for row in open_reviews(by=by, plan=plan) if row.kind in REVIEWS and row.due_on <= review.due_on]
    call_off(by=by, at=at, plan=plan, reviews=passed)
    owed.review_done(by=by, at=at, plan=plan, review=review)
    owed.late_review_done(by=by, at=at, plan=plan)
    if next_review_on is not None:
        put_review(by=by, at=at, plan=plan, kind="REVIEW", due_on=next_review_on, why="AGREED", category=CORE)
    status = PlanState.DRAFT if plan.agreed_at is None else PlanState.ACTIVE
    set_next(by=by, at=at, plan=plan, status=status.value)
    version = make_version(by=by, at=at, plan=plan, why="REVIEW", request_key=request_key)
    note("review_held", by=by, at=at, plan=plan, object_id=review.pk, number=version.number)
    publish(PlanReviewed(plan_id=plan.pk, holder_id=plan.holder_id, identity_id=plan.identity_id), at=at)
    return ReviewHeld(review=review, version=version, next_review_on=plan.next_review_on)


@transaction.atomic
def note_contact(
    *, by: Viewer, at: datetime, review_id: UUID, held_at: datetime, mode: str, summary: str = "", present: tuple[str, ...] = ()
) -> Review | Refused:
    """The first contact after discharge, or the home visit, took place."""
    review, plan = _review(by=by, at=at, review_id=review_id)
    if isinstance(plan, Refused):
        return plan
    if review.kind not in CONTACTS:
        return refused(Reason.NOT_DUE)
    if review.held_at is None:
        _write(review, by=by, at=at, plan=plan, held_at=held_at, mode=mode, summary=summary, present=list(present))
        owed.review_done(by=by, at=at, plan=plan, review=review)
        note("contact_noted", by=by, at=at, plan=plan, object_id=review.pk, kind=review.kind)
    return review


def _review(*, by: Viewer, at: datetime, review_id: UUID) -> tuple[Review, PlanOfSafeCare | Refused]:
    require(by)
    review = find_row(Review, by=by, row_id=review_id)
    plan = open_plan(by=by, at=at, plan_id=review.plan_id, lead=True)
    if not isinstance(plan, Refused):
        review.refresh_from_db()
    return review, plan


def _write(review: Review, *, by: Viewer, at: datetime, plan: PlanOfSafeCare, **values: object) -> None:
    review.changed_at, review.row_version = at, review.row_version + 1
    for name, value in values.items():
        setattr(review, name, value)
    with acting_as(keeper_of(plan=plan, by=by)):
        review.save(update_fields=[*values, "changed_at", "row_version"])


def _held_before(review: Review, *, by: Viewer, plan: PlanOfSafeCare, request_key: str) -> ReviewHeld | Refused:
    with acting_as(keeper_of(plan=plan, by=by)):
        version = PlanVersion.objects.filter(plan_id=plan.pk, request_key=request_key).first()
    if version is None:
        return refused(Reason.ALREADY_HELD)
    return ReviewHeld(review=review, version=version, next_review_on=plan.next_review_on)


def _problem(*, review: Review, findings: tuple[Finding, ...], her_rating: int | None) -> Refused | None:
    if review.kind not in REVIEWS or review.called_off_at is not None:
        return refused(Reason.NOT_DUE)
    if any(finding.finding not in FINDINGS for finding in findings) or her_rating not in {None, 1, 2, 3, 4, 5}:
        return refused(Reason.UNKNOWN_CODE)
    if any(finding.finding == "UNMET" and not finding.reason for finding in findings):
        return refused(Reason.REASON_NEEDED)
    return None


def _write_findings(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, review: Review, findings: tuple[Finding, ...], request_key: str) -> None:
    needs = {need.pk: need for need in Need.objects.seen_by(by).filter(plan_id=plan.pk, pk__in=[f.need_id for f in findings])}
    if len(needs) < len({finding.need_id for finding in findings}):
        raise NotVisible
    ReviewFinding.objects.bulk_create(
        ReviewFinding(
            **stamp(by=by, at=at, plan=plan, category=needs[f.need_id].category, identity_id=needs[f.need_id].identity_id),
            review_id=review.pk, need_id=f.need_id, finding=f.finding, note=f.note,
        )
        for f in findings
    )  # fmt: skip
    for place, f in enumerate(findings):
        said = {"by": by, "at": at, "plan": plan, "need": needs[f.need_id], "words": f.note, "request_key": f"{request_key[:56]}:{place}"}
        if f.finding in RESULT_OF:
            put_result(result=RESULT_OF[f.finding], reason=f.reason, **said)
        elif f.finding == "LET_GO":
            put_choice(choice="NO", **said)
