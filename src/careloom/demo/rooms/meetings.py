"""Two years of meetings in the practice county: series with leaders in turn, agendas, who came, decisions, promises, and what partners bring."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from careloom.demo.draw import ZONE
from careloom.demo.rooms.house import COORDINATOR, House, done
from careloom.demo.rooms.meetings_bringing import bring
from careloom.demo.rooms.meetings_words import ATTEMPTS, CANCELLED, DECISIONS, FAMILIES, NOTES, SERIES, SILENT, SeriesOf
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.kernel.partnership import Progress
from careloom.meetings import actions
from careloom.meetings.facts import DecisionFacts, DissentFacts, LineFacts, PromiseFacts, SeriesFacts
from careloom.meetings.holding import SAT, quorum_of
from careloom.meetings.models import ActionItem, AgendaItem, Decision, Meeting, Series
from careloom.meetings.tasks import run as make_ahead
from careloom.partnership.models import Charter, Seat

KEY = "practice"
HALF_YEAR = 26
RECENT = timedelta(weeks=18)
LAST_STANDS_OPEN = 10  # days after which the minutes of a meeting are no longer open


def play(house: House, *, at: datetime) -> None:
    """Play the meetings up to `at`; what was played stays."""
    for told in SERIES:
        _series(house, told)
    for weeks in range(max(told.weeks_ago for told in SERIES), -1, -HALF_YEAR):
        with house.then(weeks_ago=weeks) as (_by, then):
            make_ahead(at=then)
    for told in SERIES:
        series = Series.objects.filter(body_id=house.bodies[told.body], ends_on=None).first()
        if series is not None:
            _held(house, told, series, at=at)
    _ahead(house, at=at)
    bring(house)


@contextmanager
def moment(house: House, at: datetime, *, who: str = COORDINATOR) -> Iterator[tuple[Viewer, datetime]]:
    """A moment of the past in which the coordinator acts, in a transaction of its own."""
    at = min(at, house.now)
    by = house.ground.viewer(who)
    with clock.at(at), transaction.atomic(), acting_as(by):
        yield by, at


def _series(house: House, told: SeriesOf) -> None:
    if Series.objects.filter(body_id=house.bodies[told.body]).exists():
        return
    with house.then(weeks_ago=told.weeks_ago) as (by, at):
        now = list(Seat.objects.filter(body_id=house.bodies[told.body], left_on=None).values_list("pk", flat=True))
        facts = SeriesFacts(
            week=told.week, weekday=told.weekday, hour=told.hour, minutes=told.minutes, mode="HYBRID", starts_on=house.day(weeks_ago=told.weeks_ago),
            every_months=told.every, place=told.place, link=f"https://video.practice.example/{told.body}", dial_in="555-0142, code 2040",
            rotation=tuple(house.seats[key] for key in told.rotation if house.seats[key] in now),
        )  # fmt: skip
        done(actions.put_series(by=by, at=at, body_id=house.bodies[told.body], facts=facts, request_key=f"{KEY}:{told.body}"))


def _held(house: House, told: SeriesOf, series: Series, *, at: datetime) -> None:
    rows = list(Meeting.objects.filter(series=series, starts_at__lt=at - timedelta(hours=4)).order_by("starts_at"))
    before: Meeting | None = None
    for place, row in enumerate(rows):
        if row.state in SAT:
            before = row
            continue
        if row.state != "SCHEDULED":
            continue
        from_end = len(rows) - place
        if (reason := CANCELLED.get((told.body, from_end))) is not None:
            with moment(house, row.starts_at - timedelta(days=1)) as (by, then):
                done(actions.cancel_meeting(by=by, at=then, meeting_id=row.pk, reason=reason))
            continue
        _sat(house, told, row, place=place, from_end=from_end, before=before, at=at)
        before = row


def _sat(house: House, told: SeriesOf, row: Meeting, *, place: int, from_end: int, before: Meeting | None, at: datetime) -> None:
    with moment(house, row.starts_at - timedelta(days=6)) as (by, then):
        done(actions.build_agenda(by=by, at=then, meeting_id=row.pk))
        _families(by, then, row, body=told.body)
        done(actions.publish_agenda(by=by, at=then, meeting_id=row.pk))
    with moment(house, row.starts_at) as (by, then):
        done(actions.begin_meeting(by=by, at=then, meeting_id=row.pk))
        row.refresh_from_db()  # with the quorum as it stood when it began
        _attended(house, by, then, row, place=place)
        if before is not None:
            before.refresh_from_db()
            if before.state == "MINUTES_DRAFT" and quorum_of(row) is not False:
                done(actions.approve_minutes(by=by, at=then, meeting_id=before.pk, in_meeting_id=row.pk))
        _notes(house, by, then, row, told=told, place=place, silent=(told.body, from_end) in SILENT)
        charter = Charter.objects.filter(body_id=row.body_id, adopted_on__lte=then.astimezone(ZONE).date()).exists()
        if charter and place % 2 == 0 and (told.body, from_end) not in SILENT:
            _decided(house, by, then, row, told=told, place=place)
    with moment(house, row.starts_at + timedelta(minutes=row.minutes)) as (by, then):
        done(actions.end_meeting(by=by, at=then, meeting_id=row.pk))
    if row.starts_at < at - timedelta(days=LAST_STANDS_OPEN):
        with moment(house, row.starts_at + timedelta(days=5)) as (by, then):
            done(actions.send_minutes(by=by, at=then, meeting_id=row.pk))


def _families(by: Viewer, at: datetime, row: Meeting, *, body: str) -> None:
    """Say of every point that does not say it yet what it changes for families."""
    items = list(AgendaItem.objects.filter(meeting=row).order_by("place"))
    lines = [
        LineFacts(
            item_id=item.pk, version=item.row_version, place=place, minutes=item.minutes, who=item.who,
            for_families=item.for_families or FAMILIES[body].get(item.block, "What was promised to them is kept."),
        )
        for place, item in enumerate(items, start=1)
    ]  # fmt: skip
    done(actions.keep_agenda(by=by, at=at, meeting_id=row.pk, lines=lines))


def _attended(house: House, by: Viewer, at: datetime, row: Meeting, *, place: int) -> None:
    """In person at first, then by video, then both; when it was by video more came, and fewer of those who work on the ground."""
    day = at.astimezone(ZONE).date()
    seats = Seat.objects.filter(body_id=row.body_id, starts_on__lte=day).exclude(left_on__lte=day).order_by("made_at", "name")
    weeks = (house.now - at).days // 7
    mode = "IN_PERSON" if weeks > 65 else "VIRTUAL" if weeks > 33 else "HYBRID"
    there: dict[UUID, str] = {}
    for number, seat in enumerate(seats):
        stays = (number * 7 + place * 5) % 10 >= (8 if mode == "VIRTUAL" else 7) and seat.office == "MEMBER"
        far = (number + place) % 3 == 0
        came = {"IN_PERSON": "IN_PERSON", "VIRTUAL": "PHONE" if number % 6 == 5 else "VIDEO", "HYBRID": "VIDEO" if far else "IN_PERSON"}[mode]
        there[seat.pk] = "ABSENT" if stays else came
    done(actions.take_attendance(by=by, at=at, meeting_id=row.pk, there=there, mode=mode, guests=""))


def _notes(house: House, by: Viewer, at: datetime, row: Meeting, *, told: SeriesOf, place: int, silent: bool) -> None:
    for number, item in enumerate(AgendaItem.objects.filter(meeting=row).order_by("place")):
        words = NOTES[told.body].get(item.block, ())
        sparse = (place + number) % 2 if house.now - at > RECENT else (place + number) % 5 == 4
        if item.block and (silent or sparse):
            continue
        text = (
            words[place % len(words)]
            if words
            else {"MINUTES": "Approved as they went round.", "ACTION": "Still open. It goes on."}.get(item.kind, "")
        )
        text = text or "Who works there, whom to call, and one thing that would help them."
        done(actions.write_notes(by=by, at=at, item_id=item.pk, notes=text, talked=True, version=item.row_version))


def _decided(house: House, by: Viewer, at: datetime, row: Meeting, *, told: SeriesOf, place: int) -> None:
    """One decision with its promise; where too few came, it is put off."""
    one = DECISIONS[told.body][place // 2 % len(DECISIONS[told.body])]
    key = f"{KEY}:{row.pk.hex[:20]}"
    if Decision.objects.filter(request_key=key, collaborative_id=row.collaborative_id).exists():
        return
    item = AgendaItem.objects.filter(meeting=row, kind="BLOCK", block=one.block).first()
    vote = (
        Charter.objects.filter(body_id=row.body_id, adopted_on__lte=at.astimezone(ZONE).date()).order_by("-version").values_list("rule", flat=True)[0]
    )
    votes = {"votes_for": 6, "votes_against": 1, "abstained": 1} if vote == "VOTE" else {}
    told_facts = DecisionFacts(proposal=one.proposal, for_families=one.families, result="ADOPTED", **votes)
    of = {"by": by, "at": at, "body_id": row.body_id, "meeting_id": row.pk, "item_id": item.pk if item else None, "request_key": key}
    made = actions.decide(**of, facts=told_facts)
    if not hasattr(made, "row_id"):
        put_off = DecisionFacts(proposal=one.proposal, for_families=one.families, result="PUT_OFF")
        made = actions.decide(**of, facts=put_off)
    decision_id = done(made)
    if one.reservation:
        dissent = DissentFacts(kind="RESERVATION", words=one.reservation, seat_id=house.seats.get(one.by))
        done(actions.put_dissent(by=by, at=at, decision_id=decision_id, facts=dissent, request_key=KEY))
    owner = Seat.objects.filter(pk=house.seats[one.owner], left_on=None).first()
    if owner is None:
        return
    facts = PromiseFacts(what=one.promise, owner_id=owner.pk, due_on=at.astimezone(ZONE).date() + timedelta(days=one.days), decision_id=decision_id)
    promised = done(actions.promise(by=by, at=at, body_id=row.body_id, meeting_id=row.pk, facts=facts, request_key=key))
    _went_on(house, promised, place=place, began=at)


def _went_on(house: House, action_id: UUID, *, place: int, began: datetime) -> None:
    """How a promise went on: most are verified, the newest are open, one is blocked."""
    row = ActionItem.objects.get(pk=action_id)
    # What is long past came to an end; what is open or blocked is of the last months.
    attempts = ATTEMPTS[place // 2 % (len(ATTEMPTS) if house.now - began < RECENT else 2)]
    for number, (state, days, words) in enumerate(attempts):
        then, key = began + timedelta(days=days), f"{KEY}:{number}"
        if then > house.now:
            return
        row.refresh_from_db()
        with moment(house, then) as (by, at):
            done(actions.go_on(by=by, at=at, action_id=row.pk, state=Progress(state), words=words, version=row.row_version, request_key=key))


def _ahead(house: House, *, at: datetime) -> None:
    """The agenda of the core team's next meeting is out; that of the group for rides is built, and still asks about families."""
    for body, publish in (("core", True), ("rides", False)):
        row = Meeting.objects.filter(body_id=house.bodies[body], state="SCHEDULED", starts_at__gt=at).order_by("starts_at").first()
        if row is None or AgendaItem.objects.filter(meeting=row).exists():
            continue
        with moment(house, at) as (by, then):
            done(actions.build_agenda(by=by, at=then, meeting_id=row.pk))
            if publish:
                _families(by, then, row, body=body)
                done(actions.publish_agenda(by=by, at=then, meeting_id=row.pk))
