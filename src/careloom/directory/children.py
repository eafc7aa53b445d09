"""The rows that hang on services and places: written anew with each import, except room that is newer than the file."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from careloom.directory.facts import DirectoryFacts, PhoneFact, ScheduleFact, ServiceFact, TermFact
from careloom.directory.importing import kept_ids, language_code
from careloom.directory.models import (
    Attribute,
    Capacity,
    CostOption,
    Phone,
    Schedule,
    ServiceArea,
    ServiceLanguage,
    TaxonomyTerm,
)


def newer_capacity(facts: DirectoryFacts) -> dict[str, int]:
    """Services whose room was said here after the file's own date: the sender's id and what is free."""
    said = {s.source_id: max((c.updated_at for c in s.capacities if c.updated_at), default=None) for s in facts.services}
    kept: dict[str, int] = {}
    held = Capacity.objects.filter(service__source=facts.source, updated_at__isnull=False).select_related("service")
    for row in held:
        key = row.service.source_id
        at = said.get(key)
        if key in said and (at is None or (row.updated_at is not None and row.updated_at > at)):
            kept[key] = kept.get(key, 0) + row.available
    return kept


def replace(*, facts: DirectoryFacts, services: dict[str, UUID], locations: dict[str, UUID], keep_capacity: set[str]) -> None:
    """Delete and write every child row of this source. A dozen statements whatever the size."""
    ours = Q(service__source=facts.source)
    places = Q(location__source=facts.source)
    for model in (Phone, Schedule):
        model._default_manager.filter(ours | places).delete()
    for model in (ServiceLanguage, Attribute, ServiceArea, CostOption):
        model._default_manager.filter(ours).delete()
    kept = {services[key] for key in keep_capacity}
    Capacity.objects.filter(ours).exclude(service_id__in=kept).delete()
    terms = _terms({t for s in facts.services for t in s.terms})
    phones, schedules = [], []
    for s in facts.services:
        phones += [_phone(p, service_id=services[s.source_id]) for p in s.phones]
        schedules += [_schedule(h, service_id=services[s.source_id]) for h in s.schedules]
    for place in facts.locations:
        phones += [_phone(p, location_id=locations[place.source_id]) for p in place.phones]
        schedules += [_schedule(h, location_id=locations[place.source_id]) for h in place.schedules]
    Phone.objects.bulk_create(phones, batch_size=500)
    Schedule.objects.bulk_create(schedules, batch_size=500)
    _service_children(facts, services, terms, keep_capacity)


def _service_children(facts: DirectoryFacts, services: dict[str, UUID], terms: dict[tuple[str, str], UUID], keep: set[str]) -> None:
    languages, attributes, areas, costs, room = [], [], [], [], []
    for s in facts.services:
        key = services[s.source_id]
        languages += [ServiceLanguage(service_id=key, code=language_code(code=x.code, name=x.name)[:12], name=x.name[:80]) for x in s.languages]
        attributes += [Attribute(service_id=key, term_id=terms[_key(t)]) for t in {_key(t): t for t in s.terms}.values()]
        areas += [ServiceArea(service_id=key, name=a.name, kind=a.kind) for a in s.areas]
        costs += [
            CostOption(service_id=key, option=c.option, amount_cents=c.amount_cents, currency=c.currency[:3], description=c.description)
            for c in s.costs
        ]
        room += [] if s.source_id in keep else _room(s, key)
    ServiceLanguage.objects.bulk_create(languages, batch_size=500)
    Attribute.objects.bulk_create(attributes, batch_size=500)
    ServiceArea.objects.bulk_create(areas, batch_size=500)
    CostOption.objects.bulk_create(costs, batch_size=500)
    Capacity.objects.bulk_create(room, batch_size=500)


def _room(s: ServiceFact, key: UUID) -> list[Capacity]:
    """One row for each unit; the last one said wins where a source repeats a unit."""
    by_unit = {c.unit[:60]: c for c in s.capacities}
    return [Capacity(service_id=key, unit=u, available=c.available, maximum=c.maximum, updated_at=c.updated_at) for u, c in by_unit.items()]


def _key(term: TermFact) -> tuple[str, str]:
    return term.taxonomy[:100], term.code[:250]


def _terms(wanted: set[TermFact]) -> dict[tuple[str, str], UUID]:
    """Ids of terms by taxonomy and code; missing ones are added."""
    by_key = {_key(t): t for t in sorted(wanted, key=lambda t: (t.taxonomy, t.code, t.name))}
    known = TaxonomyTerm.objects.filter(taxonomy__in={k[0] for k in by_key})
    held = set(known.values_list("taxonomy", "code"))
    new = {k: t for k, t in by_key.items() if k not in held}
    ids = kept_ids(TaxonomyTerm, {k: t.id for k, t in new.items()})
    rows = [TaxonomyTerm(id=ids[k], taxonomy=k[0], code=k[1], name=t.name[:250]) for k, t in new.items()]
    TaxonomyTerm.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return {(taxonomy, code): pk for taxonomy, code, pk in known.values_list("taxonomy", "code", "pk")}


def _phone(fact: PhoneFact, *, service_id: UUID | None = None, location_id: UUID | None = None) -> Phone:
    return Phone(
        service_id=service_id,
        location_id=location_id,
        number=fact.number[:60],
        extension=fact.extension[:20],
        kind=fact.kind[:20],
        description=fact.description,
    )


def _schedule(fact: ScheduleFact, *, service_id: UUID | None = None, location_id: UUID | None = None) -> Schedule:
    return Schedule(
        service_id=service_id,
        location_id=location_id,
        byday=fact.byday[:60],
        opens_at=fact.opens_at,
        closes_at=fact.closes_at,
        description=fact.description,
    )
