"""She asks on her own pages, or a worker writes down what she asked: for the own agency, or for another one.

Source: 42 CFR 2.13(c), 2.23 to 2.26; 45 CFR 164.522 to 164.528; DESIGN section 2, "Silence".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse

from careloom.agencies.models import Agency
from careloom.agencies.officers import keeper_of
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, PrincipalKind, System, Viewer, acting_as, require, system
from careloom.infra.access.caseload import assign
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.disclosure import Category
from careloom.rights.actions.outcomes import KIND, add_step
from careloom.rights.clocks import end_of, last_day, today_of
from careloom.rights.holders import hers_at
from careloom.rights.kinds import Right
from careloom.rights.models import PassedOn, RightsRequest
from careloom.rights.models.trail import CATEGORY
from careloom.work.actions import open_obligation

WAYS = ("WRITTEN", "SPOKEN")
COPIES = ("PORTAL", "FILE", "PAPER")
LEAST_LETTERS = 3


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What she asks of one holder. Which fields count depends on the right; the others stay empty."""

    right: str
    holder_id: UUID
    identity_id: UUID
    about_name: str
    about_born_on: date | None = None
    came_by: str = "PORTAL"
    received_at: datetime | None = None
    verified: str = ""
    words: str = ""
    categories: tuple[str, ...] = ()
    from_on: date | None = None
    to_on: date | None = None
    wants_how: str = ""
    tell_others: bool = False
    to_agency_id: UUID | None = None
    to_kind: str = ""
    paid_in_full: bool = False
    use_phone: str = ""
    use_address: str = ""


@transaction.atomic
def ask_for_herself(*, by: Viewer, at: datetime, asked: Asked, request_key: str) -> Done | Refused:
    """She asks a holder that she may know of, about herself or an infant of hers. Sent twice it is one request.

    Raises NotVisible for who is not a patient at her own pages, and for a holder or a person that her pages do not show.
    """
    require(by)
    if by.kind is not PrincipalKind.PERSON or by.purpose != "patient_access":
        raise NotVisible
    if asked.identity_id not in hers_at(viewer=by, holder_id=asked.holder_id, at=at):
        raise NotVisible
    holder = Agency.objects.filter(pk=asked.holder_id, active=True).first()
    if holder is None:
        raise NotVisible
    job = system(System.JOB, holder_id=holder.pk)
    row = _row(asked, holder=holder, at=at, came_by="PORTAL", received_at=at, request_key=request_key, asked_by=by.principal_id)
    return _keep(row, asked, holder=holder, by=by, near=job, at=at)


@transaction.atomic
def note_right(*, by: Viewer, at: datetime, asked: Asked, request_key: str) -> Done | Refused:
    """A worker writes down what she asked of the worker's own agency. The caller has checked that `by` sees the person.

    Idempotent on `request_key`. Raises NotVisible for who reads no families, and for another holder.
    """
    require(by)
    if not by.can("FAMILY_READ") or asked.holder_id != by.holder_id:
        raise NotVisible
    holder = Agency.objects.get(pk=by.holder_id)
    received = asked.received_at or at
    codes = (*_written(asked, at=at), *(() if len(asked.verified.strip()) >= LEAST_LETTERS else ("VERIFIED",)))
    if codes:
        return Refused(codes=codes)
    row = _row(asked, holder=holder, at=at, came_by=asked.came_by, received_at=received, request_key=request_key, recorded_by=by.worker_id)
    # The row is the holder's own, but it is written as its job: who may write it down need not be who may read it afterwards.
    return _keep(row, asked, holder=holder, by=by, near=system(System.JOB, holder_id=holder.pk), at=at)


@transaction.atomic
def pass_on(*, by: Viewer, at: datetime, asked: Asked, request_key: str) -> Done | Refused:
    """A worker hands what she asked to another agency, which need not know her. The caller has checked that `by` sees the person.

    INVARIANT: the same statements run whether that agency holds something or not, nothing is looked up there, and it does not learn through
    whom the request came. Idempotent on `request_key`. Raises NotVisible for who reads no families.
    """
    require(by)
    if not by.can("FAMILY_READ") or by.holder_id is None or asked.holder_id == by.holder_id:
        raise NotVisible
    take_turn([f"{by.holder_id}:{request_key}"])
    with acting_as(system(System.JOB, holder_id=by.holder_id)):
        known = PassedOn.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    holder = Agency.objects.filter(pk=asked.holder_id, active=True).first()
    if holder is None:
        return Refused(codes=("HOLDER",))
    codes = _written(asked, at=at)
    if codes:
        return Refused(codes=codes)
    row = _row(asked, holder=holder, at=at, came_by=asked.came_by, received_at=at, request_key=f"passed:{uuid4().hex}", passed_on=True)
    done = _keep(row, asked, holder=holder, by=None, near=system(System.JOB, holder_id=holder.pk), at=at)
    if isinstance(done, Refused):
        return done
    note = PassedOn(
        id=uuid4(), holder_id=by.holder_id, identity_id=asked.identity_id, category=CATEGORY, to_agency_id=holder.pk, right=asked.right,
        worker_id=by.worker_id, at=at, answer_by=row.due_on, request_key=request_key,
    )  # fmt: skip
    note.save()
    # Who knows the family through her consent works with it from now on: else she would not see what she passed on.
    if by.worker_id is not None and not by.whole_agency:
        assign(by=by, worker_id=by.worker_id, identity_ids=[asked.identity_id], at=at)
    record(by=by, at=at, action="rights.passed_on", identity_id=asked.identity_id, object_id=note.pk, detail={"right": asked.right})
    return Done(row_id=note.pk)


