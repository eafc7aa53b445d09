"""A program's admission queue: who asks, interim services while she waits, admission, or why not.

Source: R-176 (families with a child welfare case first); 45 CFR 96.131 (pregnant women first, interim services within 48 hours);
45 CFR 96.121 (what interim services are); workflows 6.15.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from careloom.agencies.models import Agency
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, PrincipalKind, System, Viewer, acting_as, require, system
from careloom.infra.access.caseload import assign
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.disclosure import Category
from careloom.treatment import codes
from careloom.treatment.actions.keeping import add_entry
from careloom.treatment.codes import Sort
from careloom.treatment.days import interim_due
from careloom.treatment.models import Admission
from careloom.treatment.models.admission import ADMITTED, CLOSED, INTERIM, OPEN
from careloom.work.actions import meet_obligation, open_obligation

ASKED, INTERIM_DUE = "ADMISSION_ASKED", "INTERIM_SERVICES"
CATEGORY = Category.PART2_PRESENCE.value


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Somebody who asks a program to be admitted, and what puts her first."""

    identity_id: UUID
    came_by: str
    pregnant: bool = False
    child_welfare: bool = False
    from_agency_id: UUID | None = None
    referral_id: UUID | None = None


@transaction.atomic
def put_in_queue(*, by: Viewer, at: datetime, asking: Asking, request_key: str) -> Done | Refused:
    """Put somebody in the queue of the program of `by`: a worker who saw her, or the program's job for a referral that it may read.

    Who waits already is not put there twice; what is new about her priority is added. Raises NotVisible for another kind of agency.
    """
    agency = _program(by)
    if asking.came_by not in codes.CAME_BY:
        return Refused(codes=("CAME_BY",))
    take_turn([f"{by.holder_id}:admission:{asking.identity_id}"])
    with acting_as(_office(by)):
        mine = Admission.objects.filter(holder_id=by.holder_id)
        known = mine.filter(request_key=request_key).first() or mine.filter(identity_id=asking.identity_id, state__in=OPEN).first()
        if known is None:
            row = Admission(
                id=uuid4(), holder_id=by.holder_id, identity_id=asking.identity_id, category=CATEGORY, came_by=asking.came_by,
                from_agency_id=asking.from_agency_id, referral_id=asking.referral_id, asked_at=at, pregnant=asking.pregnant,
                child_welfare=asking.child_welfare, interim_due_at=interim_due(agency=agency, asked_at=at) if asking.pregnant else None,
                recorded_by=by.worker_id, request_key=request_key,
            )  # fmt: skip
            row.save()
        else:
            row = _more_known(known, asking, agency=agency, at=at)
        _owe(row, by=by, at=at)
    if by.worker_id is not None and not by.whole_agency:
        assign(by=by, worker_id=by.worker_id, identity_ids=[asking.identity_id], at=at)
    if known is None:
        record(by=by, at=at, action="treatment.admission_asked", identity_id=row.identity_id, object_id=row.pk, detail={"first": row.first})
    return Done(row_id=row.pk)


def _more_known(row: Admission, asking: Asking, *, agency: Agency, at: datetime) -> Admission:
    """INVARIANT: priority is added and never taken away by a second asking; the 48 hours run from the day on which it became known."""
    take_turn([f"{row.holder_id}:admission-row:{row.pk}"])
    row.refresh_from_db()
    pregnant, with_case = row.pregnant or asking.pregnant, row.child_welfare or asking.child_welfare
    if row.is_open and (pregnant, with_case) != (row.pregnant, row.child_welfare):
        if pregnant and row.interim_due_at is None:
            row.interim_due_at = interim_due(agency=agency, asked_at=at)
        row.pregnant, row.child_welfare = pregnant, with_case
        Admission.objects.filter(pk=row.pk).update(
            pregnant=pregnant, child_welfare=with_case, interim_due_at=row.interim_due_at, row_version=F("row_version") + 1
        )
    return row


def _owe(row: Admission, *, by: Viewer, at: datetime) -> None:
    """The program owes an answer; and who is pregnant has help within the 48 hours, whether there is room or not."""
    if not row.is_open:
        return
    link = reverse("treatment:admission", args=[row.pk])
    same: dict[str, Any] = {
        "by": by, "at": at, "holder_id": row.holder_id, "family_id": row.identity_id, "identity_id": row.identity_id, "link": link,
        "about_id": row.pk, "about_kind": "ADMISSION", "category": CATEGORY, "worker_id": by.worker_id,
    }  # fmt: skip
    open_obligation(kind=ASKED, promised=row.first, request_key=f"admission:{row.pk}", **same)
    if row.interim_due_at is not None and row.interim_at is None:
        open_obligation(kind=INTERIM_DUE, promised=True, due_at=row.interim_due_at, request_key=f"interim:{row.pk}", **same)


