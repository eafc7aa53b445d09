"""Which rows answer a request. Only what is listed and public can be found, and no filter tells where a withheld place is."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Avg, Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import ACos, Cos, Greatest, Least, Radians, Sin

from careloom.directory import models, published
from careloom.directory.queries import listed_services
from careloom.exchange.hsds_api import rows
from careloom.exchange.hsds_api.asking import Asked

EARTH = 6_371_000.0
"""The mean radius of the earth in meters."""


def services(asked: Asked) -> QuerySet[models.Service]:
    """The listed services that match everything asked for, by name."""
    found = listed_services().filter(_words(asked, "search_text"))
    if asked.taxonomy_term_id:
        found = found.filter(Exists(models.Attribute.objects.filter(service=OuterRef("pk"), term=asked.taxonomy_term_id)))
    if asked.taxonomy_id:
        found = found.filter(Exists(models.Attribute.objects.filter(service=OuterRef("pk"), term__taxonomy__in=_taxonomy(asked))))
    if asked.organization_id:
        found = found.filter(organization=asked.organization_id)
    if asked.modified_after:
        found = published.services_changed_since(found, asked.modified_after)
    return found.select_related("organization").order_by("name", "pk")


def joins(asked: Asked) -> QuerySet[models.ServiceAtLocation]:
    """The listed services at their places that match; with `meters`, only at open places within that distance of the postal code."""
    found = published.public_joins().filter(service__in=services(asked).order_by().values("pk"))
    if asked.postcode and asked.meters is None:
        found = found.filter(_covers(asked.postcode))
    if asked.postcode and asked.meters is not None:
        found = found.filter(location__in=_near(asked.postcode, asked.meters))
    return found.select_related("service__organization", "location").order_by("service__name", "pk")


def organizations(asked: Asked) -> QuerySet[models.Organization]:
    """The listed organizations in whose name or description every word stands, by name."""
    return published.public_organizations().filter(_words(asked, "name", "alternate_name", "description")).order_by("name", "pk")


def places(asked: Asked) -> QuerySet[models.Location]:
    """The places, by id. A word finds open places only: a withheld one answers to no name."""
    found = published.public_places()
    if asked.search:
        found = published.open_places().filter(_words(asked, "name", "description", "line1", "city", "county", "postal_code"))
    if asked.organization_id:
        found = found.filter(organization=asked.organization_id)
    return found.order_by("pk")


def terms(asked: Asked) -> QuerySet[models.TaxonomyTerm]:
    """The terms of all vocabularies, or of one. Ours have no parents: each is a top term, and none has children."""
    found = models.TaxonomyTerm.objects.filter(_words(asked, "name", "code"))
    if asked.taxonomy_id:
        found = found.filter(taxonomy__in=_taxonomy(asked))
    if asked.parent_id:
        found = found.none()
    return found.order_by("taxonomy", "code", "pk")


def taxonomies(asked: Asked) -> list[str]:
    """The names of the vocabularies in which every word stands."""
    return [name for name in published.taxonomies() if all(word.lower() in name.lower() for word in asked.search)]


def _words(asked: Asked, *columns: str) -> Q:
    each = (Q(*((f"{column}__icontains", word) for column in columns), _connector=Q.OR) for word in asked.search)
    return reduce(and_, each, Q())


def _taxonomy(asked: Asked) -> list[str]:
    return [name for name in published.taxonomies() if rows.taxonomy_id(name) == asked.taxonomy_id.lower()]


def _covers(postcode: str) -> Q:
    """Services for people who live there: the whole state, an area of that name or of a county in which an open place has this postal code."""
    here = published.open_places().filter(postal_code__startswith=postcode)
    counties = {county.title() for county in here.values_list("county", flat=True) if county}
    return Q(service__statewide=True) | Q(service__areas_served__overlap=[postcode, *sorted(counties)]) | Q(location__in=here.values("pk"))


def _near(postcode: str, meters: float) -> QuerySet[models.Location, dict[str, Any]]:
    """Open places within a distance of the middle of the open places that have this postal code; none where no point is known there."""
    known = published.open_places().filter(latitude__isnull=False, longitude__isnull=False)
    middle = known.filter(postal_code__startswith=postcode).aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    if middle["latitude"] is None:
        return known.none().values("pk")
    latitude, longitude = (Radians(Value(middle[name], output_field=FloatField())) for name in ("latitude", "longitude"))
    there = Radians(F("latitude")), Radians(F("longitude"))
    cosine = Sin(latitude) * Sin(there[0]) + Cos(latitude) * Cos(there[0]) * Cos(there[1] - longitude)
    # Rounding may put the cosine of a distance of nothing a hair beyond one.
    apart = EARTH * ACos(Least(Greatest(cosine, Value(-1.0)), Value(1.0)))
    return known.annotate(apart=apart).filter(apart__lte=meters).values("pk")
