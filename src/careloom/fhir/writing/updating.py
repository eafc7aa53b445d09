"""A system says where a referral stands, of the agency that was asked or of the one that asked: PUT of a Task (closed loop; interop.md 1.3).

INVARIANT: the step is taken by the very action that the agency's workers use, so what they may not say no system of theirs says.
"""

from __future__ import annotations

import hashlib
import json
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from careloom.fhir.clients.tokens import Bearer
from careloom.fhir.door import versions_in
from careloom.fhir.resources.shape import Json, Reading
from careloom.fhir.serving import answers
from careloom.fhir.serving.answers import Finished
from careloom.fhir.serving.asking import an_id
from careloom.fhir.serving.outcome import Problem, not_found
from careloom.fhir.serving.registry import KINDS
from careloom.fhir.serving.searching import read_one
from careloom.fhir.writing.answering import answer_of, open_moves
from careloom.fhir.writing.bodies import CONCEPT, REFERENCE, read_body
from careloom.infra.access import NotVisible
from careloom.kernel.referral import OUR_REASONS, UNANSWERED, Flaw, Kind, State, Voice, next_states
from careloom.plans.models import Referral
from careloom.plans.referrals.actions import answer_referral, move_referral
from careloom.plans.referrals.answers import Answer, NeedsConsent, Refused
from careloom.plans.referrals.steps import known_step, locked

KIND = "Task"
TAKES_BACK = frozenset({State.CANCELLED, State.FAILED})
"""What the agency that asked says itself; of a service that does not answer here it also writes down what it heard."""
ITS_OWN = ("for", "focus", "owner", "requester")
SHAPE: Json = {
    "status": str, "businessStatus": CONCEPT, "statusReason": CONCEPT, "executionPeriod": {"start": str}, "note": [{"text": str}],
    "output": [{"type": CONCEPT, "valueCodeableConcept": CONCEPT}], **dict.fromkeys(ITS_OWN, REFERENCE),
}  # fmt: skip


def put_task(request: HttpRequest, reading: Reading, bearer: Bearer, id_: str) -> Finished:
    """Take the step that the Task in the body says; answers the Task as it stands then.

    The same body sent again changes nothing. Raises `Problem`: 404 for what is hidden or absent, 403 where another agency was asked, 412 where it
    changed since the version in `If-Match`, 422 for a step that is not open, with those that are.
    """
    body = read_body(request, kind=KIND, id_=id_, shape=SHAPE, needed=("status",))
    answer, match = answer_of(body), versions_in(request.headers.get("If-Match", ""))
    try:
        with transaction.atomic():
            row = locked(by=reading.viewer, referral_id=an_id(id_) or UUID(int=0))
            _may_say(reading, row, answer)
            _step(reading, bearer, row, body=body, answer=answer, match=match)
    except NotVisible:
        answers.nothing_shown(reading, bearer=bearer, place=KIND)
        raise not_found() from None
    found = read_one(reading, kind=KINDS[KIND], id_=id_)
    if found is None:
        raise not_found()
    return answers.finish(reading, [found], bearer=bearer, place=KIND)[0]


def _may_say(reading: Reading, row: Referral, answer: Answer) -> None:
    asked_here = row.kind == Kind.LIVE
    if asked_here and row.receiver_id == reading.viewer.principal_id:
        return
    if row.holder_id != reading.viewer.holder_id:
        raise Problem(403, "forbidden", "Only the agency that was asked answers, and only where it answers here.")
    if asked_here and answer.state not in TAKES_BACK:
        raise Problem(
            403, "forbidden", "The agency that was asked answers for itself. The one that asked may cancel the Task, or say that it failed."
        )


def _step(reading: Reading, bearer: Bearer, row: Referral, *, body: Json, answer: Answer, match: list[str]) -> None:
    now = read_one(reading, kind=KINDS[KIND], id_=str(row.pk))
    if now is None:
        raise NotVisible
    _leaves_the_rest(body, now.resource, base=reading.base)
    key = _key(answer, match or [str(row.row_version)])
    if known_step(by=reading.viewer, referral=row, request_key=key) or _stands(row, answer):
        return
    if match and "*" not in match and answers.version_of(reading, now, bearer=bearer) not in match:
        raise Problem(412, "conflict", "The Task changed since that version. Read it again, then send your answer.")
    ours = row.holder_id == reading.viewer.holder_id and answer.state in TAKES_BACK
    done = (move_referral if ours else answer_referral)(by=reading.viewer, at=reading.at, referral_id=row.pk, answer=answer, request_key=key)
    if isinstance(done, NeedsConsent):
        words = "She has not allowed the agency that asked to read this answer. A worker asks her first, on the referral's page."
        raise Problem(422, "business-rule", words)
    if isinstance(done, Refused):
        moves = open_moves(next_states(start=State(row.state), voice=Voice.US if ours else Voice.THEM))
        lacks = ", ".join(one.value.lower().replace("_", " ") for one in done.reasons)
        why = f" Say why in Task.statusReason: {', '.join(sorted(OUR_REASONS))}." if ours and Flaw.NEEDS_REASON in done.reasons else ""
        raise Problem(422, "business-rule", f"Task.status: this step is not taken ({lacks}). Open from here: {moves}.{why}")


def _leaves_the_rest(body: Json, now: Json, *, base: str) -> None:
    """Who asked whom about whom is not changed by an answer."""
    for name in ITS_OWN:
        said, held = body.get(name, {}).get("reference", ""), now.get(name, {}).get("reference", "")
        if said and said.removeprefix(f"{base}/") != held:
            raise Problem(422, "business-rule", f"Task.{name}.reference: an answer does not change it. Leave it as it was read.")


def _stands(row: Referral, answer: Answer) -> bool:
    """Whether it stands so already; a request that nobody answered is one, also when it was opened again."""
    state = State(row.state)
    if answer.state is State.REQUESTED:
        return state in UNANSWERED
    same_time = answer.scheduled_for is None or answer.scheduled_for == row.scheduled_for
    same_end = answer.outcome is None or answer.outcome == row.outcome
    return answer.state is state and same_time and same_end and (answer.reason is None or answer.reason == row.reason)


def _key(answer: Answer, versions: list[str]) -> str:
    """The same answer to the same version is one step, however often it is sent."""
    when = answer.scheduled_for.isoformat() if answer.scheduled_for else ""
    said = [answer.state, answer.reason or "", answer.outcome or "", when, answer.note, sorted(versions)]
    return "fhir:" + hashlib.sha256(json.dumps(said).encode()).hexdigest()[:48]
