"""Security labels of a resource, from the rows that it shows: their category, how their holder came by them, and what the grant obliges to.

A label may not tell what the page would not: that a row comes from a Part 2 program is said where the reader is that program, where the row's own
category or provenance says so, or where the grant under which it is read carries the notice of 42 CFR 2.32. Nothing is read from the holder's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.health.labeling import fact_of
from careloom.health.models import SourcedRecord
from careloom.infra.access import Viewer
from careloom.infra.access.models import Grant
from careloom.infra.access.records import FamilyRecord
from careloom.kernel.disclosure.vocabulary import Category, Provenance, Subject
from careloom.kernel.labels import Fact, Kind, Labels, Law, fhir_codings, label
from careloom.kernel.labels.fhir import NOTICE
from careloom.kernel.labels.vocabulary import Confidentiality

Key = tuple[UUID, UUID, str, str]
APART = Category.HIPAA_TOXICOLOGY.value
NOTICE_OWED = "NOTICE_2_32"
KINDS = {
    "PersonRecord": Kind.PERSON, "Diagnosis": Kind.CONDITION, "Medicine": Kind.MEDICATION, "Appointment": Kind.APPOINTMENT,
    "FormResponse": Kind.OBSERVATION, "FamilyMember": Kind.PERSON, "CareTeamMember": Kind.TEAM, "Need": Kind.NEED, "Referral": Kind.REFERRAL,
}  # fmt: skip


def bound_rows(*, viewer: Viewer, rows: Iterable[FamilyRecord], at: Any) -> frozenset[Key]:
    """Which of `rows` this reader holds under a duty to pass on the notice. One query, or none where every row is the reader's own."""
    foreign = {_key(row) for row in rows if row.holder_id != viewer.holder_id}
    if not foreign:
        return frozenset()
    live = Grant.objects.filter(
        recipient_id=viewer.principal_id, identity_id__in={key[0] for key in foreign}, valid_from__lte=at, valid_to__gt=at,
        purposes__contains=[viewer.purpose], obligations__contains=[NOTICE_OWED],
    )  # fmt: skip
    return frozenset(key for g in live if (key := (g.identity_id, g.holder_id, g.category, g.provenance)) in foreign)


def label_of(*, rows: Sequence[FamilyRecord], bound: frozenset[Key], own: Agency | None, named: Iterable[str] = ()) -> Labels | None:
    """The strictest label of `rows` together, and of kinds of record that are `named`; None where there is nothing about a person."""
    found = [label(_fact(row, bound, own)) for row in rows]
    found += [label(Fact(kind=Kind.PROCEDURE, subject=Subject.MOTHER, category=Category(one))) for one in named]
    return merged(found) if found else None


def merged(labels: Sequence[Labels]) -> Labels:
    """One label that says all that these say."""
    order = list(Confidentiality)
    lists = ("sensitivity", "law", "handling", "purposes")
    each = {name: tuple(dict.fromkeys(code for one in labels for code in getattr(one, name))) for name in lists}
    return replace(labels[0], confidentiality=max((one.confidentiality for one in labels), key=order.index), **each)


def codings(labels: Labels) -> list[dict[str, object]]:
    """What stands in `meta.security`."""
    return fhir_codings(labels)


def notice_of(labels: Labels | None) -> str:
    """The notice of 42 CFR 2.32 where the label needs it, else nothing."""
    return NOTICE if labels is not None and Law.PART2 in labels.law else ""


def _key(row: FamilyRecord) -> Key:
    return row.identity_id, row.holder_id, row.category, row.provenance


def _fact(row: FamilyRecord, bound: frozenset[Key], own: Agency | None) -> Fact:
    mine = own is not None and own.is_part2_program and row.holder_id == own.pk
    if isinstance(row, SourcedRecord):
        return fact_of(row, programs=frozenset({row.holder_id} if mine or _key(row) in bound else ()), beside=row.category == APART)
    infant = getattr(row, "role", "") == "INFANT" or row.category == Category.HIPAA_NEWBORN_RECORD.value
    return Fact(
        kind=KINDS.get(type(row).__name__, Kind.PROCEDURE),
        subject=Subject.INFANT if infant else Subject.MOTHER,
        category=Category(row.category),
        provenance=Provenance(row.provenance),
        from_part2_program=mine or _key(row) in bound,
    )
