"""Taking an agreement from draft to signing: who looks at it, what they say, and what stops it. Source: workflows.md 6.10; J5.4."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.agreements.actions.drafting import opened
from careloom.agreements.models import Agreement, Comment, Signature
from careloom.agreements.written import written
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.partnership.agreements import WHOLE, State, may_move
from careloom.partnership.actions.keeping import put, wrong
from careloom.partnership.models import Partner


@transaction.atomic
def move(*, by: Viewer, at: datetime, agreement_id: UUID, to: str, version: int) -> Done | Refused | Stale:
    """Take an agreement on, or back to be written on; signatures on a text that goes back no longer count.

    It does not reach counsel while something required is missing or a comment has no answer (R-178, R-179).
    Refused codes: NOT_ALLOWED, MOVE, MISSING, OPEN_COMMENTS. Raises NotVisible.
    """
    row, standing = opened(by=by, agreement_id=agreement_id)
    if not standing.runs:
        return Refused(codes=("NOT_ALLOWED",))
    if row.state == to or (row.state == State.AMENDMENT and to == State.DRAFT):
        return Done(row_id=row.pk)
    if row.row_version != version:
        return Stale(current=row)
    if to not in set(State) or not may_move(state=State(row.state), to=State(to), missing=0):
        return Refused(codes=("MOVE",))
    whole = to in WHOLE
    waits = Comment.objects.filter(agreement=row, answered_at=None).exists()
    codes = wrong({"MISSING": whole and bool(written(row).gaps), "OPEN_COMMENTS": whole and waits})
    if codes:
        return Refused(codes=codes)
    if to == State.DRAFT:
        Signature.objects.filter(agreement=row, number=row.number + 1, void=False).update(void=True)
        to = State.AMENDMENT if row.number and row.ended_at is None else State.DRAFT
    turn(row, to=to)
    record(by=by, at=at, action="agreements.moved", object_id=row.pk, detail={"to": str(to)})
    return Done(row_id=row.pk)


def turn(row: Agreement, *, to: str) -> None:
    """Set the state."""
    row.state, row.row_version = State(to), row.row_version + 1
    row.save(update_fields=["state", "row_version"])


@transaction.atomic
def comment(*, by: Viewer, at: datetime, agreement_id: UUID, code: str, words: str, request_key: str) -> Done | Refused | Stale:
    """Say something about a clause while the partners look at it. Refused codes: NOT_ALLOWED, NOT_OPEN, WORDS. Raises NotVisible."""
    row, standing = opened(by=by, agreement_id=agreement_id)
    if written(row).checklist.clause(code) is None:
        raise NotVisible
    partner = Partner.objects.filter(pk__in=standing.partner_ids).order_by("name").first()
    codes = wrong({"NOT_OPEN": row.state != State.PARTNER_REVIEW, "WORDS": not words.strip()})
    values = {"agreement_id": row.pk, "code": code, "words": said(words, most=1000), "partner": partner}
    return put(Comment, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def answer_comment(*, by: Viewer, at: datetime, comment_id: UUID, words: str, version: int) -> Done | Refused | Stale:
    """Answer what a partner said. Refused codes: NOT_ALLOWED, WORDS. Raises NotVisible."""
    row = Comment.objects.filter(pk=comment_id).first()
    _agreement, standing = opened(by=by, agreement_id=row.agreement_id if row else comment_id)
    if row is None or not standing.runs:
        return Refused(codes=("NOT_ALLOWED",))
    values = {"answer": said(words, most=1000), "answered_at": at}
    codes = wrong({"WORDS": not words.strip()})
    return put(Comment, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key="")
