"""Who sits in a body: giving a seat, changing what is known of a member, leaving, and saying again that taking part matters."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Membership
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.partnership import Authority, Level, Lived
from careloom.partnership.actions.keeping import put, row_of, today, values_of, wrong
from careloom.partnership.facts import SeatFacts
from careloom.partnership.models import Body, Collaborative, Partner, Seat
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn
from careloom.partnership.words import OFFICES, SUPPORTS


@transaction.atomic
def put_seat(
    *, by: Viewer, at: datetime, body_id: UUID, facts: SeatFacts, request_key: str = "", seat_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Give a seat to a member, or change what is known of her as it stood at `version` (R-003, R-020, R-030 to R-035, R-080).

    Refused codes: NOT_ALLOWED, NAME, PARTNER, WORKER, WORKER_SITS, LEVEL, OFFICE, ONE_CHAIR, AUTHORITY, LIVED, SUPPORTS, DAYS, LATER_DAY,
    TERM. Raises NotVisible.
    """
    body = Body.objects.filter(pk=body_id, ends_on=None).first()
    standing = standing_of(viewer=by, collaborative_id=body.collaborative_id if body else body_id)
    take_turn(body_id)
    row = Seat.objects.filter(pk=seat_id, body_id=body_id, left_on=None).first() if seat_id else None
    if (seat_id is not None and row is None) or not (standing.leads(body_id) or (row is not None and row.worker_id == by.worker_id)):
        return Refused(codes=("NOT_ALLOWED",))
    partner = row_of(Partner, standing, facts.partner_id)
    others = Seat.objects.filter(body_id=body_id, left_on=None).exclude(pk=seat_id).exclude(request_key=request_key or "-")
    works = Membership.objects.filter(worker_id=facts.worker_id, agency_id=partner.agency_id if partner else None, starts_at__lte=at, ends_at__gt=at)
    codes = wrong(
        {
            "NAME": not facts.name.strip(),
            "PARTNER": partner is None,
            "WORKER": facts.worker_id is not None and not works.exists(),
            "WORKER_SITS": facts.worker_id is not None and others.filter(worker_id=facts.worker_id).exists(),
            "LEVEL": facts.level not in {"", *Level},
            "OFFICE": facts.office not in OFFICES,
            "ONE_CHAIR": facts.office == "CHAIR" and others.filter(office__in=("CHAIR", "CO_CHAIR")).exists(),
            "AUTHORITY": facts.authority not in {"", *Authority},
            "LIVED": not set(facts.lived) <= set(Lived),
            "SUPPORTS": not set(facts.supports) <= set(SUPPORTS),
            "DAYS": facts.line_days is not None and not 0 <= facts.line_days <= 260,
            "LATER_DAY": facts.starts_on > today(at),
            "TERM": facts.term_ends_on is not None and facts.term_ends_on <= facts.starts_on,
        }
    )
    values = {
        **values_of(facts), "name": said(facts.name, most=120), "title": said(facts.title, most=80), "lens": said(facts.lens, most=80),
        "expertise": said(facts.expertise, most=200), "line_to": said(facts.line_to, most=120), "line_how": said(facts.line_how, most=200),
        "needs_authority": said(facts.needs_authority, most=200),
    }  # fmt: skip
    if row is not None and not standing.leads(body_id):
        # A member says what she brings and what she needs; what she is in the body is said by who leads it.
        own = ("title", "expertise", "lived", "supports", "line_to", "line_how", "line_days", "needs_authority")
        values = {key: values[key] for key in own}
    extra: dict[str, object] = {"body_id": body_id} if row is None else {}
    if body is not None and row is None and facts.worker_id is not None:
        # Who took the training for one seat has taken it.
        known = Seat.objects.filter(collaborative_id=body.collaborative_id, worker_id=facts.worker_id, left_on=None, let_in_on__isnull=False).first()
        extra |= {"let_in_on": known.let_in_on} if known else {}
    return put(Seat, row, codes=codes, values=values | extra, version=version, standing=standing, by=by, at=at, request_key=request_key)


def let_in(seat: Seat, *, by: Viewer, at: datetime) -> None:
    """A member has taken the training that comes first. Called by the action of `careloom.knowledge` that keeps it, in its transaction."""
    seat.let_in_on, seat.row_version = today(at), seat.row_version + 1
    seat.save(update_fields=["let_in_on", "row_version"])
    record(by=by, at=at, action="partnership.let_in", object_id=seat.pk)


def set_gate(collaborative: Collaborative, *, since: date | None, levels: list[str], by: Viewer, at: datetime) -> None:
    """Since when new members of which levels take a training first; None: they need none. Called by `careloom.knowledge`, in its transaction."""
    if (collaborative.gate_since, collaborative.gate_levels) == (since, levels):
        return
    collaborative.gate_since, collaborative.gate_levels = since, levels
    collaborative.save(update_fields=["gate_since", "gate_levels"])
    record(by=by, at=at, action="partnership.gate_set", object_id=collaborative.pk)


@transaction.atomic
def leave_seat(*, by: Viewer, at: datetime, seat_id: UUID, on: date) -> Done | Refused:
    """End a seat. Its row stays, so that one sees who left. Refused codes: NOT_ALLOWED, LATER_DAY, BEFORE. Raises NotVisible."""
    row = Seat.objects.filter(pk=seat_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else seat_id)
    if row is None or not (standing.leads(row.body_id) or row.worker_id == by.worker_id):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(row.body_id)
    row.refresh_from_db()
    if row.left_on is not None:
        return Done(row_id=row.pk)
    codes = wrong({"LATER_DAY": on > today(at), "BEFORE": on < row.starts_on})
    if codes:
        return Refused(codes=codes)
    row.left_on, row.row_version = on, row.row_version + 1
    row.save(update_fields=["left_on", "row_version"])
    record(by=by, at=at, action="partnership.seat_left", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def commit_again(*, by: Viewer, at: datetime, seat_id: UUID, words: str) -> Done | Refused:
    """A member says that taking part matters, in her words, now or once more (R-043). Refused codes: NOT_ALLOWED, WORDS. Raises NotVisible."""
    row = Seat.objects.select_for_update().filter(pk=seat_id, left_on=None).first()
    standing_of(viewer=by, collaborative_id=row.collaborative_id if row else seat_id)
    if row is None or row.worker_id != by.worker_id:
        return Refused(codes=("NOT_ALLOWED",))
    text = said(words, most=300)
    if not text:
        return Refused(codes=("WORDS",))
    row.commitment, row.committed_on, row.row_version = text, today(at), row.row_version + 1
    row.save(update_fields=["commitment", "committed_on", "row_version"])
    record(by=by, at=at, action="partnership.committed", object_id=row.pk)
    return Done(row_id=row.pk)
