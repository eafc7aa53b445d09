"""Guidance and pilots that answer barriers in the practice county, in every state that there is; members acknowledge for their own agencies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from careloom.barriers.actions import turn_into
from careloom.barriers.models import Barrier
from careloom.changes import actions
from careloom.changes import facts as told
from careloom.changes.models import Addressee, Guidance, GuidanceVersion, Pilot, PilotSite
from careloom.demo.rooms.changes_answers_told import GUIDED, TRIED
from careloom.demo.rooms.house import House, done

KEY = "answer"
CHAIR, CORE = "whitfield", "two_rivers"


def play(house: House) -> None:
    """Draft, issue, hear and retire guidance; propose, run and end pilots. Doing it again changes nothing."""
    for one in TRIED:
        _tried(house, one)
    for one in GUIDED:
        _guided(house, one)


def _barrier(house: House, title: str) -> Barrier:
    return Barrier.objects.get(collaborative_id=house.collaborative_id, title=title)


def _made(house: House, one: dict[str, Any], facts: told.GuidanceFacts | told.PilotFacts) -> UUID:
    """Drafted from its barrier where it answers one, else by itself."""
    key, model = f"{KEY}:{one['key']}", Guidance if isinstance(facts, told.GuidanceFacts) else Pilot
    known = model.objects.filter(collaborative_id=house.collaborative_id, request_key=key).first()
    if known is not None:
        return known.pk  # type: ignore[no-any-return]
    with house.then(weeks_ago=one["weeks"], who=one.get("who", "harrowmere")) as (by, at):
        if "barrier" in one:
            row = _barrier(house, one["barrier"])
            return done(turn_into(by=by, at=at, barrier_id=row.pk, facts=facts, version=row.row_version, request_key=key))
        frame: dict[str, Any] = {"by": by, "at": at, "collaborative_id": house.collaborative_id, "request_key": key}
        if isinstance(facts, told.GuidanceFacts):
            return done(actions.draft_guidance(facts=facts, **frame))
        return done(actions.propose_pilot(facts=facts, **frame))


def _tried(house: House, one: dict[str, Any]) -> None:
    weeks = one["weeks"]
    facts = told.PilotFacts(
        title=one["title"], kind="PRACTICE", body_id=house.bodies[one["body"]], what=one["what"], measure=one["measure"], unit="NUMBER",
        higher=one["higher"], baseline=Decimal(one["before"]), target=Decimal(one["aim"]), starts_on=house.day(weeks_ago=weeks - 3),
        until=house.day(weeks_ago=one["until"]), sites=tuple(one["sites"]),
    )  # fmt: skip
    pk = _made(house, one, facts)
    moves: list[tuple[int, str, str, dict[str, Any]]] = []
    if one["state"] != "PROPOSED":
        moves.append((weeks - 2, CORE, "APPROVED", {}))
    if one["state"] not in ("PROPOSED", "APPROVED"):
        moves.append((weeks - 3, one["who"], "RUNNING", {}))
    for version, (ago, who, to, more) in enumerate(moves, start=1):
        _pilot_step(house, pk, version, ago=ago, who=who, to=to, **more)
    if "seen" not in one:
        return
    site = PilotSite.objects.filter(pilot_id=pk).order_by("name").first()
    assert site is not None
    for place, (ago, value) in enumerate(one["seen"]):
        if Pilot.objects.get(pk=pk).state == "RUNNING":
            with house.then(weeks_ago=ago, who=one["who"]) as (by, at):
                month, key = house.day(weeks_ago=ago).replace(day=1), f"{KEY}:{one['key']}:{place}"
                done(actions.observe(by=by, at=at, site_id=site.pk, month=month, note="", request_key=key, value=Decimal(value)))
    if "found" in one:
        _pilot_step(house, pk, 3, ago=one["until"] - 1, who=one["who"], to="EVALUATED", result=one["found"])
    if "lesson" in one and Pilot.objects.get(pk=pk).row_version == 4:
        with house.then(weeks_ago=one["until"] - 3, who=CORE) as (by, at):
            done(
                actions.decide_pilot(
                    by=by, at=at, pilot_id=pk, to=one["state"], lesson=one["lesson"], text=one.get("text", ""), version=4,
                    request_key=f"{KEY}:{one['key']}:end",
                )
            )  # fmt: skip


def _pilot_step(house: House, pk: UUID, version: int, *, ago: int, who: str, **facts: Any) -> None:
    if Pilot.objects.get(pk=pk).row_version == version:
        with house.then(weeks_ago=ago, who=who) as (by, at):
            done(actions.move_pilot(by=by, at=at, pilot_id=pk, version=version, **facts))


def _guided(house: House, one: dict[str, Any]) -> None:
    facts = told.GuidanceFacts(title=one["title"], body_id=house.bodies["oversight"], text=one["versions"][0]["text"])
    pk = _made(house, one, facts) if "of" not in one else Guidance.objects.get(collaborative_id=house.collaborative_id, title=one["title"]).pk
    for number, version in enumerate(one["versions"], start=one.get("first", 1)):
        if number > 1 and not GuidanceVersion.objects.filter(guidance_id=pk, number=number).exists():
            with house.then(weeks_ago=version["weeks"]) as (by, at):
                key = f"{KEY}:{one['key']}:{number}"
                done(actions.next_version(by=by, at=at, guidance_id=pk, text=version["text"], changed=version["changed"], request_key=key))
        _version(house, GuidanceVersion.objects.get(guidance_id=pk, number=number), version)


def _version(house: House, row: GuidanceVersion, told_of: dict[str, Any]) -> None:
    """Comments two weeks after the draft, issued four weeks after it, then heard by those to whom it goes."""
    weeks = told_of["weeks"]
    if told_of["state"] == "DRAFT":
        return
    if row.row_version == 1:
        with house.then(weeks_ago=weeks - 1) as (by, at):
            until = house.day(weeks_ago=weeks - 3)
            done(actions.open_comments(by=by, at=at, version_id=row.pk, until=until, version=1))
    row.refresh_from_db()
    if told_of["state"] == "CONSULT":
        return
    if row.row_version == 2:
        with house.then(weeks_ago=weeks - 4, who=CHAIR) as (by, at):
            partners = tuple(house.partners[key] for key in told_of["goes"])
            done(actions.issue(by=by, at=at, version_id=row.pk, partner_ids=partners, body_ids=(), version=2))
    for partner, who, ago, how in told_of.get("heard", ()):
        to = Addressee.objects.get(guidance_version=row, partner_id=house.partners[partner])
        if to.row_version == 1:
            with house.then(weeks_ago=ago, who=who) as (by, at):
                if how:
                    done(actions.apply(by=by, at=at, addressee_id=to.pk, since=house.day(weeks_ago=ago), how=how, version=1))
                else:
                    done(actions.acknowledge(by=by, at=at, addressee_id=to.pk, version=1))
    row.refresh_from_db()
    if "ended" in told_of and row.state == "ISSUED":
        with house.then(weeks_ago=told_of["ended"], who=CHAIR) as (by, at):
            done(actions.retire(by=by, at=at, version_id=row.pk, why=told_of["why"], version=row.row_version))
