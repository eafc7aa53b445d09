"""Makes and changes person records, identities and the family as the mother defines it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from careloom.infra.access import System, Viewer, acting_as, require, system
from careloom.infra.access.models import Principal
from careloom.infra.audit.actions import record
from careloom.people.joining import family_models, join
from careloom.people.models import FamilyMember, Identity, PersonPrincipal, PersonRecord

__all__ = [
    "PersonFacts", "add_subjects", "family_models", "join", "make_person_principal", "new_identity", "put_family_member", "put_names", "put_person",
    "search_key",
]  # fmt: skip


CORE, CHARTS = "posc.plan_core", frozenset({"hipaa.ob_record", "hipaa.newborn_record"})
# What no reader of a plan needs to know who somebody is.
NOT_NAMED = frozenset({"race_ethnicity", "tribe", "payer", "address", "record_number", "died_on"})


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """What is known of a person when a record is made or changed. `role`: MOTHER, INFANT, CHILD or ADULT.

    `record_number` is the number in the holder's own chart (a hospital's MRN), empty where there is none.
    """

    role: str
    given_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    pronouns: str = ""
    birth_date: date | None = None
    sex: str = ""
    race_ethnicity: list[str] = field(default_factory=list)
    tribe: str = ""
    language: str = "en"
    wants_interpreter: bool = False
    phone: str = ""
    address: str = ""
    county: str = ""
    payer: str = ""
    died_on: date | None = None
    mother_identity_id: UUID | None = None
    record_number: str = ""


def search_key(*names: str) -> str:
    """Names as the search compares them: lower case, without accents and signs that no keyboard types, one space between."""
    names = tuple("".join(" " if unicodedata.category(c) == "Cc" else c for c in name) for name in names)
    joined = " ".join(" ".join(names).split()).lower()
    return "".join(c for c in unicodedata.normalize("NFKD", joined) if not unicodedata.combining(c))[:320]


def new_identity(*, at: datetime) -> UUID:
    """Make an identity and return its id. Two records that may be one person get two; only the matching role joins them."""
    identity_id = uuid4()
    Identity.objects.bulk_create([Identity(id=identity_id, made_at=at)])
    return identity_id


@transaction.atomic
def put_person(
    *,
    by: Viewer,
    at: datetime,
    facts: PersonFacts,
    category: str,
    provenance: str = "originating",
    identity_id: UUID | None = None,
    source_system: str = "careloom",
    source_id: str | None = None,
) -> PersonRecord:
    """Make the holder's record of a person, or bring the one with the same source up to date. Idempotent on (source_system, source_id)."""
    require(by)
    source_id = source_id or str(uuid4())
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    values["search_key"] = search_key(facts.preferred_name, facts.given_name, facts.family_name)
    known = PersonRecord.objects.filter(holder_id=by.holder_id, source_system=source_system, source_id=source_id).first()
    if known is not None:
        changed = [name for name, value in values.items() if getattr(known, name) != value]
        if changed:
            for name in changed:
                setattr(known, name, values[name])
            known.changed_at = at
            known.save(update_fields=[*changed, "changed_at"])
            PersonRecord.objects.filter(holder_id=by.holder_id, source_system=source_system, source_id=_named_id(source_id)).update(
                **{name: values[name] for name in changed if name not in NOT_NAMED}, changed_at=at
            )
            record(by=by, at=at, action="people.record_changed", identity_id=known.identity_id, object_id=known.pk)
        return known
    person = PersonRecord(
        holder_id=by.holder_id,
        identity_id=identity_id or new_identity(at=at),
        category=category,
        provenance=provenance,
        source_system=source_system,
        source_id=source_id,
        made_at=at,
        changed_at=at,
        **values,
    )
    person.save()
    record(by=by, at=at, action="people.record_made", identity_id=person.identity_id, object_id=person.pk)
    return person


