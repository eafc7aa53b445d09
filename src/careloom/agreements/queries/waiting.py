"""What agreements wait for: what an agenda and the home page show. Source: R-051, R-184 to R-186, R-205; workflows.md 6.10."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from careloom.agreements.checklists import checklists
from careloom.agreements.models import Agreement, Answer, Audit, Notice, Report, Review, Signature
from careloom.agreements.term import is_over, last_days
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.kernel.partnership.agreements import State, review_stage
from careloom.partnership.actions.keeping import today
from careloom.partnership.models import Partner, Vision
from careloom.partnership.standing import standing_of

REPORT_AHEAD = timedelta(days=60)
AUDIT_AFTER = 365 - 30  # days in force


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that waits: `code` is REVIEW, JOINED, DEFINITIONS, ENDS, RAN_OUT, SIGNING, NOTICE, FILING, ACTION, REPORT or AUDIT.

    `on` is the day by which; `late` when it has passed; `name` is a partner, a title or what is to be done; `agreement` is None for definitions.
    """

    code: str
    on: date | None
    late: bool
    name: str
    agreement: Agreement | None = None
    row_id: UUID | None = None


def due(*, viewer: Viewer, collaborative_id: UUID) -> tuple[Due, ...]:
    """What waits in a collaborative's agreements, the late ones first, then by day. Twelve queries. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    pk, day = standing.collaborative.pk, today(clock.now())
    partners = list(Partner.objects.filter(collaborative_id=pk, left_on=None).order_by("made_at"))
    reviews: dict[UUID | None, list[datetime]] = defaultdict(list)
    for row in Review.objects.filter(collaborative_id=pk).order_by("made_at"):
        reviews[row.agreement_id].append(row.made_at)
    found = list(_definitions(pk, partners, reviews[None]))
    rows = list(Agreement.objects.filter(collaborative_id=pk).exclude(state=State.TERMINATED))
    days, live = last_days(rows), [row for row in rows if row.ended_at is None]
    for agreement in rows:
        found += _ends(agreement, days.get(agreement.pk), day)
    for agreement in live:
        found += _reviews(agreement, partners, reviews[agreement.pk], day)
    found += _kept(pk, live, day)
    return tuple(sorted(found, key=lambda one: (not one.late, one.on or date.max, one.code, one.name)))


def _definitions(pk: UUID, partners: list[Partner], held: list[datetime]) -> Iterator[Due]:
    """Who joined since the partners last said what they call success; before the first vision there is nothing to look at again."""
    first = Vision.objects.filter(collaborative_id=pk).order_by("version").values_list("made_at", flat=True).first()
    since = max(held) if held else first
    joined = [one for one in partners if since is not None and one.made_at > since]
    if joined:
        yield Due(code="DEFINITIONS", on=None, late=False, name=", ".join(one.name for one in joined))


def _ends(agreement: Agreement, last: date | None, day: date) -> Iterator[Due]:
    """Signatures that are missing, a last day that comes near, and one that has passed: it is signed again or closed."""
    if agreement.state == State.SIGNING:
        yield Due(code="SIGNING", on=None, late=False, name=agreement.title, agreement=agreement)
    if agreement.state == State.EXPIRED or is_over(agreement, last=last, on=day):
        yield Due(code="RAN_OUT", on=last, late=True, name=agreement.title, agreement=agreement)
    elif agreement.ended_at is None and last is not None and (last - day).days <= max(checklists().warn_days):
        yield Due(code="ENDS", on=last, late=False, name=agreement.title, agreement=agreement)


def _reviews(agreement: Agreement, partners: list[Partner], held: list[datetime], day: date) -> Iterator[Due]:
    if not agreement.number or agreement.executed_at is None:
        return
    stage = review_stage(review_on=agreement.review_on, today=day, warn_days=checklists().warn_days)
    if stage is not None and agreement.review_on is not None:
        yield Due(code="REVIEW", on=agreement.review_on, late=agreement.review_on < day, name=agreement.title, agreement=agreement)
    since = max([agreement.executed_at, *held])
    joined = [one.name for one in partners if one.made_at > since]
    if joined and agreement.state == State.EXECUTED:
        yield Due(code="JOINED", on=None, late=False, name=", ".join(joined), agreement=agreement)


def _kept(pk: UUID, live: list[Agreement], day: date) -> Iterator[Due]:
    by_id = {row.pk: row for row in live}
    for notice in Notice.objects.filter(collaborative_id=pk, sent_on=None).select_related("agreement"):
        yield Due(code="NOTICE", on=notice.due_on, late=notice.due_on < day, name=notice.what, agreement=notice.agreement, row_id=notice.pk)
    signed: Any = Signature.objects.filter(collaborative_id=pk, void=False, receipt_on=None).exclude(party__manager="").select_related("party")
    for row in signed:
        agreement = by_id.get(row.agreement_id)
        if agreement is not None and row.number == agreement.number:
            yield Due(code="FILING", on=None, late=False, name=row.party.manager, agreement=agreement, row_id=row.pk)
    for answer in (
        Answer.objects.filter(collaborative_id=pk, done_on=None, due_on__isnull=False).exclude(action="").select_related("audit__agreement")
    ):
        late = bool(answer.due_on and answer.due_on < day)
        yield Due(code="ACTION", on=answer.due_on, late=late, name=answer.action, agreement=answer.audit.agreement, row_id=answer.audit_id)
    audited = set(Audit.objects.filter(collaborative_id=pk).values_list("agreement_id", "year"))
    told = set(Report.objects.filter(collaborative_id=pk, submitted_on__isnull=False).values_list("agreement_id", "year"))
    for agreement in live:
        on = agreement.report_due_on
        if agreement.number and on is not None and on - REPORT_AHEAD <= day and (agreement.pk, on.year) not in told:
            yield Due(code="REPORT", on=on, late=on < day, name=agreement.title, agreement=agreement)
        old = agreement.kind == "WORKING" and agreement.executed_at and (day - today(agreement.executed_at)).days > AUDIT_AFTER
        if old and (agreement.pk, day.year) not in audited:
            yield Due(code="AUDIT", on=None, late=False, name=agreement.title, agreement=agreement)
