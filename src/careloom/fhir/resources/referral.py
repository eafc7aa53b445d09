"""ServiceRequest and Task: a referral as a request and as the work that answers it (Gravity SDOHCC 3.0.0, BSeR 2.0.0; interop.md 1.3)."""

from __future__ import annotations

from collections.abc import Sequence

from careloom.directory.needs import catalogue
from careloom.fhir import canonicals
from careloom.fhir.resources.shape import SNOMED, Json, Reading, Shaped, coding, concept, filled, instant, reference, resource
from careloom.kernel.referral import BUSINESS_STATUS, TASK_STATUS, Kind, Outcome, Reason, State
from careloom.plans.models import Need, Referral
from careloom.plans.queries.batches import needs_by_id, visible_plans
from careloom.plans.referrals.words import OUTCOMES, REASONS

REQUEST_STATUS = {State.DRAFT: "draft", State.COMPLETED: "completed", State.CANCELLED: "revoked", State.DECLINED: "revoked", State.FAILED: "revoked"}
"""Every other state is an active request."""
CATEGORY = coding(SNOMED, "3457005", "Patient referral")
FULFILL = coding("http://hl7.org/fhir/CodeSystem/task-code", "fulfill", "Fulfill the focal request")
RESULT = coding("http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes", "resulting-activity", "Resulting Activity")
BUSINESS = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS"


def request_status(state: str) -> str:
    """The ServiceRequest status of a referral's state."""
    return REQUEST_STATUS.get(State(state), "active")


def service_requests(reading: Reading, rows: Sequence[Referral]) -> list[Shaped]:
    """A ServiceRequest for each referral; its need and its plan only where the reader sees them. Three queries."""
    needs = needs_by_id(viewer=reading.viewer, need_ids={row.need_id for row in rows})
    plans = visible_plans(viewer=reading.viewer, plan_ids={row.plan_id for row in rows})
    _parties(reading, rows)
    return [_request(reading, row, needs.get(row.need_id), has_plan=row.plan_id in plans) for row in rows]


def _request(reading: Reading, row: Referral, need: Need | None, *, has_plan: bool) -> Shaped:
    named = row.service_name or row.service_type or "A service for the family"
    # The title is the family's and may be in other words than the code's own.
    code = concept(coding(canonicals.NEED, need.code, _words_of(need)), text=need.title) if need else concept(text=named)
    made = resource(
        "ServiceRequest", row.pk, profile="us-core-servicerequest", ours=canonicals.REQUEST_PROFILE,
        basedOn=[reference("CarePlan", row.plan_id)] if has_plan else [],
        status=request_status(row.state),
        intent="order",
        category=[concept(CATEGORY)],
        code=code,
        orderDetail=[concept(text=named)] if need and named != need.title else [],
        subject=reference("Patient", row.identity_id),
        occurrenceDateTime=instant(row.scheduled_for),
        authoredOn=instant(row.requested_at or row.made_at),
        requester=reading.organization(row.holder_id),
        performer=[owner_of(reading, row)],
        note=[{"text": row.note}] if row.note else [],
    )  # fmt: skip
    shown = (row, need) if need else (row,)
    changed = max(row.changed_at, need.changed_at) if need else row.changed_at
    return Shaped(resource=made, rows=shown, changed=changed, author=reading.organization(row.holder_id))


def _words_of(need: Need) -> str:
    known = catalogue().needs.get(need.code)
    return known.label("en") if known else ""


def tasks(reading: Reading, rows: Sequence[Referral]) -> list[Shaped]:
    """A Task for each referral: where the answer stands, and who is to give it. One query."""
    _parties(reading, rows)
    return [_task(reading, row) for row in rows]


def _task(reading: Reading, row: Referral) -> Shaped:
    state = State(row.state)
    business = BUSINESS_STATUS.get(state)
    because = str(REASONS[Reason(row.reason)]) if row.reason else ""
    made = resource(
        "Task", row.pk, ours=canonicals.TASK_PROFILE,
        status=TASK_STATUS[state],
        statusReason=concept(coding(canonicals.REFERRAL_REASON, row.reason, because), text=because) if because else None,
        businessStatus=concept(coding(BUSINESS, business)) if business else None,
        intent="order",
        code=concept(FULFILL),
        focus=reference("ServiceRequest", row.pk),
        for_=reference("Patient", row.identity_id),
        authoredOn=instant(row.requested_at or row.made_at),
        lastModified=instant(row.changed_at),
        executionPeriod=filled({"start": instant(row.scheduled_for)}),
        requester=reading.organization(row.holder_id),
        owner=owner_of(reading, row),
        restriction=filled({"period": filled({"end": instant(row.answer_due_at)})}),
        output=_came_to(row),
    )  # fmt: skip
    return Shaped(resource=made, rows=(row,), changed=row.changed_at, author=reading.organization(row.holder_id))


def _came_to(row: Referral) -> list[Json]:
    if not row.outcome:
        return []
    said = str(OUTCOMES[Outcome(row.outcome)])
    return [{"type": concept(RESULT), "valueCodeableConcept": concept(coding(canonicals.REFERRAL_OUTCOME, row.outcome, said), text=said)}]


def owner_of(reading: Reading, row: Referral) -> Json:
    """Who was asked: an agency that answers here, else an organization by its name."""
    if row.kind == Kind.LIVE and row.receiver_id in reading.agencies:
        return reading.organization(row.receiver_id)
    return {"type": "Organization", "display": row.organization}


def _parties(reading: Reading, rows: Sequence[Referral]) -> None:
    reading.look_up([*(row.holder_id for row in rows), *(row.receiver_id for row in rows if row.kind == Kind.LIVE)])
