"""A meeting from its beginning to its approved minutes: who is there, the end, the draft going round, and approval at a later one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.meetings.holding import BEFORE, OPEN, held_by, quorum_of, writes_for
from careloom.meetings.models import Attendance, Meeting
from careloom.meetings.words import MODES, PRESENCES
from careloom.partnership.actions.keeping import made, wrong
from careloom.partnership.actions.noting import approved
from careloom.partnership.models import Seat
from careloom.partnership.standing import Standing
from careloom.partnership.turns import take_turn


@dataclass(frozen=True, kw_only=True)
class Read:
    """The attendance as it stood on the page that somebody filled in."""

    there: Mapping[UUID, str]
    mode: str
    guests: str


@transaction.atomic
def begin_meeting(*, by: Viewer, at: datetime, meeting_id: UUID) -> Done | Refused:
    """Open the room. The quorum stands as it is agreed now. Refused codes: NOT_ALLOWED, NOT_PUBLISHED, STATE. Raises NotVisible."""
    row, standing = _taken(by, meeting_id)
    if not writes_for(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    if row.began_at is not None:
        return Done(row_id=row.pk)
    if row.state != "AGENDA_PUBLISHED":
        return Refused(codes=("NOT_PUBLISHED" if row.state in BEFORE else "STATE",))
    return _moved(row, by=by, at=at, state="RUNNING", began_at=at, quorum=row.body.quorum)


@transaction.atomic
def take_attendance(
    *, by: Viewer, at: datetime, meeting_id: UUID, there: Mapping[UUID, str], mode: str = "", guests: str = "", read: Read | None = None
) -> Done | Refused | Stale:  # fmt: skip
    """Say how each member took part, by seat, and how the meeting was held (R-046, R-191); until its minutes are approved.

    Two may write at once: with `read`, what one did not change stays as the other said it meanwhile, and what both changed is Stale.
    Refused codes: NOT_ALLOWED, STATE, PRESENCE, MODE. Raises NotVisible.
    """
    row, standing = _taken(by, meeting_id)
    if not writes_for(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    seats = set(Seat.objects.filter(pk__in=there, body_id=row.body_id).values_list("pk", flat=True))
    if codes := wrong(
        {
            "STATE": row.state not in OPEN,
            "PRESENCE": not set(there.values()) <= set(PRESENCES) or seats != set(there),
            "MODE": mode not in {"", *MODES},
        }
    ):
        return Refused(codes=codes)
    known = {one.seat_id: one for one in Attendance.objects.filter(meeting=row)}
    guests = said(guests, most=500)
    if read is not None:
        was = {seat_id: known[seat_id].mode if seat_id in known else "" for seat_id in there}
        there = {seat_id: how for seat_id, how in there.items() if how != read.there.get(seat_id, "")}
        both = [seat_id for seat_id, how in there.items() if was[seat_id] not in {how, read.there.get(seat_id, "")}]
        mode, guests = (row.mode if mode == read.mode else mode), (row.guests if guests == read.guests else guests)
        if both or (guests != row.guests != read.guests) or (mode != row.mode != read.mode):
            return Stale(current=row)
    for seat_id, how in there.items():
        one = known.get(seat_id)
        if one is None:
            Attendance.objects.create(
                collaborative_id=row.collaborative_id, meeting=row, seat_id=seat_id, mode=how, **made(by, at, f"{row.pk.hex[:16]}:{seat_id.hex}")
            )
        elif one.mode != how:
            one.mode, one.row_version = how, one.row_version + 1
            one.save(update_fields=["mode", "row_version"])
    return _moved(row, by=by, at=at, state=row.state, mode=mode or row.mode, guests=guests, name="attendance")


@transaction.atomic
def end_meeting(*, by: Viewer, at: datetime, meeting_id: UUID) -> Done | Refused:
    """End it: it was held, and members of whom nothing was said were not there. Refused codes: NOT_ALLOWED, STATE, NOBODY. Raises NotVisible."""
    row, standing = _taken(by, meeting_id)
    if not writes_for(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    if row.ended_at is not None:
        return Done(row_id=row.pk)
    present = Attendance.objects.filter(meeting=row).exclude(mode="ABSENT")
    if codes := wrong({"STATE": row.state != "RUNNING", "NOBODY": row.state == "RUNNING" and not present.exists()}):
        return Refused(codes=codes)
    said_of = Attendance.objects.filter(meeting=row).values("seat_id")
    Attendance.objects.bulk_create(
        Attendance(
            collaborative_id=row.collaborative_id, meeting=row, seat_id=seat_id, mode="ABSENT", **made(by, at, f"{row.pk.hex[:16]}:{seat_id.hex}")
        )
        for seat_id in Seat.objects.filter(body_id=row.body_id, left_on=None).exclude(pk__in=said_of).values_list("pk", flat=True)
    )
    return _moved(row, by=by, at=at, state="HELD", ended_at=at)


@transaction.atomic
def send_minutes(*, by: Viewer, at: datetime, meeting_id: UUID) -> Done | Refused:
    """Let the draft of the minutes go round. Refused codes: NOT_ALLOWED, STATE. Raises NotVisible."""
    row, standing = _taken(by, meeting_id)
    if not writes_for(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    if row.drafted_at is not None:
        return Done(row_id=row.pk)
    return _moved(row, by=by, at=at, state="MINUTES_DRAFT", drafted_at=at) if row.state == "HELD" else Refused(codes=("STATE",))


@transaction.atomic
def approve_minutes(*, by: Viewer, at: datetime, meeting_id: UUID, in_meeting_id: UUID) -> Done | Refused:
    """A later meeting of the body, with its quorum, approves the minutes; from then on they stand, and what they say was decided is final.

    Refused codes: NOT_ALLOWED, NOT_DRAFTED, NEXT, NO_QUORUM. Raises NotVisible.
    """
    row, standing = _taken(by, meeting_id)
    later = Meeting.objects.select_related("leader").filter(pk=in_meeting_id, body_id=row.body_id, starts_at__gt=row.starts_at).first()
    if not (writes_for(standing, row) or (later is not None and writes_for(standing, later))):
        return Refused(codes=("NOT_ALLOWED",))
    if row.approved_at is not None:
        return Done(row_id=row.pk)
    open_ = later is not None and later.state in OPEN
    quorum = quorum_of(later) if later is not None and open_ else None
    if codes := wrong({"NOT_DRAFTED": row.state != "MINUTES_DRAFT", "NEXT": not open_, "NO_QUORUM": quorum is False}):
        return Refused(codes=codes)
    approved(body_id=row.body_id, about_ids=row.decisions.values_list("pk", flat=True), by=by, at=at)
    return _moved(row, by=by, at=at, state="MINUTES_APPROVED", approved_at=at, approved_in_id=in_meeting_id)


def _taken(by: Viewer, meeting_id: UUID) -> tuple[Meeting, Standing]:
    row, standing = held_by(viewer=by, meeting_id=meeting_id)
    take_turn(f"meeting:{meeting_id}")
    row.refresh_from_db()
    return row, standing


def _moved(row: Meeting, *, by: Viewer, at: datetime, state: str, name: str = "", **values: object) -> Done:
    row.state, row.row_version = state, row.row_version + 1
    for key, value in values.items():
        setattr(row, key, value)
    row.save(update_fields=["state", "row_version", *(key.removesuffix("_id") for key in values)])
    record(by=by, at=at, action=f"meetings.{name or state.lower()}", object_id=row.pk)
    return Done(row_id=row.pk)
