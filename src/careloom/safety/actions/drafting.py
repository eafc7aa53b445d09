"""The draft of an assessment: who is in it, who was seen, and what was found. Each part is saved by itself, so two workers meet only in one part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import transaction

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.safety.actions.rows import CASE, change, own_assessment
from careloom.safety.actions.starting import met_when_seen
from careloom.safety.clocks import today
from careloom.safety.instruments import instrument_of
from careloom.safety.models import AssessedPerson, Finding, SafetyAssessment


@dataclass(frozen=True, kw_only=True)
class Person:
    """A child or an adult as the worker writes her or him down."""

    kind: str
    name: str
    relation: str = ""
    born_on: date | None = None
    cares: bool = False
    at_home: bool = False
    seen_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the form says about one item."""

    item: str
    answer: str = ""
    picked: tuple[str, ...] = ()
    evidence: str = ""
    source: str = ""
    seen_on: date | None = None
    child_ids: tuple[UUID, ...] = ()
    by_ids: tuple[UUID, ...] = ()


def mark_of(rows: Iterable[Finding]) -> str:
    """What stands in some findings, as twelve digits: a form that was opened before somebody else wrote carries another mark."""
    told = sorted(
        f"{r.item}|{r.answer}|{sorted(r.picked)}|{r.evidence}|{r.source}|{r.seen_on}|{sorted(map(str, r.child_ids))}|{sorted(map(str, r.by_ids))}"
        for r in rows
    )
    return sha256("\n".join(told).encode()).hexdigest()[:12]


@transaction.atomic
def put_person(*, by: Viewer, at: datetime, assessment_id: UUID, person: Person, request_key: str, person_id: UUID | None = None) -> Done | Refused:
    """Add somebody to the assessment, or correct who is in it; with a day, she or he was seen face to face. Idempotent. Raises NotVisible."""
    row = own_assessment(assessment_id, by=by)
    codes = _wrong(row, person, at=at)
    if codes:
        return Refused(codes=codes)
    known = AssessedPerson.objects.filter(assessment_id=row.pk, **({"pk": person_id} if person_id else {"request_key": request_key})).first()
    if person_id is not None and known is None:
        raise NotVisible
    mine = known or AssessedPerson(
        id=uuid4(), holder_id=row.holder_id, identity_id=row.identity_id, category=CASE, assessment_id=row.pk, request_key=request_key,
        place=AssessedPerson.objects.filter(assessment_id=row.pk).count(),
    )  # fmt: skip
    if known is None or mine.seen_on != person.seen_on:
        mine.seen_by = by.worker_id if person.seen_on else None
    mine.kind, mine.name, mine.relation = (known.kind if known else person.kind), said(person.name, most=120), said(person.relation, most=80)
    mine.born_on, mine.seen_on, mine.at_home = person.born_on, person.seen_on, person.at_home and mine.kind == "ADULT"
    mine.cares = person.cares and mine.kind == "ADULT"
    mine.save()
    change(row, by=by, at=at, step="person_put")
    met_when_seen(row, by=by, at=at)
    return Done(row_id=mine.pk)


@transaction.atomic
def take_out_person(*, by: Viewer, at: datetime, assessment_id: UUID, person_id: UUID) -> Done | Refused:
    """Take somebody who does not belong there out of an open assessment, with what was found about her or him. Raises NotVisible."""
    row = own_assessment(assessment_id, by=by)
    if not row.is_open:
        return Refused(codes=("LOCKED",))
    mine = AssessedPerson.objects.filter(assessment_id=row.pk, pk=person_id)
    if not mine.exists():
        raise NotVisible
    named = Finding.objects.filter(assessment_id=row.pk, person_id=None)
    if any(person_id in {*finding.child_ids, *finding.by_ids} for finding in named):
        return Refused(codes=("NAMED_IN_C",))
    Finding.objects.filter(assessment_id=row.pk, person_id=person_id).delete()
    mine.delete()
    return change(row, by=by, at=at, step="person_out")


@transaction.atomic
def put_findings(*, by: Viewer, at: datetime, assessment_id: UUID, person_id: UUID | None, told: Sequence[Said], mark: str) -> Done | Stale | Refused:
    """Save one part as it stands: of a child, of an adult, or the safety factors (no person). A draft may be half empty.

    Stale when somebody wrote this part since the form was opened; nothing is then written over. Raises NotVisible.
    """
    row = own_assessment(assessment_id, by=by)
    if not row.is_open:
        return Refused(codes=("LOCKED",))
    people = {p.pk: p for p in AssessedPerson.objects.filter(assessment_id=row.pk)}
    if person_id is not None and person_id not in people:
        raise NotVisible
    instrument = instrument_of(pack=row.pack, key=row.instrument)
    apart = {item.id: item.apart for item in instrument.factors}
    part = "C." if person_id is None else "A." if people[person_id].kind == "CHILD" else "B."
    wanted = {one.id for one in (*instrument.domains, *instrument.capacities, *instrument.factors) if one.id.startswith(part)}
    before = list(Finding.objects.filter(assessment_id=row.pk, person_id=person_id))
    after = [_finding(row, one, by=by, at=at, person_id=person_id, people=people, apart=apart) for one in told if one.item in wanted]
    after = [finding for finding in after if _says_something(finding)]
    if mark_of(before) == mark_of(after):
        return Done(row_id=row.pk)
    if mark_of(before) != mark:
        return Stale(current=before)
    Finding.objects.filter(pk__in=[finding.pk for finding in before]).delete()
    Finding.objects.bulk_create(after)
    # The decision is about all parts, so whoever decides with an older page in hand is told.
    return change(row, by=by, at=at, step="findings_put")


def _finding(
    row: SafetyAssessment, one: Said, *, by: Viewer, at: datetime, person_id: UUID | None, people: dict[UUID, AssessedPerson], apart: dict[str, str]
) -> Finding:
    return Finding(
        id=uuid4(), holder_id=row.holder_id, identity_id=row.identity_id, category=apart.get(one.item) or CASE, assessment_id=row.pk, item=one.item,
        person_id=person_id, answer=one.answer, picked=sorted(one.picked), evidence=said(one.evidence, most=1000), source=said(one.source, most=200),
        seen_on=one.seen_on, child_ids=[pk for pk in one.child_ids if pk in people and people[pk].kind == "CHILD"],
        by_ids=[pk for pk in one.by_ids if pk in people and people[pk].kind == "ADULT"], written_at=at, written_by=by.worker_id,
    )  # fmt: skip


def _says_something(finding: Finding) -> bool:
    return bool(finding.answer or finding.picked or finding.evidence or finding.source or finding.seen_on or finding.child_ids or finding.by_ids)


def _wrong(row: SafetyAssessment, person: Person, *, at: datetime) -> tuple[str, ...]:
    day = today(pack=row.pack, at=at)
    wrong = {
        "LOCKED": not row.is_open,
        "NAME": len(person.name.strip()) < 1,
        "SEEN_LATER": person.seen_on is not None and person.seen_on > day,
        "BORN_LATER": person.born_on is not None and person.born_on > day,
    }
    return tuple(code for code, is_wrong in wrong.items() if is_wrong)
