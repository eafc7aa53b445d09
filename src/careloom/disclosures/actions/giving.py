"""Keeps what was given by hand or on paper, so that the accounting is whole, and what the law did not permit, so that she is told.

Source: 42 CFR 2.16(b), 2.25; 45 CFR 164.400 to 164.414, 164.528; R-206.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse

from careloom.agencies.models import Agency
from careloom.consents.actions.outcomes import require_keeper
from careloom.consents.turns import take_turn
from careloom.disclosures.keepers import end_of, keeper_of, tell_by
from careloom.disclosures.models import Breach, Given
from careloom.disclosures.models.trail import CATEGORY
from careloom.disclosures.weighing import Receiver, weigh
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.infra.documents.uploads import Upload, seal_upload
from careloom.kernel import disclosure
from careloom.kernel.clocks import local_day
from careloom.work.actions import meet_obligation, open_obligation

KIND = "BREACH_TOLD"
WAYS = ("PHONE", "FAX", "LETTER", "EMAIL", "IN_PERSON")
OUTCOMES = ("TOLD", "LOW_RISK", "NOT_ONE")


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """A disclosure that somebody made outside of the pages, as she notes it."""

    identity_id: UUID
    to_kind: str
    to_name: str
    to_address: str
    to_agency_id: UUID | None
    how: str
    categories: tuple[str, ...]
    purpose: str
    what: str
    papers: str
    facts: tuple[str, ...]
    given_at: datetime
    waits_until: date | None = None


@transaction.atomic
def note_given(*, by: Viewer, at: datetime, told: ByHand, request_key: str) -> Done | Refused:
    """Note a disclosure made by hand. The kernel is asked, and its answer is kept beside it; one that it denies is kept all the same and found.

    The caller has checked that `by` sees the person. Idempotent on `request_key`. Raises NotVisible for who reads no families.
    """
    require(by)
    if not by.can("FAMILY_READ") or by.holder_id is None:
        raise NotVisible
    take_turn([f"{by.holder_id}:{request_key}"])
    known = Given.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    codes = _gaps(told, at=at)
    if codes:
        return Refused(codes=codes)
    own = Agency.objects.get(pk=by.holder_id)
    to = Receiver(actor=disclosure.Actor(told.to_kind), name=told.to_name, agency_id=told.to_agency_id)
    # INVARIANT: an answer of the kernel says that the part is held here. Who does not open it hears none; its keeper of papers looks into it.
    weighed = [category for category in told.categories if by.may_open(category) or by.can("PAPERS_KEEP")]
    answers = weigh(holder=own, identity_id=told.identity_id, categories=weighed, to=to, purpose=told.purpose, facts=told.facts, at=told.given_at)
    # What the agency does not have in its records here, the kernel cannot weigh: nobody may say of it that it was permitted.
    unknown = sorted(set(told.categories) - {answer.category for answer in answers})
    permitted = bool(answers) and not unknown and all(answer.permitted for answer in answers)
    given = Given(
        id=uuid4(), holder_id=own.pk, identity_id=told.identity_id, category=CATEGORY, to_agency_id=told.to_agency_id, to_kind=told.to_kind,
        to_name=said(told.to_name, most=160), to_address=said(told.to_address, most=200), how=told.how, categories=sorted(set(told.categories)),
        purpose=told.purpose, what=said(told.what, most=600), papers=said(told.papers, most=400), permitted=permitted,
        basis=list(dict.fromkeys(cited for answer in answers for cited in answer.basis)),
        reasons=list(dict.fromkeys([*(code for a in answers if not a.permitted for code in a.codes), *(["NOT_IN_RECORDS"] if unknown else [])]))[:20],
        obligations=sorted({duty for answer in answers if answer.permitted for duty in answer.duties}),
        instrument_id=next((answer.instrument_id for answer in answers if answer.instrument_id), None),
        review_needed=any(answer.review_needed for answer in answers), given_at=told.given_at, noted_at=at, worker_id=by.worker_id,
        waits_until=told.waits_until, request_key=request_key,
    )  # fmt: skip
    keep_given(by=by, at=at, given=given, paper=None)
    if not permitted:
        _begin_breach(given, holder=own, by=by, at=at)
    return Done(row_id=given.pk)


def keep_given(*, by: Viewer, at: datetime, given: Given, paper: bytes | None) -> None:
    """Write a row of the accounting and, in the sealed log, a digest of what it says: a row that is changed later no longer fits it."""
    if paper is not None:
        given.sealed = seal_upload(Upload(media_type="application/pdf", content=paper), holder_id=given.holder_id, document_id=given.pk)
    given.save()
    detail: dict[str, object] = {
        "categories": list(given.categories), "how": given.how, "permitted": given.permitted, "digest": digest_of(given),
        "paper": hashlib.sha256(paper).hexdigest() if paper is not None else "",
    }  # fmt: skip
    record(by=by, at=at, action="disclosures.given", identity_id=given.identity_id, object_id=given.pk, detail=detail)


def digest_of(given: Given) -> str:
    """SHA-256 of what a row of the accounting says, in one order of its fields. The identity may change when two people are found to be one."""
    told = [
        str(given.to_agency_id or ""), given.to_kind, given.to_name, given.to_address, given.how, sorted(given.categories), given.purpose,
        given.what, given.papers, given.permitted, list(given.basis), list(given.reasons), given.given_at.isoformat(), str(given.holder_id),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def close_breach(*, by: Viewer, at: datetime, given_id: UUID, outcome: str, told_on: date | None, note: str) -> Done | Refused:
    """Keep how a disclosure that was not permitted was assessed (45 CFR 164.402(2)), or that she was told (164.404). Twice is once.

    Raises NotVisible for who keeps no papers and for another agency's row.
    """
    require_keeper(by)
    row = Breach.objects.filter(given_id=given_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    if row.closed_at is not None:
        return Done(row_id=row.pk)
    wrong = {
        "OUTCOME": outcome not in OUTCOMES, "TOLD_ON": outcome == "TOLD" and told_on is None, "NOTE": outcome != "TOLD" and len(note.strip()) < 20,
        "TOLD_LATER": told_on is not None and told_on > local_day(at=at, zone=Agency.objects.get(pk=by.holder_id).zone),
    }  # fmt: skip
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    values = {"outcome": outcome, "told_on": told_on, "note": said(note, most=600), "closed_at": at, "closed_by": by.worker_id}
    Breach.objects.filter(pk=row.pk, closed_at=None).update(**values)
    meet_obligation(by=by, at=at, about_id=given_id, kind=KIND)
    record(by=by, at=at, action="disclosures.breach_closed", identity_id=row.identity_id, object_id=given_id, detail={"outcome": outcome})
    return Done(row_id=row.pk)


def _gaps(told: ByHand, *, at: datetime) -> tuple[str, ...]:
    wrong = {
        "CATEGORIES": not told.categories or not set(told.categories) <= set(disclosure.Category),
        "PURPOSE": told.purpose not in set(disclosure.Purpose),
        "TO_KIND": told.to_kind not in set(disclosure.Actor),
        "TO_NAME": len(told.to_name.strip()) < 2,
        "HOW": told.how not in WAYS,
        "WHAT": len(told.what.strip()) < 8,
        "GIVEN_LATER": told.given_at > at,
    }
    return tuple(code for code, is_wrong in wrong.items() if is_wrong)


def _begin_breach(given: Given, *, holder: Agency, by: Viewer, at: datetime) -> None:
    """INVARIANT: the clock begins on the day on which a worker knew of it, which is the day she wrote it down (45 CFR 164.404(a)(2))."""
    found_on = local_day(at=at, zone=holder.zone)
    Breach(
        id=uuid4(), holder_id=holder.pk, identity_id=given.identity_id, category=CATEGORY, given_id=given.pk, found_on=found_on,
        tell_by=tell_by(found_on),
    ).save()  # fmt: skip
    open_obligation(
        by=by, at=at, holder_id=holder.pk, kind=KIND, family_id=given.identity_id, identity_id=given.identity_id,
        link=reverse("disclosures:given", args=[given.pk]), request_key=f"breach:{given.pk}", worker_id=keeper_of(agency_id=holder.pk, at=at),
        due_at=end_of(tell_by(found_on), agency=holder), promised=True, about_id=given.pk, about_kind="GIVEN",
    )  # fmt: skip
