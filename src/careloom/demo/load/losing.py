"""What happens where a service could not be had, or nobody reaches her: the need is not met, a barrier without a family, tries, and often a way back.

Losing touch is no reason for a report, and nothing here makes one (plan-content 2.7).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from careloom.demo.draw import instant
from careloom.demo.load.family import Family, Moment
from careloom.demo.steps import ReferralEvent, ReferralStory
from careloom.following.actions import Told, note_attempt, pass_on
from careloom.plans.actions import resolve_need

BARRIERS = {"TOO_FAR": "TOO_FAR", "NO_LANGUAGE": "LANGUAGE", "NO_OPENING": "WAITLIST", "NOT_ELIGIBLE": "NOT_ELIGIBLE", "INSURANCE": "NOT_ELIGIBLE"}
WORDS = {
    "TOO_FAR": "The bus does not go there in the morning.", "LANGUAGE": "Nobody there speaks Spanish.",
    "WAITLIST": "The list is longer than half a year.", "NOT_ELIGIBLE": "The program takes only those with another insurance.",
}  # fmt: skip
PASSED_ON = 3  # two of three are passed on
TRIES = ((1, "CALL", 11), (3, "TEXT", 13), (6, "VISIT", 15), (12, "CALL", 10))
BACK = 5  # of five families that nobody reached, three are in touch again after these tries (A)


def moments(family: Family) -> Iterator[Moment]:
    """What follows a service's no, and what follows silence."""
    plan = family.story.plan
    if plan is None or plan.agreed_on is None:
        return
    lost = None
    for row in family.story.referrals:
        last = row.events[-1] if row.events else None
        if last is None:
            continue
        if last.status == "DECLINED" and last.reason in BARRIERS:
            at = last.at + timedelta(days=9)
            if _is_open(family, at):
                yield Moment(at=at, order=90, play=lambda at, row=row, last=last: not_met(family, row, last, at=at))  # type: ignore[misc]
        if last.status == "FAILED" and lost is None:
            lost = last.at
    if lost is not None and _is_open(family, lost):
        yield from _tries(family, lost)


def _is_open(family: Family, at: datetime) -> bool:
    closed = family.story.plan.closed_on if family.story.plan else None
    return at < family.now and (closed is None or at < instant(day=closed, hour=8))


def _tries(family: Family, lost: datetime) -> Iterator[Moment]:
    for place, (days, how, hour) in enumerate(TRIES):
        at = instant(day=(lost + timedelta(days=days)).date(), hour=hour)
        if not _is_open(family, at):
            return
        came = place == len(TRIES) - 1 and family.story.number % BACK < 3
        yield Moment(at=at, order=91, play=lambda at, how=how, place=place, came=came: try_her(family, how, place=place, came=came, at=at))  # type: ignore[misc]


def not_met(family: Family, row: ReferralStory, last: ReferralEvent, *, at: datetime) -> None:
    """The need is not met, with the reason that lies with services; most leads pass it on as a barrier that names nobody."""
    need, reason = family.needs.get(row.need_key), BARRIERS[last.reason or ""]
    if need is None:
        return
    with family.acting(family.lead_key) as by:
        key = family.key(row.key, "unmet")
        if family.count(resolve_need(by=by, at=at, need_id=need, result="UNMET", reason=reason, request_key=key)) and family.story.number % PASSED_ON:
            family.count(pass_on(by=by, at=at, need_id=need, words=WORDS[reason]))


def try_her(family: Family, how: str, *, place: int, came: bool, at: datetime) -> None:
    """One try to reach her, by a way that is safe for her."""
    said = family.story.mother.contact
    if family.plan_id is None:
        return
    safe = {"CALL": said.may_call and said.from_hour <= at.hour < said.to_hour, "TEXT": said.may_text}
    way = how if safe.get(how, True) else "VISIT"
    with family.acting(family.lead_key) as by:
        family.count(note_attempt(
            by=by, at=at, plan_id=family.plan_id, told=Told(how=way, outcome="REACHED" if came else "NO_ANSWER", at=at),
            request_key=family.key(family.story.key, "try", str(place))[:48],
        ))  # fmt: skip
