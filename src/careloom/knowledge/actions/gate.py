"""Training that comes before a member takes part, and who took it. Source: P12; R-047, R-212."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused
from careloom.infra.audit.actions import record
from careloom.knowledge.models import Course, Passed
from careloom.knowledge.queries.gate import comes_first
from careloom.partnership.actions.keeping import made, today, wrong
from careloom.partnership.actions.seats import let_in, set_gate
from careloom.partnership.models import Collaborative, Seat
from careloom.partnership.standing import standing_of, waits_for_training
from careloom.partnership.turns import take_turn


@transaction.atomic
def pass_course(*, by: Viewer, at: datetime, course_id: UUID, seat_id: UUID, on: date, request_key: str) -> Done | Refused:
    """Say that a member took a training that comes first: she herself, or who leads her body. With the last of them she takes part.

    It counts for every seat of hers in the collaborative. Refused codes: NOT_ALLOWED, LATER_DAY. Raises NotVisible.
    """
    seat = Seat.objects.filter(pk=seat_id, left_on=None).first()
    standing = standing_of(viewer=by, collaborative_id=seat.collaborative_id if seat else seat_id)
    pk = standing.collaborative.pk
    course = Course.objects.filter(pk=course_id, collaborative_id=pk, gate=True, left_on=None).first()
    own = seat is not None and seat.worker_id is not None and seat.worker_id == by.worker_id
    if seat is None or course is None or not (own or standing.leads(seat.body_id)):
        return Refused(codes=("NOT_ALLOWED",))
    if codes := wrong({"LATER_DAY": on > today(at)}):
        return Refused(codes=codes)
    take_turn(f"training:{pk}")
    seats = [seat]
    if seat.worker_id is not None:
        seats = list(Seat.objects.filter(collaborative_id=pk, worker_id=seat.worker_id, left_on=None))
    for one in seats:
        Passed.objects.get_or_create(
            course=course, seat=one, defaults={"collaborative_id": pk, "on": on, **made(by, at, f"{request_key[:20]}:{one.pk.hex}")}
        )
        _open(one, standing.collaborative, by=by, at=at)
    record(by=by, at=at, action="knowledge.training_taken", object_id=seat.pk)
    return Done(row_id=seat.pk)


def gate_again(collaborative: Collaborative, *, by: Viewer, at: datetime) -> None:
    """Bring the gate in line with the catalog: set, changed, or gone. Called by the action that changes the catalog, in its transaction."""
    first = list(Course.objects.filter(collaborative=collaborative, gate=True, left_on=None).order_by("made_at"))
    levels = sorted({level for course in first for level in course.levels})
    set_gate(collaborative, since=today(first[0].made_at) if first else None, levels=levels, by=by, at=at)
    for seat in Seat.objects.filter(collaborative=collaborative, left_on=None, let_in_on=None) if first else ():
        _open(seat, collaborative, by=by, at=at)


def _open(seat: Seat, collaborative: Collaborative, *, by: Viewer, at: datetime) -> None:
    if waits_for_training(seat, collaborative) and all(passed is not None for _course, passed in comes_first(seat)):
        let_in(seat, by=by, at=at)
