"""Puts the label of each clinical fact on its row as it is written, and on medicines that tell something only beside other facts.

The label says under which category the row lies (`kernel.labels`); the segment and the grants follow the category. Source: interop.md 0.3, 1.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from careloom.agencies.models import Agency
from careloom.consents.materialise import materialise
from careloom.infra.access import System, acting_as, segments, system
from careloom.infra.access.models import Segment
from careloom.kernel.disclosure import Category, Provenance, Subject
from careloom.kernel.labels import Fact, Kind, Labels, label

if TYPE_CHECKING:
    from careloom.health.models import SourcedRecord

_INFANTS = frozenset({Kind.BIRTH, Kind.NEWBORN_SIGNS})
AT_ONCE = 500
PROVENANCES = {one.value: one for one in Provenance}
OPEN = (Category.HIPAA_OB_RECORD.value, Category.HIPAA_NEWBORN_RECORD.value)


def fact_of(row: SourcedRecord, *, subject: Subject | None = None, programs: frozenset[UUID] = frozenset(), beside: bool = False) -> Fact:
    """A row as the kernel labels it. `subject` is said where the row's category does not show whose record it is."""
    sort = row.sort
    infant = sort in _INFANTS or row.category == Category.HIPAA_NEWBORN_RECORD.value
    said = {name: tuple(str(getattr(row, column)) for column in getattr(row, name)) for name in ("texts", "places", "authors")}
    return Fact(
        kind=sort,
        subject=subject or (Subject.INFANT if infant else Subject.MOTHER),
        category=Category(row.category),
        codes=_codes(row),
        provenance=PROVENANCES.get(row.provenance),
        from_part2_program=row.holder_id in programs,
        beside=beside,
        **said,
    )


def labels_of(row: SourcedRecord, *, subject: Subject | None = None) -> Labels:
    """The label of a row that is kept, for who may see it."""
    return label(fact_of(row, subject=subject, beside=row.category == Category.HIPAA_TOXICOLOGY.value))


def put_labels(rows: Sequence[SourcedRecord]) -> None:
    """Give each row the category that its label says. One query where a holder's own kind matters."""
    programs = _programs({row.holder_id for row in rows if row.category.startswith("hipaa.")})
    for row in rows:
        row.category = label(fact_of(row, programs=programs)).category.value


def kept_apart(row: SourcedRecord, *, there: SourcedRecord) -> str:
    """The category of a row that is written again: what was found to tell something beside other facts stays apart."""
    moved = there.category == Category.HIPAA_TOXICOLOGY.value and label(fact_of(row)).ambiguous
    return there.category if moved else row.category


def settle(*, holder_id: UUID | None, rows: Iterable[SourcedRecord]) -> int:
    """After `rows` were written: medicines of the same mother and infant that tell something beside them. Returns how many moved.

    Looks in this holder's own chart and nowhere else.
    """
    written = list(rows)
    labels = [label(fact_of(row)) for row in written]
    if holder_id is None or not any(one.tells or one.ambiguous for one in labels):
        return 0
    medication: Any = apps.get_model("health", "Medication")
    with acting_as(system(System.JOB, holder_id=holder_id)):
        family = _family(holder_id, {row.identity_id for row in written})
        own = Q(holder_id=holder_id, identity_id__in=family)
        doubtful = [row for row in medication.objects.filter(own, category__in=OPEN) if label(fact_of(row)).ambiguous]
        if not doubtful or not _tells(own):
            return 0
        for row in doubtful:
            row.category = label(fact_of(row, beside=True)).category.value
        segments.open_for(doubtful)
        # A guarded `update`, since saving would label each row alone again.
        for row in doubtful:
            medication.objects.filter(pk=row.pk).update(category=row.category)
    return len(doubtful)


def grant_anew(*, at: datetime) -> int:
    """Make the grants that papers in force give on what was moved apart, her own among them. Returns for how many people. For a migration."""
    with transaction.atomic(), acting_as(system(System.GRANTS)):
        apart = Segment.objects.filter(category=Category.HIPAA_TOXICOLOGY.value)
        people = sorted(set(apart.values_list("identity_id", flat=True)), key=str)
    for start in range(0, len(people), AT_ONCE):
        with transaction.atomic():
            materialise(people[start : start + AT_ONCE], at=at)
    return len(people)


def _family(holder_id: UUID, identity_ids: set[UUID]) -> set[UUID]:
    """The mother and infants of these identities, as this holder's own births join them."""
    births: Any = apps.get_model("health", "Birth").objects
    pairs = births.filter(Q(identity_id__in=identity_ids) | Q(mother_identity_id__in=identity_ids), holder_id=holder_id)
    joined = {one for pair in pairs.values_list("identity_id", "mother_identity_id") for one in pair}
    return identity_ids | joined


def _tells(own: Q) -> bool:
    apart = Q(category=Category.HIPAA_TOXICOLOGY.value) | Q(category__startswith="part2.")
    names = ("Condition", "Observation", "NewbornSigns", "Exposure", "Medication", "Encounter")
    return any(apps.get_model("health", name).objects.filter(own & apart).exists() for name in names)


def _programs(holder_ids: set[UUID]) -> frozenset[UUID]:
    return frozenset(Agency.objects.filter(pk__in=holder_ids, is_part2_program=True).values_list("pk", flat=True)) if holder_ids else frozenset()


def _codes(row: Any) -> tuple[tuple[str, str], ...]:
    if row.sort is Kind.EXPOSURE:
        return (("careloom.exposure", row.substance),)
    return ((row.system, row.code),) if hasattr(row, "system") and row.code else ()
