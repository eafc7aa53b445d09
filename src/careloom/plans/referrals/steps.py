"""Takes one step of a referral: the writer's own event row, the new state, what is owed, the audit row and the event.

# INVARIANT: no step changes the holder of a row, the plan, its lead or its team. Being asked never makes an agency the owner of a family
(features thread 31).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from careloom.consents.links import end_for_links
from careloom.infra.access import NotVisible, PrincipalKind, Viewer, acting_as, require
from careloom.infra.access.caseload import assign
from careloom.infra.audit.actions import record
from careloom.infra.events.outbox import publish
from careloom.infra.packs import current_pack
from careloom.kernel import referral as kernel
from careloom.kernel.clocks import local_day
from careloom.kernel.events import PlanCountsChanged, ReferralMoved
from careloom.kernel.referral import ENDED, Help, Kind, Outcome, Reason, State, Voice
from careloom.plans.models import Referral, ReferralEvent, ReferralLink
from careloom.plans.referrals.answers import Answer, Moved, NeedsConsent, Refused
from careloom.plans.referrals.owing import answer_due, settle
from careloom.plans.referrals.sight import missing_for_owner, owner_of

HELPED = (Outcome.ENROLLED, Outcome.SERVICE_DELIVERED)


class _NotToldWithoutConsent(Exception):  # noqa: N818  (an answer that rolls the step back)
    def __init__(self, answer: NeedsConsent) -> None:
        self.answer = answer


def locked(*, by: Viewer, referral_id: UUID) -> Referral:
    """The referral that `by` may see, locked for this transaction. Raises NotVisible when it is hidden or absent."""
    require(by)
    seen = Referral.objects.seen_by(by).filter(pk=referral_id).first()
    if seen is None:
        raise NotVisible
    with acting_as(_mover(by=by, referral=seen)):
        return Referral.objects.select_for_update().get(pk=referral_id)


def known_step(*, by: Viewer, referral: Referral, request_key: str) -> bool:
    """Whether this very form was already taken in."""
    return ReferralEvent.objects.filter(pk=_step_id(by, referral, request_key)).exists()


def take(
    *, by: Viewer, at: datetime, referral: Referral, voice: Voice, answer: Answer, request_key: str, helped: Help | None = None
) -> Moved | Refused | NeedsConsent:
    """Take a step on a locked referral, or say why not. A step that was already taken with this `request_key` changes nothing."""
    if known_step(by=by, referral=referral, request_key=request_key):
        return Moved(referral=referral, again=True)
    step = kernel.Step(state=answer.state, voice=voice, reason=answer.reason, outcome=answer.outcome, has_time=answer.scheduled_for is not None)
    wrong = kernel.flaws(start=State(referral.state), step=step)
    if wrong:
        return Refused(reasons=wrong)
    tried = tries_of(by=by, referral=referral, at=at) if answer.state is State.FAILED else 0
    tries = 0
    if answer.state is State.FAILED and tried < current_pack().following.referral_tries:
        # Not failed yet: the try is kept, the referral stays where it is, and the next call is owed (the pack's `referral_tries`).
        answer, tries = replace(answer, state=State(referral.state)), tried
    try:
        with transaction.atomic():
            _write(by=by, at=at, referral=referral, voice=voice, answer=answer, request_key=request_key, helped=helped, stays=tries > 0)
    except _NotToldWithoutConsent as stopped:
        return stopped.answer
    return Moved(referral=referral, tries=tries)


def tries_of(*, by: Viewer, referral: Referral, at: datetime) -> int:
    """On how many local days somebody tried to reach her about this referral, today with them, since it was last asked or opened again."""
    seen: dict[UUID, ReferralEvent] = {}
    for viewer in (by, owner_of(by=by, referral=referral)):
        with acting_as(viewer):
            seen |= {row.pk: row for row in ReferralEvent.objects.filter(referral_id=referral.pk)}
    days = set()
    for row in sorted(seen.values(), key=lambda event: event.at):
        if row.reason == Reason.NO_CONTACT:
            days.add(_day(row.at))
        elif row.state in (State.REQUESTED, State.REOPENED):
            days.clear()
    return len(days | {_day(at)})


def _day(at: datetime) -> date:
    return local_day(at=at, zone=settings.TIME_ZONE)


def note(*, by: Viewer, at: datetime, referral: Referral, voice: Voice, words: str, request_key: str, helped: Help | None = None) -> Moved:
    """Write down what was said where the state stays as it is (her "partly", her "not yet")."""
    if known_step(by=by, referral=referral, request_key=request_key):
        return Moved(referral=referral, again=True)
    answer = Answer(state=State(referral.state), note=words, outcome=Outcome(referral.outcome) if referral.outcome else None)
    _write(by=by, at=at, referral=referral, voice=voice, answer=answer, request_key=request_key, helped=helped, stays=True)
    return Moved(referral=referral)


def _write(
    *, by: Viewer, at: datetime, referral: Referral, voice: Voice, answer: Answer, request_key: str, helped: Help | None, stays: bool = False
) -> None:
    event = _event(by=by, at=at, referral=referral, voice=voice, answer=answer, request_key=request_key)
    event.save()
    if voice is Voice.THEM and by.worker_id is not None and by.holder_id != referral.holder_id:
        # Whoever answers works with this family from now on, and sees her own agency's words.
        assign(by=by, worker_id=by.worker_id, identity_ids=[referral.identity_id], at=at)
    missing = missing_for_owner(event=event, referral=referral, at=at)
    if missing is not None:
        raise _NotToldWithoutConsent(NeedsConsent(referral=referral, missing=missing))
    if not stays:
        _apply(referral, answer=answer, at=at)
    if helped is not None:
        referral.got_help = helped.value
    _close(referral, at=at)
    referral.changed_at, referral.row_version = at, referral.row_version + 1
    with acting_as(_mover(by=by, referral=referral)):
        referral.save(update_fields=CHANGED)
    if referral.kind == Kind.LINK and referral.state in (State.CANCELLED, State.FAILED):
        _close_page(by=by, referral=referral, at=at)
    settle(by=by, at=at, referral=referral, step_id=event.pk, she_said_no=helped is Help.NO)
    detail = {"state": referral.state, "said_by": voice.value, "kind": referral.kind}
    record(by=by, at=at, action="plans.referral_moved", identity_id=referral.identity_id, object_id=referral.pk, detail=detail)
    about = {"holder_id": referral.holder_id, "identity_id": referral.identity_id}
    publish(ReferralMoved(referral_id=referral.pk, state=referral.state, **about), at=at)
    publish(PlanCountsChanged(plan_id=referral.plan_id, **about), at=at)


CHANGED = (
    "state", "reason", "outcome", "requested_at", "answer_due_at", "scheduled_for", "waitlist_place", "no_shows", "got_help",
    "family_wants", "closed_at", "changed_at", "row_version",
)  # fmt: skip


def _apply(referral: Referral, *, answer: Answer, at: datetime) -> None:
    referral.state = answer.state.value
    referral.reason = answer.reason.value if answer.reason else ""
    referral.outcome = answer.outcome.value if answer.outcome else ""
    match answer.state:
        case State.REQUESTED:
            referral.requested_at, referral.answer_due_at, referral.family_wants, referral.got_help = at, answer_due(at=at), "YES", ""
        case State.SCHEDULED:
            referral.scheduled_for, referral.waitlist_place = answer.scheduled_for, None
        case State.WAITLISTED:
            referral.waitlist_place = answer.waitlist_place
        case State.NO_SHOW:
            referral.no_shows += 1
        case State.ATTENDED:
            referral.no_shows, referral.waitlist_place = 0, None
        case State.CANCELLED if answer.reason in (Reason.NO, Reason.NOT_NOW):
            referral.family_wants = answer.reason.value


def _close(referral: Referral, *, at: datetime) -> None:
    """The loop is closed when it ended, and after a service only with her own yes (workflows 6.4)."""
    state = State(referral.state)
    waits_for_her = state is State.COMPLETED and referral.outcome in HELPED and referral.got_help != Help.YES
    referral.closed_at = (referral.closed_at or at) if state in ENDED and not waits_for_her else None


def _close_page(*, by: Viewer, referral: Referral, at: datetime) -> None:
    """Nobody is asked any more, so the one-time page stops working and opens nothing."""
    with acting_as(owner_of(by=by, referral=referral)):
        live = ReferralLink.objects.filter(referral_id=referral.pk, replaced_at=None)
        ids = list(live.values_list("pk", flat=True))
        live.update(replaced_at=at)
    end_for_links(link_ids=ids, at=at)


def _event(*, by: Viewer, at: datetime, referral: Referral, voice: Voice, answer: Answer, request_key: str) -> ReferralEvent:
    hers = by.kind is PrincipalKind.PERSON
    return ReferralEvent(
        id=_step_id(by, referral, request_key), holder_id=by.holder_id, identity_id=referral.identity_id, category=referral.category,
        provenance="self_reported" if hers else _provenance(by, referral), plan_id=referral.plan_id, made_at=at,
        made_by=by.worker_id or by.principal_id, changed_at=at, referral_id=referral.pk, state=answer.state.value,
        reason=answer.reason.value if answer.reason else "", note=answer.note, at=at, said_by=voice.value,
    )  # fmt: skip


def _provenance(by: Viewer, referral: Referral) -> str:
    return referral.provenance if by.holder_id == referral.holder_id else "originating"


def _step_id(by: Viewer, referral: Referral, request_key: str) -> UUID:
    """The same form gives the same step, so that a double click is one row."""
    return uuid5(referral.pk, f"{by.holder_id}:{request_key}")


def _mover(*, by: Viewer, referral: Referral) -> Viewer:
    """Who changes the owner's row: the owner, the agency that was asked (its own row policy), else the owner's job role for her."""
    asked = by.kind is PrincipalKind.AGENCY and by.principal_id == referral.receiver_id
    return by if asked else owner_of(by=by, referral=referral)