def _row(
    asked: Asked, *, holder: Agency, at: datetime, came_by: str, received_at: datetime, request_key: str, passed_on: bool = False,
    asked_by: UUID | None = None, recorded_by: UUID | None = None,
) -> RightsRequest:  # fmt: skip
    due = last_day(right=asked.right, agency=holder, received_at=received_at) if asked.right in set(Right) else today_of(holder, at=at)
    return RightsRequest(
        id=uuid4(), holder_id=holder.pk, identity_id=asked.identity_id, category=CATEGORY, right=asked.right, came_by=came_by,
        about_name=said(asked.about_name, most=200), about_born_on=asked.about_born_on, passed_on=passed_on, asked_by=asked_by,
        recorded_by=recorded_by, verified=said(asked.verified, most=200), received_at=received_at, due_on=due, first_due_on=due,
        words=said(asked.words, most=1200), categories=sorted(set(asked.categories)), from_on=asked.from_on, to_on=asked.to_on,
        wants_how=asked.wants_how, tell_others=asked.tell_others, to_agency_id=asked.to_agency_id, to_kind=asked.to_kind,
        paid_in_full=asked.paid_in_full, use_phone=said(asked.use_phone, most=20), use_address=said(asked.use_address, most=200),
        request_key=request_key,
    )  # fmt: skip


def _keep(row: RightsRequest, asked: Asked, *, holder: Agency, by: Viewer | None, near: Viewer, at: datetime) -> Done | Refused:
    """Write the request in its holder's book with what the holder owes for it. `by` is None where the holder may not know who wrote it down."""
    codes = gaps(asked, came_by=row.came_by)
    if codes:
        return Refused(codes=codes)
    take_turn([f"{holder.pk}:{row.request_key}"])
    with acting_as(near):
        known = RightsRequest.objects.filter(holder_id=holder.pk, request_key=row.request_key).first()
        if known is not None:
            return Done(row_id=known.pk)
        row.save()
        writer = by if by is not None and by.holder_id == holder.pk else near
        add_step(row, by=writer, at=at, code="RECEIVED")
        open_obligation(
            by=near, at=at, holder_id=holder.pk, kind=KIND, family_id=row.identity_id, identity_id=row.identity_id,
            link=reverse("rights:one", args=[row.pk]), request_key=f"rights:{row.pk}", worker_id=keeper_of(agency_id=holder.pk, at=at),
            due_at=end_of(row.due_on, agency=holder), promised=True, about_id=row.pk, about_kind="RIGHT",
        )  # fmt: skip
        if by is None:
            record(by=near, at=at, action="rights.received", identity_id=row.identity_id, object_id=row.pk, detail={"right": row.right})
    if by is not None:
        record(by=by, at=at, action="rights.received", identity_id=row.identity_id, object_id=row.pk, detail={"right": row.right})
    return Done(row_id=row.pk)


def _written(asked: Asked, *, at: datetime) -> tuple[str, ...]:
    wrong = {
        "CAME_BY": asked.came_by not in WAYS, "RECEIVED_LATER": asked.received_at is not None and asked.received_at > at,
        "ABOUT_NAME": len(asked.about_name.strip()) < 2,
    }  # fmt: skip
    return tuple(code for code, is_wrong in wrong.items() if is_wrong)


def gaps(asked: Asked, *, came_by: str) -> tuple[str, ...]:
    """What a request lacks, as codes. What she may leave open is never asked for: no reason for another way (45 CFR 164.522(b)(2)(iii))."""
    right = asked.right
    if right not in set(Right):
        return ("RIGHT",)
    wrong = {
        "DAYS": asked.from_on is not None and asked.to_on is not None and asked.to_on < asked.from_on,
        "CATEGORIES": not set(asked.categories) <= {c.value for c in Category},
        # 42 CFR 2.24(b): the list of an intermediary is asked for in writing. Her own pages are writing.
        "IN_WRITING": right == Right.INTERMEDIARY and came_by == "SPOKEN",
        "WORDS": right == Right.AMENDMENT and len(asked.words.strip()) < LEAST_LETTERS,
        "WANTS_HOW": right == Right.ACCESS and asked.wants_how not in COPIES,
        "TO": right == Right.RESTRICTION and (asked.to_agency_id is None) == (not asked.to_kind),
        "TO_KIND": bool(asked.to_kind) and asked.to_kind not in set(AgencyKind),
        "WAY": right == Right.CONFIDENTIAL and not (asked.use_phone.strip() or asked.use_address.strip()),
    }
    return tuple(code for code, is_wrong in wrong.items() if is_wrong)
