"""What the form for a new referral offers: services for the need, and the people of the family."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from careloom.directory.queries import search_services
from careloom.infra.access import Viewer
from careloom.people.models import PersonRecord
from careloom.people.queries import infants_of, names_of
from careloom.plans.models import Need, PlanOfSafeCare

MOST = 8


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Services and people as form choices, the place to search near, and the rows that were read for it."""

    services: list[tuple[str, str]]
    household: list[tuple[str, str]]
    place: str
    people: list[PersonRecord]


def choices_for(*, viewer: Viewer, need: Need) -> Choices:
    """Services that meet `need`, those with room and near her first; the mother, her infants and whom the need is about."""
    mother = PlanOfSafeCare.objects.seen_by(viewer).filter(pk=need.plan_id).values_list("identity_id", flat=True).first()
    named = names_of(viewer=viewer, identity_ids={need.identity_id, *([mother] if mother else [])})
    for infant in infants_of(viewer=viewer, mother_ids=[mother] if mother else []):
        named.setdefault(infant.identity_id, infant)
    county = named[mother].county if mother in named else ""
    found = search_services(need=need.code, place=county or None).object_list or search_services(need=need.code).object_list
    return Choices(
        services=[(str(one.service.pk), _service(one.service)) for one in found[:MOST]],
        household=[(str(identity), person.preferred_name or person.given_name or _("Someone in the family")) for identity, person in named.items()],
        place=county,
        people=list(named.values()),
    )


def _service(service: object) -> str:
    name, organization = service.name, service.organization.name  # type: ignore[attr-defined]
    here = _("answers here") if service.agency_id else ""  # type: ignore[attr-defined]
    return ", ".join(part for part in (name, organization if organization != name else "", here) if part)
