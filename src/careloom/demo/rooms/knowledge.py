"""Two years of knowing each other: profiles, words, roles, talks, training, onboarding, champions, a dispute that was settled."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from careloom.demo.rooms import known_lists as lists
from careloom.demo.rooms import known_told as told
from careloom.demo.rooms.house import COORDINATOR, House, done
from careloom.demo.rooms.known_words import WORDS, WordOf
from careloom.demo.rooms.members import SEATS
from careloom.kernel.partnership.knowing import ONBOARDING, ProcessStep
from careloom.knowledge import actions, models, queries
from careloom.knowledge.registers import REGISTERS, Kind
from careloom.partnership.models import Seat

KEY = "practice"


def play(house: House, *, at: datetime) -> None:
    """Play the chapter, or find it played."""
    for word in WORDS:
        _word(house, word)
    _profiles(house)
    _roles(house)
    _talks(house)
    _registers(house)
    _trained(house)
    _lists_of_tasks(house)
    _onboarding(house)
    _reviews(house)
    _self_said(house)
    _dispute(house)


def _once(model: Any, house: House, key: str) -> bool:
    """Whether the row of this key is still to be made."""
    return not model.objects.filter(collaborative_id=house.collaborative_id, request_key=f"{KEY}:{key}").exists()


def _word(house: House, word: WordOf) -> None:
    slug = word.name.casefold().replace(" ", "-")
    with house.then(weeks_ago=word.weeks_ago) as (by, at):
        made = actions.put_term(by=by, at=at, collaborative_id=house.collaborative_id, name=word.name, request_key=f"{KEY}:{slug}")
        term_id = done(made)
    for place, (who, partner, words, source) in enumerate(word.meanings):
        if not models.Meaning.objects.filter(term_id=term_id, partner_id=house.partners[partner]).exists():
            with house.then(weeks_ago=min(word.weeks_ago - 2 - place, 38 if partner == "eagle_nation" else 99), who=who) as (by, at):
                facts: dict[str, Any] = {"partner_id": house.partners[partner], "words": words, "source": source}
                done(actions.put_meaning(by=by, at=at, term_id=term_id, version=0, request_key=f"{KEY}:{slug}:{partner}", **facts))
    for after, (weeks, words, plain, plain_es) in enumerate(word.agreed):
        if _once(models.Agreed, house, f"{slug}:{weeks}"):
            with house.then(weeks_ago=weeks) as (by, at):
                facts = {"words": words, "plain": plain, "plain_es": plain_es, "agreed_on": house.day(weeks_ago=weeks)}
                done(actions.agree(by=by, at=at, term_id=term_id, after=after, request_key=f"{KEY}:{slug}:{weeks}", **facts))


def _profiles(house: House) -> None:
    for partner, who, section, weeks, parts in told.PROFILES:
        key = f"{partner}:{section}:{weeks}"
        if _once(models.Part, house, key):
            with house.then(weeks_ago=weeks, who=who) as (by, at):
                facts: dict[str, Any] = {"partner_id": house.partners[partner], "section": section, "told": parts}
                when = house.day(weeks_ago=weeks)
                done(_of(house, actions.write_profile, by=by, at=at, as_of=when, request_key=f"{KEY}:{key}", **facts))
    for part, weeks, words in told.SETTLED:
        if _once(models.Settled, house, f"settled:{part}"):
            with house.then(weeks_ago=weeks) as (by, at):
                when = house.day(weeks_ago=weeks)
                done(_of(house, actions.settle, by=by, at=at, part=part, words=words, as_of=when, after=0, request_key=f"{KEY}:settled:{part}"))


def _roles(house: House) -> None:
    for after, (weeks, why, words, steps) in enumerate(told.ROLES):
        if not _once(models.Matrix, house, f"roles:{weeks}"):
            continue
        cells = {step: {str(house.partners[name]): text for name, text in steps.get(step, {}).items()} for step in ProcessStep}
        with house.then(weeks_ago=weeks) as (by, at):
            when, key = house.day(weeks_ago=weeks), f"{KEY}:roles:{weeks}"
            facts: dict[str, Any] = {"cells": cells, "why": why, "words": words, "adopted_on": when, "after": after}
            done(_of(house, actions.adopt_roles, by=by, at=at, request_key=key, **facts))


def _talks(house: House) -> None:
    for guide, who, weeks, answers in told.ANSWERS:
        key = f"{guide}:{who}"
        if _once(models.Answer, house, key):
            with house.then(weeks_ago=weeks, who=who) as (by, at):
                spoken = dict(enumerate(answers, start=1))
                done(_of(house, actions.answer, by=by, at=at, guide=guide, told=spoken, request_key=f"{KEY}:{key}"))
    for guide, words, partner, due, when in told.GUIDE_TASKS:
        _task(house, "guide", words, partner=partner, due=due, when=when, topic=guide)


def _registers(house: House) -> None:
    known: dict[str, UUID] = dict(house.partners)
    rows = [*lists.LISTS]
    rows += [
        ("community", f"{dimension}-{part}", 60, COORDINATOR, {
            "dimension": dimension, "part": part, "percent": percent, "source": "Columbia community survey", "year": 2024,
        })
        for dimension, part, percent in lists.COMMUNITY
    ]  # fmt: skip
    for partner, who, *people in lists.STAFF:
        for level, n in zip(lists.ALL, people, strict=True):
            rows.append(("staff", f"{partner}-{level}", 66, who, {"partner": f"@{partner}", "level": level, "people": n, "as_of": -66}))
    for place, (course, partner, who, weeks, level, n) in enumerate(lists.TAKEN):
        line = {"course": f"@courses:{course}", "partner": f"@{partner}", "level": level, "people": n, "on": -weeks}
        rows.append(("taken", str(place), weeks, who, line))
    for code, key, weeks, who, line in rows:
        ref = f"{KEY}:{code}:{key}"
        found = REGISTERS[code].model.objects.filter(collaborative_id=house.collaborative_id, request_key=ref[:56]).first()
        if found is None:
            with house.then(weeks_ago=weeks, who=who) as (by, at):
                facts = {ask.name: _value(house, known, ask.kind, line.get(ask.name)) for ask in REGISTERS[code].asks}
                known[f"{code}:{key}"] = done(_of(house, actions.put_entry, by=by, at=at, code=code, told=facts, request_key=ref[:56]))
        else:
            known[f"{code}:{key}"] = found.pk


def _value(house: House, known: dict[str, UUID], kind: Kind, value: Any) -> Any:
    if isinstance(value, str) and value.startswith("@"):
        return known[value[1:]]
    if kind in (Kind.DAY, Kind.COMING) and value is not None:
        return house.day(weeks_ago=-value)
    return value


def _lists_of_tasks(house: House) -> None:
    for words, partner, rural, due, when in told.OUTREACH:
        _task(house, "outreach", words, partner=partner, due=due, when=when, rural=rural)
    for partner, items in told.KICK_OFF.items():
        for place, item in enumerate(items):
            _tick(house, "kick-off", house.partners[partner], item, weeks=60 - 3 * place, note="The county’s lead and two of the site")
    for place, item in enumerate(told.START):
        _tick(house, "start", house.collaborative_id, item, weeks=90 - 6 * place, note="")
    _task(house, "start", "Read the first year’s numbers together", partner="columbia_department", due=-40, when=38)


def _trained(house: House) -> None:
    """Each member took the training that comes first in her first weeks; one is still to take it."""
    for seat in SEATS:
        row = Seat.objects.get(pk=house.seats[seat.key])
        for course, passed in queries.comes_first(row) if seat.left is None else ():
            if passed is None and "STIGMA" not in told.LATE.get(seat.key, ()):
                weeks = max(min(seat.weeks_ago - 3, 60), 0)
                with house.then(weeks_ago=weeks) as (by, at):
                    facts: dict[str, Any] = {"course_id": course.pk, "seat_id": row.pk, "on": house.day(weeks_ago=weeks)}
                    done(actions.pass_course(by=by, at=at, request_key=f"{KEY}:{seat.key}", **facts))


def _onboarding(house: House) -> None:
    have = models.Task.objects.filter(collaborative_id=house.collaborative_id, task_list="onboarding")
    for seat in SEATS:
        about, began = house.seats[seat.key], seat.weeks_ago
        if seat.left is not None or have.filter(about=about).exists():
            continue
        with house.then(weeks_ago=max(began - 3, 0)) as (by, at):
            for item in ONBOARDING:
                if item not in told.LATE.get(seat.key, ()):
                    key, when = f"{KEY}:{seat.key}:{item}", house.day(weeks_ago=max(began - 3, 0))
                    done(_of(house, actions.tick, by=by, at=at, task_list="onboarding", about=about, item=item, on=when, request_key=key))


def _reviews(house: House) -> None:
    for kind, weeks, words, after in told.REVIEWS:
        with house.then(weeks_ago=weeks) as (by, at):
            facts: dict[str, Any] = {"kind": kind, "about": house.collaborative_id, "words": words, "held_on": house.day(weeks_ago=weeks)}
            facts["next_on"] = house.day(weeks_ago=weeks - after)
            done(_of(house, actions.hold_review, by=by, at=at, request_key=f"{KEY}:{kind}:{weeks}", **facts))
    for partner, who, weeks, words, outcomes, task in told.EQUITY:
        about = house.partners[partner]
        with house.then(weeks_ago=weeks, who=who) as (by, at):
            facts = {"kind": "equity", "about": about, "words": words, "outcomes": outcomes, "held_on": house.day(weeks_ago=weeks)}
            facts["next_on"] = house.day(weeks_ago=weeks - 52)
            done(_of(house, actions.hold_review, by=by, at=at, request_key=f"{KEY}:equity:{partner}", **facts))
        _task(house, "equity", task, partner=partner, due=10 - weeks, when=None if partner == "pine_children" else weeks - 12, who=who, about=about)


def _self_said(house: House) -> None:
    """Those members say it who like to: enough in two groups that numbers may be shown."""
    sit = sorted({seat.worker for seat in SEATS if seat.worker and seat.left is None})
    for place, who in enumerate(sit[:28]):
        by_id = house.ground.members[who].worker_id
        if models.SelfSaid.objects.filter(collaborative_id=house.collaborative_id, worker_id=by_id).exists():
            continue
        race = ("WHITE",) if place % 3 else (("NATIVE",), ("HISPANIC",), ("BLACK",), ("WHITE", "NATIVE"))[place // 3 % 4]
        facts: dict[str, Any] = {
            "race": race,
            "place": "RURAL" if place % 2 else "SMALL_TOWN",
            "language": "SPANISH" if place % 9 == 4 else "ENGLISH",
        }
        with house.then(weeks_ago=26, who=who) as (by, at):
            done(_of(house, actions.say_of_self, by=by, at=at, request_key=f"{KEY}:self:{place}", **facts))


def _dispute(house: House) -> None:
    """How disputes are settled, and one that was: known to the judge who opened it and to the two supervisors."""
    steps, neutral, decider = told.PROCESS
    if _once(models.Process, house, "process"):
        with house.then(weeks_ago=88) as (by, at):
            when = house.day(weeks_ago=88)
            facts: dict[str, Any] = {"steps": steps, "neutral": neutral, "decider": decider, "adopted_on": when, "after": 0}
            done(_of(house, actions.adopt_process, by=by, at=at, request_key=f"{KEY}:process", **facts))
    hands = tuple(house.ground.members[name].worker_id for name in ("reed", "thistlegate"))
    with house.then(weeks_ago=47, who="whitfield") as (by, at):
        facts = {
            "subject": "Whether a missed dose is told to the court", "partners": (house.partners["riverbend"], house.partners["pine_children"]),
            "words": "Child welfare asked the program for each missed dose. The program said that no consent covers it.", "hands": hands,
        }  # fmt: skip
        opened = house.day(weeks_ago=47)
        row_id = done(_of(house, actions.open_dispute, by=by, at=at, opened_on=opened, request_key=f"{KEY}:dispute", **facts))
    said = (
        (46, 1, "Both met. They agree on what attendance means, and not on doses."),
        (44, 2, "The co-chairs read the consent form aloud with both."),
    )
    for weeks, step, words in said:
        with house.then(weeks_ago=weeks, who="whitfield") as (by, at):
            when = house.day(weeks_ago=weeks)
            done(actions.take_step(by=by, at=at, dispute_id=row_id, step=step, on=when, words=words, request_key=f"{KEY}:dispute:{step}"))
    with house.then(weeks_ago=43, who="whitfield") as (by, at):
        if models.Dispute.objects.filter(pk=row_id, closed_on=None).exists():
            outcome = "Attendance month by month, and nothing of doses. The core team writes it into the protocol."
            done(actions.close_dispute(by=by, at=at, dispute_id=row_id, on=house.day(weeks_ago=43), outcome=outcome))


def _task(
    house: House, task_list: str, words: str, *, partner: str, due: int, when: int | None, topic: str = "", rural: bool = False,
    who: str = COORDINATOR, about: UUID | None = None,
) -> None:  # fmt: skip
    """A task of one's own, made six weeks before it was due, and done `when` weeks ago."""
    about = about or house.collaborative_id
    key = f"{KEY}:{task_list}:{words}"[:56]
    with house.then(weeks_ago=max(6 - due, 1), who=who) as (by, at):
        facts: dict[str, Any] = {"words": words, "partner_id": house.partners[partner], "due_on": house.day(weeks_ago=-due), "rural": rural}
        row_id = done(_of(house, actions.add_task, by=by, at=at, task_list=task_list, about=about, topic=topic, request_key=key, **facts))
    if when is not None and models.Task.objects.filter(pk=row_id, done_on=None).exists():
        with house.then(weeks_ago=when, who=who) as (by, at):
            on = house.day(weeks_ago=when)
            done(_of(house, actions.tick, by=by, at=at, task_list=task_list, about=about, item=str(row_id), on=on, request_key=f"{key[:50]}:done"))


def _tick(house: House, task_list: str, about: UUID, item: str, *, weeks: int, note: str) -> None:
    rows = models.Task.objects.filter(collaborative_id=house.collaborative_id, task_list=task_list, about=about, code=item)
    if not rows.exists():
        with house.then(weeks_ago=weeks) as (by, at):
            on, key = house.day(weeks_ago=weeks), f"{KEY}:{task_list}:{item}:{about.hex[:8]}"
            done(_of(house, actions.tick, by=by, at=at, task_list=task_list, about=about, item=item, on=on, note=note, request_key=key))


def _of(house: House, action: Any, **facts: Any) -> Any:
    """Do something in the collaborative of the practice county."""
    return action(collaborative_id=house.collaborative_id, **facts)
