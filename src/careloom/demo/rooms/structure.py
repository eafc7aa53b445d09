"""The collaborative of Pine and Harbor: begun two years ago, its partners, three tiers, who sits where, who left, and what they adopted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from careloom.demo.load.ground import Ground
from careloom.demo.rooms.house import House, done
from careloom.demo.rooms.members import BODIES, PARTNERS, SEATS, SITS, BodyOf, PartnerOf, SeatOf
from careloom.demo.rooms.papers import CHARTERS, VISIONS
from careloom.partnership.actions import (
    BodyFacts,
    CollaborativeFacts,
    PartnerFacts,
    SeatFacts,
    adopt_charter,
    adopt_vision,
    begin,
    commit_again,
    leave_seat,
    put_body,
    put_partner,
    put_seat,
)
from careloom.partnership.models import Body, Charter, Collaborative, Partner, Seat, Vision

NAME = "Pine and Harbor Family Care Partnership"
BEGUN = 100  # weeks before the last day
KEY = "practice"


def play(ground: Ground, *, at: datetime) -> House:
    """Make the collaborative and everybody in it, or find it again."""
    house = House(ground=ground, now=at, collaborative_id=ground.agencies["pine_harbor_partnership"].pk)
    with house.then(weeks_ago=BEGUN) as (by, then):
        facts = CollaborativeFacts(
            name=NAME, reach="COUNTY", places=("Pine County", "Harbor County", "Eagle Nation"), new=True, starts_on=house.day(weeks_ago=BEGUN)
        )
        found = Collaborative.objects.filter(request_key=KEY, agency_id=by.holder_id).first()
        house.collaborative_id = found.pk if found else done(begin(by=by, at=then, facts=facts, request_key=KEY))
    for partner in PARTNERS:
        house.partners[partner.key] = _partner(house, partner)
    for body in BODIES:
        house.bodies[body.key] = _body(house, body)
    for seat in SEATS:
        house.seats[seat.key] = _seat(house, seat)
    _adopted(house)
    return house


def _kept(model: type[Partner] | type[Body] | type[Seat], house: House, key: str) -> UUID | None:
    row = model.objects.filter(collaborative_id=house.collaborative_id, request_key=f"{KEY}:{key}").first()
    return row.pk if row else None


def _partner(house: House, told: PartnerOf) -> UUID:
    if kept := _kept(Partner, house, told.key):
        return kept
    agency = house.ground.agencies.get(told.key)
    with house.then(weeks_ago=told.weeks_ago) as (by, at):
        facts = PartnerFacts(
            name=agency.name if agency else told.name, sectors=told.sectors, joined_on=house.day(weeks_ago=told.weeks_ago),
            agency_id=agency.pk if agency else None, kinds=told.kinds, streams=told.streams, brings=told.brings,
        )  # fmt: skip
        return done(put_partner(by=by, at=at, collaborative_id=house.collaborative_id, facts=facts, request_key=f"{KEY}:{told.key}"))


def _body(house: House, told: BodyOf) -> UUID:
    if kept := _kept(Body, house, told.key):
        return kept
    with house.then(weeks_ago=told.weeks_ago) as (by, at):
        facts = BodyFacts(
            name=told.name, tier=told.tier, starts_on=house.day(weeks_ago=told.weeks_ago), focus=told.focus, stood_before=told.stood_before,
            lead_id=house.partners[told.lead], convened_by=told.convened_by, reports_to=told.reports_to, not_needed=told.not_needed,
            quorum=told.quorum,
        )  # fmt: skip
        return done(put_body(by=by, at=at, collaborative_id=house.collaborative_id, facts=facts, request_key=f"{KEY}:{told.key}"))


def _seat(house: House, told: SeatOf) -> UUID:
    if kept := _kept(Seat, house, told.key):
        return kept
    member = house.ground.members.get(told.worker) if told.worker else None
    sits = SITS.get(told.worker)
    with house.then(weeks_ago=told.weeks_ago) as (by, at):
        facts = SeatFacts(
            name=member.worker.name if member else told.name, partner_id=house.partners[told.partner],
            starts_on=house.day(weeks_ago=told.weeks_ago), worker_id=member.worker_id if member else None,
            title=told.title or (sits.title if sits else ""), level=told.level, office=told.office, lens=told.lens, authority=told.authority,
            decides=told.decides, money=told.money, expertise=told.expertise, lived=told.lived, supports=told.supports,
            line_to=sits.line_to if sits else "", line_how=sits.line_how if sits else "", line_days=sits.line_days if sits else None,
            term_ends_on=house.day(weeks_ago=told.term) if told.term is not None else None,
        )  # fmt: skip
        seat_id = done(put_seat(by=by, at=at, body_id=house.bodies[told.body], facts=facts, request_key=f"{KEY}:{told.key}"))
    if told.commitment and told.worker:
        with house.then(weeks_ago=max(told.weeks_ago - 2, 0), who=told.worker) as (by, at):
            done(commit_again(by=by, at=at, seat_id=seat_id, words=told.commitment))
    if told.left is not None:
        with house.then(weeks_ago=told.left) as (by, at):
            done(leave_seat(by=by, at=at, seat_id=seat_id, on=house.day(weeks_ago=told.left)))
    return seat_id


def _adopted(house: House) -> None:
    for body, weeks, facts in CHARTERS:
        version = Charter.objects.filter(body_id=house.bodies[body]).count()
        if Charter.objects.filter(body_id=house.bodies[body], request_key=f"{KEY}:{body}:{weeks}").exists():
            continue
        with house.then(weeks_ago=weeks) as (by, at):
            told = facts(adopted_on=house.day(weeks_ago=weeks))
            done(adopt_charter(by=by, at=at, body_id=house.bodies[body], facts=told, after=version, request_key=f"{KEY}:{body}:{weeks}"))
    for weeks, words in VISIONS:
        version = Vision.objects.filter(collaborative_id=house.collaborative_id).count()
        if Vision.objects.filter(collaborative_id=house.collaborative_id, request_key=f"{KEY}:{weeks}").exists():
            continue
        with house.then(weeks_ago=weeks) as (by, at):
            told_vision = words(adopted_on=house.day(weeks_ago=weeks), review_on=house.day(weeks_ago=weeks - 52))
            done(adopt_vision(by=by, at=at, collaborative_id=house.collaborative_id, facts=told_vision, after=version, request_key=f"{KEY}:{weeks}"))
