"""Writes clinical facts for a holder. Putting the same source again changes only what the source changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import transaction

from careloom.health.models import Birth, Exposure, Pregnancy, SourcedRecord
from careloom.infra.access import Viewer, require
from careloom.infra.audit.actions import record

Row = TypeVar("Row", bound=SourcedRecord)
KEYS = ("source_system", "source_type", "source_id")
NEVER_CHANGED = {"id", "holder_id", "identity_id", "recorded_at", *KEYS}


@dataclass(frozen=True, kw_only=True)
class Put:
    """How many rows were new, how many changed, how many were already so."""

    added: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Put) -> Put:
        return Put(added=self.added + other.added, changed=self.changed + other.changed, same=self.same + other.same)


@transaction.atomic
def put_facts(*, by: Viewer, rows: Sequence[Row]) -> Put:
    """Put clinical facts of one kind, made with `holder_id` of `by`. Idempotent on (source_system, source_type, source_id)."""
    require(by)
    if not rows:
        return Put()
    model: Any = type(rows[0])
    names = [f.attname for f in model._meta.concrete_fields if f.attname not in NEVER_CHANGED]
    stored = model.objects.filter(holder_id=by.holder_id, source_id__in=[r.source_id for r in rows])
    known = {tuple(getattr(r, key) for key in KEYS): r for r in stored}
    new, changed = [], []
    for row in {tuple(getattr(r, key) for key in KEYS): r for r in rows}.values():
        there = known.get(tuple(getattr(row, key) for key in KEYS))
        if there is None:
            new.append(row)
        elif any(getattr(there, name) != getattr(row, name) for name in names):
            for name in names:
                setattr(there, name, getattr(row, name))
            changed.append(there)
    model.objects.bulk_create(new)
    if changed:
        model.objects.bulk_update(changed, names)
    return Put(added=len(new), changed=len(changed), same=len(known) - len(changed))


@transaction.atomic
def put_pregnancy(
    *,
    by: Viewer,
    at: datetime,
    identity_id: UUID,
    due_on: date | None = None,
    starts_on: date | None = None,
    care_began_on: date | None = None,
    category: str = "hipaa.ob_record",
    source_id: str | None = None,
) -> Pregnancy:
    """Write down a pregnancy that is told rather than imported; the same source id gives the same row."""
    require(by)
    source_id = source_id or str(uuid4())
    row = Pregnancy(
        holder_id=by.holder_id, identity_id=identity_id, category=category, source_id=source_id, recorded_at=at,
        due_on=due_on, starts_on=starts_on, care_began_on=care_began_on,
    )  # fmt: skip
    put_facts(by=by, rows=[row])
    record(by=by, at=at, action="health.pregnancy_put", identity_id=identity_id)
    return Pregnancy.objects.get(holder_id=by.holder_id, source_system="careloom", source_type="careloom", source_id=source_id)


@dataclass(frozen=True, kw_only=True)
class BirthFacts:
    """What is known of one birth. Weight in grams; gestation in completed weeks and days."""

    born_at: datetime
    order: int = 1
    plurality: int = 1
    gestation_weeks: int | None = None
    gestation_days: int = 0
    weight_g: int | None = None
    sex: str = ""
    nicu: bool = False
    withdrawal: str = "NONE"
    withdrawal_method: str = ""
    fasd_signs: bool = False
    goes_home_with: str = "MOTHER"
    discharged_on: date | None = None


@transaction.atomic
def put_birth(
    *,
    by: Viewer,
    at: datetime,
    infant_id: UUID,
    mother_id: UUID,
    facts: BirthFacts,
    pregnancy_id: UUID | None = None,
    source_system: str = "careloom",
    source_type: str = "careloom",
    source_id: str | None = None,
) -> Birth:
    """Write down the birth of an infant (identity) in the chart of the hospital of `by`."""
    require(by)
    source_id = source_id or str(uuid4())
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    row = Birth(
        holder_id=by.holder_id, identity_id=infant_id, category="hipaa.newborn_record", mother_identity_id=mother_id,
        pregnancy_id=pregnancy_id, source_system=source_system, source_type=source_type, source_id=source_id, recorded_at=at, **values,
    )  # fmt: skip
    put_facts(by=by, rows=[row])
    record(by=by, at=at, action="health.birth_put", identity_id=infant_id)
    return Birth.objects.get(holder_id=by.holder_id, source_system=source_system, source_type=source_type, source_id=source_id)


@transaction.atomic
def put_exposure(
    *,
    by: Viewer,
    at: datetime,
    identity_id: UUID,
    substance: str,
    prescribed: str = "UNSURE",
    as_prescribed: str = "UNSURE",
    trimesters: list[int] | None = None,
    known_from: list[str] | None = None,
    detail: str = "",
    category: str = "hipaa.ob_record",
    source_id: str | None = None,
) -> Exposure:
    """Write down an exposure before birth, on the mother's identity. `substance` is a code of kernel.notification.Substance."""
    require(by)
    source_id = source_id or f"{identity_id}-{substance}"
    row = Exposure(
        holder_id=by.holder_id, identity_id=identity_id, category=category, source_id=source_id, recorded_at=at, substance=substance,
        detail=detail, prescribed=prescribed, as_prescribed=as_prescribed, trimesters=trimesters or [], known_from=known_from or [],
    )  # fmt: skip
    put_facts(by=by, rows=[row])
    record(by=by, at=at, action="health.exposure_put", identity_id=identity_id)
    return Exposure.objects.get(holder_id=by.holder_id, source_system="careloom", source_type="careloom", source_id=source_id)
