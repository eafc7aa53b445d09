"""Barriers of two years: from families, providers and members, up through the tiers and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.barriers import actions
from careloom.barriers.facts import BarrierFacts, CycleEnd, CycleFacts, DecisionFacts, PostingFacts, TriageFacts
from careloom.barriers.models import Barrier, Cycle, Given, Posting, Step
from careloom.demo.rooms.barrier_more import MORE, POSTED
from careloom.demo.rooms.barrier_parts import BarrierOf, Taken
from careloom.demo.rooms.barrier_stories import BARRIERS as FIRST
from careloom.demo.rooms.house import House, done

KEY = "practice"
SAME = "It has the same reason. What is found there counts here too."
WAITS = 3  # weeks after its day for which what the county's plans handed over waits
#: What a work group makes of it, by the reason: a title, the group, and the first answer.
TAKEN = {
    "NOT_ELIGIBLE": ("Rules keep families out of a service", "integration", "We lay the rules of each service side by side."),
    "LANGUAGE": ("Nobody there speaks her language", "rides", "We ask each service which languages it has, and when."),
    "WAITLIST": ("She waits too long for a first visit", "newborn", "We ask each service how long its list is."),
}
BARRIERS = (*FIRST, *MORE)


def play(house: House, *, at: datetime) -> None:
    """Raise every barrier and take every step of it that was not taken yet, in the order in which they happened."""
    _from_families(house)
    raised = {told.key: _raised(house, told) for told in BARRIERS if told.who}
    raised |= {told.key: _of_families(house, told) for told in BARRIERS if not told.who}
    steps = [(taken.weeks, number, told, taken) for told in BARRIERS for number, taken in enumerate(told.steps)]
    for _weeks, number, told, taken in sorted(steps, key=lambda one: (-one[0], one[1])):
        _take(house, raised, told, taken, key=f"{KEY}:{told.key}:{number}")
    _sorted_out(house, raised)
    for number, posted in enumerate(POSTED):
        _post(house, raised, posted, key=f"{KEY}:down:{number}")


@transaction.atomic
def _from_families(house: House) -> None:
    """What families handed over, all at once, and once."""
    counted = [told for told in BARRIERS if not told.who]
    last = counted[-1]
    known = Barrier.objects.filter(collaborative_id=house.collaborative_id, county=last.county, cause=last.cause, service=last.service)
    if known.exists():
        return
    for told in counted:
        for weeks, count in told.families:
            for number in range(count):
                words = told.quote if number == 0 else ""
                actions.take_in(
                    month=house.day(weeks_ago=weeks), county=told.county, cause=told.cause, service=told.service, words=words, hers=bool(words)
                )
    actions.gather(at=house.now)


def _sorted_out(house: House, raised: dict[str, UUID]) -> None:
    """What the county's own plans handed over: the first of each reason is taken and answered, the others are joined to it, the newest wait."""
    mine, today = set(raised.values()), house.day(weeks_ago=0)
    rows = Barrier.objects.filter(collaborative_id=house.collaborative_id, source="FAMILIES", title="").exclude(pk__in=mine)
    leads: dict[str, Barrier] = {"TOO_FAR": Barrier.objects.get(pk=raised["rides"])}
    for kept in Barrier.objects.filter(collaborative_id=house.collaborative_id, title__in=[title for title, _body, _words in TAKEN.values()]):
        leads[kept.cause] = kept
    for number, row in enumerate(rows.order_by("raised_on", "county", "service", "cause")):
        weeks = (today - row.due_on).days // 7 if row.due_on else 0
        if row.state != "LOGGED" or weeks < WAITS or row.cause not in {*TAKEN, *leads}:
            continue
        key = f"{KEY}:own:{row.county}:{row.service}:{row.cause}"[:56]
        with house.then(weeks_ago=weeks, days=number % 3) as (by, at):
            frame: dict[str, Any] = {"by": by, "at": at, "barrier_id": row.pk}
            if row.cause in leads:
                facts = TriageFacts(does="JOIN", joined_to_id=leads[row.cause].pk, reason=SAME)
                done(actions.triage(facts=facts, version=row.row_version, request_key=key, **frame))
                continue
            title, body, words = TAKEN[row.cause]
            facts = TriageFacts(does="TRIAGE", body_id=house.bodies[body], title=title)
            done(actions.triage(facts=facts, version=row.row_version, request_key=key, **frame))
            done(actions.tell_back(words=words, version=row.row_version + 1, request_key=f"{key[:50]}:told", **frame))
            leads[row.cause] = row


def _of_families(house: House, told: BarrierOf) -> UUID:
    given = Given.objects.filter(barrier__collaborative_id=house.collaborative_id, county=told.county, cause=told.cause, service=told.service)
    return next(row.barrier_id for row in given.order_by("month") if row.barrier_id)