@transaction.atomic
def put_names(*, by: Viewer, at: datetime, identity_ids: Iterable[UUID]) -> None:
    """Keep who these people are, from the agency's own chart, under the plan's core: whom she lets read the plan can then call her by name.

    A chart opens to nobody with the plan; without this a service that she asked for would be sent to "a family". Only names, birth date,
    language and how to reach her; the rest stays in the chart, and a later change there changes this too. Doing it twice changes nothing.
    INVARIANT: only of a clinic's own chart. What a treatment program keeps of a person says that she is its patient (42 CFR 2.13(c)).
    """
    require(by)
    own = list(PersonRecord.objects.filter(holder_id=by.holder_id, identity_id__in=list(identity_ids)))
    named = {row.identity_id for row in own if row.category == CORE}
    for row in own:
        if row.category in CHARTS and row.identity_id not in named:
            known = {name: getattr(row, name) for name in PersonFacts.__dataclass_fields__ if name not in NOT_NAMED}
            put_person(
                by=by, at=at, facts=PersonFacts(**known), category=CORE, identity_id=row.identity_id, source_system=row.source_system,
                source_id=_named_id(row.source_id),
            )  # fmt: skip
            named.add(row.identity_id)


def _named_id(source_id: str) -> str:
    return f"{source_id[:114]}:names"


@transaction.atomic
def put_family_member(
    *,
    by: Viewer,
    at: datetime,
    identity_id: UUID,
    name: str,
    relation: str,
    kind: str = "OTHER",
    birth_date: date | None = None,
    lives_with_her: bool = False,
    contact: str = "THROUGH_HER",
    unsafe: bool = False,
    phone: str = "",
    strengths: str = "",
    needs: str = "",
    wants_services: str = "NOT_ASKED",
    member_id: UUID | None = None,
) -> FamilyMember:
    """Write down somebody of the family as the mother defines it (R-118). An unsafe person is kept where no plan consent reaches."""
    require(by)
    hidden = unsafe or contact == "DO_NOT_CONTACT"
    values = {
        "name": name, "relation": relation, "kind": kind, "birth_date": birth_date, "lives_with_her": lives_with_her,
        "contact": contact, "unsafe": unsafe, "phone": phone, "strengths": strengths, "needs": needs, "wants_services": wants_services,
    }  # fmt: skip
    category = "dv.victim_record" if hidden else "posc.plan_core"
    known = FamilyMember.objects.filter(pk=member_id, holder_id=by.holder_id).first() if member_id else None
    provenance = "originating" if by.holder_id != by.principal_id or by.worker_id else "self_reported"
    if known is not None and known.category == category:
        for key, value in values.items():
            setattr(known, key, value)
        known.save()
    else:
        # A person who becomes unsafe is written anew in the closed category; the old row ends, so that no open copy keeps the name alive.
        if known is not None:
            known.delete()
        known = FamilyMember(
            id=member_id or uuid4(), holder_id=by.holder_id, identity_id=identity_id, category=category, provenance=provenance, at=at, **values
        )
        known.save(force_insert=True)
    record(by=by, at=at, action="people.family_member_put", identity_id=identity_id, object_id=known.pk)
    return known


def make_person_principal(
    *, by: Viewer, at: datetime, identity_id: UUID, subject_ids: list[UUID], kind: str = "SELF", principal_id: UUID | None = None
) -> UUID:
    """Make a person a reader of her own records (42 CFR 2.23; 45 CFR 164.524) and return her principal id."""
    require(by)
    principal_id = principal_id or uuid4()
    Principal.objects.bulk_create([Principal(id=principal_id, kind="PERSON")])
    PersonPrincipal.objects.bulk_create([PersonPrincipal(id=principal_id, identity_id=identity_id, subject_ids=subject_ids, kind=kind, made_at=at)])
    record(by=by, at=at, action="people.principal_made", identity_id=identity_id, object_id=principal_id)
    return principal_id


def add_subjects(*, by: Viewer, at: datetime, identity_id: UUID, subject_ids: list[UUID]) -> None:
    """Let the mother (identity) open the records of her infants too."""
    with acting_as(system(System.GRANTS)):
        for principal in PersonPrincipal.objects.filter(identity_id=identity_id, kind="SELF", ended_at=None):
            merged = sorted({*principal.subject_ids, *subject_ids}, key=str)
            PersonPrincipal.objects.filter(pk=principal.pk).update(subject_ids=merged)
    record(by=by, at=at, action="people.subjects_added", identity_id=identity_id)
