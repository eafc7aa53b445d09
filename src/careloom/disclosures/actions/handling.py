"""A holder checks a request, releases what the law permits, or answers neither yes nor no. Source: workflows 6.16; 45 CFR 164.514(d), (h)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from careloom.agencies.models import Agency
from careloom.consents.actions.outcomes import require_keeper
from careloom.consents.turns import take_turn
from careloom.disclosures.actions.asking import KIND
from careloom.disclosures.actions.giving import keep_given
from careloom.disclosures.content import Line, chosen, lines_of
from careloom.disclosures.facts import FACTS
from careloom.disclosures.models import AskedRecord, Given, RecordRequest
from careloom.disclosures.models.request import CHECKED, DENIED, OPEN, RELEASED
from careloom.disclosures.models.trail import CATEGORY
from careloom.disclosures.weighing import Answer, Receiver, weigh
from careloom.infra.access import NotVisible, System, Viewer, acting_as, system
from careloom.infra.access.accounting import account
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel import disclosure
from careloom.people.models import PersonRecord
from careloom.work.actions import meet_obligation

# What the paper itself or this release does; everything else a person does and says so.
BY_THE_PAPER = frozenset({"NOTICE_2_32", "CONSENT_COPY_OR_SCOPE", "PROCEEDINGS_BAR", "NO_REDISCLOSURE", "LIMIT_PURPOSE"})
BY_THE_BOOK = frozenset({"ACCOUNT_2_25", "ACCOUNT_164_528", "RESTRICTION_CHECK"})
BY_THE_CHECK = frozenset({"VERIFY_164_514H"})
DONE_HERE = BY_THE_PAPER | BY_THE_BOOK | BY_THE_CHECK
PLACE = "disclosures:release"


@dataclass(frozen=True, kw_only=True)
class Checked:
    """How a request was checked: what is confirmed, which parts may go, of which days, and how identity and authority were verified."""

    facts: tuple[str, ...]
    ways: tuple[str, ...]
    from_on: date | None
    to_on: date | None
    identity_checked: str
    authority_checked: str


@dataclass(frozen=True, kw_only=True)
class Release:
    """What leaves: the request, the kernel's permits, the lines, and what goes with them. A renderer makes the paper of it."""

    request: RecordRequest
    holder: Agency
    answers: tuple[Answer, ...]
    lines: tuple[Line, ...]
    at: datetime


def receiver_of(row: RecordRequest) -> Receiver:
    """Who would receive."""
    return Receiver(actor=disclosure.Actor(row.asker_kind), name=row.asker_name, agency_id=row.asker_agency_id)


def answers_of(row: RecordRequest, *, holder: Agency, facts: Collection[str], at: datetime) -> list[Answer]:
    """What the kernel says of each part that was asked for and that this holder has."""
    return weigh(
        holder=holder, identity_id=row.identity_id, categories=row.categories, to=receiver_of(row), purpose=row.purpose, facts=facts, at=at
    )  # fmt: skip


def duties_of(answers: Collection[Answer]) -> tuple[str, ...]:
    """Every duty of these permits, in the order of the law's own list."""
    owed = {duty for answer in answers for duty in answer.duties}
    return tuple(duty.value for duty in disclosure.Obligation if duty.value in owed)


