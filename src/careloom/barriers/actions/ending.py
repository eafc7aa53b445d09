"""Resolving a barrier, telling back, and closing: nothing closes before an answer went back to who raised it (workflows 6.9)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.barriers.actions.moving import Held, hold
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel.partnership.barrier import Decision, Deed, Source, State, leads_back
from careloom.partnership.actions.keeping import today, wrong
from careloom.partnership.models import Seat


@transaction.atomic
def resolve(*, by: Viewer, at: datetime, barrier_id: UUID, words: str, version: int, request_key: str) -> Done | Refused | Stale:
    """Say what changed, so that the barrier is gone. Refused codes: NOT_ALLOWED, STATE, WORDS, LEADS_BACK. Raises NotVisible."""
    held = hold(by=by, at=at, barrier_id=barrier_id)
    codes = wrong({"WORDS": not words.strip(), "LEADS_BACK": leads_back(words)})
    return held.move(Deed.RESOLVE, may=held.leads, request_key=request_key, version=version, codes=codes, words=words, state=State.RESOLVED)


@transaction.atomic
def tell_back(
    *, by: Viewer, at: datetime, barrier_id: UUID, words: str, version: int, request_key: str, plain: str = "", plain_es: str = ""
) -> Done | Refused | Stale:
    """Tell who raised it what became of it; `plain` is the same for families, in English and Spanish. Always possible, and needed before closing.

    After a barrier is resolved, or declined, the one who raised it is asked whether it is gone.
    Refused codes: NOT_ALLOWED, STATE, WORDS, LEADS_BACK, PLAIN (one that comes from families is answered in both languages). Raises NotVisible.
    """
    held = hold(by=by, at=at, barrier_id=barrier_id)
    row = held.row
    ends = row.state == State.RESOLVED or (row.state == State.DECIDED and row.decision == Decision.DECLINE)
    plain, plain_es = said(plain, most=300), said(plain_es, most=300)
    codes = wrong(
        {
            "WORDS": not words.strip(),
            "LEADS_BACK": leads_back(words + plain + plain_es),
            "PLAIN": bool(plain) != bool(plain_es) or (ends and row.source == Source.FAMILIES and not (plain or row.plain)),
        }
    )
    values = {"plain": plain, "plain_es": plain_es} if plain else {}
    return held.move(
        Deed.TELL, may=held.leads, request_key=request_key, version=version, codes=codes, words=words, state=State.TOLD if ends else None, **values
    )


@transaction.atomic
def confirm(*, by: Viewer, at: datetime, barrier_id: UUID, words: str, version: int, request_key: str) -> Done | Refused | Stale:
    """Who raised it says that it is gone; for families a member with lived experience does. Refused codes: NOT_ALLOWED, STATE, LEADS_BACK."""
    held = hold(by=by, at=at, barrier_id=barrier_id)
    codes = wrong({"LEADS_BACK": leads_back(words)})
    return held.move(Deed.CONFIRM, may=is_asked(held), request_key=request_key, version=version, codes=codes, words=words, state=State.CLOSED)


@transaction.atomic
def reopen(*, by: Viewer, at: datetime, barrier_id: UUID, words: str, version: int, request_key: str) -> Done | Refused | Stale:
    """It still stands in the way: back to who worked on it, or to triage where nobody did. Refused codes: NOT_ALLOWED, STATE, WORDS, LEADS_BACK."""
    held = hold(by=by, at=at, barrier_id=barrier_id)
    row = held.row
    codes = wrong({"WORDS": not words.strip(), "LEADS_BACK": leads_back(words)})
    state = State.LOGGED if row.state in (State.DUPLICATE, State.NOT_A_BARRIER) or row.body_id is None else State.WORKING
    return held.move(
        Deed.REOPEN, may=is_asked(held) or held.leads, request_key=request_key, version=version, codes=codes, words=words, state=state,
        joined_to=None,
    )  # fmt: skip


@transaction.atomic
def close(*, by: Viewer, at: datetime, barrier_id: UUID, words: str, version: int, request_key: str) -> Done | Refused | Stale:
    """Close what was told back where nobody answered in time. Refused codes: NOT_ALLOWED, STATE, NOT_YET, LEADS_BACK. Raises NotVisible."""
    held = hold(by=by, at=at, barrier_id=barrier_id)
    due = held.row.due_on
    codes = wrong({"NOT_YET": due is not None and due >= today(at), "LEADS_BACK": leads_back(words)})
    return held.move(Deed.CLOSE, may=held.leads, request_key=request_key, version=version, codes=codes, words=words, state=State.CLOSED)


def is_asked(held: Held) -> bool:
    """Whether `by` is the one who says if it is gone."""
    row, by = held.row, held.by
    if row.source != Source.FAMILIES:
        return row.raised_by is not None and row.raised_by == by.worker_id
    seats = Seat.objects.filter(collaborative_id=row.collaborative_id, worker_id=by.worker_id, left_on=None) if by.worker_id else Seat.objects.none()
    return seats.exclude(lived=[]).exists()
