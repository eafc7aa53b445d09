"""The in-force register of data clauses: a page of it and one clause, with where it stands today. Source: R-102, R-103."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import F, Q

from careloom.agencies.models import Agency, Worker
from careloom.agencies.queries import agencies_by_id
from careloom.consents.models import DataClause
from careloom.consents.reach import Answer, clause_reach
from careloom.consents.register import is_in_force, last_day_of
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.access.models import Grant

PAGE = 25
REVIEW_DAYS = 30


class Standing(StrEnum):
    """Where a clause stands on a day."""

    BEGINS = "BEGINS"
    IN_FORCE = "IN_FORCE"
    REVIEW_DUE = "REVIEW_DUE"
    OVERDUE = "OVERDUE"
    CLOSED = "CLOSED"  # by a review that nobody held in time
    RUN_OUT = "RUN_OUT"
    ENDED = "ENDED"


@dataclass(frozen=True, kw_only=True)
class Clauses:
    """A page of the register: what this agency gives, or what another gives to it."""

    rows: tuple[DataClause, ...]
    agencies: dict[UUID, Agency]
    theirs: bool
    page: int
    has_more: bool
    today: date


@dataclass(frozen=True, kw_only=True)
class OneClause:
    """One clause. `flowing` is of how many people something flows to the other agency because of it; a schedule carries nothing itself."""

    row: DataClause
    agencies: dict[UUID, Agency]
    reach: tuple[Answer, ...]
    flowing: int
    put_by: str
    is_ours: bool
    today: date

    @property
    def standing(self) -> Standing:
        """Where it stands today."""
        return standing_of(self.row, on=self.today)


def standing_of(clause: DataClause, *, on: date) -> Standing:
    """Where a clause stands on a local legal day; its last day is inclusive."""
    if clause.ended_at is not None:
        return Standing.ENDED
    if clause.ends_on is not None and clause.ends_on < on:
        return Standing.RUN_OUT
    if clause.starts_on > on:
        return Standing.BEGINS
    if not is_in_force(clause, on=on):
        return Standing.CLOSED
    due = clause.review_due_on
    if due is None or (due - on).days > REVIEW_DAYS:
        return Standing.IN_FORCE
    return Standing.OVERDUE if due < on else Standing.REVIEW_DUE


def clauses_page(*, viewer: Viewer, page: int = 1, theirs: bool = False) -> Clauses:
    """The clauses of the agency of `viewer`, those that are in force and soonest due first, those that ended last. Two queries."""
    mine = Q(recipient_id=viewer.holder_id) if theirs else Q(discloser_id=viewer.holder_id)
    start = (page - 1) * PAGE
    order = (F("ended_at").desc(nulls_first=True), F("review_due_on").asc(nulls_last=True), "put_at", "id")
    found = list(DataClause.objects.seen_by(viewer).filter(mine).order_by(*order)[start : start + PAGE + 1])
    rows = found[:PAGE]
    agencies = agencies_by_id(ids={pk for row in rows for pk in (row.discloser_id, row.recipient_id)})
    return Clauses(rows=tuple(rows), agencies=agencies, theirs=theirs, page=page, has_more=len(found) > PAGE, today=clock.today())


def one_clause(*, viewer: Viewer, clause_id: UUID, at: datetime) -> OneClause:
    """One clause that the agency of `viewer` is a party of. Raises NotVisible when it is another's or absent."""
    row = DataClause.objects.seen_by(viewer).filter(pk=clause_id).first()
    if row is None:
        raise NotVisible
    today, agencies = clock.today(), agencies_by_id(ids={row.discloser_id, row.recipient_id})
    live = Grant.objects.filter(instrument_id=row.pk, valid_from__lte=at, valid_to__gt=at)
    writer = Worker.objects.filter(pk=row.put_by).values_list("name", flat=True).first() if row.put_by else None
    is_ours = row.discloser_id == viewer.holder_id
    return OneClause(
        row=row, agencies=agencies, reach=tuple(clause_reach(row, agencies=agencies, on=today)),
        flowing=live.values("identity_id").distinct().count(), put_by=(writer or "") if is_ours else "", is_ours=is_ours, today=today,
    )  # fmt: skip


def own_clause(*, viewer: Viewer, clause_id: UUID) -> DataClause:
    """A clause that the agency of `viewer` put in force, and so may review or end. Raises NotVisible for any other."""
    row = DataClause.objects.seen_by(viewer).filter(pk=clause_id, discloser_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def last_day(clause: DataClause) -> date | None:
    """The last day on which it carries anything, by its own end or by a review that closes it."""
    return last_day_of(clause)
