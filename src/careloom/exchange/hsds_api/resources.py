"""The six kinds of thing that the API lists, each with what may be asked, how it is found and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects

from careloom.directory import models, published
from careloom.directory.queries import listed_services
from careloom.exchange.hsds_api import finding, objects, rows
from careloom.exchange.hsds_api.asking import Asked, uuid_of

Shown = list[dict[str, Any]]
PAGES = ("page", "per_page", "format")
ABOUT = ("taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after")


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A kind of thing: `find` answers rows (a queryset, or a list of names), `show` makes objects of some of them, `one` of the one with an id."""

    name: str
    table: str
    asks: tuple[str, ...]
    one_asks: tuple[str, ...]
    find: Callable[[Asked], QuerySet[Any] | list[str]]
    show: Callable[[list[Any], Asked], Shown]
    one: Callable[[str, Asked], dict[str, Any] | None]


def _open(places: Iterable[UUID]) -> set[UUID]:
    return set(published.open_places().filter(pk__in=set(places)).values_list("pk", flat=True))


def _places_of(services: Sequence[models.Service], *, of_organization: bool = True) -> list[UUID]:
    at = [join.location_id for one in services for join in one.at_locations.all()]
    return at + [place.pk for one in services if of_organization for place in one.organization.locations.all()]


def _show_services(found: list[models.Service], asked: Asked) -> Shown:
    prefetch_related_objects(found, *objects.PLAIN_SERVICE)
    if asked.minimal:
        return [_minimal(one) for one in found]
    if not asked.full:
        return [objects.plain_service(one) for one in found]
    prefetch_related_objects(found, *objects.FULL_SERVICE)
    open_ids = _open(_places_of(found))
    return [objects.whole_service(one, open_ids) for one in found]


def _minimal(one: models.Service) -> dict[str, Any]:
    """Id and time of change. HSDS's words ask for these two alone and call the second modified_date; its schema asks for name and status too."""
    row = rows.service(one)
    return {**{name: row[name] for name in ("id", "name", "status", "last_modified")}, "modified_date": row["last_modified"]}


def _show_joins(found: list[models.ServiceAtLocation], asked: Asked) -> Shown:
    services = [one.service for one in found]
    prefetch_related_objects(services, *objects.PLAIN_SERVICE)
    if not asked.full:
        open_ids = _open(one.location_id for one in found)
        return [objects.plain_join(one, open_ids) for one in found]
    prefetch_related_objects(services, *objects.FULL_SERVICE)
    prefetch_related_objects([one.location for one in found], "phones", "schedules")
    open_ids = _open([*_places_of(services), *(one.location_id for one in found)])
    return [objects.whole_join(one, open_ids) for one in found]


def _show_organizations(found: list[models.Organization], asked: Asked) -> Shown:
    if not (asked.full or asked.full_service):
        return [rows.organization(one) for one in found]
    prefetch_related_objects(found, "locations__phones", "locations__schedules")
    services: dict[UUID, list[models.Service]] = {one.pk: [] for one in found}
    offered = list(listed_services().filter(organization__in=services).select_related("organization").order_by("name", "pk"))
    prefetch_related_objects(offered, *objects.PLAIN_SERVICE)
    if asked.full_service:
        prefetch_related_objects(offered, *objects.CHILDREN, *objects.AT_PLACE)
    for service in offered:
        services[service.organization_id].append(service)
    open_ids = _open([place.pk for one in found for place in one.locations.all()] + _places_of(offered, of_organization=False))
    return [objects.whole_organization(one, open_ids, services=services[one.pk], full_service=asked.full_service) for one in found]


def _show_places(found: list[models.Location], asked: Asked) -> Shown:
    open_ids = _open(one.pk for one in found)
    if not asked.full:
        return [objects.plain_place(one, open_ids) for one in found]
    prefetch_related_objects(found, "phones", "schedules")
    return [objects.whole_place(one, open_ids) for one in found]


def _show_terms(found: list[models.TaxonomyTerm], asked: Asked) -> Shown:
    return [objects.whole_term(one) for one in found]


def _show_taxonomies(found: list[str], asked: Asked) -> Shown:
    return [rows.taxonomy(name) for name in found]


Find, Show = Callable[[Asked], QuerySet[Any]], Callable[[list[Any], Asked], Shown]


def _one(find: Find, show: Show) -> Callable[[str, Asked], dict[str, Any] | None]:
    """The whole object with an id, or None."""

    def read(given: str, asked: Asked) -> dict[str, Any] | None:
        found = list(find(Asked()).filter(pk=uuid_of(given)))
        return next(iter(show(found, Asked(full=True, full_service=asked.full_service))), None)

    return read


def _one_taxonomy(given: str, asked: Asked) -> dict[str, Any] | None:
    return next((rows.taxonomy(name) for name in published.taxonomies() if rows.taxonomy_id(name) == given.lower()), None)


RESOURCES = {
    one.name: one
    for one in (
        Resource(
            name="services", table="service", asks=("search", *PAGES, *ABOUT, "minimal", "full"), one_asks=(),
            find=finding.services, show=_show_services, one=_one(finding.services, _show_services),
        ),
        Resource(
            name="organizations", table="organization", asks=("search", *PAGES, "full", "full_service"), one_asks=("full_service",),
            find=finding.organizations, show=_show_organizations, one=_one(finding.organizations, _show_organizations),
        ),
        Resource(
            name="service_at_locations", table="service_at_location", asks=("search", *PAGES, *ABOUT, "full", "postcode", "proximity"), one_asks=(),
            find=finding.joins, show=_show_joins, one=_one(finding.joins, _show_joins),
        ),
        Resource(
            name="locations", table="location", asks=("search", *PAGES, "organization_id", "full"), one_asks=(),
            find=finding.places, show=_show_places, one=_one(finding.places, _show_places),
        ),
        Resource(
            name="taxonomies", table="taxonomy", asks=("search", *PAGES), one_asks=(),
            find=finding.taxonomies, show=_show_taxonomies, one=_one_taxonomy,
        ),
        Resource(
            name="taxonomy_terms", table="taxonomy_term", asks=("search", *PAGES, "taxonomy_id", "top_only", "parent_id"), one_asks=(),
            find=finding.terms, show=_show_terms, one=_one(finding.terms, _show_terms),
        ),
    )
}  # fmt: skip
