"""A worker asks a holder for records, and a holder writes down who asked from outside. Source: workflows 6.16; 42 CFR 2.13(c)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse

from careloom.agencies.models import Agency
from careloom.consents.actions.outcomes import require_keeper
from careloom.consents.turns import take_turn
from careloom.disclosures.keepers import answer_by, end_of, keeper_of
from careloom.disclosures.models import AskedRecord, RecordRequest
from careloom.disclosures.models.trail import CATEGORY
from careloom.infra.access import NotVisible, System, Viewer, acting_as, require, system
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.models import PersonRecord
from careloom.work.actions import open_obligation

KIND = "RECORDS_ASKED"
LEAST_LETTERS = 8  # of a reason that says something


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a worker asks a holder for. `papers` names what goes with it: a consent, an order."""

    identity_id: UUID
    asked_agency_id: UUID
    categories: tuple[str, ...]
    purpose: str
    why: str
    papers: str = ""


@dataclass(frozen=True, kw_only=True)
class FromOutside:
    """A request that came by letter, fax, telephone or in person, as the holder writes it down. `identity_id` is None for a stranger."""

    identity_id: UUID | None
    about_name: str
    about_born_on: date | None
    asker_kind: str
    asker_name: str
    asker_contact: str
    categories: tuple[str, ...]
    purpose: str
    why: str
    papers: str
    came_by: str
    received_at: datetime


@transaction.atomic
def ask_holder(*, by: Viewer, at: datetime, question: Question, person: PersonRecord, request_key: str) -> Done | Refused:
    """Ask one agency for parts of what it may have about a person whom `by` sees. `person` is the record of her that `by` sees.

    INVARIANT: the same statements run whether that agency holds something or not, and nothing is looked up there: what it has is its own
    answer to give. Idempotent on `request_key`. Raises NotVisible where `by` reads no families.
    """
    require(by)
    if not by.can("FAMILY_READ") or by.worker_id is None or by.holder_id is None or person.identity_id != question.identity_id:
        raise NotVisible
    take_turn([f"{by.holder_id}:{request_key}"])
    known = AskedRecord.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    agencies = {agency.pk: agency for agency in Agency.objects.filter(pk__in=[by.holder_id, question.asked_agency_id], active=True)}
    holder, own = agencies.get(question.asked_agency_id), agencies.get(by.holder_id)
    codes = _gaps(categories=question.categories, purpose=question.purpose, why=question.why)
    if holder is None or own is None or holder.pk == own.pk:
        return Refused(codes=("HOLDER", *codes))
    if codes:
        return Refused(codes=codes)
    last, why = answer_by(agency=holder, at=at), said(question.why, most=600)
    asked = AskedRecord(
        id=uuid4(), holder_id=own.pk, identity_id=question.identity_id, category=CATEGORY, asked_agency_id=holder.pk, worker_id=by.worker_id,
        categories=list(question.categories), purpose=question.purpose, why=why, asked_at=at, answer_by=last, request_key=request_key,
    )  # fmt: skip
    asked.save()
    request = RecordRequest(
        id=uuid4(), holder_id=holder.pk, identity_id=question.identity_id, category=CATEGORY, asker_agency_id=own.pk, asked_id=asked.pk,
        asker_kind=AgencyKind(own.kind).org_type, asker_name=own.name_outside, asker_contact=own.phone,
        about_name=f"{person.given_name or person.preferred_name} {person.family_name}".strip(), about_born_on=person.birth_date,
        categories=list(question.categories), purpose=question.purpose, why=why, came_by="CARELOOM", papers=said(question.papers, most=400),
        received_at=at, answer_by=last, request_key=f"asked:{asked.pk}",
    )  # fmt: skip
    with acting_as(system(System.JOB, holder_id=holder.pk)):
        request.save()
    _owe(request, holder=holder, by=by, at=at)
    record(
        by=by, at=at, action="disclosures.asked", identity_id=question.identity_id, object_id=asked.pk, detail={"categories": list(asked.categories)}
    )  # fmt: skip
    return Done(row_id=asked.pk)


@transaction.atomic
def note_request(*, by: Viewer, at: datetime, told: FromOutside, request_key: str) -> Done | Refused:
    """Write down a request that came from outside. Raises NotVisible for who keeps no papers, or for a person of whom the agency has no record.

    Idempotent on `request_key`.
    """
    require_keeper(by)
    take_turn([f"{by.holder_id}:{request_key}"])
    known = RecordRequest.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    own = Agency.objects.get(pk=by.holder_id)
    codes = _gaps(categories=told.categories, purpose=told.purpose, why=told.why)
    codes += tuple(name.upper() for name in ("about_name", "asker_name") if len(getattr(told, name).strip()) < 2)
    codes += () if told.asker_kind in set(disclosure.Actor) else ("ASKER_KIND",)
    if codes or told.received_at > at:
        return Refused(codes=(*codes, *(("RECEIVED_LATER",) if told.received_at > at else ())))
    new_id = uuid4()
    row = RecordRequest(
        # About somebody whom the agency does not know: an id that is nobody's, so that the row is found by no family.
        id=new_id, holder_id=own.pk, identity_id=told.identity_id or new_id, category=CATEGORY, asker_kind=told.asker_kind,
        asker_name=said(told.asker_name, most=160), asker_contact=said(told.asker_contact, most=200), about_name=said(told.about_name, most=200),
        about_born_on=told.about_born_on, categories=list(told.categories), purpose=told.purpose, why=said(told.why, most=600),
        came_by=told.came_by, papers=said(told.papers, most=400), received_at=told.received_at, answer_by=answer_by(agency=own, at=told.received_at),
        request_key=request_key,
    )  # fmt: skip
    row.save()
    _owe(row, holder=own, by=by, at=at)
    record(by=by, at=at, action="disclosures.request_noted", identity_id=told.identity_id, object_id=row.pk, detail={"came_by": row.came_by})
    return Done(row_id=row.pk)


def _gaps(*, categories: tuple[str, ...], purpose: str, why: str) -> tuple[str, ...]:
    known = {category.value for category in disclosure.Category}
    wrong = {
        "CATEGORIES": not categories or not set(categories) <= known, "PURPOSE": purpose not in set(disclosure.Purpose),
        "WHY": len(why.strip()) < LEAST_LETTERS,
    }  # fmt: skip
    return tuple(code for code, is_wrong in wrong.items() if is_wrong)


def _owe(row: RecordRequest, *, holder: Agency, by: Viewer, at: datetime) -> None:
    open_obligation(
        by=by, at=at, holder_id=holder.pk, kind=KIND, family_id=row.identity_id, identity_id=row.identity_id,
        link=reverse("disclosures:request", args=[row.pk]), request_key=f"records-asked:{row.pk}",
        worker_id=keeper_of(agency_id=holder.pk, at=at), due_at=end_of(row.answer_by, agency=holder), promised=True,
        about_id=row.pk, about_kind="REQUEST",
    )  # fmt: skip
