"""The service array: what the directory lists for the places of a collaborative, and what partners add (R-014, R-225)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from careloom.directory.models import Service
from careloom.directory.needs import catalogue
from careloom.directory.queries import services_serving
from careloom.infra.access import NotVisible, Viewer
from careloom.inventory.models import Offer
from careloom.inventory.places import places_of
from careloom.kernel.partnership.array import Point, SupplyFact, doubled, points_of
from careloom.partnership.models import Partner
from careloom.partnership.standing import Standing, standing_of

MOST = 2000
_FOR = {"TAKES_PREGNANT": "PREGNANT", "CHILDREN_ON_SITE": "WITH_CHILDREN", "WOMEN_SPECIFIC": "MOTHERS", "TRIBAL_PROGRAM": "TRIBAL"}
_FOR_NEED = {"FATHERHOOD": "FATHERS", "SIBLINGS": "SIBLINGS", "TRIBAL_WELLNESS": "TRIBAL"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A service of the array. `places` None: everywhere. `room` and `most` None: nobody said. `service_id` where the directory lists it."""

    key: str
    name: str
    organization: str
    partner: Partner | None
    needs: tuple[str, ...]
    points: frozenset[Point]
    places: frozenset[str] | None
    populations: tuple[str, ...]
    payers: tuple[str, ...]
    unit: str = ""
    room: int | None = None
    most: int | None = None
    said_on: date | None = None
    service_id: UUID | None = None
    offer_id: UUID | None = None
    notes: str = ""

    @property
    def fact(self) -> SupplyFact:
        """The line as the kernel's rules read it."""
        partner = str(self.partner.pk) if self.partner else ""
        return SupplyFact(key=self.key, codes=frozenset(self.needs), places=self.places, partner=partner, room=self.room, most=self.most)


@dataclass(frozen=True, kw_only=True)
class Array:
    """Every service of a collaborative's places, by name; `places` in the order of the collaborative."""

    standing: Standing
    places: tuple[str, ...]
    lines: tuple[Line, ...]

    @cached_property
    def supply(self) -> tuple[SupplyFact, ...]:
        """The lines as the kernel's rules read them."""
        return tuple(line.fact for line in self.lines)

    @cached_property
    def by_key(self) -> dict[str, Line]:
        """Lines by key."""
        return {line.key: line for line in self.lines}

    @cached_property
    def by_point(self) -> dict[Point, tuple[Line, ...]]:
        """The services at each of the five points of intervention; a point without any is there, empty (R-225)."""
        return {point: tuple(line for line in self.lines if point in line.points) for point in Point}

    @cached_property
    def doubled(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """Needs that three or more services answer in one place."""
        return doubled(self.supply, places=self.places)

    @property
    def kinds(self) -> int:
        """For how many kinds of need there is a service: the scope (R-056)."""
        return len({code for line in self.lines for code in line.needs})


def array_of(*, viewer: Viewer, collaborative_id: UUID) -> Array:
    """The service array. Seven statements. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    places = places_of(standing.collaborative)
    partners = list(Partner.objects.filter(collaborative_id=collaborative_id, left_on=None)[:MOST])
    by_agency = {row.agency_id: row for row in partners if row.agency_id}
    by_id = {row.pk: row for row in partners}
    listed = [_listed(row, places=places, partner=by_agency.get(row.agency_id)) for row in services_serving(places=places)]
    offers = Offer.objects.filter(collaborative_id=collaborative_id, ends_on=None, partner_id__in=list(by_id)).order_by("name")[:MOST]
    added = [_added(row, partner=by_id[row.partner_id]) for row in offers]
    return Array(standing=standing, places=places, lines=tuple(sorted([*listed, *added], key=lambda line: (line.name.casefold(), line.key))))


def offer_of(*, viewer: Viewer, offer_id: UUID) -> tuple[Offer, Standing]:
    """One service that a partner added, and how the reader stands. Raises NotVisible."""
    row = Offer.objects.select_related("partner").filter(pk=offer_id, ends_on=None).first()
    standing = standing_of(viewer=viewer, collaborative_id=row.collaborative_id if row else offer_id)
    if row is None:
        raise NotVisible
    return row, standing


def _listed(row: Service, *, places: tuple[str, ...], partner: Partner | None) -> Line:
    # The newest word about room; a service may count beds and places apart.
    capacities = list(row.capacities.all())
    said = [one.updated_at for one in capacities if one.updated_at]
    whole = [one.maximum for one in capacities]
    where = frozenset(places) & {*row.areas_served, *row.located_in}
    return Line(
        key=f"s:{row.pk}",
        name=row.name,
        organization=row.organization.name,
        partner=partner,
        needs=tuple(row.needs),
        points=points_of(row.needs),
        places=None if row.statewide else where,
        populations=_populations(row),
        payers=tuple("MEDICAID" if code == "MEDICAID" else code[7:] for code in row.features if code == "MEDICAID" or code.startswith("FUNDED_")),
        unit=capacities[0].unit if capacities else "",
        room=sum(one.available for one in capacities) if capacities else None,
        most=sum(one or 0 for one in whole) if capacities and None not in whole else None,
        said_on=max(said).date() if said else None,
        service_id=row.pk,
    )


def _populations(row: Service) -> tuple[str, ...]:
    known = catalogue().needs
    found = {_FOR[code] for code in row.features if code in _FOR} | {_FOR_NEED[code] for code in row.needs if code in _FOR_NEED}
    found |= {"INFANTS"} if any(known[code].domain == "INFANT_HEALTH" for code in row.needs if code in known) else set()
    found |= {"SPANISH"} if {"es", "spa"} & set(row.language_codes) else set()
    return tuple(sorted(found))


def _added(row: Offer, *, partner: Partner) -> Line:
    return Line(
        key=f"o:{row.pk}", name=row.name, organization=partner.name, partner=partner, needs=tuple(row.needs),
        points=frozenset(Point(code) for code in row.points) or points_of(row.needs), places=frozenset(row.places) or None,
        populations=tuple(row.populations), payers=tuple(row.payers), unit=row.unit, room=row.room, most=row.most, said_on=row.said_on,
        offer_id=row.pk, notes=row.notes,
    )  # fmt: skip
