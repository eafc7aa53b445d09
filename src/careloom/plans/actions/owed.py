"""What the plan makes agencies owe: opened and met in `work`, with the kinds and links that Today shows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from careloom.infra.access import Viewer
from careloom.kernel.clocks import next_midnight
from careloom.plans.actions.keeping import can_see_plan
from careloom.plans.models import LeadTransfer, PlanOfSafeCare, Review
from careloom.plans.schedule import pack_of
from careloom.work.actions import meet_obligation, open_obligation

KIND_OF_REVIEW = {"FIRST_CONTACT": "FIRST_CONTACT", "HOME_VISIT": "HOME_VISIT", "REVIEW": "REVIEW_DUE", "AFTER_EVENT": "REVIEW_DUE"}


def plan_link(plan_id: UUID) -> str:
    """Where a worker opens the plan."""
    return f"/plans/{plan_id}/"


def owe_review(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, review: Review) -> None:
    """Have the lead owe a review, a first contact or a home visit."""
    _owe(
        by=by,
        at=at,
        plan=plan,
        kind=KIND_OF_REVIEW[review.kind],
        about_id=review.pk,
        about_kind="REVIEW",
        link=f"{plan_link(plan.pk)}reviews/{review.pk}/",
        due_at=next_midnight(day=review.due_on, zone=pack_of(plan).calendar.zone),
        promised=True,
        request_key=f"review:{review.pk}:{review.asked}",
        category=review.category,
    )


def review_done(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, review: Review) -> None:
    """The review was held or is no longer asked for: nobody owes it."""
    for agency in {plan.lead_agency_id, plan.holder_id}:
        meet_obligation(by=by, at=at, holder_id=agency, about_id=review.pk)


def owe_late_review(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, supervisor_id: UUID | None) -> None:
    """Tell the lead's supervisor of a review that is three business days late (workflows 6.2)."""
    _owe(
        by=by,
        at=at,
        plan=plan,
        kind="REVIEW_OVERDUE_SUPERVISOR",
        worker_id=supervisor_id,
        any_worker=supervisor_id is None,
        about_id=plan.pk,
        about_kind="PLAN",
        link=plan_link(plan.pk),
        request_key=f"late-review:{plan.pk}:{plan.next_review_on}",
    )


def late_review_done(*, by: Viewer, at: datetime, plan: PlanOfSafeCare) -> None:
    """A review was held: the supervisor need not look any more."""
    meet_obligation(by=by, at=at, holder_id=plan.lead_agency_id, about_id=plan.pk, kind="REVIEW_OVERDUE_SUPERVISOR")


def owe_her_words(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, row_id: UUID, kind: str, category: str, link: str = "", turn: int = 0) -> None:
    """She wrote something: the lead looks at it. `kind`: HER_VIEW, HER_GOAL, HER_CHOICE, HER_BETWEEN, HER_THINGS.

    `turn` tells one time from the next where she changes one row of hers again and again.
    """
    _owe(
        by=by,
        at=at,
        plan=plan,
        kind=kind,
        about_id=row_id,
        about_kind="HER_WORDS",
        link=link or plan_link(plan.pk),
        request_key=f"hers:{row_id}:{turn}" if turn else f"hers:{row_id}",
        category=category,
    )


def her_words_read(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, row_id: UUID) -> None:
    """What she wrote was answered: nobody owes it a look any more."""
    for agency in {plan.lead_agency_id, plan.holder_id}:
        meet_obligation(by=by, at=at, holder_id=agency, about_id=row_id)


def owe_lead_answer(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, transfer: LeadTransfer) -> None:
    """The agency that was asked to lead owes an answer; the old lead waits."""
    open_obligation(
        by=by,
        at=at,
        holder_id=transfer.to_agency_id,
        kind="LEAD_OFFERED",
        worker_id=transfer.to_worker_id,
        family_id=plan.identity_id,
        identity_id=plan.identity_id,
        link=f"{plan_link(plan.pk)}lead/{transfer.pk}/",
        due_at=transfer.answer_due_at,
        promised=True,
        about_id=transfer.pk,
        about_kind="LEAD_TRANSFER",
        request_key=f"lead:{transfer.pk}",
    )


