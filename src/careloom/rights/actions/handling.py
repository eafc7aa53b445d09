"""What a holder does with any request: verify who asks, put it off once, say no. And what she does: take it back, disagree, ask for a review.

Source: 45 CFR 164.514(h), 164.524(b)(2)(iii), (d), 164.526(b)(2), (d), 164.528(c)(1).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from careloom.agencies.models import Agency
from careloom.agencies.officers import keeper_of
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, PrincipalKind, System, Viewer, acting_as, require, system
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel.packs import ClockName
from careloom.rights.actions.amending import put_disagreement
from careloom.rights.actions.outcomes import KIND, agency_of, change, close, settled, to_answer
from careloom.rights.clocks import day_after, end_of, put_off_to, today_of
from careloom.rights.kinds import REVIEWABLE, Right, grounds_of, must_agree
from careloom.rights.models import RightsRequest
from careloom.rights.models.request import DENIED, PARTLY, WITHDRAWN
from careloom.work.actions import meet_obligation, open_obligation, put_off

REVIEW, END = "RIGHTS_REVIEW", "RIGHTS_END"
LEAST_LETTERS = 20


@transaction.atomic
def verify(*, by: Viewer, at: datetime, right_id: UUID, how: str, row_version: int) -> Done | Stale | Refused:
    """Keep how it was verified that it is she who asks (45 CFR 164.514(h)). Raises NotVisible."""
    row = to_answer(by=by, right_id=right_id)
    done = settled(row, row_version=row_version)
    if done is not None:
        return done
    if len(how.strip()) < 3:
        return Refused(codes=("VERIFIED",))
    return change(row, by=by, at=at, step="VERIFIED", verified=said(how, most=200))


@transaction.atomic
def put_off_once(*, by: Viewer, at: datetime, right_id: UUID, because: str, row_version: int) -> Done | Stale | Refused:
    """Put the answer off, once, with a written reason that she reads. Raises NotVisible.

    Only within the first time: she is told of the delay before it is over (45 CFR 164.524(b)(2)(iii)(A), 164.526(b)(2)(ii), 164.528(c)(1)(ii)).
    """
    row = to_answer(by=by, right_id=right_id)
    done = settled(row, row_version=row_version)
    if done is not None:
        return done
    holder = agency_of(by)
    later = put_off_to(right=row.right, agency=holder, due=row.due_on)
    wrong = {
        "NO_EXTENSION": later is None, "ALREADY_PUT_OFF": row.put_off_at is not None, "TOO_LATE": today_of(holder, at=at) > row.due_on,
        "BECAUSE": len(because.strip()) < LEAST_LETTERS,
    }  # fmt: skip
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes or later is None:
        return Refused(codes=codes)
    kept = change(row, by=by, at=at, step="PUT_OFF", due_on=later, put_off_at=at, put_off_because=said(because, most=400))
    put_off(by=by, about_id=row.pk, kind=KIND, due_at=end_of(later, agency=holder))
    return kept


@transaction.atomic
def deny(*, by: Viewer, at: datetime, right_id: UUID, codes: Collection[str], words: str, row_version: int) -> Done | Stale | Refused:
    """Say no, on grounds that the law knows and in words that she reads. Raises NotVisible.

    INVARIANT: a restriction towards a health plan is not refused where she paid in full (42 CFR 2.26; 45 CFR 164.522(a)(1)(vi)), and an
    accounting is refused only to who is not known to be her.
    """
    row = to_answer(by=by, right_id=right_id)
    done = settled(row, row_version=row_version)
    if done is not None:
        return done
    kind = kind_restricted(row)
    known = set(grounds_of(row.right, paid_in_full=row.paid_in_full, to_kind=kind))
    wrong = {
        "MUST_AGREE": row.right == Right.RESTRICTION and must_agree(paid_in_full=row.paid_in_full, to_kind=kind) and not set(codes) <= known,
        "CODES": not codes or not set(codes) <= known, "ANSWER": len(words.strip()) < LEAST_LETTERS,
    }  # fmt: skip
    gaps = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if gaps:
        return Refused(codes=gaps)
    kept = sorted(set(codes))
    return close(row, by=by, at=at, state=DENIED, detail={"codes": kept}, codes=kept, answer=said(words, most=1200))


def kind_restricted(row: RightsRequest) -> str:
    """The kind of agency that a restriction is about, also where one agency is named."""
    if row.to_agency_id is None:
        return row.to_kind
    return Agency.objects.filter(pk=row.to_agency_id).values_list("kind", flat=True).first() or ""


@transaction.atomic
def review_denial(
    *, by: Viewer, at: datetime, right_id: UUID, reviewer: str, upheld: bool, words: str, row_version: int
) -> Done | Stale | Refused:  # fmt: skip
    """Keep what another licensed professional decided about a denied copy (45 CFR 164.524(a)(4), (d)(4)). Raises NotVisible.

    Where the denial does not stand, the request is open again and is to be answered at once.
    """
    row = to_answer(by=by, right_id=right_id, rights=(Right.ACCESS,))
    if row.reviewed_at is not None:
        return Done(row_id=row.pk)
    if row.review_asked_at is None:
        raise NotVisible
    if row.row_version != row_version:
        return Stale(current=row)
    wrong = {"REVIEWER": len(reviewer.strip()) < 3, "ANSWER": len(words.strip()) < LEAST_LETTERS}
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    kept: dict[str, object] = {"reviewed_at": at, "review_upheld": upheld, "reviewer": said(reviewer, most=120), "answer": said(words, most=1200)}
    if not upheld:
        holder = agency_of(by)
        due = day_after(ClockName.RIGHTS_ACCESS, agency=holder, start=today_of(holder, at=at))
        kept |= {"state": "RECEIVED", "answered_at": None, "answered_by": None, "codes": [], "due_on": due, "first_due_on": due}
        _owe(row, kind=KIND, by=by, at=at, due=due, holder=holder, key=f"rights:{row.pk}:again")
    meet_obligation(by=by, at=at, about_id=row.pk, kind=REVIEW)
    return change(row, by=by, at=at, step="UPHELD" if upheld else "OVERTURNED", **kept)


@transaction.atomic
def take_back(*, by: Viewer, at: datetime, right_id: UUID) -> Done:
    """She takes her request back. One that was answered stays as it is. Raises NotVisible."""
    row, near = _hers(by=by, right_id=right_id)
    with acting_as(near):
        return close(row, by=near, at=at, state=WITHDRAWN) if row.is_open else Done(row_id=row.pk)


@transaction.atomic
def disagree(*, by: Viewer, at: datetime, right_id: UUID, words: str) -> Done | Refused:
    """Her own statement after a correction was denied; the holder puts it beside the record (45 CFR 164.526(d)(2)). Once. Raises NotVisible."""
    row, near = _hers(by=by, right_id=right_id)
    if row.right != Right.AMENDMENT or row.state not in {DENIED, PARTLY}:
        raise NotVisible
    if row.disagreement:
        return Done(row_id=row.pk)
    if len(words.strip()) < 3:
        return Refused(codes=("WORDS",))
    with acting_as(near):
        return put_disagreement(row, by=near, at=at, words=words)


@transaction.atomic
def ask_review(*, by: Viewer, at: datetime, right_id: UUID) -> Done:
    """She wants another professional to look at a denied copy again. Twice is once. Raises NotVisible where the law gives no review."""
    row, near = _hers(by=by, right_id=right_id)
    if row.right != Right.ACCESS or not may_review(row):
        raise NotVisible
    if row.review_asked_at is not None:
        return Done(row_id=row.pk)
    holder = Agency.objects.get(pk=row.holder_id)
    due = day_after(ClockName.RIGHTS_REVIEW, agency=holder, start=today_of(holder, at=at))
    with acting_as(near):
        _owe(row, kind=REVIEW, by=near, at=at, due=due, holder=holder, key=f"rights-review:{row.pk}")
        return change(row, by=near, at=at, step="REVIEW_ASKED", review_asked_at=at)


def may_review(row: RightsRequest) -> bool:
    """Whether a denial, or what was left out of a copy, is one that another professional reviews when she asks (45 CFR 164.524(a)(3))."""
    return row.state in {DENIED, PARTLY} and bool(set(row.codes) & REVIEWABLE)


@transaction.atomic
def ask_to_end(*, by: Viewer, at: datetime, right_id: UUID) -> Done:
    """She wants a limit of hers to end. The holder's privacy officer ends it. Twice is once. Raises NotVisible where none is in force."""
    row, near = _hers(by=by, right_id=right_id)
    if row.right != Right.RESTRICTION or row.restriction_id is None or row.ended_at is not None:
        raise NotVisible
    if row.end_asked_at is not None:
        return Done(row_id=row.pk)
    holder = Agency.objects.get(pk=row.holder_id)
    due = day_after(ClockName.RIGHTS_RESTRICTION, agency=holder, start=today_of(holder, at=at))
    with acting_as(near):
        _owe(row, kind=END, by=near, at=at, due=due, holder=holder, key=f"rights-end:{row.pk}")
        return change(row, by=near, at=at, step="END_ASKED", end_asked_at=at)


def _hers(*, by: Viewer, right_id: UUID) -> tuple[RightsRequest, Viewer]:
    """A request of hers with its turn taken, and the holder's job, which writes it. Raises NotVisible."""
    require(by)
    if by.kind is not PrincipalKind.PERSON:
        raise NotVisible
    seen = RightsRequest.objects.filter(pk=right_id).only("holder_id").first()
    if seen is None:
        raise NotVisible
    take_turn([f"{seen.holder_id}:rights:{right_id}"])
    near = system(System.JOB, holder_id=seen.holder_id)
    with acting_as(near):
        return RightsRequest.objects.get(pk=right_id), near


def _owe(row: RightsRequest, *, kind: str, by: Viewer, at: datetime, due: date, holder: Agency, key: str) -> None:
    open_obligation(
        by=by, at=at, holder_id=row.holder_id, kind=kind, family_id=row.identity_id, identity_id=row.identity_id,
        link=reverse("rights:one", args=[row.pk]), request_key=key, worker_id=keeper_of(agency_id=row.holder_id, at=at),
        due_at=end_of(due, agency=holder), promised=True, about_id=row.pk, about_kind="RIGHT",
    )  # fmt: skip
