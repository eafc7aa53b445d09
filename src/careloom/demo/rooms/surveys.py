"""How the practice county's partnership looked at itself in two years: questionnaires, a walk, its stage, and reviews of its practices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from careloom.demo.draw import Draw
from careloom.demo.rooms import surveys_told as told
from careloom.demo.rooms.house import House, done
from careloom.infra.answers import Refused
from careloom.surveys import actions, secrecy
from careloom.surveys.facts import Evidence, FollowUpFacts, ReviewFacts, ReviewLine, RoundFacts, StageFacts, StepFacts, WalkFacts
from careloom.surveys.instruments import items_of, shipped
from careloom.surveys.models import AlignmentReview, Rhythm, Round, StageReading, Walk

KEY, SEED = "practice:surveys", 46
OPEN_DAYS = 21


def play(house: House, *, at: datetime) -> None:
    """Play what happened, each thing once."""
    first = _values(house, weeks_ago=92, warmer=0.0, follows=None)
    _values(house, weeks_ago=40, warmer=0.5, follows=first)
    before = _capacity(house, weeks_ago=80, better=0.0, follows=None)
    _capacity(house, weeks_ago=28, better=0.5, follows=before)
    past: UUID | None = None
    for number, (weeks, means) in enumerate(told.PULSES):
        past = _round(house, "PULSE", weeks_ago=weeks, sheets=list(_pulse(means, number)), follows=past, whole=number == len(told.PULSES) - 1)
    stance = _round(house, "STANCE", weeks_ago=76, sheets=list(_stance(house, families=2.5, staff=3.6)), follows=None)
    _round(house, "STANCE", weeks_ago=24, sheets=list(_stance(house, families=3.3, staff=3.9)), follows=stance, whole=True)
    _round(house, "PRACTICE", weeks_ago=16, sheets=list(_practice()), follows=None, partner="pine_womens", whole=True)
    _open_pulse(house, follows=past)
    _walks(house)
    _stages(house)
    _reviews(house)


def _values(house: House, *, weeks_ago: int, warmer: float, follows: UUID | None) -> UUID:
    def mean(item: str, section: str, discipline: str) -> float:
        # Who worked together for a year stands less far apart.
        apart = told.APART.get(item, {}).get(discipline, 0.0) * (1 - warmer)
        return told.VALUES_MEANS.get(item, 3.4) + apart + (0.2 if item in told.APART else 0.0) * warmer

    sheets = [_sheet("VALUES", f"values-{weeks_ago}", place, key, discipline, house, mean) for place, (key, discipline) in enumerate(_people())]
    return _round(house, "VALUES", weeks_ago=weeks_ago, sheets=sheets, follows=follows, whole=True)


def _capacity(house: House, *, weeks_ago: int, better: float, follows: UUID | None) -> UUID:
    def mean(item: str, section: str, discipline: str) -> float:
        return told.CAPACITY_MEANS[section] + better * (0.3 if section == "BUDGET" else 1.0) + (0.4 if discipline == "HOSPITALS" else 0.0)

    people = list(_people())[:38]
    sheets = [_sheet("CAPACITY", f"capacity-{weeks_ago}", place, key, discipline, house, mean) for place, (key, discipline) in enumerate(people)]
    return _round(house, "CAPACITY", weeks_ago=weeks_ago, sheets=sheets, follows=follows, whole=True)


def _pulse(means: Mapping[str, float], number: int) -> Iterator[secrecy.Sheet]:
    for place in range(22):
        draw = Draw(seed=SEED, table=f"pulse-{number}", number=place)
        groups = {"tier": "CORE" if place < 10 else "WORK_GROUP", "discipline": ""}
        yield _filled("PULSE", draw, lambda item, section: means[section], groups, place)


def _stance(house: House, *, families: float, staff: float) -> Iterator[secrecy.Sheet]:
    sites = ("pine_children", "harbor_children")
    for place in range(50):
        draw, family = Draw(seed=SEED, table=f"stance-{families}", number=place), place < 26
        groups = {"part": "FAMILY" if family else "STAFF", "site": str(house.partners[sites[place % 2]])}
        yield _filled("STANCE", draw, lambda item, section, mean=families if family else staff: mean, groups, place)


def _practice() -> Iterator[secrecy.Sheet]:
    for place in range(27):
        draw = Draw(seed=SEED, table="practice", number=place)
        yield _filled("PRACTICE", draw, lambda item, section: {"WELCOME": 4.4, "TOLD": 3.8, "HELP": 3.3}[section], {}, place)


def _people() -> Iterator[tuple[str, str]]:
    for key, discipline, number in told.MEMBERS:
        for _each in range(number):
            yield key, discipline


def _sheet(kind: str, table: str, place: int, key: str, discipline: str, house: House, mean: Callable[[str, str, str], float]) -> secrecy.Sheet:
    draw = Draw(seed=SEED, table=table, number=place)
    groups = {"agency": str(house.partners[key]), "discipline": discipline, "tier": ""}
    return _filled(kind, draw, lambda item, section: mean(item, section, discipline), groups, place)


def _filled(kind: str, draw: Draw, mean: Callable[[str, str], float], groups: dict[str, str], place: int) -> secrecy.Sheet:
    answers = {}
    for item in items_of(shipped()[kind]):
        at = mean(item["id"], item["section"])
        if item.get("turned") and kind != "VALUES":
            at = 6 - at
        answers[item["id"]] = 0 if draw.chance(0.04) else min(5, max(1, round(draw.normal(at, 0.8))))
    votes: list[str] = []
    if kind == "CAPACITY":
        codes, weights = [code for code, _weight in told.VOTES], [weight for _code, weight in told.VOTES]
        votes = sorted({draw.weighted(codes, weights) for _each in range(3)})
    remarks = told.REMARKS[kind]
    return {
        "answers": answers,
        "groups": groups,
        "votes": votes,
        "words": remarks[place // 4] if place % 4 == 0 and place // 4 < len(remarks) else "",
    }


def _round(
    house: House, kind: str, *, weeks_ago: int, sheets: list[secrecy.Sheet], follows: UUID | None, partner: str = "", whole: bool = False
) -> UUID:
    """Open, answer, close; with `whole`, also read, discuss and act."""
    key = f"{KEY}:{kind}:{weeks_ago}"
    kept = Round.objects.filter(collaborative_id=house.collaborative_id, request_key=key).first()
    if kept is None:
        _asked(house, kind, key=key, weeks_ago=weeks_ago, sheets=sheets, follows=follows, partner=partner)
        kept = Round.objects.get(collaborative_id=house.collaborative_id, request_key=key)
    if kept.state == "OPEN":
        with house.then(weeks_ago=weeks_ago, days=OPEN_DAYS + 1) as (by, at):
            done(actions.close_round(by=by, at=at, round_id=kept.pk))
    if whole and not kept.reading:
        with house.then(weeks_ago=weeks_ago, days=OPEN_DAYS + 6) as (by, at):
            done(actions.analyse(by=by, at=at, round_id=kept.pk, reading=told.READINGS[kind], principles=_principles(kind)))
        with house.then(weeks_ago=weeks_ago, days=OPEN_DAYS + 18) as (by, at):
            on = house.day(weeks_ago=weeks_ago, days=OPEN_DAYS + 18)
            done(actions.discuss(by=by, at=at, round_id=kept.pk, on=on, where="Core team", words=told.SAID[kind]))
        for number, act in enumerate(told.ACTS[kind]):
            _act(house, "ROUND", kept.pk, act, weeks_ago=weeks_ago - 6, key=f"{key}:{number}")
    return kept.pk


def _asked(house: House, kind: str, *, key: str, weeks_ago: int, sheets: list[secrecy.Sheet], follows: UUID | None, partner: str = "") -> None:
    with house.then(weeks_ago=weeks_ago) as (by, at):
        facts = RoundFacts(
            kind=kind, closes_on=house.day(weeks_ago=weeks_ago) + timedelta(days=OPEN_DAYS), invited=len(sheets) + 14, follows_id=follows,
            partner_id=house.partners[partner] if partner else None,
        )  # fmt: skip
        row = done(actions.open_round(by=by, at=at, collaborative_id=house.collaborative_id, facts=facts, request_key=key))
        codes = actions.print_codes(by=by, at=at, round_id=row, number=len(sheets)) if sheets else []
        if isinstance(codes, Refused):
            raise RuntimeError(f"The practice county's rooms: {codes}")
        known = {name for name, rows in Round.objects.get(pk=row).choices.items() if rows}
        for code, sheet in zip(codes, sheets, strict=True):
            groups = {name: value for name, value in sheet["groups"].items() if name in known}
            given = actions.answer(code=code, at=at, sheet=sheet | {"groups": groups})
            if isinstance(given, Refused):
                raise RuntimeError(f"The practice county's rooms: {given}")


def _principles(kind: str) -> str:
    return (
        "Addiction is a health condition.\nThe whole family is our client.\nTreatment works better when children can be there."
        if kind == "VALUES"
        else ""
    )


def _open_pulse(house: House, *, follows: UUID | None) -> None:
    """A pulse that is open now, with some answers in its box."""
    key = f"{KEY}:PULSE:open"
    if not Round.objects.filter(collaborative_id=house.collaborative_id, request_key=key).exists():
        _asked(house, "PULSE", key=key, weeks_ago=1, sheets=list(_pulse(told.PULSES[-1][1], 99))[:9], follows=follows)


def _act(house: House, kind: str, about: UUID, act: tuple[str, str, int, str], *, weeks_ago: int, key: str) -> None:
    what, owner, weeks, result = act
    weeks_ago = max(1, weeks_ago)
    with house.then(weeks_ago=weeks_ago) as (by, at):
        facts = FollowUpFacts(what=what, owner_id=house.partners[owner], due_on=house.day(weeks_ago=weeks_ago - weeks))
        row = done(actions.put_follow_up(by=by, at=at, about_kind=kind, about_id=about, facts=facts, request_key=key))
    if result and weeks_ago > weeks:
        with house.then(weeks_ago=weeks_ago - weeks) as (by, at):
            done(actions.done_follow_up(by=by, at=at, follow_up_id=row, result=result))


def _walks(house: House) -> None:
    year = house.now.year
    if Walk.objects.filter(collaborative_id=house.collaborative_id, request_key=f"{KEY}:walk").exists():
        return
    sponsor = house.partners["st_agnes"]
    with house.then(weeks_ago=30) as (by, at):
        facts = WalkFacts(
            title="From the birth center to early intervention",
            scope="An infant who is notified at birth, until the twelfth month. Walked with two mothers.",
            sponsor_id=sponsor, walked_on=house.day(weeks_ago=31), groups=("Pine County", "Harbor County"),
            root_cause="Two forms, one evaluator, and a letter in words of the agency. Nobody owns the way between the plan and the evaluation.",
            to_be="One form of both counties, sent with the plan. A second evaluator. The peer reads the letter with the mother.",
            next_on=house.day(weeks_ago=-8),
        )  # fmt: skip
        walk = done(actions.put_walk(by=by, at=at, collaborative_id=house.collaborative_id, facts=facts, request_key=f"{KEY}:walk"))
        for place, (name, count, pine, harbor, who, days, works, barrier, kind) in enumerate(told.WALK, 1):
            step = StepFacts(
                name=name, place=place, who=who, days=days, works=works, barrier=barrier, barrier_kind=kind, count=count,
                by_group={"Pine County": pine, "Harbor County": harbor},
            )  # fmt: skip
            done(actions.put_step(by=by, at=at, walk_id=walk, facts=step, request_key=f"{KEY}:step:{place}"))
        second = WalkFacts(
            title="Notice, plan, referral, as the state counts", scope="All infants of the state who are notified.", sponsor_id=sponsor,
            walked_on=house.day(weeks_ago=31), year=year,
        )  # fmt: skip
        state = done(actions.put_walk(by=by, at=at, collaborative_id=house.collaborative_id, facts=second, request_key=f"{KEY}:walk:state"))
        for place, (name, source) in enumerate((("Notified", "IDENTIFIED"), ("With a plan", "WITH_PLAN"), ("Referred", "WITH_REFERRAL")), 1):
            facts_of_step = StepFacts(name=name, place=place, source=source)
            done(actions.put_step(by=by, at=at, walk_id=state, facts=facts_of_step, request_key=f"{KEY}:state:{place}"))
    _act(
        house,
        "WALK",
        walk,
        ("One form of both counties for early intervention", "early_steps", 16, "In use since summer."),
        weeks_ago=28,
        key=f"{KEY}:w1",
    )
    _act(house, "WALK", walk, ("Money for a second evaluator", "harbor_early_start", 40, ""), weeks_ago=28, key=f"{KEY}:w2")


def _evidence(house: House, shows: Mapping[str, str]) -> tuple[Evidence, ...]:
    records = {

        "PARTNERS": (str(house.collaborative_id), f"The directory: {len(house.partners)} partners"),
        "CHARTER": (str(house.bodies["core"]), "Charter of the core team"), "VISION": (str(house.collaborative_id), "Mission and vision"),
    }  # fmt: skip
    return tuple(
        Evidence(indicator=code, kind=words, id=records[words][0], words=records[words][1])
        if words in records
        else Evidence(indicator=code, kind="PAPER", id="", words=words)
        for code, words in shows.items()
    )


def _stages(house: House) -> None:
    for weeks, shows, why, next_steps, back in told.STAGES:
        _stage(
            house, weeks, StageFacts(evidence=_evidence(house, shows), why=why, next_steps=next_steps, moved_back=back), key=f"{KEY}:stage:{weeks}"
        )
    for one, other, weeks, shows, why, next_steps in told.PAIRS:
        facts = StageFacts(
            evidence=_evidence(house, shows), why=why, next_steps=next_steps, partner_id=house.partners[one], other_id=house.partners[other]
        )
        _stage(house, weeks, facts, key=f"{KEY}:pair:{weeks}")


def _stage(house: House, weeks: int, facts: StageFacts, *, key: str) -> None:
    if StageReading.objects.filter(collaborative_id=house.collaborative_id, request_key=key).exists():
        return
    with house.then(weeks_ago=weeks) as (by, at):
        done(actions.read_stage(by=by, at=at, collaborative_id=house.collaborative_id, facts=facts, request_key=key))


def _reviews(house: House) -> None:
    for weeks, again, summary, lines in told.REVIEWS:
        key = f"{KEY}:review:{weeks}"
        if AlignmentReview.objects.filter(collaborative_id=house.collaborative_id, request_key=key).exists():
            continue
        with house.then(weeks_ago=weeks) as (by, at):
            facts = ReviewFacts(
                reviewed_on=house.day(weeks_ago=weeks), next_on=house.day(weeks_ago=again), summary=summary,
                lines=tuple(ReviewLine(practice=p, goal=g, shows=s, fits=f, finding=n) for p, g, s, f, n in lines),
            )  # fmt: skip
            row = done(actions.put_review(by=by, at=at, collaborative_id=house.collaborative_id, facts=facts, request_key=key))
        act = ("One rule for tests at all hospitals, with consent", "st_agnes", 20, "Adopted by both hospitals.")
        if weeks == 48:
            _act(house, "REVIEW", row, act, weeks_ago=46, key=f"{key}:act")
    if Rhythm.objects.filter(collaborative_id=house.collaborative_id, kind="REVIEW").exists():
        return
    with house.then(weeks_ago=20) as (by, at):
        done(
            actions.put_rhythm(
                by=by, at=at, collaborative_id=house.collaborative_id, kind="REVIEW", every_months=6, next_on=house.day(weeks_ago=-6),
                request_key=f"{KEY}:rhythm",
            )
        )  # fmt: skip
