"""Guidance, proposals, pilots and lessons of the practice county's partnership, step by step through the actions of the rooms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from careloom.changes import actions
from careloom.changes import facts as told
from careloom.changes.models import (
    Addressee,
    Cycle,
    Definition,
    Feedback,
    GuidanceVersion,
    KnownStrategy,
    Lesson,
    Pilot,
    PilotSite,
    Proposal,
    Statute,
)
from careloom.demo.rooms import changes_answers
from careloom.demo.rooms import changes_told as words
from careloom.demo.rooms.house import House, done
from careloom.infra.answers import Done
from careloom.kernel.partnership.changes import ChangeKind
from careloom.partnership.models import Collaborative

CHAIR, RIDES = "whitfield", "lindqvist"
ASK = (
    "Ask her before you test her, and write down what she said.\n\nSay why you ask, who will read the answer, and that she may say no.\n\n"
    "A test without her word is no ground for a report."
)
#: Families who came to the first visit, of how many, month by month from the first, at the two sites and at the one that went on as before.
MONTHS = {
    "St. Agnes": ((26, 48), (29, 47), (33, 50), (36, 49), (37, 48), (39, 51)),
    "Quillstone": ((14, 27), (15, 29), (8, 9), (19, 30), (20, 31), (22, 33)),
    "Harbor General": ((21, 40), (22, 41), (20, 39), (22, 42), (21, 40), (22, 41)),
}


def step(model: type[Any], pk: UUID, version: int, act: Callable[..., Any], **facts: Any) -> None:
    """Do a step of a row that stands at `version`; nothing where it was done before."""
    if model.objects.get(pk=pk).row_version == version:
        done(act(version=version, **facts))


def play(house: House, *, at: datetime) -> None:
    """Two years of changes."""
    _law(house)
    _library(house)
    policy = _proposals(house)
    ask = _guidance(house)
    ride = _ride(house)
    _letters(house)
    changes_answers.play(house)
    _learned(house)
    _trace(house, policy=policy, ask=ask, ride=ride)


def _law(house: House) -> None:
    pk = house.collaborative_id
    for place, (ago, facts) in enumerate(words.STATUTES):
        with house.then(weeks_ago=ago) as (by, at):
            kept = told.StatuteFacts(**facts, looked_on=house.day(weeks_ago=ago))
            done(actions.put_statute(by=by, at=at, collaborative_id=pk, facts=kept, request_key=f"demo-law-{place}"))
    for place, (ago, meant) in enumerate(words.DEFINITIONS):
        if Definition.objects.filter(collaborative_id=pk, version=place + 1).exists():
            continue
        with house.then(weeks_ago=ago) as (by, at):
            adopted = told.DefinitionFacts(**meant, body_id=house.bodies["oversight"], adopted_on=house.day(weeks_ago=ago))
            done(actions.adopt_definition(by=by, at=at, collaborative_id=pk, facts=adopted, after=place, request_key=f"demo-meaning-{place}"))
    for ago, question, choice, answer, why in words.ANSWERS:
        with house.then(weeks_ago=ago) as (by, at):
            said = told.AnswerFacts(
                question=question, place=_place(house), choice=choice, answer=answer, rationale=why, approved_by="Oversight committee",
                answered_on=house.day(weeks_ago=ago),
            )  # fmt: skip
            done(actions.answer_question(by=by, at=at, collaborative_id=pk, facts=said, after=0, request_key=f"demo-six-{question}"))


def _place(house: House) -> str:
    row = Collaborative.objects.get(pk=house.collaborative_id)
    return row.places[0] if row.places else row.name[:40]


def _library(house: House) -> None:
    pk = house.collaborative_id
    for place, facts in enumerate(words.KNOWN):
        with house.then(weeks_ago=86) as (by, at):
            done(actions.put_known(by=by, at=at, collaborative_id=pk, facts=told.KnownFacts(**facts), request_key=f"demo-known-{place}"))
    for place, (ago, kept) in enumerate(words.STRATEGIES):
        with house.then(weeks_ago=kept.get("evaluated", ago)) as (by, at):
            known = KnownStrategy.objects.filter(collaborative_id=pk, name=kept.get("known", "")).first()
            facts = {key: value for key, value in kept.items() if key not in ("owner", "known", "evaluated")}
            strategy = told.StrategyFacts(
                **facts, owner_id=house.partners[kept["owner"]], known_id=known.pk if known else None,
                evaluated_on=house.day(weeks_ago=kept["evaluated"]) if "evaluated" in kept else None,
            )  # fmt: skip
            done(actions.put_strategy(by=by, at=at, collaborative_id=pk, facts=strategy, request_key=f"demo-strategy-{place}"))


def _proposals(house: House) -> UUID:
    pk, core = house.collaborative_id, house.bodies["core"]
    with house.then(weeks_ago=72) as (by, at):
        facts = told.ProposalFacts(
            title="One release that names each program", kind="POLICY", body_id=core, now="Each partner has a release of its own.",
            new="One release, read to her in her language, names each program.", why="She signs once and knows who reads.",
            marks=("UNIVERSAL_PROTOCOL",),
        )  # fmt: skip
        policy = done(actions.put_proposal(by=by, at=at, collaborative_id=pk, facts=facts, request_key="demo-proposal-1"))
    way = (
        (71, "harrowmere", "PROPOSED", ""), (66, CHAIR, "RETURNED", "Say how she takes it back."), (62, "harrowmere", "PROPOSED", ""),
        (57, CHAIR, "APPROVED", "From spring on, in both counties."),
    )  # fmt: skip
    for version, (ago, who, state, said) in enumerate(way, start=1):
        with house.then(weeks_ago=ago, who=who) as (by, at):
            step(Proposal, policy, version, actions.move_proposal, by=by, at=at, proposal_id=policy, to=state, words=said)
    with house.then(weeks_ago=50) as (by, at):
        day = house.day(weeks_ago=50)
        step(Proposal, policy, 5, actions.move_proposal, by=by, at=at, proposal_id=policy, to="IN_EFFECT", effective_on=day)
    with house.then(weeks_ago=5) as (by, at):
        facts = told.ProposalFacts(
            title="A ride is part of the discharge", kind="PROCEDURE", body_id=core, now="Each unit books rides as it likes.",
            new="The discharge list asks for the ride.", why="Two of five families miss the first visit for want of a ride.",
        )  # fmt: skip
        second = done(actions.put_proposal(by=by, at=at, collaborative_id=pk, facts=facts, request_key="demo-proposal-2"))
        step(Proposal, second, 1, actions.move_proposal, by=by, at=at, proposal_id=second, to="PROPOSED")
    return policy


def _guidance(house: House) -> UUID:
    pk, partners = house.collaborative_id, house.partners
    with house.then(weeks_ago=54) as (by, at):
        facts = told.GuidanceFacts(title="Ask before you test", body_id=house.bodies["oversight"], text=ASK)
        ask = done(actions.draft_guidance(by=by, at=at, collaborative_id=pk, facts=facts, request_key="demo-guidance-1"))
    version = GuidanceVersion.objects.get(guidance_id=ask, number=1)
    with house.then(weeks_ago=53) as (by, at):
        step(GuidanceVersion, version.pk, 1, actions.open_comments, by=by, at=at, version_id=version.pk, until=house.day(weeks_ago=50))
    if GuidanceVersion.objects.get(pk=version.pk).state == "CONSULT":
        with house.then(weeks_ago=52, who="castillo") as (by, at):
            done(actions.comment(by=by, at=at, version_id=version.pk, words="Say that she may say no.", request_key="demo-comment-1"))
    goes = ("st_agnes", "quillstone", "pine_womens", "harbor_midwives", "pine_children")
    with house.then(weeks_ago=49, who=CHAIR) as (by, at):
        to = {"partner_ids": tuple(partners[key] for key in goes), "body_ids": (house.bodies["newborn"],)}
        step(GuidanceVersion, version.pk, 2, actions.issue, by=by, at=at, version_id=version.pk, **to)
    for key, worker, ago, how, who in words.HEARD:
        row = Addressee.objects.get(guidance_version=version, partner_id=partners[key])
        with house.then(weeks_ago=ago, who=worker) as (by, at):
            if how:
                step(Addressee, row.pk, 1, actions.apply, by=by, at=at, addressee_id=row.pk, since=house.day(weeks_ago=ago), how=how, who=who)
            else:
                step(Addressee, row.pk, 1, actions.acknowledge, by=by, at=at, addressee_id=row.pk, who=who)
    with house.then(weeks_ago=30, who="castillo") as (by, at):
        said = "It takes ten minutes more at night."
        item = done(actions.send_feedback(by=by, at=at, guidance_id=ask, words=said, request_key="demo-feedback-1"))
    with house.then(weeks_ago=29, who=CHAIR) as (by, at):
        step(Feedback, item, 1, actions.answer_feedback, by=by, at=at, feedback_id=item, words="Take them. The plan counts them as care.")
    with house.then(weeks_ago=3, who="stonefinch") as (by, at):
        done(actions.send_feedback(by=by, at=at, guidance_id=ask, words="Who asks when she is asleep?", request_key="demo-feedback-2"))
    return ask


def _pilot(house: House, facts: told.PilotFacts, *, key: str, ago: int, who: str) -> UUID:
    with house.then(weeks_ago=ago, who=who) as (by, at):
        row = done(actions.propose_pilot(by=by, at=at, collaborative_id=house.collaborative_id, facts=facts, request_key=key))
    with house.then(weeks_ago=ago - 2, who="adeyemi") as (by, at):
        step(Pilot, row, 1, actions.move_pilot, by=by, at=at, pilot_id=row, to="APPROVED")
    with house.then(weeks_ago=ago - 3, who=who) as (by, at):
        step(Pilot, row, 2, actions.move_pilot, by=by, at=at, pilot_id=row, to="RUNNING")
    return row


def _ride(house: House) -> UUID:
    facts = told.PilotFacts(
        title="A ride booked before discharge", kind="PRACTICE", body_id=house.bodies["rides"], what="The nurse books the ride and calls the driver.",
        measure="Families who came to the first visit", unit="SHARE", baseline=Decimal(53), target=Decimal(70), starts_on=house.day(weeks_ago=30),
        until=house.day(weeks_ago=1), sites=("St. Agnes", "Quillstone"), compared=("Harbor General",), marks=("SYSTEM_CHANGE",),
    )  # fmt: skip
    row = _pilot(house, facts, key="demo-pilot-1", ago=33, who=RIDES)
    for name, months in MONTHS.items():
        site = PilotSite.objects.get(pilot_id=row, name=name)
        for place, (some, of) in enumerate(months):
            ago = 26 - round(place * 4.4)
            note = "Two drivers were ill." if (name, place) == ("Quillstone", 1) else ""
            with house.then(weeks_ago=ago, who=RIDES) as (by, at):
                month, key = house.day(weeks_ago=ago).replace(day=1), f"demo-month-{name[:3]}-{place}"
                done(actions.observe(by=by, at=at, site_id=site.pk, month=month, note=note, request_key=key, some=some, of=of))
    rounds = (
        (29, 20, "Book at discharge; we expect fewer missed visits.", "Booked for 140 families.", "Night discharges were missed.",
            "Book at noon of the day before."),
        (19, 9, "Book at noon of the day before.", "Booked for 160 families.", "Three of four came.", "Write it into the discharge list."),
        (4, None, "The discharge list asks for the ride.", "", "", ""),
    )  # fmt: skip
    for place, (ago, end, plan, did, studied, acts) in enumerate(rounds):
        with house.then(weeks_ago=ago, who=RIDES) as (by, at):
            cycle = done(_opened(row, place, by=by, at=at, plan=plan, starts_on=house.day(weeks_ago=ago)))
        if end is not None:
            with house.then(weeks_ago=end, who=RIDES) as (by, at):
                step(Cycle, cycle, 1, actions.close_cycle, by=by, at=at, cycle_id=cycle, did=did, studied=studied, acts=acts)
    with house.then(weeks_ago=2, who="whitlock") as (by, at):
        said = "Drivers ask for the room number. Put it on the slip."
        done(actions.send_feedback(by=by, at=at, pilot_id=row, words=said, request_key="demo-feedback-3"))
    return row


def _opened(row: UUID, place: int, **facts: Any) -> Any:
    there = Cycle.objects.filter(pilot_id=row, number=place + 1).first()
    return Done(row_id=there.pk) if there else actions.open_cycle(pilot_id=row, request_key=f"demo-cycle-{place}", **facts)


def _letters(house: House) -> None:
    """A pilot that did not work."""
    facts = told.PilotFacts(
        title="A letter before the visit", kind="PROTOCOL", body_id=house.bodies["newborn"], what="A letter reminds of the first visit.",
        measure="Days until the first visit", unit="DAYS", higher=False, baseline=Decimal(16), target=Decimal(10), starts_on=house.day(weeks_ago=70),
        until=house.day(weeks_ago=56), sites=("Pine County",),
    )  # fmt: skip
    row = _pilot(house, facts, key="demo-pilot-2", ago=74, who="castillo")
    site = PilotSite.objects.get(pilot_id=row)
    for place, (ago, value) in enumerate(((66, 16), (61, 17), (57, 16))):
        if Pilot.objects.get(pk=row).state == "RUNNING":
            with house.then(weeks_ago=ago, who="castillo") as (by, at):
                month, key = house.day(weeks_ago=ago).replace(day=1), f"demo-letter-{place}"
                done(actions.observe(by=by, at=at, site_id=site.pk, month=month, note="", request_key=key, value=Decimal(value)))
    with house.then(weeks_ago=55, who="castillo") as (by, at):
        step(Pilot, row, 3, actions.move_pilot, by=by, at=at, pilot_id=row, to="EVALUATED", result="As many days as before.")
    with house.then(weeks_ago=54, who="adeyemi") as (by, at):
        lesson = "Letters come after the family has moved on. Call, or send a message to the number she chose."
        step(Pilot, row, 4, actions.decide_pilot, by=by, at=at, pilot_id=row, to="ABANDON", lesson=lesson, request_key="demo-letter-end")


def _learned(house: House) -> None:
    pk = house.collaborative_id
    for place, (ago, who, kept) in enumerate(words.LESSONS):
        with house.then(weeks_ago=ago, who=who) as (by, at):
            done(actions.put_lesson(by=by, at=at, collaborative_id=pk, facts=told.LessonFacts(**kept), request_key=f"demo-lesson-{place}"))
    first = Lesson.objects.get(collaborative_id=pk, request_key="demo-lesson-0")
    with house.then(weeks_ago=36) as (by, at):
        how = "Quillstone has a social worker on Sundays."
        done(actions.take_up(by=by, at=at, collaborative_id=pk, lesson_id=first.pk, how=how, request_key="demo-take-1"))
    for place, (ago, kept) in enumerate(words.HELP):
        answered, ended = kept.get("answered"), kept.get("done")
        with house.then(weeks_ago=ended if ended is not None else ago) as (by, at):
            facts = told.AssistanceFacts(
                title=kept["title"], asks=kept["asks"], of=kept["of"], asked_on=house.day(weeks_ago=ago), answer=kept.get("answer", ""),
                answered_on=house.day(weeks_ago=answered) if answered else None, follows=kept.get("follows", ""), follows_who=kept.get("who", ""),
                done_on=house.day(weeks_ago=ended) if ended else None,
            )  # fmt: skip
            done(actions.put_assistance(by=by, at=at, collaborative_id=pk, facts=facts, request_key=f"demo-help-{place}"))
    for place, (ago, code, course, why, plan) in enumerate(
        (
            (26, "CAPTA_B", "FIX", "Two hospitals write the plan after discharge.", "The level is decided a day before."),
            (13, "CAPTA_C", "CONTINUE", "It rises in both counties.", ""),
        )
    ):
        with house.then(weeks_ago=ago, who=CHAIR) as (by, at):
            facts_of = told.PriorityFacts(
                indicator=code, course=course, why=why, plan=plan, owner_id=house.partners["st_agnes"], body_id=house.bodies["oversight"],
                decided_on=house.day(weeks_ago=ago), review_on=house.day(weeks_ago=ago - 13),
            )  # fmt: skip
            done(actions.decide_course(by=by, at=at, collaborative_id=pk, facts=facts_of, request_key=f"demo-course-{place}"))


def _trace(house: House, *, policy: UUID, ask: UUID, ride: UUID) -> None:
    pk = house.collaborative_id
    laws = {row.citation: row.pk for row in Statute.objects.filter(collaborative_id=pk)}
    with house.then(weeks_ago=8) as (by, at):
        facts = told.PracticeFacts(
            title="The nurse books the ride", what="At noon of the day before she goes home.", place="St. Agnes", adopted_on=house.day(weeks_ago=8)
        )
        books = done(actions.put_practice(by=by, at=at, collaborative_id=pk, facts=facts, request_key="demo-practice-1"))
        facts = told.PracticeFacts(
            title="She says who reads her plan", what="Nobody reads it whom she has not named.", marker=True, adopted_on=house.day(weeks_ago=8),
            family_how="The circle of mothers spoke about it on two evenings.", family_on=house.day(weeks_ago=12),
            family_said="They asked for a list that she can show. The plan now ends with it.", marks=("SHARED_PLAN",),
        )  # fmt: skip
        reads = done(actions.put_practice(by=by, at=at, collaborative_id=pk, facts=facts, request_key="demo-practice-2"))
        facts = told.PracticeFacts(title="The father is asked too", what="He is asked what he needs.", marker=True)
        done(actions.put_practice(by=by, at=at, collaborative_id=pk, facts=facts, request_key="demo-practice-3"))
        K = ChangeKind
        for lower, uppers in (
            ((K.POLICY, policy), ((K.LAW, laws["42 CFR part 2"]),)),
            ((K.PROTOCOL, ask), ((K.POLICY, policy), (K.LAW, laws["42 U.S.C. 5106a(b)(2)(B)(iii)"]))),
            ((K.PILOT, ride), ((K.LAW, laws["42 U.S.C. 5106a(b)(2)(B)(iii)"]),)),
            ((K.PRACTICE, books), ((K.PILOT, ride),)),
            ((K.PRACTICE, reads), ((K.PROTOCOL, ask),)),
        ):
            done(actions.rest(by=by, at=at, collaborative_id=pk, lower=lower, uppers=uppers, request_key="demo-rests"))