@transaction.atomic
def link_person(*, by: Viewer, at: datetime, request_id: UUID, identity_id: UUID, row_version: int) -> Done | Stale | Refused:
    """Say which person of the agency's own records is meant. Raises NotVisible as `_open` does."""
    row = _open(by=by, request_id=request_id)
    own = replace(by, categories=None)
    with acting_as(own):
        known = PersonRecord.objects.filter(identity_id=identity_id, holder_id=by.holder_id).exists()
    if not known:
        return Refused(codes=("PERSON",))
    if not _change(row, row_version=row_version, identity_id=identity_id, ways=[], state="REQUESTED"):
        return Stale(current=_again(row))
    record(by=by, at=at, action="disclosures.person_linked", identity_id=identity_id, object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def check_request(*, by: Viewer, at: datetime, request_id: UUID, checked: Checked, row_version: int) -> Done | Stale | Refused:
    """Keep how a request was checked. The kernel is asked again at the release. Raises NotVisible as `_open` does."""
    row = _open(by=by, request_id=request_id)
    if not set(checked.facts) <= set(FACTS):
        return Refused(codes=("FACTS",))
    if checked.from_on and checked.to_on and checked.to_on < checked.from_on:
        return Refused(codes=("DAYS",))
    permitted = {a.way for a in answers_of(row, holder=_agency(by), facts=checked.facts, at=at) if a.permitted}
    if not _change(
        row, row_version=row_version, state=CHECKED, facts=list(checked.facts), ways=[way for way in checked.ways if way in permitted],
        from_on=checked.from_on, to_on=checked.to_on, identity_checked=said(checked.identity_checked, most=200),
        authority_checked=said(checked.authority_checked, most=200), checked_at=at, checked_by=by.worker_id,
    ):  # fmt: skip
        return Stale(current=_again(row))
    record(
        by=by, at=at, action="disclosures.checked", identity_id=row.identity_id, object_id=row.pk, detail={"permitted": sorted(permitted)},
    )  # fmt: skip
    return Done(row_id=row.pk)


@transaction.atomic
def release_request(
    *, by: Viewer, at: datetime, request_id: UUID, met: Collection[str], row_version: int, waits_until: date | None,
    render: Callable[[Release], bytes],
) -> Done | Stale | Refused:  # fmt: skip
    """Release what was chosen, if the kernel permits every part of it now and every duty is met. `render` makes the paper, which is kept sealed.

    Releasing twice makes one paper. Raises NotVisible as `_open` does, except that a released request answers Done.
    """
    require_keeper(by)
    take_turn([f"{by.holder_id}:release:{request_id}"])
    row = RecordRequest.objects.filter(pk=request_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    if row.state == RELEASED and row.given_id:
        return Done(row_id=row.given_id)
    if row.row_version != row_version:
        return Stale(current=row)
    holder = _agency(by)
    answers = [a for a in answers_of(row, holder=holder, facts=row.facts, at=at) if a.way in row.ways]
    gaps = _gaps(row, answers, met=met)
    if gaps:
        return Refused(codes=gaps)
    lines = _lines(by=by, row=row, answers=answers, at=at)
    if not lines:
        return Refused(codes=("EMPTY",))
    given = _given(row, holder=holder, answers=answers, by=by, at=at, waits_until=waits_until)
    paper = render(Release(request=row, holder=holder, answers=tuple(answers), lines=tuple(lines), at=at))
    keep_given(by=by, at=at, given=given, paper=paper)
    closed = _change(row, row_version=row_version, state=RELEASED, given_id=given.pk, answered_at=at, answered_by=by.worker_id)
    if not closed:
        raise RuntimeError("A request was changed while its turn was held.")
    if row.asked_id and row.asker_agency_id:
        with acting_as(system(System.JOB, holder_id=row.asker_agency_id)):
            AskedRecord.objects.filter(pk=row.asked_id, holder_id=row.asker_agency_id).update(given_id=given.pk, given_at=at)
    meet_obligation(by=by, at=at, about_id=row.pk, kind=KIND)
    return Done(row_id=given.pk)


@transaction.atomic
def deny_request(*, by: Viewer, at: datetime, request_id: UUID, codes: Collection[str], note: str, row_version: int) -> Done | Stale | Refused:
    """Answer neither yes nor no: the reasons stay here. Who asked in Careloom sees no change at all (42 CFR 2.13(c)). Raises NotVisible."""
    row = _open(by=by, request_id=request_id)
    if not codes:
        return Refused(codes=("REASON",))
    kept = list(dict.fromkeys(code[:60] for code in codes))[:20]
    if not _change(
        row, row_version=row_version, state=DENIED, denied_codes=kept, note=said(note, most=600), answered_at=at, answered_by=by.worker_id
    ):
        return Stale(current=_again(row))
    meet_obligation(by=by, at=at, about_id=row.pk, kind=KIND)
    record(by=by, at=at, action="disclosures.denied", identity_id=row.identity_id, object_id=row.pk, detail={"codes": kept})
    return Done(row_id=row.pk)


def _open(*, by: Viewer, request_id: UUID) -> RecordRequest:
    """An open request of the agency of `by`. Raises NotVisible where it is hidden, absent or answered already."""
    require_keeper(by)
    row: RecordRequest | None = RecordRequest.objects.filter(pk=request_id, holder_id=by.holder_id, state__in=OPEN).first()
    if row is None:
        raise NotVisible
    return row


def _agency(by: Viewer) -> Agency:
    found: Agency = Agency.objects.get(pk=by.holder_id)
    return found


def _again(row: RecordRequest) -> RecordRequest:
    found: RecordRequest = RecordRequest.objects.get(pk=row.pk)
    return found


def _change(row: RecordRequest, *, row_version: int, **values: object) -> bool:
    mine = RecordRequest.objects.filter(pk=row.pk, row_version=row_version, state__in=OPEN)
    return bool(mine.update(row_version=F("row_version") + 1, **values))


def _gaps(row: RecordRequest, answers: list[Answer], *, met: Collection[str]) -> tuple[str, ...]:
    """What stands in the way of a release. INVARIANT: every duty of every permit is met, by the paper, by the book, or by somebody's word."""
    codes = [] if row.state == CHECKED else ["NOT_CHECKED"]
    if not row.ways or {a.way for a in answers if a.permitted} != set(row.ways):
        codes.append("NOT_PERMITTED")
    if len(row.identity_checked) < 3 or len(row.authority_checked) < 3:
        codes.append("VERIFY_164_514H")
    return (*codes, *(duty for duty in duties_of(answers) if duty not in DONE_HERE and duty not in met))


def _lines(*, by: Viewer, row: RecordRequest, answers: list[Answer], at: datetime) -> list[Line]:
    """The lines that leave. The keeper reads these parts for this release, which is her task, and it is logged (45 CFR 164.514(d))."""
    reads = replace(by, categories=frozenset(answer.category for answer in answers))
    with acting_as(reads):
        found = lines_of(viewer=reads, identity_id=row.identity_id, holders=[row.holder_id])
        lines = chosen(found, ways=row.ways, from_on=row.from_on, to_on=row.to_on)
        account(viewer=reads, place=PLACE, rows=[line.record for line in lines], at=at)
    return lines


def _given(row: RecordRequest, *, holder: Agency, answers: list[Answer], by: Viewer, at: datetime, waits_until: date | None) -> Given:
    return Given(
        id=uuid4(), holder_id=holder.pk, identity_id=row.identity_id, category=CATEGORY, to_agency_id=row.asker_agency_id, to_kind=row.asker_kind,
        to_name=row.asker_name, to_address=row.asker_contact, how="RELEASE", categories=sorted({a.category for a in answers}), purpose=row.purpose,
        what=row.why, papers=row.papers, permitted=True, basis=list(dict.fromkeys(cited for a in answers for cited in a.basis)),
        obligations=list(duties_of(answers)), instrument_id=next((a.instrument_id for a in answers if a.instrument_id), None),
        review_needed=any(a.review_needed for a in answers), given_at=at, noted_at=at, worker_id=by.worker_id, about_request_id=row.pk,
        waits_until=waits_until, request_key=f"release:{row.pk}",
    )  # fmt: skip
