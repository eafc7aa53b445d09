"""The types that are about agencies and the public directory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from careloom.agencies.models import Agency
from careloom.directory import models as directory
from careloom.fhir import canonicals
from careloom.fhir.resources import places
from careloom.fhir.serving.kinds import Kind, Source, at_path
from careloom.fhir.serving.matching import NOTHING, Id, Own, Plain, Ref, Text
from careloom.infra.access import Viewer, current_viewer


def _agencies(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    return [Agency.objects.all()]


def _organizations(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    return [directory.Organization.objects.all()]


def _services(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    return [directory.Service.objects.prefetch_related("at_locations", "phones")]


def _locations(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    return [directory.Location.objects.select_related("organization").prefetch_related("phones")]


class _AgencyName(Text):
    """INVARIANT: an agency is found by the name that the reader may know, and by no other (42 CFR 2.13(c))."""

    def test(self, value: str, modifier: str) -> Q:
        """Its own name for itself and for what has no outward name; else the outward one."""
        viewer = current_viewer()
        inward = Q(outward_name="") | Q(pk=viewer.holder_id if viewer else None)
        return (Text(("name",)).test(value, modifier) & inward) | (Text(("outward_name",)).test(value, modifier) & ~inward)


class _AgencyAddress(Text):
    """A program whose address would tell is found by it only by itself."""

    def test(self, value: str, modifier: str) -> Q:
        """An address that is shown."""
        viewer = current_viewer()
        return super().test(value, modifier) & (Q(is_part2_program=False) | Q(pk=viewer.holder_id if viewer else None))


class _PlaceName(Text):
    """A place is found by the name that it is shown under: where it has none of its own, that of who runs it."""

    def test(self, value: str, modifier: str) -> Q:
        """Its own name; else its organization's; else that it is a place."""
        named, nobody_s = Text(("name",)).test(value, modifier), Q(organization=None) | Q(organization__name="")
        how = {"contains": places.A_PLACE.lower().find(value.lower()) >= 0, "exact": value == places.A_PLACE}
        is_said = how.get(modifier, places.A_PLACE.lower().startswith(value.lower()))
        borrowed = Text(("organization__name",)).test(value, modifier) | (nobody_s if is_said else NOTHING)
        return (named & ~Q(name="")) | (borrowed & Q(name=""))


class _OfferedAt(Ref):
    """A service that is offered at a place."""

    def any_of(self, ids: Iterable[UUID]) -> Q:
        """At one of these places."""
        return Q(pk__in=directory.ServiceAtLocation.objects.filter(location_id__in=list(ids)).values("service_id"))


def _flag(field: str) -> Own:
    def read(value: str) -> Q:
        return Q(**{field: value == "true"}) if value in ("true", "false") else Q(pk__in=[])

    return Own(read)


def _working(value: str) -> Q:
    works = Q(active=True, status__in=directory.WORKING)
    return works if value == "true" else ~works if value == "false" else Q(pk__in=[])


ADDRESS = ("line1", "line2", "city", "county", "state", "postal_code")
PLACE_KINDS = (
    Kind(
        name="Organization", profile="us-core-organization",
        words="Agencies of this partnership, and providers of the public directory.",
        sources=(
            Source(
                rows=_agencies, shape=places.agencies,
                columns={"_id": Id(), "name": _AgencyName(("name",)), "address": _AgencyAddress(("address", "county")), "active": _flag("active")},
            ),
            Source(
                rows=_organizations, shape=places.organizations,
                columns={"_id": Id(), "name": Text(("name", "alternate_name")), "active": _flag("active")},
            ),
        ),
    ),
    Kind(
        name="HealthcareService",
        words="A service of the public directory.",
        sources=(
            Source(
                rows=_services, shape=places.services,
                columns={
                    "_id": Id(), "name": Text(("name",)), "organization": Ref("organization_id", "Organization"), "active": Own(_working),
                    "location": _OfferedAt("", "Location"), "service-type": Plain("needs", canonicals.NEED, many=True),
                },
            ),
        ),
        includes={
            "organization": (("Organization",), at_path("providedBy")), "location": (("Location",), at_path("location")),
        },
    ),
    Kind(
        name="Location", profile="us-core-location",
        words="A place of a service; one that is kept secret has no address.",
        sources=(
            Source(
                rows=_locations, shape=places.locations,
                columns={
                    "_id": Id(), "name": _PlaceName(("name",)), "address": Text(ADDRESS), "address-city": Text(("city",)),
                    "address-state": Text(("state",)), "address-postalcode": Text(("postal_code",)),
                    "organization": Ref("organization_id", "Organization"),
                },
            ),
        ),
        includes={"organization": (("Organization",), at_path("managingOrganization"))},
    ),
)  # fmt: skip
