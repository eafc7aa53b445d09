"""What an opening brought, as the page shows it: each fact with the resources of the EHR that it rests on.

The facts are read back as rows, so that a role sees here what it would see on any other page. A resource is named only where its row is
open to her too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _

from careloom.exchange.families.importing import Read
from careloom.exchange.families.rows import class_of
from careloom.exchange.fhir.facts import ObservationKind, Provenance
from careloom.health.models import Birth, Condition, Encounter, Exposure, Medication, NewbornSigns, Observation
from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account
from careloom.infra.access.records import FamilyRecord
from careloom.notifications import words
from careloom.people.models import PersonRecord

MEASURED = (ObservationKind.GESTATIONAL_AGE, ObservationKind.BIRTH_WEIGHT)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One fact: what it says, and the resources that it came from, such as `Condition/12`."""

    label: str
    says: str
    sources: tuple[str, ...]


def lines_of(*, viewer: Viewer, read: Read, identities: Iterable[UUID], iss: str, at: datetime) -> tuple[Line, ...]:
    """What is there now of these people from this EHR, as far as the viewer may see it. Accounted like any look."""
    people = list(identities)

    def rows(model: Any) -> list[Any]:
        return list(model.objects.seen_by(viewer).filter(identity_id__in=people, holder_id=viewer.holder_id, source_system=iss[:120]).order_by("pk"))

    persons, exposures, births, signs = rows(PersonRecord), rows(Exposure), rows(Birth), rows(NewbornSigns)
    clinical = [row for model in (Condition, Medication, Observation, Encounter) for row in rows(model)]
    account(viewer=viewer, place="ehr:back", rows=[*persons, *exposures, *births, *signs, *clinical], at=at)
    known = {f"{row.source_type}/{row.source_id}" for row in clinical}
    shown = _Shown(read=read, known=known)
    return (
        *(shown.person(row) for row in sorted(persons, key=lambda one: one.role, reverse=True)),
        *(shown.birth(row) for row in sorted(births, key=lambda one: int(one.order))),
        *(shown.exposure(row) for row in exposures),
        *(shown.sign(row) for row in signs),
    )


@dataclass(frozen=True, kw_only=True)
class _Shown:
    read: Read
    known: set[str]

    def person(self, row: PersonRecord) -> Line:
        name = " ".join(f"{row.given_name} {row.family_name}".split()) or _("No name")
        born = _(", born %(day)s") % {"day": formats.date_format(row.birth_date)} if row.birth_date else ""
        return Line(label=_("Baby") if row.role == "INFANT" else _("Mother"), says=f"{name}{born}", sources=(f"Patient/{row.source_id}",))

    def birth(self, row: Birth) -> Line:
        parts = [formats.date_format(row.born_at)]
        if row.gestation_weeks:
            parts.append(_("%(weeks)s weeks %(days)s days") % {"weeks": row.gestation_weeks, "days": row.gestation_days})
        if row.weight_g:
            parts.append(_("%(grams)s g") % {"grams": formats.number_format(row.weight_g, force_grouping=True)})
        measured = [f.provenance for one in self.read.all for f in one.observations if f.subject_id == row.source_id and f.kind in MEASURED]
        return Line(label=_("Birth"), says=", ".join(parts), sources=(f"Patient/{row.source_id}", *self._open(measured)))

    def exposure(self, row: Exposure) -> Line:
        return Line(
            label=_("Exposure"),
            says=f"{words.SUBSTANCES[row.substance]}. {words.PRESCRIBED[row.prescribed]}",
            sources=tuple(dict.fromkeys(self._open(self._evidence(row)))),
        )

    def sign(self, row: NewbornSigns) -> Line:
        fasd = words.FASD["SUSPECTED" if row.fasd_signs else "NONE"]
        about = [f.provenance for one in self.read.all for f in one.conditions if f.subject_id == row.source_id and _tells_a_sign(f.concept)]
        return Line(label=_("The first days"), says=f"{words.WITHDRAWAL[row.withdrawal]}. {fasd}", sources=tuple(self._open(about)))

    def _evidence(self, row: FamilyRecord) -> Iterator[Provenance]:
        for one in self.read.all:
            for fact in one.exposures:
                kind = class_of(fact)
                if kind is not None and row.source_id == f"{fact.subject_id}-{kind.value}-{fact.basis.value}":
                    yield from (e.provenance for e in fact.evidence)

    def _open(self, sources: Iterable[Provenance]) -> Iterator[str]:
        return (text for one in sources if (text := f"{one.resource_type}/{one.resource_id}") in self.known)


def _tells_a_sign(concept: Any) -> bool:
    codes = {code.code[:5] for code in concept.codings}
    return bool(codes & {"P96.1", "Q86.0"}) or "withdrawal" in concept.text.lower()
