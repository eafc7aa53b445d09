"""Limits and other ways: a restriction that the holder keeps to, another way to be reached, and rows that her accounting leaves out.

Source: 42 CFR 2.26; 45 CFR 164.522(a), (b), 164.528(a)(2).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from careloom.consents.actions import Changed, RestrictionDraft, end_restriction, put_restriction_in_force
from careloom.consents.actions.outcomes import require_keeper
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.messages.actions import use_other_way
from careloom.rights.accounting import receivers_of
from careloom.rights.actions.amending import known
from careloom.rights.actions.handling import END
from careloom.rights.actions.outcomes import agency_of, change, close, settled, to_answer
from careloom.rights.clocks import end_of, today_of
from careloom.rights.kinds import Right
from careloom.rights.models import HeldBack
from careloom.rights.models.request import GRANTED
from careloom.rights.models.trail import CATEGORY
from careloom.work.actions import meet_obligation

#: A spoken word of an official holds for at most 30 days (45 CFR 164.528(a)(2)(ii)(C)).
SPOKEN_DAYS = 30
#: Whose word it may be: law enforcement, or health oversight (45 CFR 164.501, 164.528(a)(2)(i)).
OFFICIALS = frozenset({"law_enforcement", "prosecutor", "probation", "auditor", "state_oversight"})
ENDINGS = ("SHE_ASKED", "AGREED_TOGETHER")


@transaction.atomic
def agree_limit(*, by: Viewer, at: datetime, right_id: UUID, row_version: int) -> Done | Stale | Refused:
    """Agree to a restriction: it binds in this transaction. An emergency is treated all the same (42 CFR 2.26(a)(6)). Raises NotVisible."""
    row = to_answer(by=by, right_id=right_id, rights=(Right.RESTRICTION,))
    done = settled(row, row_version=row_version)
    if done is not None:
        return done
    if not known(row):
        return Refused(codes=("VERIFIED",))
    draft = RestrictionDraft(
        identity_id=row.identity_id, to_agency_id=row.to_agency_id, to_kind=row.to_kind, categories=tuple(row.categories),
        paid_in_full=row.paid_in_full, about_request_id=row.pk,
    )  # fmt: skip
    put = put_restriction_in_force(by=by, at=at, draft=draft, request_key=f"right:{row.pk}")
    if not isinstance(put, Changed):
        return Refused(codes=put.codes)
    return close(row, by=by, at=at, state=GRANTED, restriction_id=put.paper_id)


@transaction.atomic
def end_limit(*, by: Viewer, at: datetime, right_id: UUID, because: str, row_version: int) -> Done | Stale | Refused:
    """End a restriction because she asked or agreed (45 CFR 164.522(a)(2)(i), (ii)). Again changes nothing. Raises NotVisible."""
    row = to_answer(by=by, right_id=right_id, rights=(Right.RESTRICTION,))
    if row.restriction_id is None:
        raise NotVisible
    if row.ended_at is not None:
        return Done(row_id=row.pk)
    if row.row_version != row_version:
        return Stale(current=row)
    if because not in ENDINGS:
        return Refused(codes=("BECAUSE_ENDED",))
    ended = end_restriction(by=by, at=at, restriction_id=row.restriction_id, because=because)
    if not isinstance(ended, Changed):
        return Refused(codes=ended.codes)
    meet_obligation(by=by, at=at, about_id=row.pk, kind=END)
    return change(row, by=by, at=at, step="LIMIT_ENDED", ended_at=at)


@transaction.atomic
def accept_way(*, by: Viewer, at: datetime, right_id: UUID, row_version: int) -> Done | Stale | Refused:
    """Reach her the way she asked for, from this moment on: messages of this agency go to the new number. Raises NotVisible."""
    row = to_answer(by=by, right_id=right_id, rights=(Right.CONFIDENTIAL,))
    done = settled(row, row_version=row_version)
    if done is not None:
        return done
    if not known(row):
        return Refused(codes=("VERIFIED",))
    use_other_way(by=by, at=at, identity_id=row.identity_id, phone=row.use_phone, address=row.use_address)
    return close(row, by=by, at=at, state=GRANTED)


@transaction.atomic
def hold_back(
    *, by: Viewer, at: datetime, identity_id: UUID, receiver: str, said_by: str, in_writing: bool, until: date, request_key: str
) -> Done | Refused:  # fmt: skip
    """Leave the rows of one receiver out of her accounting until a day, on the word of an official. Idempotent.

    `receiver` is one of `officials_of`. A spoken word holds for 30 days at most. Raises NotVisible for who keeps no papers, and where nothing
    of this person went to an official.
    """
    require_keeper(by)
    take_turn([f"{by.holder_id}:{request_key}"])
    known_row = HeldBack.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known_row is not None:
        return Done(row_id=known_row.pk)
    holder = agency_of(by)
    today = today_of(holder, at=at)
    choices = {key: (agency_id, name) for key, agency_id, name in officials_of(holder_id=holder.pk, identity_id=identity_id)}
    if not choices:
        raise NotVisible
    wrong = {
        "RECEIVER": receiver not in choices, "SAID_BY": len(said_by.strip()) < 3, "UNTIL": until <= today,
        "SPOKEN_TOO_LONG": not in_writing and until > today + timedelta(days=SPOKEN_DAYS),
    }  # fmt: skip
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    agency_id, name = choices[receiver]
    kept = HeldBack(
        id=uuid4(), holder_id=holder.pk, identity_id=identity_id, category=CATEGORY, to_agency_id=agency_id,
        to_name="" if agency_id else name.lower()[:160], said_by=said(said_by, most=200), in_writing=in_writing, begins_at=at,
        ends_at=end_of(until, agency=holder), noted_by=by.worker_id, request_key=request_key,
    )  # fmt: skip
    kept.save()
    # No step of a request says so: she reads those, and 45 CFR 164.528(a)(2) would be for nothing.
    record(by=by, at=at, action="rights.held_back", identity_id=identity_id, object_id=kept.pk, detail={"in_writing": in_writing})
    return Done(row_id=kept.pk)


@transaction.atomic
def lift(*, by: Viewer, at: datetime, held_id: UUID) -> Done:
    """End early what was held back. Twice is once. Raises NotVisible."""
    require_keeper(by)
    row = HeldBack.objects.filter(pk=held_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    if HeldBack.objects.filter(pk=row.pk, lifted_at=None).update(lifted_at=at):
        record(by=by, at=at, action="rights.lifted", identity_id=row.identity_id, object_id=row.pk)
    return Done(row_id=row.pk)


def officials_of(*, holder_id: UUID, identity_id: UUID) -> list[tuple[str, UUID | None, str]]:
    """Receivers whose rows may be held back: a key for a form, the agency (None for nobody here), the name."""
    found = receivers_of(holder_id=holder_id, identity_id=identity_id)
    return [(str(agency_id) if agency_id else f"name:{name.lower()}", agency_id, name) for agency_id, name, kind in found if kind in OFFICIALS]
