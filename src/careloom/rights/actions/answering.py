"""Answers that hand something over: a copy of the record, the accounting, the list of an intermediary.

Source: 42 CFR 2.23, 2.24, 2.25; 45 CFR 164.524(c), 164.528(b), (c), (d). What was handed over is kept sealed (164.528(d)(2)).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.infra.access import NotVisible, PrincipalKind, Viewer, acting_as, require
from careloom.infra.access.accounting import account
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.documents.uploads import Upload, seal_upload, unseal_upload
from careloom.kernel.clocks import add_months
from careloom.rights.accounting import Statement, statement_of
from careloom.rights.actions.amending import known
from careloom.rights.actions.asking import COPIES
from careloom.rights.actions.outcomes import agency_of, close, settled, to_answer
from careloom.rights.clocks import today_of
from careloom.rights.copying import Copy, copy_of
from careloom.rights.kinds import RULES, Right
from careloom.rights.models import RightsRequest
from careloom.rights.models.request import GRANTED, PARTLY

LISTS = (Right.ACCOUNTING.value, Right.INTERMEDIARY.value)
#: On her pages she opens the same paper that would be printed.
MEDIA = {"FILE": "text/csv", "PAPER": "application/pdf", "PORTAL": "application/pdf"}
LEAST_LETTERS = 20


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a renderer makes a paper or a file of: the request, its holder, the day, and a copy or a statement."""

    row: RightsRequest
    holder: Agency
    on: date
    how: str
    copy: Copy | None = None
    statement: Statement | None = None


Render = Callable[[Made], bytes]


@transaction.atomic
def hand_over_copy(
    *, by: Viewer, at: datetime, right_id: UUID, how: str, without: Collection[str], codes: Collection[str], words: str, row_version: int,
    render: Render,
) -> Done | Stale | Refused:  # fmt: skip
    """Answer a request for a copy: PORTAL (she reads it on her pages), FILE or PAPER. What a ground keeps out is said with it. Raises NotVisible.

    `without` are categories that stay out, `codes` the grounds, `words` what she reads about it. Where she has no pages of her own, PORTAL
    is refused. That she was given her own record is logged and is no part of the accounting (164.528(a)(1)(ii)).
    """
    row = to_answer(by=by, right_id=right_id, rights=(Right.ACCESS,))
    done = settled(row, row_version=row_version)
    if done is not None:
        return done
    holder = agency_of(by)
    on = today_of(holder, at=at)
    copy = copy_of(
        holder=holder, identity_id=row.identity_id, on=on, categories=row.categories, from_on=row.from_on, to_on=row.to_on, without=without
    )  # fmt: skip
    apart = bool(without or copy.apart)
    grounds = set(RULES[Right.ACCESS].grounds) - {"NOT_VERIFIED", "NOT_HELD"}
    wrong = {
        "HOW": how not in COPIES or (how == "PORTAL" and not reads_pages(row)), "VERIFIED": not known(row), "EMPTY": not copy.lines,
        "CODES": not set(codes) <= grounds or (apart and not codes), "ANSWER": apart and len(words.strip()) < LEAST_LETTERS,
    }  # fmt: skip
    gaps = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if gaps:
        return Refused(codes=gaps)
    _log(copy, holder=holder, by=by, at=at)
    paper = render(Made(row=row, holder=holder, on=on, how=how, copy=copy))
    return _close(
        row, by=by, at=at, paper=paper, media=MEDIA[how], state=PARTLY if apart else GRANTED, answered_how=how, answer=said(words, most=1200),
        codes=sorted(set(codes)),
    )  # fmt: skip


@transaction.atomic
def hand_over_list(
    *, by: Viewer, at: datetime, right_id: UUID, words: str, fee_told_on: date | None, row_version: int, render: Render
) -> Done | Stale | Refused:  # fmt: skip
    """Answer with the accounting, or with the list of an intermediary, as a PDF that is kept as it was given. Raises NotVisible.

    The first list in twelve months is free; for another she is told of a fee before, so that she can take the request back
    (164.528(c)(2)).
    """
    row = to_answer(by=by, right_id=right_id, rights=LISTS)
    done = settled(row, row_version=row_version)
    if done is not None:
        return done
    if not known(row):
        return Refused(codes=("VERIFIED",))
    if fee_told_on is not None and (is_free(row) or fee_told_on > today_of(agency_of(by), at=at)):
        return Refused(codes=("FEE",))
    holder = agency_of(by)
    on = today_of(holder, at=row.received_at)
    statement = list_of(row, holder=holder, at=at)
    paper = render(Made(row=row, holder=holder, on=today_of(holder, at=at), how="PAPER", statement=statement))
    return _close(
        row, by=by, at=at, paper=paper, media="application/pdf", state=GRANTED, answered_how="PAPER", answer=said(words, most=1200),
        from_on=max(statement.from_on, row.from_on or statement.from_on), to_on=min(statement.to_on, row.to_on or on), fee_told_on=fee_told_on,
    )  # fmt: skip


def list_of(row: RightsRequest, *, holder: Agency, at: datetime) -> Statement:
    """The list that answers a request: the years before the day on which she asked, and of these the days that she asked for."""
    on = today_of(holder, at=row.received_at)
    return statement_of(holder=holder, identity_ids=[row.identity_id], right=row.right, on=on, at=at, from_on=row.from_on, to_on=row.to_on)


def is_free(row: RightsRequest) -> bool:
    """Whether it is the first accounting that this holder gives about this person within twelve months (164.528(c)(2)). One query."""
    since = add_months(start=row.received_at.date(), months=-12)
    earlier = RightsRequest.objects.filter(
        holder_id=row.holder_id, identity_id=row.identity_id, right=row.right, state=GRANTED, received_at__date__gt=since,
        received_at__lt=row.received_at,
    )  # fmt: skip
    return not earlier.exclude(pk=row.pk).exists()


def reads_pages(row: RightsRequest) -> bool:
    """Whether she asked on pages of her own, where a copy can be read."""
    return row.asked_by is not None


def handed_over(*, by: Viewer, right_id: UUID) -> tuple[RightsRequest, bytes]:
    """What was handed over, for the holder's keeper or for her. Raises NotVisible where it is hidden, absent, or nothing was made."""
    require(by)
    if by.kind is not PrincipalKind.PERSON and not by.can("PAPERS_KEEP"):
        raise NotVisible
    row: RightsRequest | None = RightsRequest.objects.filter(pk=right_id).first()
    mine = row is not None and (by.kind is PrincipalKind.PERSON or row.holder_id == by.holder_id)
    if row is None or not mine or row.sealed is None:
        raise NotVisible
    return row, unseal_upload(row.sealed, holder_id=row.holder_id, document_id=row.pk)


def _log(copy: Copy, *, holder: Agency, by: Viewer, at: datetime) -> None:
    """That the keeper took these parts out for her, which is her task, in the log (45 CFR 164.514(d))."""
    reads = replace(by, categories=None)
    with acting_as(reads):
        account(viewer=reads, place="rights:copy", rows=[line.record for line in copy.lines], at=at)


def _close(row: RightsRequest, *, by: Viewer, at: datetime, paper: bytes, media: str, state: str, **values: object) -> Done:
    digest = hashlib.sha256(paper).hexdigest()
    # What a holder keeps sealed has one shape; a file of text is sealed like a page.
    sealed = seal_upload(Upload(media_type=media, content=paper), holder_id=row.holder_id, document_id=row.pk)
    return close(
        row, by=by, at=at, state=state, detail={"how": str(values["answered_how"]), "paper": digest}, sealed=sealed, media_type=media, **values
    )  # fmt: skip
