"""What each side owes after a step, by when: one table. Somebody always owns the next step, or the thread has ended in calm.

Source: workflows 6.4; packs/base/clocks.yaml (REFERRAL_ANSWER, REFERRAL_REROUTE).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from careloom.directory.queries import search_services
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.infra.packs import current_pack
from careloom.kernel.clocks import DueRule, Unit, due_at, local_day, next_midnight
from careloom.kernel.packs import ClockName
from careloom.kernel.referral import Kind, Outcome, State
from careloom.plans.models import Need, PlanOfSafeCare, Referral
from careloom.plans.referrals.sight import missing_for_receiver, owner_of
from careloom.work.actions import meet_obligation, open_obligation

ALTERNATIVES = 3
OUTREACH_AFTER = 2
WAITLIST_CHECK = DueRule(unit=Unit.DAYS, amount=14)
SAY_OUTCOME = DueRule(unit=Unit.DAYS, amount=30)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One thing that one side owes. `facts` holds codes and ids only."""

    kind: str
    due: datetime
    theirs: bool = False
    promised: bool = False
    waiting_on: UUID | None = None
    facts: dict[str, object] = field(default_factory=dict)


def answer_due(*, at: datetime) -> datetime:
    """By when a service that is asked now should have answered."""
    return _after(ClockName.REFERRAL_ANSWER, at)


def reroute_due(*, answer_was_due: datetime) -> datetime:
    """From when another service is suggested."""
    return _after(ClockName.REFERRAL_REROUTE, answer_was_due)


def noon_of_next_day(*, at: datetime) -> datetime:
    """Noon of the next local day: what she said in the evening is somebody's first call."""
    zone = clock.zone(settings.TIME_ZONE)
    return datetime.combine(local_day(at=at, zone=settings.TIME_ZONE) + timedelta(days=1), time(12), tzinfo=zone)


def alternatives(*, referral: Referral, need_code: str) -> list[str]:
    """Ids of other services for the same need, those with room first."""
    found = search_services(need=need_code, place=referral.place or None).object_list if need_code else []
    found = found or (search_services(need=need_code).object_list if need_code else [])
    return [str(f.service.pk) for f in found if f.service.pk != referral.service_id][:ALTERNATIVES]


def settle(*, by: Viewer, at: datetime, referral: Referral, step_id: UUID, she_said_no: bool = False) -> None:
    """Meet what was owed for this referral on both sides and open what the new state asks for; move the need's next date."""
    owner = owner_of(by=by, referral=referral)
    with acting_as(owner):
        need = Need.objects.filter(pk=referral.need_id).first()
    owed = list(_owed(referral, need_code=need.code if need else "", at=at))
    if she_said_no and referral.state != State.REOPENED:
        owed.append(Owed(kind="REFERRAL_HELP_NO", due=noon_of_next_day(at=at), promised=True))
    close_all(by=by, at=at, referral=referral)
    for one in owed:
        put(by=by, at=at, referral=referral, owed=one, key=step_id.hex[:12])
    ours = [one.due for one in owed if not one.theirs]
    next_on = local_day(at=min(ours) - timedelta(seconds=1), zone=settings.TIME_ZONE) if ours else None
    with acting_as(owner):
        Need.objects.filter(pk=referral.need_id, holder_id=referral.holder_id).update(
            owner_worker_id=referral.owner_worker_id, next_on=next_on, changed_at=at
        )


def close_all(*, by: Viewer, at: datetime, referral: Referral) -> None:
    """Meet everything that both sides owed for this referral."""
    sides = {referral.holder_id} | ({referral.receiver_id} if referral.kind == Kind.LIVE and referral.receiver_id else set())
    for holder in sorted(sides, key=str):
        meet_obligation(by=by, at=at, holder_id=holder, about_id=referral.pk)


def put(*, by: Viewer, at: datetime, referral: Referral, owed: Owed, key: str) -> None:
    """Open one obligation. The other agency's is written only when that agency can see the referral."""
    if owed.theirs and (referral.kind != Kind.LIVE or missing_for_receiver(referral=referral, at=at) is not None):
        return
    holder = referral.receiver_id if owed.theirs else referral.holder_id
    open_obligation(
        by=by, at=at, holder_id=holder, kind=owed.kind,  # type: ignore[arg-type]
        family_id=referral.identity_id if owed.theirs else _family(by=by, referral=referral),
        identity_id=referral.identity_id, category=referral.category,
        link=reverse("plans:referrals:page", args=[referral.pk]),
        request_key=f"{referral.pk.hex}:{key}:{'them' if owed.theirs else 'us'}:{owed.kind}",
        worker_id=None if owed.theirs else referral.owner_worker_id,
        due_at=owed.due, promised=owed.promised, waiting_on=owed.waiting_on, about_id=referral.pk, about_kind="REFERRAL",
        facts={"state": referral.state} | owed.facts,
    )  # fmt: skip


