"""Writes clinical facts for a holder. Putting the same source again changes only what the source changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import transaction

from careloom.health.labeling import kept_apart, put_labels, settle
from careloom.health.models import Birth, Exposure, NewbornSigns, Pregnancy, SourcedRecord
from careloom.infra.access import Viewer, acting_as, require
from careloom.infra.audit.actions import record

Row = TypeVar("Row", bound=SourcedRecord)
APART = "hipaa.toxicology"
"""Tests and diagnoses that tell about substance use: kept apart from the records of birth and pregnancy."""
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
    """Put clinical facts of one kind, made with `holder_id` of `by`. Idempotent on (source_system, source_type, source_id).

    Each row lies under the category that its label says (`labeling`), whatever the caller wrote on it.
    """
    require(by)
    if not rows:
        return Put()
    with acting_as(_writing(by)):
        put, written = _put(rows, holder_id=by.holder_id)
    settle(holder_id=by.holder_id, rows=written)
    return put


def _writing(by: Viewer) -> Viewer:
    """A worker may write down what her role does not read afterwards (decision 0007); so what she wrote before must be found again."""
    return replace(by, categories=None)


def _put(rows: Sequence[Row], *, holder_id: UUID | None) -> tuple[Put, list[Row]]:
    model: Any = type(rows[0])
    names = [f.attname for f in model._meta.concrete_fields if f.attname not in NEVER_CHANGED]
    stored = model.objects.filter(holder_id=holder_id, source_id__in=[r.source_id for r in rows])
    known = {_key(r): r for r in stored}
    new, changed = [], []
    put_labels(rows)
    for row in {_key(r): r for r in rows}.values():
        there = known.get(_key(row))
        if there is None:
            new.append(row)
            continue
        row.category = kept_apart(row, there=there)
        if any(getattr(there, name) != getattr(row, name) for name in names):
            for name in names:
                setattr(there, name, getattr(row, name))
            changed.append(there)
    model.objects.bulk_create(new)
    if changed:
        model.objects.bulk_update(changed, names)
    return Put(added=len(new), changed=len(changed), same=len(known) - len(changed)), [*new, *changed]


def _key(row: SourcedRecord) -> tuple[str, ...]:
    return tuple(getattr(row, key) for key in KEYS)


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
    """What is known of one birth. Weight in grams; gestation in completed weeks and days.

    The last three are kept apart from the birth (`NewbornSigns`); None leaves what is kept of them as it is.
    """

    born_at: datetime
    hour_known: bool = True
    order: int = 1
    plurality: int = 1
    gestation_weeks: int | None = None
    gestation_days: int = 0
    weight_g: int | None = None
    sex: str = ""
    nicu: bool = False
    goes_home_with: str = "MOTHER"
    discharged_on: date | None = None
    withdrawal: str | None = None
    withdrawal_method: str | None = None
    fasd_signs: bool | None = None


SIGNS = ("withdrawal", "withdrawal_method", "fasd_signs")


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
    """Write down the birth of an infant (identity) in the chart of the hospital of `by`; signs of exposure in a row of their own."""
    require(by)
    source_id = source_id or str(uuid4())
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__ if name not in SIGNS}
    where: dict[str, Any] = {
        "holder_id": by.holder_id, "identity_id": infant_id, "mother_identity_id": mother_id, "source_system": source_system,
        "source_type": source_type, "source_id": source_id, "recorded_at": at,
    }  # fmt: skip
    put_facts(by=by, rows=[Birth(**where, category="hipaa.newborn_record", pregnancy_id=pregnancy_id, **values)])
    _put_signs(by=by, where=where, facts=facts)
    record(by=by, at=at, action="health.birth_put", identity_id=infant_id)
    return Birth.objects.get(holder_id=by.holder_id, source_system=source_system, source_type=source_type, source_id=source_id)


def _put_signs(*, by: Viewer, where: dict[str, Any], facts: BirthFacts) -> None:
    said = {name: value for name in SIGNS if (value := getattr(facts, name)) is not None}
    with acting_as(_writing(by)):
        known = NewbornSigns.objects.filter(**{key: where[key] for key in ("holder_id", *KEYS)}).first()
    if known is None and not any(value and value != "NONE" for value in said.values()):
        return
    kept = {name: getattr(known, name) for name in SIGNS} if known is not None else {}
    put_facts(by=by, rows=[NewbornSigns(**where, category=APART, **(kept | said))])


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
    category: str = APART,
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
    with acting_as(_writing(by)):
        return Exposure.objects.get(holder_id=by.holder_id, source_system="careloom", source_type="careloom", source_id=source_id)
