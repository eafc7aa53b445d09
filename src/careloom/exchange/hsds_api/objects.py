"""The nested objects of HSDS: an organization, a service, a service at a place or a place with everything that hangs on it.

`WITH` names what is to be prefetched for each, so that a page of them costs the same few statements whatever its size. `open_ids` are those
places whose address may be told (`published.open_places`).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from careloom.directory import models
from careloom.exchange.hsds_api import rows

Open = Collection[UUID]
CHILDREN = ("phones", "schedules", "languages", "areas", "costs", "capacities", "attributes__term")
PLAIN_SERVICE = ("organization", "at_locations__location")
AT_PLACE = ("at_locations__location__phones", "at_locations__location__schedules")
FULL_SERVICE = ("organization__locations__phones", "organization__locations__schedules", *CHILDREN, *AT_PLACE)


def plain_service(one: models.Service) -> dict[str, Any]:
    """A service of a list: its own fields and its organization's."""
    return {**rows.service(one), "organization": rows.organization(one.organization)}


def whole_service(one: models.Service, open_ids: Open, *, with_organization: bool = True, with_places: bool = True) -> dict[str, Any]:
    """A service with everything that hangs on it."""
    nested: dict[str, Any] = {
        "phones": rows.phones("service_id", one),
        "schedules": rows.schedules("service_id", one),
        "service_areas": rows.areas(one),
        "languages": rows.languages(one),
        "cost_options": rows.costs(one),
        "required_documents": rows.documents(one),
        "capacities": [{**row, "unit": rows.unit(unit)} for row, unit in _rooms(one)],
        "attributes": [{**row, "taxonomy_term": whole_term(term)} for row, term in rows.attributes(one)],
    }
    if with_places:
        joins = sorted((j for j in one.at_locations.all() if j.active and j.location.active), key=lambda j: str(j.pk))
        nested["service_at_locations"] = [{**_join(j, open_ids), "location": whole_place(j.location, open_ids)} for j in joins]
    if with_organization:
        nested["organization"] = whole_organization(one.organization, open_ids)
    return {**rows.service(one), **{name: value for name, value in nested.items() if value}}


def whole_organization(
    one: models.Organization, open_ids: Open, *, services: list[models.Service] | None = None, full_service: bool = False
) -> dict[str, Any]:
    """An organization with its places, and with its services: their ids alone, or all of each with `full_service`."""
    places = sorted((p for p in one.locations.all() if p.active), key=lambda p: str(p.pk))
    nested: dict[str, Any] = {
        "phones": rows.organization_phones(one),
        "locations": [whole_place(p, open_ids) for p in places],
    }
    if services is not None:
        shown = (whole_service(s, open_ids, with_organization=False) if full_service else rows.service(s) for s in services)
        nested["services"] = list(shown)
    return {**rows.organization(one), **{name: value for name, value in nested.items() if value}}


def plain_join(one: models.ServiceAtLocation, open_ids: Open) -> dict[str, Any]:
    """A service at a place of a list."""
    place = rows.place(one.location, is_open=one.location_id in open_ids)
    return {**_join(one, open_ids), "location": place, "service": plain_service(one.service)}


def whole_join(one: models.ServiceAtLocation, open_ids: Open) -> dict[str, Any]:
    """A service at a place with everything that hangs on both."""
    return {
        **_join(one, open_ids),
        "location": whole_place(one.location, open_ids),
        "service": whole_service(one.service, open_ids, with_places=False),
    }


def plain_place(one: models.Location, open_ids: Open) -> dict[str, Any]:
    """A place of a list."""
    return rows.place(one, is_open=one.pk in open_ids)


def whole_place(one: models.Location, open_ids: Open) -> dict[str, Any]:
    """A place with address, access, phones and hours; of one that is not open nothing of these is told."""
    row = plain_place(one, open_ids)
    if one.pk not in open_ids:
        return row
    nested = {
        "addresses": rows.addresses(one),
        "accessibility": rows.accessibility(one),
        "phones": rows.phones("location_id", one),
        "schedules": rows.schedules("location_id", one),
    }
    return {**row, **{name: value for name, value in nested.items() if value}}


def whole_term(one: models.TaxonomyTerm) -> dict[str, Any]:
    """A term with its vocabulary."""
    return {**rows.term(one), "taxonomy_detail": rows.taxonomy(one.taxonomy)}


def _join(one: models.ServiceAtLocation, open_ids: Open) -> rows.Row:
    return rows.join(one, is_open=one.location_id in open_ids)


def _rooms(one: models.Service) -> list[tuple[rows.Row, str]]:
    names = sorted(c.unit for c in one.capacities.all() if c.updated_at)
    return list(zip(rows.capacities(one), names, strict=True))