def _family(*, by: Viewer, referral: Referral) -> UUID:
    with acting_as(owner_of(by=by, referral=referral)):
        whose = PlanOfSafeCare.objects.filter(pk=referral.plan_id).values_list("identity_id", flat=True).first()
    return whose or referral.identity_id


def _owed(referral: Referral, *, need_code: str, at: datetime) -> Iterator[Owed]:
    soon, later = _after(ClockName.REFERRAL_ANSWER, at), _after(ClockName.REFERRAL_REROUTE, at)
    live = referral.kind == Kind.LIVE
    waits = referral.receiver_id if referral.kind != Kind.LOGGED else None
    visit = _day_after(referral.scheduled_for) if referral.scheduled_for else soon
    answer = referral.answer_due_at or soon
    match State(referral.state):
        case State.REQUESTED:
            yield Owed(kind="REFERRAL_WAITING" if waits else "REFERRAL_CALL", due=answer, waiting_on=waits)
            yield Owed(kind="REFERRAL_ANSWER", due=answer, theirs=True, promised=True)
        case State.ACCEPTED:
            yield Owed(kind="REFERRAL_WAITING" if live else "REFERRAL_CALL", due=later, waiting_on=waits if live else None)
            yield Owed(kind="REFERRAL_PLAN_VISIT", due=soon, theirs=True)
        case State.SCHEDULED:
            yield Owed(kind="REFERRAL_VISIT", due=visit)
            yield Owed(kind="REFERRAL_SAY_VISIT", due=visit, theirs=True)
        case State.NO_SHOW:
            enough = referral.no_shows >= OUTREACH_AFTER
            yield Owed(kind="REFERRAL_OUTREACH" if enough else "REFERRAL_MISSED", due=soon, facts={"no_shows": referral.no_shows})
            yield Owed(kind="REFERRAL_PLAN_VISIT", due=soon, theirs=True)
        case State.WAITLISTED:
            check = _by(WAITLIST_CHECK, at)
            yield Owed(kind="REFERRAL_WAITLIST", due=check, facts={"alternatives": alternatives(referral=referral, need_code=need_code)})
            yield Owed(kind="REFERRAL_SAY_ROOM", due=check, theirs=True)
        case State.ATTENDED:
            yield Owed(kind="REFERRAL_ASK_FAMILY", due=later)
            yield Owed(kind="REFERRAL_SAY_OUTCOME", due=_by(SAY_OUTCOME, at), theirs=True)
        case State.COMPLETED if referral.outcome in (Outcome.ENROLLED, Outcome.SERVICE_DELIVERED) and not referral.got_help:
            yield Owed(kind="REFERRAL_ASK_FAMILY", due=later)
        case State.COMPLETED if referral.got_help == "PARTLY":
            yield Owed(kind="REFERRAL_HELP_PARTLY", due=soon)
        case State.COMPLETED if referral.outcome in (Outcome.INELIGIBLE, Outcome.NO_CONTACT):
            yield Owed(kind="REFERRAL_NEXT", due=soon, facts={"alternatives": alternatives(referral=referral, need_code=need_code)})
        case State.DECLINED | State.FAILED:
            yield Owed(kind="REFERRAL_NEXT", due=soon, facts={"alternatives": alternatives(referral=referral, need_code=need_code)})
        case State.REOPENED:
            yield Owed(kind="REFERRAL_HELP_NO", due=noon_of_next_day(at=at), promised=True)


def _after(name: ClockName, start: datetime) -> datetime:
    pack = current_pack()
    return due_at(start=start, rule=pack.clocks[name].due, calendar=pack.calendar)


def _by(rule: DueRule, start: datetime) -> datetime:
    return due_at(start=start, rule=rule, calendar=current_pack().calendar)


def _day_after(instant: datetime) -> datetime:
    return next_midnight(day=local_day(at=instant, zone=settings.TIME_ZONE), zone=settings.TIME_ZONE)
