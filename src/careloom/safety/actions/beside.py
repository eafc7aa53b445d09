"""What stands beside the assessment: earlier involvement and who asked, what she was told, a plan of safe care that is ensured, a case offered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import models, transaction

from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.safety import Response
from careloom.safety import words as said_as
from careloom.safety.actions.rows import CASE, change, child_welfare, own_assessment
from careloom.safety.actions.starting import knows
from careloom.safety.clocks import today
from careloom.safety.models import EarlierInvolvement, HistoryLook, PlanEnsured, ToldHer
from careloom.safety.models.assessment import APPROVED
from careloom.safety.models.beside import HISTORY
from careloom.safety.profile import profile_of

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def note_history(
    *, by: Viewer, at: datetime, identity_id: UUID, from_on: date, to_on: date | None, kind: str, outcome: str, request_key: str
) -> Done | Refused:
    """Write down earlier involvement as dates, type and outcome; the statute is the pack's (R-109). No free text. Idempotent. Raises NotVisible."""
    agency = child_welfare(by)
    known = _known(EarlierInvolvement, by=by, request_key=request_key, identity_id=identity_id)
    if known is not None:
        return known
    wrong = {
        "KIND": kind not in said_as.HISTORY_KINDS, "OUTCOME": outcome not in said_as.HISTORY_OUTCOMES,
        "FROM_ON": from_on > today(pack=agency.pack, at=at), "TO_ON": to_on is not None and to_on < from_on,
    }  # fmt: skip
    return _refused(wrong) or _kept(
        EarlierInvolvement, by=by, at=at, identity_id=identity_id, action="safety.history_noted", category=HISTORY, request_key=request_key,
        from_on=from_on, to_on=to_on, kind=kind, outcome=outcome, statute=profile_of(pack=agency.pack).history_statute, written_by=by.worker_id,
    )  # fmt: skip


@transaction.atomic
def ask_history(*, by: Viewer, at: datetime, identity_id: UUID, reason: str, words: str, request_key: str) -> Done | Refused:
    """Say why earlier involvement is looked at; she sees it. Whoever works with the family may ask. Idempotent.

    INVARIANT: the row is written in the asking agency alone and is the same whether there is anything to show.
    """
    require(by)
    if by.holder_id is None or by.worker_id is None or not by.can("FAMILY_READ"):
        raise NotVisible
    take_turn([f"{by.holder_id}:{request_key}"])
    known = HistoryLook.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    refused = _refused({"REASON": reason not in said_as.LOOK_REASONS, "WORDS": len(words.strip()) < 3})
    return refused or _kept(
        HistoryLook, by=by, at=at, identity_id=identity_id, action="safety.history_asked", category="posc.plan_core", request_key=request_key,
        reason=reason, words=said(words, most=300), worker_id=by.worker_id,
    )  # fmt: skip


@transaction.atomic
def note_told(
    *, by: Viewer, at: datetime, identity_id: UUID, points: tuple[str, ...], told_on: date, how: str, asked: str, request_key: str
) -> Done | Refused:
    """She was told these points, on this day (R-115). Idempotent. Raises NotVisible."""
    agency = child_welfare(by)
    known = _known(ToldHer, by=by, request_key=request_key, identity_id=identity_id)
    if known is not None:
        return known
    ids = {point.id for point in profile_of(pack=agency.pack).points}
    wrong = {"POINTS": not points or not set(points) <= ids, "TOLD_ON": told_on > today(pack=agency.pack, at=at), "HOW": how not in said_as.TOLD_HOW}
    return _refused(wrong) or _kept(
        ToldHer, by=by, at=at, identity_id=identity_id, action="safety.told_her", category=CASE, request_key=request_key, points=list(points),
        told_on=told_on, how=how, asked=said(asked, most=400), worker_id=by.worker_id,
    )  # fmt: skip


@transaction.atomic
def ensure_plan(*, by: Viewer, at: datetime, identity_id: UUID, how: str, words: str, on: date, request_key: str) -> Done | Refused:
    """A plan of safe care is completed here, or made sure of with whoever leads it (R-153). Idempotent. Raises NotVisible."""
    agency = child_welfare(by)
    known = _known(PlanEnsured, by=by, request_key=request_key, identity_id=identity_id)
    if known is not None:
        return known
    wrong = {"HOW": how not in said_as.ENSURED, "ON": on > today(pack=agency.pack, at=at), "WORDS": how != "COMPLETED" and len(words.strip()) < 3}
    return _refused(wrong) or _kept(
        PlanEnsured, by=by, at=at, identity_id=identity_id, action="safety.plan_ensured", category=CASE, request_key=request_key, how=how,
        words=said(words, most=300), on=on, worker_id=by.worker_id,
    )  # fmt: skip


@transaction.atomic
def offer_case(*, by: Viewer, at: datetime, assessment_id: UUID, answer: str, row_version: int) -> Done | Stale | Refused:
    """A voluntary in-home case was offered where it is safe, and what she said. No is no, and nothing follows from it. Raises NotVisible."""
    row = own_assessment(assessment_id, by=by)
    if row.row_version != row_version:
        return Stale(current=row)
    refused = _refused({"STATE": row.state != APPROVED or row.response != Response.SAFE, "OFFER_ANSWER": answer not in said_as.OFFERS})
    return refused or change(row, by=by, at=at, step="case_offered", offered_at=at, offer_answer=answer)


def _known(model: type[M], *, by: Viewer, request_key: str, identity_id: UUID) -> Done | None:
    take_turn([f"{by.holder_id}:{request_key}"])
    row: Any = model._default_manager.filter(holder_id=by.holder_id, request_key=request_key).first()
    if row is None and not knows(identity_id, by=by):
        raise NotVisible
    return Done(row_id=row.pk) if row is not None else None


def _refused(wrong: dict[str, bool]) -> Refused | None:
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    return Refused(codes=codes) if codes else None


def _kept(model: type[M], *, by: Viewer, at: datetime, identity_id: UUID, action: str, **values: Any) -> Done:
    row: Any = model(id=uuid4(), holder_id=by.holder_id, identity_id=identity_id, at=at, **values)
    row.save()
    record(by=by, at=at, action=action, identity_id=identity_id, object_id=row.pk)
    return Done(row_id=row.pk)