@transaction.atomic
def give_interim(
    *, by: Viewer, at: datetime, admission_id: UUID, services: tuple[str, ...], words: str, row_version: int
) -> Done | Refused | Stale:  # fmt: skip
    """Note which interim services she was given while she waits. Raises NotVisible."""
    row = _to_answer(by, admission_id=admission_id)
    if row.row_version != row_version:
        return Stale(current=row)
    if not row.is_open:
        return Refused(codes=("NOT_OPEN",))
    if not services or not set(services) <= set(codes.INTERIM) or ("OTHER" in services and not words.strip()):
        return Refused(codes=("SERVICES",))
    every = sorted({*row.interim, *services}, key=codes.INTERIM.index)
    _set(row, state=INTERIM, interim=every, interim_at=row.interim_at or at, interim_words=said(words, most=300) or row.interim_words)
    meet_obligation(by=by, at=at, about_id=row.pk, kind=INTERIM_DUE)
    record(by=by, at=at, action="treatment.interim_given", identity_id=row.identity_id, object_id=row.pk, detail={"services": every})
    return Done(row_id=row.pk)


@transaction.atomic
def admit(*, by: Viewer, at: datetime, admission_id: UUID, on: date, level: str, row_version: int) -> Done | Refused | Stale:
    """Admit her: an episode begins on that day. Twice is once. Raises NotVisible."""
    row = _to_answer(by, admission_id=admission_id)
    if row.state == ADMITTED and row.episode_id is not None:
        return Done(row_id=row.episode_id)
    if row.row_version != row_version:
        return Stale(current=row)
    if not row.is_open:
        return Refused(codes=("NOT_OPEN",))
    begun = add_entry(
        by=by, at=at, identity_id=row.identity_id, sort=Sort.EPISODE, on=on, request_key=f"admission:{row.pk}",
        values={"program": "", "elsewhere": False, "ends_on": None, "admission_id": row.pk, "level": level, "ended_how": ""},
    )  # fmt: skip
    if isinstance(begun, Refused):
        return begun
    _close(row, by=by, at=at, state=ADMITTED, episode_id=begun.row_id)
    return begun


@transaction.atomic
def close_admission(*, by: Viewer, at: datetime, admission_id: UUID, because: str, row_version: int) -> Done | Refused | Stale:
    """Say why she was not admitted. It closes nothing else: her plan stays, and she may ask again any day. Raises NotVisible."""
    row = _to_answer(by, admission_id=admission_id)
    if row.row_version != row_version:
        return Stale(current=row)
    if not row.is_open:
        return Refused(codes=("NOT_OPEN",))
    if because not in codes.NOT_ADMITTED:
        return Refused(codes=("BECAUSE",))
    _close(row, by=by, at=at, state=CLOSED, closed_because=because)
    return Done(row_id=row.pk)


@transaction.atomic
def end_referred(*, by: Viewer, at: datetime, referral_id: UUID) -> bool:
    """A referral that put her in the queue has ended: nobody waits for it any more. Returns whether somebody did. For the program's job."""
    _program(by)
    row = Admission.objects.filter(holder_id=by.holder_id, referral_id=referral_id, state__in=OPEN).first()
    if row is None:
        return False
    take_turn([f"{by.holder_id}:admission-row:{row.pk}"])
    row.refresh_from_db()
    if row.is_open:
        _close(row, by=by, at=at, state=CLOSED, closed_because="REFERRAL_ENDED")
    return True


def _close(row: Admission, *, by: Viewer, at: datetime, **values: Any) -> None:
    _set(row, closed_at=at, **values)
    meet_obligation(by=by, at=at, about_id=row.pk)
    record(by=by, at=at, action=f"treatment.admission_{str(values['state']).lower()}", identity_id=row.identity_id, object_id=row.pk)


def _set(row: Admission, **values: Any) -> None:
    if not Admission.objects.filter(pk=row.pk, row_version=row.row_version).update(row_version=F("row_version") + 1, **values):
        raise RuntimeError("An admission was changed while its turn was held.")


def _to_answer(by: Viewer, *, admission_id: UUID) -> Admission:
    _program(by)
    take_turn([f"{by.holder_id}:admission-row:{admission_id}"])
    row: Admission | None = Admission.objects.seen_by(by).filter(pk=admission_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def _program(by: Viewer) -> Agency:
    require(by)
    agency = Agency.objects.filter(pk=by.holder_id, is_part2_program=True).first()
    if agency is None or not (by.can("TREATMENT_WRITE") or by.kind is PrincipalKind.SYSTEM):
        raise NotVisible
    return agency


def _office(by: Viewer) -> Viewer:
    """The program's own job: whether somebody waits already is asked of the whole queue, not of one worker's caseload."""
    return system(System.JOB, holder_id=by.holder_id)
