"""When a body meets: its series, the meetings that a series makes ahead, one meeting at another time, and one that does not take place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.infra.packs import current_pack
from careloom.kernel.partnership import leader_at, next_month, series_days
from careloom.meetings.facts import MeetingFacts, SeriesFacts
from careloom.meetings.holding import BEFORE, held_by, writes_for
from careloom.meetings.models import Meeting, Series
from careloom.meetings.words import EVERY, MODES, WEEKDAYS, WEEKS
from careloom.partnership.actions.keeping import put, today, values_of, wrong
from careloom.partnership.models import Body, Seat
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn

SHORTEST, LONGEST = 5, 480


@transaction.atomic
def put_series(*, by: Viewer, at: datetime, body_id: UUID, facts: SeriesFacts, request_key: str = "", version: int = 0) -> Done | Refused | Stale:
    """Say when a body meets and who leads in turn, and make its meetings ahead (R-189, R-190, R-191).

    A change moves the meetings that are still planned and were not moved by themselves. Refused codes: NOT_ALLOWED, NAME_TAKEN, WEEK, WEEKDAY,
    EVERY, MINUTES, MODE, PLACE, LINK, ROTATION, LATER_DAY. Raises NotVisible.
    """
    body = Body.objects.filter(pk=body_id, ends_on=None).first()
    standing = standing_of(viewer=by, collaborative_id=body.collaborative_id if body else body_id)
    if body is None or not standing.leads(body_id):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"meetings:{body_id}")
    row = Series.objects.filter(body_id=body_id, ends_on=None).first()
    if row is not None and request_key and row.request_key == request_key:
        return Done(row_id=row.pk)
    seats = set(Seat.objects.filter(body_id=body_id, left_on=None).values_list("pk", flat=True))
    codes = wrong(
        {
            "WEEK": facts.week not in WEEKS,
            "WEEKDAY": facts.weekday not in WEEKDAYS,
            "EVERY": facts.every_months not in EVERY,
            "ROTATION": not set(facts.rotation) <= seats,
            "LATER_DAY": row is None and facts.starts_on > today(at),
            **_wrong_place(facts),
        }
    )
    values = {**values_of(facts), "rotation": list(dict.fromkeys(facts.rotation)), **_where(facts)}
    if row is not None:
        del values["starts_on"]
    extra = {"body_id": body_id} if row is None else {}
    done = put(Series, row, codes=codes, values=values | extra, version=version, standing=standing, by=by, at=at, request_key=request_key)
    if isinstance(done, Done):
        make_ahead(by=by, at=at, series=Series.objects.get(pk=done.row_id), again=True)
    return done


def make_ahead(*, by: Viewer, at: datetime, series: Series, again: bool = False) -> int:
    """Make the meetings of a series as far ahead as the pack says, once each; with `again`, also plan anew what was planned. How many were made."""
    now = today(at)
    until = next_month(now, by=current_pack().meetings.ahead_months + 1) - timedelta(days=1)
    days = series_days(start=series.starts_on, week=series.week, weekday=series.weekday, every=series.every_months, until=until)
    live = set(Seat.objects.filter(body_id=series.body_id, left_on=None).values_list("pk", flat=True))
    rotation = [seat for seat in series.rotation if seat in live]
    planned = {row.planned_on: row for row in Meeting.objects.select_for_update().filter(series=series)}
    if again:
        _follow(planned, days=days, series=series, at=at)
    made = []
    taken = {(day.year, day.month) for day in planned}
    for place, day in enumerate(days):
        if day < now or (day.year, day.month) in taken:
            continue
        values = _values(series, day, leader_id=leader_at(rotation=rotation, place=place))
        key = f"{series.pk.hex[:16]}:{day.isoformat()}"
        made.append(
            Meeting(
                collaborative_id=series.collaborative_id, body_id=series.body_id, series=series, planned_on=day, made_at=at, made_by=by.worker_id,
                request_key=key, **values,
            )
        )  # fmt: skip
    if again:
        for place, day in enumerate(days):
            row = planned.get(day)
            if row is not None and _follows(row, at=at):
                _keep(row, _values(series, day, leader_id=leader_at(rotation=rotation, place=place)))
    Meeting.objects.bulk_create(made)
    if made:
        record(by=by, at=at, action="meetings.made_ahead", object_id=series.pk, detail={"count": len(made)})
    return len(made)


@transaction.atomic
def put_meeting(
    *, by: Viewer, at: datetime, facts: MeetingFacts, body_id: UUID | None = None, meeting_id: UUID | None = None, request_key: str = "",
    version: int = 0,
) -> Done | Refused | Stale:  # fmt: skip
    """Call a meeting beside the series (`body_id`), or say another time, place or leader for one that is planned (`meeting_id`).

    Refused codes: NOT_ALLOWED, STATE, PAST, MINUTES, MODE, PLACE, LINK, LEADER. Raises NotVisible.
    """
    row: Meeting | None = None
    if meeting_id is not None:
        row, standing = held_by(viewer=by, meeting_id=meeting_id)
        body_id = row.body_id
    else:
        body = Body.objects.filter(pk=body_id, ends_on=None).first()
        standing = standing_of(viewer=by, collaborative_id=body.collaborative_id if body else body_id or UUID(int=0))
    if body_id is None or not (writes_for(standing, row) if row else standing.leads(body_id)):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"meetings:{body_id}", *([f"meeting:{row.pk}"] if row else []))
    if row is not None:
        row.refresh_from_db()
    seats = Seat.objects.filter(body_id=body_id, left_on=None)
    codes = wrong(
        {
            "STATE": row is not None and row.state not in BEFORE,
            "PAST": facts.starts_at < at and (row is None or row.starts_at != facts.starts_at),
            "LEADER": facts.leader_id is not None and not seats.filter(pk=facts.leader_id).exists(),
            **_wrong_place(facts),
        }
    )
    values: dict[str, Any] = {**values_of(facts), **_where(facts), "own": True}
    if row is None:
        values |= {"body_id": body_id, "planned_on": today(facts.starts_at)}
    return put(Meeting, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def cancel_meeting(*, by: Viewer, at: datetime, meeting_id: UUID, reason: str) -> Done | Refused:
    """A meeting does not take place; its month then shows as missed (R-189). Refused codes: NOT_ALLOWED, STATE, REASON. Raises NotVisible."""
    row, standing = held_by(viewer=by, meeting_id=meeting_id)
    if not writes_for(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"meetings:{row.body_id}", f"meeting:{meeting_id}")
    row.refresh_from_db()
    if row.state == "CANCELLED":
        return Done(row_id=row.pk)
    text = said(reason, most=300)
    if codes := wrong({"STATE": row.state not in BEFORE, "REASON": not text}):
        return Refused(codes=codes)
    row.state, row.reason, row.row_version = "CANCELLED", text, row.row_version + 1
    row.save(update_fields=["state", "reason", "row_version"])
    record(by=by, at=at, action="meetings.cancelled", object_id=row.pk)
    return Done(row_id=row.pk)


def local(day: Any, hour: Any) -> datetime:
    """A day and an hour where Careloom runs, as an instant."""
    return datetime.combine(day, hour, tzinfo=ZoneInfo(settings.TIME_ZONE))


def _values(series: Series, day: Any, *, leader_id: UUID | None) -> dict[str, Any]:
    return {
        "starts_at": local(day, series.hour), "minutes": series.minutes, "mode": series.mode, "place": series.place, "link": series.link,
        "dial_in": series.dial_in, "leader_id": leader_id,
    }  # fmt: skip


def _follows(row: Meeting, *, at: datetime) -> bool:
    return row.state == "SCHEDULED" and not row.own and row.starts_at > at


def _follow(planned: dict[Any, Meeting], *, days: tuple[Any, ...], series: Series, at: datetime) -> None:
    """Give the planned meetings of a changed series their new days, month by month; where it no longer meets, the meeting is cancelled."""
    by_month = {(day.year, day.month): day for day in days}
    for old, row in sorted(planned.items()):
        if not _follows(row, at=at) or old in days:
            continue
        day = by_month.get((old.year, old.month))
        del planned[old]
        if day is None or day < today(at):
            row.state, row.reason, row.row_version = "CANCELLED", "-", row.row_version + 1
            row.save(update_fields=["state", "reason", "row_version"])
            continue
        row.planned_on = day
        planned[day] = row
        row.save(update_fields=["planned_on"])


def _keep(row: Meeting, values: dict[str, Any]) -> None:
    if all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.row_version += 1
    row.save(update_fields=[*values, "row_version"])


def _where(facts: SeriesFacts | MeetingFacts) -> dict[str, str]:
    return {"place": said(facts.place, most=200), "link": facts.link.strip()[:300], "dial_in": said(facts.dial_in, most=80)}


def _wrong_place(facts: SeriesFacts | MeetingFacts) -> dict[str, bool]:
    return {
        "MINUTES": not SHORTEST <= facts.minutes <= LONGEST,
        "MODE": facts.mode not in MODES,
        "PLACE": facts.mode != "VIRTUAL" and not facts.place.strip(),
        "LINK": facts.mode != "IN_PERSON" and not (facts.link.strip() or facts.dial_in.strip()),
    }
