"""Reads of the directory. It is public information, so these take no viewer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from careloom.directory.models import WORKING, Location, Service

PER_PAGE = 20
FLAGS = {
    "takes_pregnant": "TAKES_PREGNANT",
    "children_on_site": "CHILDREN_ON_SITE",
    "medicaid": "MEDICAID",
    "women_specific": "WOMEN_SPECIFIC",
    "trauma_informed": "TRAUMA_INFORMED",
    "telehealth": "TELEHEALTH",
}


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a service was found: `kind` NEED, FEATURE, LANGUAGE, PLACE, SERVES, STATEWIDE, ROOM or TEXT; its code."""

    kind: str
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceFound:
    """A service of a result page with the reasons it matched."""

    service: Service
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class _Place:
    """What was typed as a place: a ZIP with the counties it lies in, or a county or city by name."""

    typed: str
    postal_code: str = ""
    names: tuple[str, ...] = ()


def listed_services() -> QuerySet[Service]:
    """The services that the directory shows to those who look for one: in force, working, of an organization that is still listed."""
    return Service.objects.filter(active=True, status__in=WORKING, organization__active=True)


def search_services(
    *,
    need: str | None = None,
    place: str | None = None,
    language: str | None = None,
    takes_pregnant: bool | None = None,
    children_on_site: bool | None = None,
    medicaid: bool | None = None,
    women_specific: bool | None = None,
    trauma_informed: bool | None = None,
    telehealth: bool | None = None,
    has_capacity: bool | None = None,
    text: str | None = None,
    page: int = 1,
) -> Page[ServiceFound]:
    """A page of services that match everything asked for: those with room first, then the nearest, then by name.

    `place` is a county, a city or a ZIP; services that serve the whole state match every place. A flag of False
    asks for nothing. At most seven statements whatever the size of the directory.
    """
    flags = {
        "takes_pregnant": takes_pregnant,
        "children_on_site": children_on_site,
        "medicaid": medicaid,
        "women_specific": women_specific,
        "trauma_informed": trauma_informed,
        "telehealth": telehealth,
    }
    features = [FLAGS[name] for name, wanted in flags.items() if wanted]
    where = _place(place)
    found = listed_services()
    if need:
        found = found.filter(needs__contains=[need])
    if features:
        found = found.filter(features__contains=features)
    if language:
        found = found.filter(language_codes__contains=[language.lower()])
    if has_capacity:
        found = found.filter(available__gt=0)
    for word in (text or "").split():
        found = found.filter(search_text__icontains=word)
    if where is not None:
        found = found.filter(_serves(where))
    ordered = _ordered(found, where)
    got = Paginator(ordered.select_related("organization"), PER_PAGE).get_page(page)
    services: list[Service] = _with_children(list(got.object_list))
    asked = (need, tuple(features), language, where, bool(has_capacity), bool(text))
    got.object_list = [ServiceFound(service=s, reasons=_reasons(s, *asked)) for s in services]
    return got


def _with_children(services: list[Service]) -> list[Service]:
    from django.db.models import prefetch_related_objects

    prefetch_related_objects(services, "at_locations__location", "phones", "capacities")
    return services


def _place(typed: str | None) -> _Place | None:
    words = " ".join((typed or "").split())
    if not words:
        return None
    if words.isdigit() and len(words) == 5:
        counties = Location.objects.filter(active=True, postal_code__startswith=words).values_list("county", flat=True)
        return _Place(typed=words, postal_code=words, names=tuple(sorted({c.title() for c in counties if c})))
    name = words.title().removesuffix(" County")
    return _Place(typed=name, names=(name,))


def _serves(where: _Place) -> Q:
    near = Q(statewide=True) | Q(areas_served__overlap=[where.typed, *where.names]) | Q(located_in__overlap=list(where.names))
    return near | Q(postal_codes__contains=[where.postal_code]) if where.postal_code else near


def _ordered(found: QuerySet[Service], where: _Place | None) -> QuerySet[Service]:
    room = Case(When(available__gt=0, then=Value(0)), When(available=0, then=Value(2)), default=Value(1))
    if where is None:
        return found.order_by(room, "name", "pk")
    steps = [When(located_in__overlap=list(where.names), then=Value(1)), When(areas_served__overlap=list(where.names), then=Value(2))]
    if where.postal_code:
        steps.insert(0, When(postal_codes__contains=[where.postal_code], then=Value(0)))
    return found.annotate(nearness=Case(*steps, default=Value(3), output_field=IntegerField())).order_by(room, "nearness", "name", "pk")


def _reasons(
    service: Service, need: str | None, features: tuple[str, ...], language: str | None, where: _Place | None, room: bool, text: bool
) -> tuple[Reason, ...]:
    reasons = [Reason(kind="NEED", code=need)] if need else []
    reasons += [Reason(kind="FEATURE", code=f) for f in features]
    if language:
        reasons.append(Reason(kind="LANGUAGE", code=language.lower()))
    if where is not None:
        reasons.append(_place_reason(service, where))
    if room:
        reasons.append(Reason(kind="ROOM"))
    if text:
        reasons.append(Reason(kind="TEXT"))
    return tuple(reasons)


def _place_reason(service: Service, where: _Place) -> Reason:
    if where.postal_code and where.postal_code in service.postal_codes:
        return Reason(kind="PLACE", code=where.postal_code)
    for kind, held in (("PLACE", service.located_in), ("SERVES", service.areas_served)):
        shared = [name for name in (where.typed, *where.names) if name in held]
        if shared:
            return Reason(kind=kind, code=shared[0])
    return Reason(kind="STATEWIDE")


def service_by_id(*, service_id: UUID) -> Service | None:
    """One service with everything its page shows, or None. Also an inactive one, because a referral may name it."""
    found = Service.objects.filter(pk=service_id).select_related("organization", "agency")
    children = ("at_locations__location__phones", "at_locations__location__schedules", "phones", "schedules")
    return found.prefetch_related(*children, "languages", "areas", "capacities", "costs").first()


def services_by_id(*, ids: Iterable[UUID]) -> dict[UUID, Service]:
    """Services with their organization by id. One statement."""
    return {s.pk: s for s in Service.objects.filter(pk__in=set(ids)).select_related("organization")}


def services_of_agency(*, agency_id: UUID) -> list[Service]:
    """The working services that an agency offers, by name."""
    return list(Service.objects.filter(agency_id=agency_id, active=True).select_related("organization").order_by("name"))


def languages_offered() -> list[tuple[str, str]]:
    """Code and name of every language that a working service speaks. One statement."""
    from careloom.directory.models import ServiceLanguage

    rows = ServiceLanguage.objects.filter(service__active=True).values_list("code", "name").distinct()
    named = {(code or name.lower()): name for code, name in rows}
    return sorted(named.items(), key=lambda item: item[1])


def services_serving(*, places: Iterable[str]) -> list[Service]:
    """The working services that serve at least one of these counties, or the whole state, with organization and capacities, by name.

    Two statements. At most 2000: the service array of a state's collaborative.
    """
    names = list(places)
    where = Q(statewide=True) | Q(areas_served__overlap=names) | Q(located_in__overlap=names)
    found = listed_services().filter(where)
    return list(found.select_related("organization").prefetch_related("capacities").order_by("name", "pk")[:2000])
