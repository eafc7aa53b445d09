"""Plays the county family by family, each in one transaction, and closes with the jobs of the last night.

A family that is there already is passed over, so that a load which was interrupted goes on where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import connection, transaction

from careloom.demo.county import generate_county
from careloom.demo.ground import Ground as CountyGround
from careloom.demo.ground import make_ground
from careloom.demo.load import (
    asking,
    casework,
    following,
    hers,
    losing,
    meeting,
    noticing,
    papers,
    planning,
    position,
    records,
    referring,
    reporting,
    safety,
    sections,
    sharing,
    talking,
    treating,
)  # fmt: skip
from careloom.demo.load.family import SOURCE, Family, Moment
from careloom.demo.load.firsts import ask_first
from careloom.demo.load.ground import Ground, find_ground, lay_ground
from careloom.demo.load.hands import play_all
from careloom.demo.load.tonight import births_of_tonight
from careloom.demo.rooms import rooms
from careloom.demo.story import County, FamilyStory
from careloom.following import tasks as family_tasks
from careloom.infra import clock
from careloom.infra.access import NotVisible, System, acting_as, system
from careloom.infra.events.outbox import deliver_pending, delivered_inside
from careloom.notifications.actions import run_batch
from careloom.people.models import PersonRecord
from careloom.plans import tasks as plan_tasks
from careloom.plans.referrals import tasks as referral_tasks
from careloom.work import escalating

Say = Callable[[str], None]
CHAPTERS = (
    records, noticing, planning, sharing, referring, following, hers, papers, safety, casework, treating, asking, talking, meeting, losing,
    sections, reporting,
)  # fmt: skip
SEED = 20260401


def load_county(*, families: int = 40, months: int = 6, seed: int = SEED, say: Say, hands: int = 1) -> tuple[County, Ground]:
    """Make what is missing of a county whose last day is today; return its stories and where its agencies and workers are.

    ``hands`` processes play the families; more than one only where no transaction is open, for each has a connection of its own.
    """
    today, now = clock.today(), clock.now()
    county = generate_county(families=families, months=months, seed=seed, ends_on=today)
    pure = make_ground(seed=seed, months=months, ends_on=today)
    ground = find_ground(county)
    if ground is None:
        say("The practice county: agencies, workers and services.")
        with clock.at(first_morning(county)) as at, transaction.atomic():
            ground = lay_ground(county, at=at)
            ask_first(ground, at=at)
    missing = [(place, story) for place, story in enumerate(county.families, start=1) if not is_there(story, ground=ground)]

    def next_one(number: int) -> Counter[str]:
        place, story = missing[number]
        refused = play(story, ground=ground, county=pure, now=now)
        if number == 0 or place % 10 == 0 or place == len(county.families):
            say(f"The practice county: family {place} of {len(county.families)}.")
        return refused

    refused = play_all(len(missing), play=next_one, hands=hands)
    if missing:
        round_off(ground, at=now)
        say_refused(refused, say=say)
    return county, ground


def round_off(ground: Ground, *, at: datetime) -> None:
    """What belongs to no one family: two births of tonight, agreements, the position, the queues, the partnership, and the jobs of the last night."""
    births_of_tonight(ground, at=at)
    papers.agreements(ground, at=at)
    position.position(ground, at=at)
    treating.settle_queue(ground, at=at)
    rooms(ground, at=at)
    last_night(at=at)


def first_morning(county: County) -> datetime:
    """The morning on which the agencies of a county begin."""
    from careloom.demo.draw import instant, months_before

    # Before anything that a story tells: treatment and prenatal care may have begun long before the window, and the partnership two years ago.
    return instant(day=min(months_before(county.starts_on, months=18), months_before(county.ends_on, months=24)), hour=8)


def is_there(story: FamilyStory, *, ground: Ground) -> bool:
    """Whether this family was loaded: somebody who met her first has her record."""
    for agency in {row.agency_key for row in story.records} | {story.pregnancy.hospital_key, story.pregnancy.obstetric_key}:
        with transaction.atomic(), acting_as(system(System.JOB, holder_id=ground.agencies[agency].pk)):
            told = PersonRecord.objects.filter(holder_id=ground.agencies[agency].pk, source_system=SOURCE, source_id=story.mother.key)
            brought = PersonRecord.objects.filter(holder_id=ground.agencies[agency].pk, source_id=bundle_id(story.mother.key))
            if told.exists() or brought.exists():
                return True
    return False


def bundle_id(key: str) -> str:
    """The id that a person of the stories has in the bundles of her hospital."""
    from careloom.demo.bundles import patient_id

    return patient_id(key)


def play(story: FamilyStory, *, ground: Ground, county: CountyGround, now: datetime) -> Counter[str]:
    """Play one family whole or not at all, in the order of time; what was refused is counted by its reason."""
    family = Family(story=story, ground=ground, county=county, now=now)
    with transaction.atomic():
        do_not_wait_for_the_disk()
        for moment in sorted(all_moments(family), key=lambda m: (m.at, m.order)):
            with clock.at(moment.at):
                play_one(family, moment)
    return family.refused


def play_one(family: Family, moment: Moment) -> None:
    """One moment, whole or not at all."""
    try:
        with transaction.atomic(), delivered_inside():
            moment.play(moment.at)
    except NotVisible:
        # Row security answers for the real present: what a release no longer shows cannot be played, and it is said at the end.
        family.refused[f"{moment.play.__code__.co_names[0]}.NOT_VISIBLE.{family.story.number}"] += 1


def all_moments(family: Family) -> Iterator[Moment]:
    """Every moment of a family's story, in no order."""
    for chapter in CHAPTERS:
        yield from chapter.moments(family)  # type: ignore[attr-defined]


def do_not_wait_for_the_disk() -> None:
    """Commit this transaction without waiting for the disk."""
    # A practice family that a power cut loses is simply played again.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")


def last_night(*, at: datetime) -> None:
    """What the jobs of the last night do: batch, escalations, reminders, and events that are left."""
    deliver_pending()
    run_batch()
    plan_tasks.run(at=at)
    referral_tasks.run(at=at)
    family_tasks.run(at=at)
    escalating.run(at=at)
    deliver_pending()


def say_refused(refused: Counter[str], *, say: Say) -> None:
    """Say what the rules refused, if anything."""
    if refused:
        say("Steps of the stories that the rules refused: " + ", ".join(f"{what} {n}" for what, n in sorted(refused.items())) + ".")
