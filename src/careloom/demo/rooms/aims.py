"""The aims of the practice county's partnership: outcomes with their looks, what agencies want, measures, a saving, purposes, data points."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from careloom.aims import actions
from careloom.aims.facts import (
    AimFacts,
    CostFacts,
    DesireFacts,
    LookFacts,
    PriorityFacts,
    PurposeFacts,
    QualityFacts,
    RulingFacts,
    SavingFacts,
    ScheduleFacts,
    SentFacts,
)
from careloom.demo.rooms.aims_told import AIMS, DESIRES, POINTS, PROPOSALS, PURPOSES, SAVING, SAVING_LINES, AimOf, number
from careloom.demo.rooms.house import House, done
from careloom.kernel.indicators.schedule import Every, periods

KEY = "aims"
CHAIR = "whitfield"
LOOK_AGAIN = 13  # weeks


def play(house: House, *, at: datetime) -> None:
    """Everything that the partnership told of its aims, up to `at`."""
    proposals = {key: _proposal(house, key) for key in PROPOSALS}
    aims = {told.key: _aim(house, told, proposals) for told in AIMS}
    for partner, who, weeks, words, known, meets in DESIRES:
        with house.then(weeks_ago=weeks, who=who) as (by, then):
            shared = tuple(aims[key] for key in meets)
            facts = DesireFacts(partner_id=house.partners[partner], words=words, measured_by=known, aims=shared)
            key = f"{KEY}:want:{partner}"
            done(actions.put_desire(by=by, at=then, collaborative_id=house.collaborative_id, facts=facts, request_key=key))
    _numbers(house)
    _points(house)


def _proposal(house: House, key: str) -> UUID:
    weeks, who, facts, judged, ruling = PROPOSALS[key]
    pk = house.collaborative_id
    with house.then(weeks_ago=weeks, who=who) as (by, then):
        row = done(actions.propose(by=by, at=then, collaborative_id=pk, facts=facts, request_key=f"{KEY}:measure:{key}"))
    for ago, facet, how, evidence in judged:
        with house.then(weeks_ago=ago) as (by, then):
            said = QualityFacts(facet=facet, judged=how, evidence=evidence)
            done(actions.judge(by=by, at=then, proposal_id=row, facts=said, request_key=f"{KEY}:judged:{key}:{facet}:{ago}"))
    if ruling is not None:
        ago, body, result, becomes, why = ruling
        with house.then(weeks_ago=ago) as (by, then):
            decided = RulingFacts(body_id=house.bodies[body], result=result, becomes=becomes, why=why, decided_on=house.day(weeks_ago=ago))
            done(actions.rule(by=by, at=then, proposal_id=row, facts=decided, request_key=f"{KEY}:ruled:{key}"))
    return row


def _aim(house: House, told: AimOf, proposals: dict[str, UUID]) -> UUID:
    with house.then(weeks_ago=told.weeks_ago, who=told.who) as (by, then):
        facts = AimFacts(
            outcome=told.outcome, success=told.success, goal=told.goal, owner_id=house.partners[told.owner], owner_name=told.owner_name,
            body_id=house.bodies[told.body], agreed_on=house.day(weeks_ago=told.weeks_ago), indicator=told.indicator,
            review_on=house.day(weeks_ago=told.weeks_ago - LOOK_AGAIN), proposal_id=proposals.get(told.proposal), candidates=told.candidates,
            baseline=number(told.baseline), baseline_period=told.baseline_period, baseline_source=told.baseline_source, target=number(told.target),
            target_by=house.day(weeks_ago=-told.by) if told.target else None,
        )  # fmt: skip
        key = f"{KEY}:{told.key}"
        aim = done(actions.put_aim(by=by, at=then, collaborative_id=house.collaborative_id, facts=facts, request_key=key))
    for ago, seen, follows, value, period in told.looks:
        with house.then(weeks_ago=ago) as (by, then):
            look = LookFacts(
                on=house.day(weeks_ago=ago), seen=seen, follows=follows, value=number(value), period=period,
                source="Counted by the coordinator" if value else "", next_on=house.day(weeks_ago=ago - LOOK_AGAIN),
            )  # fmt: skip
            done(actions.look_at(by=by, at=then, aim_id=aim, facts=look, request_key=f"{KEY}:{told.key}:{ago}"))
    if told.first:
        with house.then(weeks_ago=1, who=CHAIR) as (by, then):
            first = PriorityFacts(year=then.year, body_id=house.bodies["oversight"], why=told.first)
            done(actions.put_first(by=by, at=then, aim_id=aim, facts=first, request_key=f"{KEY}:first:{told.key}"))
    return aim


def _numbers(house: House) -> None:
    pk = house.collaborative_id
    with house.then(weeks_ago=18) as (by, then):
        cost = CostFacts(
            code="FOSTER_DAY", value=96, low=60, high=140, year=house.day(weeks_ago=18).year, status="D",
            source="Columbia Budget Office: maintenance and case management of both counties, over the days in care of last year.",
        )  # fmt: skip
        done(actions.put_cost(by=by, at=then, collaborative_id=pk, facts=cost, request_key=f"{KEY}:cost"))
    with house.then(weeks_ago=10) as (by, then):
        saving = SavingFacts(**SAVING, on=house.day(weeks_ago=10), lines=SAVING_LINES)  # type: ignore[arg-type]
        done(actions.keep_saving(by=by, at=then, collaborative_id=pk, facts=saving, request_key=f"{KEY}:saving"))
    for code, partner, program, codes, words in PURPOSES:
        with house.then(weeks_ago=52) as (by, then):
            facts = PurposeFacts(code=code, partner_id=house.partners[partner], program=program, indicators=codes, words=words)
            done(actions.put_purpose(by=by, at=then, collaborative_id=pk, facts=facts, request_key=f"{KEY}:purpose:{code}"))


def _points(house: House) -> None:
    name, whom, partner, codes, every, days = POINTS
    start = house.day(weeks_ago=52)
    first = date(start.year, 3 * ((start.month - 1) // 3) + 1, 1)
    with house.then(weeks_ago=50) as (by, then):
        facts = ScheduleFacts(
            name=name, to_whom=whom, partner_id=house.partners[partner], indicators=codes, every=every, first=first, days=days
        )  # fmt: skip
        key = f"{KEY}:points"
        row = done(actions.put_schedule(by=by, at=then, collaborative_id=house.collaborative_id, facts=facts, request_key=key))
    today = house.day(weeks_ago=0)
    over = list(periods(every=Every(every), first=first, until=today))
    # The first went late, the next in time; the newest waits.
    for place, (begins, ends) in enumerate(over[:-1]):
        sent_on = ends + timedelta(days=41 if place == 0 else 20)
        if sent_on > today:
            continue
        weeks = (today - sent_on).days // 7
        with house.then(weeks_ago=weeks) as (by, then):
            sent = SentFacts(
                period_on=begins, on=sent_on, how="The Department’s portal, with its receipt", source="Bayline’s own counts, before Careloom"
            )  # fmt: skip
            done(actions.send(by=by, at=then, schedule_id=row, facts=sent, request_key=f"{KEY}:sent:{place}"))
