"""A Task that came back, as the step of a referral that it says (Gravity SDOHCC 3.0.0; BSeR TaskBusinessStatusCS 2.0.0; workflows 6.4).

The business status says which step where it is there; without it the status does. What Careloom does not know is refused by its path and never
guessed: a reason and an outcome are codes, because the asking agency acts on them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from careloom.fhir import canonicals
from careloom.fhir.resources.referral import BUSINESS, RESULT
from careloom.fhir.resources.shape import Json
from careloom.fhir.serving.outcome import Problem
from careloom.kernel.referral import AGENCY_REASONS, BUSINESS_STATUS, OUR_REASONS, TASK_STATUS, Outcome, Reason, State
from careloom.plans.referrals.answers import Answer

MOST_NOTE: Final = 500
REASONED: Final = {State.DECLINED: AGENCY_REASONS, State.CANCELLED: OUR_REASONS}
"""The asked agency declines with reasons of its own; the one that asked takes its request back with others."""
ON_HOLD = TASK_STATUS[State.WAITLISTED]
BY_STATUS: Final = {
    TASK_STATUS[state]: state
    for state in (State.REQUESTED, State.ACCEPTED, State.DECLINED, State.ATTENDED, State.WAITLISTED, State.COMPLETED, State.CANCELLED, State.FAILED)
}
BY_BUSINESS: Final = {
    BUSINESS_STATUS[state]: state
    for state in (
        State.REQUESTED, State.ACCEPTED, State.DECLINED, State.SCHEDULED, State.NO_SHOW, State.ATTENDED, State.COMPLETED, State.FAILED,
    )
}  # fmt: skip


def answer_of(task: Json) -> Answer:
    """The step that `task` says. Raises `Problem` (422) with the path of what is missing or contradicts."""
    state = _state(task)
    outcome = _outcome(task) if state is State.COMPLETED else None
    return Answer(
        state=state, reason=_reason(task, state), outcome=outcome, scheduled_for=_when(task) if state is State.SCHEDULED else None, note=_note(task)
    )


def open_moves(states: Iterable[State]) -> str:
    """Steps as a system would send them: status with business status."""
    return ", ".join(f"{TASK_STATUS[one]} ({BUSINESS_STATUS[one]})" for one in states) or "none"


def _state(task: Json) -> State:
    status, business = task["status"], _code(task.get("businessStatus"), BUSINESS)
    if business is None:
        if status not in BY_STATUS:
            raise _refuse("Task.status", f"send one of {', '.join(BY_STATUS)}")
        return BY_STATUS[status]
    if (status, business) == (TASK_STATUS[State.CANCELLED], BUSINESS_STATUS[State.CANCELLED]):
        return State.CANCELLED
    state = BY_BUSINESS.get(business)
    if state is None:
        words = f"send one of {', '.join(BY_BUSINESS)}; a visit that was cancelled is a new time (5.1.1) or the end (6.0)"
        raise _refuse("Task.businessStatus", words)
    if state is State.ACCEPTED and status == ON_HOLD:
        return State.WAITLISTED
    if TASK_STATUS[state] != status:
        raise _refuse("Task.status", f"with the business status {business} it is {TASK_STATUS[state]}")
    return state


def _reason(task: Json, state: State) -> Reason | None:
    if state is State.FAILED:
        return Reason.NO_CONTACT
    known = sorted(REASONED.get(state, ()))
    code = _code(task.get("statusReason"), canonicals.REFERRAL_REASON)
    if state is State.CANCELLED and code is None:
        return None  # who may cancel is told which reasons there are
    if state not in REASONED:
        return None
    if code not in known:
        raise _refuse("Task.statusReason", f"say why with a code of {canonicals.REFERRAL_REASON}: {', '.join(known)}")
    return Reason(code)


def _outcome(task: Json) -> Outcome:
    """What it came to: our own code, or a performed activity (Gravity), which is a service that was given."""
    known = sorted(Outcome)
    for one in task.get("output", []):
        code = _code(one.get("valueCodeableConcept"), canonicals.REFERRAL_OUTCOME)
        if code in known:
            return Outcome(code)
        if _code(one.get("type"), RESULT["system"]) == RESULT["code"] and code is None:
            return Outcome.SERVICE_DELIVERED
    raise _refuse("Task.output", f"say what it came to: a resulting-activity, or a code of {canonicals.REFERRAL_OUTCOME}: {', '.join(known)}")


def _when(task: Json) -> datetime | None:
    text = str(task.get("executionPeriod", {}).get("start", ""))
    if not text:
        return None
    try:
        made = datetime.fromisoformat(text)
    except ValueError:
        made = None
    if made is None or made.tzinfo is None:
        raise _refuse("Task.executionPeriod.start", "say the day and hour of the visit with its offset, such as 2027-03-31T09:30:00-04:00")
    return made


def _note(task: Json) -> str:
    said = "\n".join(str(one.get("text", "")).strip() for one in task.get("note", []))
    if len(said) > MOST_NOTE:
        raise _refuse("Task.note", f"at most {MOST_NOTE} letters are taken")
    return said


def _code(concept: Any, system: str) -> str | None:
    codings = concept.get("coding", []) if isinstance(concept, dict) else []
    return next((str(one.get("code", "")) for one in codings if one.get("system") == system), None)


def _refuse(path: str, words: str) -> Problem:
    return Problem(422, "business-rule", f"{path}: {words}.")