def _raised(house: House, told: BarrierOf) -> UUID:
    with house.then(weeks_ago=told.weeks, who=told.who) as (by, at):
        facts = BarrierFacts(title=told.title, words=told.words, kind=told.kind, cause=told.cause, service=told.service, county=told.county)
        return done(actions.raise_barrier(by=by, at=at, collaborative_id=house.collaborative_id, facts=facts, request_key=f"{KEY}:{told.key}"))


def _take(house: House, raised: dict[str, UUID], told: BarrierOf, taken: Taken, *, key: str) -> None:
    row = Barrier.objects.get(pk=raised[told.key])
    if Step.objects.filter(barrier=row, request_key=key).exists():
        return
    with house.then(weeks_ago=taken.weeks, who=taken.who) as (by, at):
        frame: dict[str, Any] = {"by": by, "at": at, "barrier_id": row.pk, "version": row.row_version, "request_key": key}
        done(DEEDS[taken.deed](house, raised, told, taken, frame))


def _triage(house: House, raised: dict[str, UUID], told: BarrierOf, taken: Taken, frame: dict[str, Any]) -> Any:
    said = taken.told
    does = {"triage": "TRIAGE", "join": "JOIN", "reject": "REJECT"}[taken.deed]
    facts = TriageFacts(
        does=does, body_id=house.bodies.get(said.get("body", "")), owner_id=house.seats.get(said.get("owner", "")),
        joined_to_id=raised.get(said.get("to_barrier", "")), reason=said.get("reason", ""), title="" if told.who else told.title,
        words="" if told.who else told.words, quote=told.quote,
    )  # fmt: skip
    return actions.triage(facts=facts, **frame)


def _try(house: House, raised: dict[str, UUID], told: BarrierOf, taken: Taken, frame: dict[str, Any]) -> Any:
    return actions.note_try(words=taken.told["words"], **{name: value for name, value in frame.items() if name != "version"})


def _up(house: House, raised: dict[str, UUID], told: BarrierOf, taken: Taken, frame: dict[str, Any]) -> Any:
    said = taken.told
    return actions.send_up(tried=said["tried"], asks=said["asks"], cross_system=said["cross"], **frame)


def _decide(house: House, raised: dict[str, UUID], told: BarrierOf, taken: Taken, frame: dict[str, Any]) -> Any:
    said = taken.told
    facts = DecisionFacts(
        decision=said["decision"], words=said["words"], due_on=house.day(weeks_ago=said["due"]), assigned_to_id=house.bodies.get(said.get("to", ""))
    )
    return actions.decide(facts=facts, **frame)


def _cycle(house: House, raised: dict[str, UUID], told: BarrierOf, taken: Taken, frame: dict[str, Any]) -> Any:
    said, day = taken.told, house.day(weeks_ago=taken.weeks)
    facts = CycleFacts(
        change=said["change"], stakeholders=said["who_with"], measure=said["measure"], starts_on=day, due_on=day + timedelta(days=said["days"]),
        before=Decimal(str(said["before"])), aim=Decimal(str(said["aim"])),
    )  # fmt: skip
    return actions.begin_cycle(facts=facts, **frame)


def _cycle_end(house: House, raised: dict[str, UUID], told: BarrierOf, taken: Taken, frame: dict[str, Any]) -> Any:
    said = taken.told
    cycle = Cycle.objects.get(barrier_id=frame["barrier_id"], ended_on=None)
    facts = CycleEnd(
        happened=said["happened"], learned=said["learned"], result=said["result"], ended_on=house.day(weeks_ago=taken.weeks),
        after=Decimal(str(said["after"])),
    )  # fmt: skip
    return actions.end_cycle(cycle_id=cycle.pk, facts=facts, **{name: value for name, value in frame.items() if name != "barrier_id"})


def _plainly(act: Callable[..., Any]) -> Callable[..., Any]:
    def take(house: House, raised: dict[str, UUID], told: BarrierOf, taken: Taken, frame: dict[str, Any]) -> Any:
        return act(**taken.told, **frame)

    return take


DEEDS: dict[str, Callable[..., Any]] = {
    "triage": _triage, "join": _triage, "reject": _triage, "try": _try, "up": _up, "decide": _decide, "cycle": _cycle, "cycle_end": _cycle_end,
    "outcome": _plainly(actions.put_outcome), "resolve": _plainly(actions.resolve), "tell": _plainly(actions.tell_back),
    "confirm": _plainly(actions.confirm), "reopen": _plainly(actions.reopen),
}  # fmt: skip


def _post(house: House, raised: dict[str, UUID], posted: tuple[int, str, str, str, str, str, str, str], *, key: str) -> None:
    weeks, who, body, to, kind, title, words, about = posted
    if Posting.objects.filter(collaborative_id=house.collaborative_id, request_key=key).exists():
        return
    with house.then(weeks_ago=weeks, who=who) as (by, at):
        facts = PostingFacts(
            body_id=house.bodies[body], to_id=house.bodies.get(to), kind=kind, title=title, words=words, barrier_id=raised.get(about)
        )
        done(actions.post_down(by=by, at=at, collaborative_id=house.collaborative_id, facts=facts, request_key=key))
