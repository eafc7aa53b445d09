"""How something comes in from a plan or a family without anybody in it, and how it becomes a barrier.

INVARIANT: nothing here writes an author, a day, a key of a form or an audit row. A row comes in at any time and becomes a barrier when its month is
over, all of them at once and in an order drawn at random: who looks at the register each morning sees the month in which a family spoke, not the day.
Until then each night writes the rows of the month anew, so that after it no transaction of the database is one in which somebody spoke.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from secrets import SystemRandom
from uuid import uuid4

from django.db import transaction

from careloom.barriers.counting import ends_on
from careloom.barriers.models import Barrier, Given
from careloom.infra.answers import said
from careloom.kernel.partnership.barrier import Kind, Source, State, leads_back
from careloom.kernel.partnership.vocabulary import plain_place
from careloom.partnership.actions.keeping import today
from careloom.partnership.models import Collaborative
from careloom.partnership.turns import take_turn

_CHANCE = SystemRandom()
TURN = "barriers:given"


@transaction.atomic
def take_in(*, month: date, county: str, cause: str, service: str, words: str = "", hers: bool = False) -> None:
    """Take in what stands in the way of one family. `month` is any day of it; `words` are there only where they may be used.

    Words that would lead back are left out. All rows of the month that are no barrier yet are written anew, in an order drawn at random.
    """
    take_turn(TURN)
    first = month.replace(day=1)
    text = said(words, most=300)
    row = Given(month=first, county=plain_place(county)[:80], cause=cause, service=service, hers=hers, words="" if leads_back(text) else text)
    _mixed([row, *Given.objects.filter(month=first, barrier=None)])


@transaction.atomic
def gather(*, at: datetime) -> int:
    """Make barriers of what came in: those of one county, service and cause are one. Returns how many began. Safe to repeat.

    What is alike joins the barrier that stands, whatever became of it short of closing. What no collaborative covers stays until one does, and what
    came in this month stays until the month is over.
    """
    take_turn(TURN)
    first = today(at).replace(day=1)
    _mixed(list(Given.objects.filter(barrier=None)))
    groups: dict[tuple[str, str, str], list[Given]] = defaultdict(list)
    for row in Given.objects.filter(barrier=None, month__lt=first):
        groups[(row.county, row.service, row.cause)].append(row)
    houses = list(Collaborative.objects.filter(ends_on=None).order_by("made_at"))
    keys, begun = list(groups), 0
    _CHANCE.shuffle(keys)
    for county, service, cause in keys:
        house = house_of(county, houses)
        if house is None:
            continue
        rows = groups[(county, service, cause)]
        alike = Barrier.objects.filter(collaborative=house, source=Source.FAMILIES, county=county, service=service, cause=cause)
        barrier = alike.exclude(state=State.CLOSED).first()
        if barrier is None:
            barrier, begun = _begin(house, county=county, service=service, cause=cause, month=min(row.month for row in rows), at=at), begun + 1
        _mixed(rows, barrier=barrier)
    return begun


def _mixed(rows: list[Given], *, barrier: Barrier | None = None) -> None:
    """Write rows anew in an order drawn at random, each under a new id."""
    Given.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _CHANCE.shuffle(rows)
    Given.objects.bulk_create([_anew(row, barrier=barrier) for row in rows])


def house_of(county: str, houses: Iterable[Collaborative]) -> Collaborative | None:
    """The collaborative of a county or Tribe, the one that covers least first; the state's where nobody else does."""
    mine, known = _plain(county), list(houses)
    near = [row for row in known if row.reach != "STATE" and mine and mine in {_plain(place) for place in row.places}]
    order = ("COUNTY", "TRIBE", "REGION")
    return min(near, key=lambda row: order.index(row.reach)) if near else next((row for row in known if row.reach == "STATE"), None)


def _plain(place: str) -> str:
    return plain_place(place).casefold()


def _anew(row: Given, *, barrier: Barrier | None = None) -> Given:
    # Where triage is done, nobody reads words any more: they go at once.
    words = row.words if barrier is None or barrier.state == State.LOGGED else ""
    return Given(month=row.month, county=row.county, cause=row.cause, service=row.service, hers=row.hers, words=words, barrier=barrier)


def _begin(house: Collaborative, *, county: str, service: str, cause: str, month: date, at: datetime) -> Barrier:
    # Its clock runs from the end of the month, so that its day tells no day on which somebody spoke.
    after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    return Barrier.objects.create(
        collaborative=house, title="", kind=Kind.CHALLENGE, source=Source.FAMILIES, cause=cause, service=service, county=county, raised_on=month,
        due_on=ends_on("BARRIER_TRIAGE", start=after), made_at=datetime.combine(month, time(), tzinfo=UTC), request_key=uuid4().hex,
    )  # fmt: skip
