"""What of the directory may go to anybody: no sign-in, no agreement, copied on by whoever reads it.

Where people go who are not safe at home is told to nobody here. The house shows its workers an address that a source sent; an open copy
of it cannot be called back, so this room rather leaves out an office that everybody knows than tells where a shelter is.
"""

from __future__ import annotations

from datetime import datetime
from itertools import chain

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from careloom.directory.models import Location, Organization, Service, ServiceAtLocation, TaxonomyTerm
from careloom.directory.queries import listed_services

UNSAFE_AT_HOME = ["SAFETY_ADVOCATE", "SAFETY_PLANNING"]
"""Needs of people who are not safe at home (packs/base/directory/needs.yaml). Where these are met, the place is not told."""


def public_organizations() -> QuerySet[Organization]:
    """The organizations that are listed."""
    return Organization.objects.filter(active=True)


def public_joins() -> QuerySet[ServiceAtLocation]:
    """Listed services at places that are in force."""
    return ServiceAtLocation.objects.filter(active=True, location__active=True, service__in=listed_services())


def public_places() -> QuerySet[Location]:
    """Places in force of listed organizations, or where a listed service is given. Whether an address may be told is `open_places`."""
    here = Exists(public_joins().filter(location=OuterRef("pk")))
    return Location.objects.filter(Q(organization__active=True) | here, active=True)


def open_places() -> QuerySet[Location]:
    """The places whose address may be told: a physical place with its lines of address, and no sign that people hide there.

    Left out is a place where an advocate or a safety plan is offered, now or in an older file; every other row with the same address or the
    same point; and a place of an organization that offers this, unless another listed service is given there.
    """
    # INVARIANT: an ended service counts too. That a shelter left a list does not mean that it moved.
    kept = ServiceAtLocation.objects.filter(service__needs__overlap=UNSAFE_AT_HOME)
    same_address = kept.filter(location__line1__iexact=OuterRef("line1"), location__city__iexact=OuterRef("city"))
    same_point = kept.filter(location__latitude=OuterRef("latitude"), location__longitude=OuterRef("longitude"))
    of_such = Service.objects.filter(organization=OuterRef("organization"), needs__overlap=UNSAFE_AT_HOME)
    other = public_joins().filter(location=OuterRef("pk")).exclude(service__needs__overlap=UNSAFE_AT_HOME)
    found = public_places().filter(kind="physical").exclude(line1="").exclude(Exists(same_address)).exclude(Exists(same_point))
    return found.filter(Exists(other) | ~Exists(of_such))


def whole_addresses(places: QuerySet[Location]) -> QuerySet[Location]:
    """Those places whose address has every part that an HSDS address must have."""
    return places.exclude(city="").exclude(state="").exclude(postal_code="")


def modified_at() -> datetime | None:
    """When anything of the directory last changed, what ended included. None while it is empty."""
    newest = [model._default_manager.aggregate(at=Max("modified_at"))["at"] for model in (Organization, Service, Location, ServiceAtLocation)]
    return max((at for at in newest if at), default=None)


def taxonomies() -> list[str]:
    """The names of all vocabularies, in order."""
    return list(TaxonomyTerm.objects.order_by("taxonomy").values_list("taxonomy", flat=True).distinct())


def services_changed_since(found: QuerySet[Service], since: datetime) -> QuerySet[Service]:
    """Those services that changed at or after an instant, or whose organization or places did."""
    ways = ("modified_at", "organization__modified_at", "at_locations__modified_at", "at_locations__location__modified_at")
    changed = Q(*((f"{way}__gte", since) for way in ways), _connector=Q.OR)
    return found.filter(pk__in=Service.objects.filter(changed).values("pk"))


def last_change(service: Service) -> datetime:
    """When a service last changed, with its organization and places (which are to be prefetched)."""
    joins = list(service.at_locations.all())
    times = ([j.modified_at, j.location.modified_at] for j in joins)
    return max([service.modified_at, service.organization.modified_at, *chain.from_iterable(times)])
