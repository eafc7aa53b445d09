"""Walks a county through its year: each day its stories, its workers' day and the jobs, and in the evening a look whether the promise holds.

The clock of the world stands at the evening of the day that is walked, so that row security answers for that day. Every transaction writes down what
it did (``notes``): a walk that was stopped, also by a power cut, goes on with the same day and doubles nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection, connections, transaction

from careloom.demo.county import generate_county
from careloom.demo.draw import ZONE, instant
from careloom.demo.ground import make_ground
from careloom.demo.load.county import all_moments, do_not_wait_for_the_disk, first_morning, play_one, round_off
from careloom.demo.load.family import Family, Moment
from careloom.demo.load.ground import Ground, find_ground, lay_ground
from careloom.demo.load.hands import play_all
from careloom.demo.story import County
from careloom.demo.year import Jobs, Say, counting, leaving, notes
from careloom.demo.year.notes import Head
from careloom.demo.year.promise import Broken, look
from careloom.demo.year.working import Workers
from careloom.infra import clock
from careloom.infra.clock.actions import stand_at, stand_right
from careloom.infra.events.outbox import delivered_inside
from careloom.plans.models import OPEN_STATES

EVENING = 23
EACH = 10
DAY = timedelta(days=1)
UNKNOWN = 0


class OtherCountyError(RuntimeError):
    """The database holds a county that was not walked, or another one."""


@dataclass(kw_only=True)
class Walk:
    """A county on its way through the year."""

    head: Head
    county: County
    ground: Ground
    families: dict[int, Family]
    workers: Workers
    hands: int = 1
    moments: dict[date, dict[int, list[Moment]]] = field(default_factory=dict)
    """By the local day, then by family number, in order of time."""
    done: dict[int, int] = field(default_factory=dict)

    @property
    def first(self) -> date:
        """The first day on which something happens."""
        return min(self.moments, default=self.county.starts_on)

    @property
    def leaves_on(self) -> date:
        """The middle of the year, when a worker leaves her agency."""
        return self.county.starts_on + (self.county.ends_on - self.county.starts_on) / 2

    def evening_of(self, day: date) -> datetime:
        """When a day is looked at: late in the evening, on the last day the present."""
        return min(instant(day=day, hour=EVENING, minute=30), self.head.ends_at)


def walk_year(*, families: int, months: int, seed: int, jobs: Jobs, say: Say, hands: int = 1) -> Head:
    """Walk a county through its year, or go on where the walk stopped, and return what was seen on the way.

    Raises:
        OtherCountyError: this database holds families that did not come from the same walk.
    """
    walk = _begin(families=families, months=months, seed=seed, say=say)
    walk.hands = hands
    if not walk.head.is_over:
        for day in _days(walk):
            _one_day(walk, day, jobs=jobs)
            if (day - walk.first).days % EACH == 0 or day == walk.county.ends_on:
                _say_day(walk, day, say=say)
        _end(walk)
    stand_right()
    return walk.head


def report(head: Head, *, say: Say) -> None:
    """Say what was seen: the promise of every day, who left, the cascade, and what the rules refused."""
    say(f"{head.family_days} evenings of an open family, each with an owner and a next date" + ("." if not head.breaks else ", but for those below."))
    say(f"On {head.asked_days} of them something was lacking and somebody was asked for it the same evening.")
    say(f"Duties were late on {head.late_days} evenings of a duty; each was told above. The most at once: {head.told}.")
    if head.left:
        before, after = head.left["before"], head.left["after"]
        say(f"A worker left on {head.left['on']} with {before['plans']} plans, {before['duties']} duties and {before['records']} records; "
            f"the same evening she had {sum(after.values())}.")  # fmt: skip
    for line in counting.lines(counting.cascade()):
        say(line)
    for what, days in sorted(head.breaks.items(), key=lambda kv: (int(kv[0].split(" ")[0]), kv[0])):
        say(f"The promise broke: family {what}, {days[0]} to {days[1]}.")


def _begin(*, families: int, months: int, seed: int, say: Say) -> Walk:
    head = notes.read_head()
    if head is None:
        head = Head(families=families, months=months, seed=seed, now=clock.now().isoformat())
        _only_on_empty_ground()
        notes.make_table()
        notes.keep_head(head)
    elif (head.families, head.months, head.seed) != (families, months, seed):
        told = f"--families {head.families} --months {head.months} --seed {head.seed}"
        raise OtherCountyError(f"This data folder walks another county. Go on with: careloom demo --day-by-day {told}")
    today = head.ends_at.astimezone(ZONE).date()
    county = generate_county(families=families, months=months, seed=seed, ends_on=today)
    ground = find_ground(county)
    if ground is None:
        say("The practice county: agencies, workers and services.")
        stand_at(instant=first_morning(county))
        with clock.at(first_morning(county)) as at, transaction.atomic():
            ground = lay_ground(county, at=at)
    pure = make_ground(seed=seed, months=months, ends_on=today)
    people = {story.number: Family(story=story, ground=ground, county=pure, now=head.ends_at) for story in county.families}
    walk = Walk(head=head, county=county, ground=ground, families=people, workers=Workers(ground=ground, seed=seed))
    for number, family in people.items():
        for moment in sorted(all_moments(family), key=lambda m: (m.at, m.order)):
            day = moment.at.astimezone(ZONE).date()
            walk.moments.setdefault(day, {}).setdefault(number, []).append(moment)
    walk.done = notes.take_up(people)
    walk.workers.know(people.values())
    return walk


def _only_on_empty_ground() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM people_record)")
        if cursor.fetchone()[0]:
            raise OtherCountyError(
                "This data folder holds families already, and a year is walked from its first day. Walk it in another CARELOOM_HOME."
            )


def _days(walk: Walk) -> Iterator[date]:
    day = walk.head.finished_on + DAY if walk.head.finished_on else walk.first
    while day <= walk.county.ends_on:
        yield day
        day += DAY


def _one_day(walk: Walk, day: date, *, jobs: Jobs) -> None:
    at = walk.evening_of(day)
    stand_at(instant=at)
    _play_day(walk, day)
    _wait_for_no_disk()
    with clock.at(at):
        if day >= walk.leaves_on and not walk.head.left:
            _leaves(walk, day, at=at)
        walk.workers.evening(at=at)
        with _in_one_transaction():
            jobs(at)
        _look(walk, day, at=at)


@contextmanager
def _in_one_transaction() -> Iterator[None]:
    """Have the jobs of an evening share one transaction, without its thousand small ones: nobody else uses this world, and what fails fails whole."""
    connection.features.uses_savepoints = False
    try:
        with transaction.atomic(), delivered_inside():
            yield
    finally:
        connection.features.uses_savepoints = True


def _wait_for_no_disk() -> None:
    # The order of what is kept stays; a power cut may lose the last moments of a practice world, and the walk plays them again.
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


def _play_day(walk: Walk, day: date) -> None:
    """What the stories tell of a day, family by family; on a full day several processes share it, each family in one of them."""
    todo = [number for number in walk.moments.get(day, {}) if walk.done.get(number, 0) < day.toordinal()]

    def one(place: int) -> Counter[str]:
        _play(walk, todo[place], day)
        return Counter()

    play_all(len(todo), play=one, hands=walk.hands)
    there = {number: walk.families[number] for number in todo}
    if walk.hands > 1:
        walk.done |= notes.take_up(there)
    walk.workers.know(there.values())


def _play(walk: Walk, number: int, day: date) -> None:
    """The moments of one family on a day, in one transaction with the note of it."""
    family = walk.families[number]
    with transaction.atomic():
        do_not_wait_for_the_disk()
        for moment in walk.moments[day][number]:
            with clock.at(moment.at):
                play_one(family, moment)
        notes.keep_family(family, done=day.toordinal())
    walk.done[number] = day.toordinal()


def _leaves(walk: Walk, day: date, *, at: datetime) -> None:
    before, after = leaving.leave(walk.ground, at=at, open_states=OPEN_STATES)
    walk.head.left = {"on": day.isoformat(), "before": asdict(before), "after": asdict(after)}
    if not after.nothing:
        _note(walk, f"{UNKNOWN} WORKER_WHO_LEFT_KEEPS_SOMETHING", day)


def _look(walk: Walk, day: date, *, at: datetime) -> None:
    """How the promise stands this evening; kept together with the day that is finished."""
    evening, head = look(at=at, open_states=OPEN_STATES), walk.head
    head.family_days += evening.families
    head.asked_days += evening.asked
    head.late_days += evening.late
    head.told = max(head.told, evening.late)
    for one in evening.broken:
        _note(walk, f"{_number(walk, one)} {one.what}", day)
    head.finished = day.isoformat()
    with transaction.atomic():
        notes.keep_head(head)


def _note(walk: Walk, what: str, day: date) -> None:
    first, _ = walk.head.breaks.get(what, [day.isoformat(), ""])
    walk.head.breaks[what] = [first, day.isoformat()]


def _number(walk: Walk, one: Broken) -> int:
    """The number of a family in the county; a name is never said."""
    family = walk.workers.family_of.get(one.identity_id)
    return family.story.number if family else UNKNOWN


def _end(walk: Walk) -> None:
    stand_right()
    round_off(walk.ground, at=walk.head.ends_at)
    refused: Counter[str] = sum((family.refused for family in walk.families.values()), Counter())
    walk.head.refused, walk.head.is_over = dict(refused), True
    with transaction.atomic():
        notes.keep_head(walk.head)


def _say_day(walk: Walk, day: date, *, say: Say) -> None:
    head = walk.head
    of = (walk.county.ends_on - walk.first).days
    say(f"{day.isoformat()}: day {(day - walk.first).days} of {of}, {head.family_days} evenings of an open family looked at, "
        f"{len(head.breaks)} breaks.")  # fmt: skip