def lead_answered(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, transfer: LeadTransfer) -> None:
    """The question is settled; where it was not accepted, the lead who stays hears of it."""
    meet_obligation(by=by, at=at, holder_id=transfer.to_agency_id, about_id=transfer.pk)
    if transfer.answer in {"DECLINED", "SILENT"}:
        _owe(
            by=by,
            at=at,
            plan=plan,
            kind="LEAD_STAYS",
            about_id=transfer.pk,
            about_kind="LEAD_TRANSFER",
            link=plan_link(plan.pk),
            request_key=f"lead-stays:{transfer.pk}",
            facts={"answer": transfer.answer},
        )


def lead_heard(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, transfer: LeadTransfer) -> None:
    """The plan ended: nobody needs to hear any more that its lead stayed."""
    for agency in {plan.lead_agency_id, plan.holder_id}:
        meet_obligation(by=by, at=at, holder_id=agency, about_id=transfer.pk, kind="LEAD_STAYS")


def _owe(
    *,
    by: Viewer,
    at: datetime,
    plan: PlanOfSafeCare,
    kind: str,
    link: str,
    about_id: UUID,
    about_kind: str,
    request_key: str,
    worker_id: UUID | None = None,
    any_worker: bool = False,
    due_at: datetime | None = None,
    promised: bool = False,
    facts: dict[str, object] | None = None,
    category: str = "posc.plan_core",
) -> None:
    # Asked first: an obligation must not tell an agency of a plan that it can no longer see. Then the holder owes it.
    visible = can_see_plan(plan=plan, agency_id=plan.lead_agency_id, by=by, at=at)
    holder = plan.lead_agency_id if visible else plan.holder_id
    open_obligation(
        by=by,
        at=at,
        holder_id=holder,
        kind=kind,
        worker_id=None if any_worker or not visible else worker_id or plan.lead_worker_id,
        family_id=plan.identity_id,
        identity_id=plan.identity_id,
        link=link,
        due_at=due_at,
        promised=promised,
        about_id=about_id,
        about_kind=about_kind,
        facts=facts,
        request_key=request_key,
        category=category,
    )


def owe_section(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, agency_id: UUID, owner_id: UUID, section: str) -> None:
    """Ask an agency that sees the plan to write and approve a section."""
    if can_see_plan(plan=plan, agency_id=agency_id, by=by, at=at):
        open_obligation(
            by=by, at=at, holder_id=agency_id, kind="SECTION_ASKED", family_id=plan.identity_id, identity_id=plan.identity_id,
            link=f"{plan_link(plan.pk)}sections/{section}/", about_id=owner_id, about_kind="SECTION", request_key=f"section:{owner_id}",
        )  # fmt: skip


def section_settled(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, agency_id: UUID, owner_id: UUID) -> None:
    """The section was approved, or another agency answers for it now."""
    meet_obligation(by=by, at=at, holder_id=agency_id, about_id=owner_id, kind="SECTION_ASKED")


def owe_agreed(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, note_id: UUID, due_at: datetime | None, category: str) -> None:
    """What a worker of this agency agreed to do at a family meeting."""
    open_obligation(
        by=by, at=at, holder_id=plan.lead_agency_id if by.holder_id is None else by.holder_id, kind="MEETING_AGREED", family_id=plan.identity_id,
        identity_id=plan.identity_id, link=f"{plan_link(plan.pk)}meetings/", worker_id=by.worker_id, due_at=due_at, about_id=note_id,
        about_kind="MINUTE", request_key=f"minute:{note_id}", category=category,
    )  # fmt: skip
