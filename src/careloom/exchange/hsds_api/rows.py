"""From rows of the directory to rows of HSDS: what is empty is left out, and a value that HSDS has no form for is left out too.

Ids of what hangs on a service or a place are made from its own id and what it says, so that they stay the same from import to import.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from careloom.directory import models, published

Row = dict[str, Any]
OURS = uuid5(NAMESPACE_URL, "https://careloom.org/hsds")
_IS_URL = URLValidator(schemes=["http", "https"])


def child_id(parent: UUID, table: str, *says: object) -> str:
    """The id of a row that hangs on another one."""
    return str(uuid5(parent, "\x1f".join([table, *(str(one) for one in says)])))


def taxonomy_id(name: str) -> str:
    """The id of a vocabulary, the same in every Careloom."""
    return str(uuid5(OURS, f"taxonomy\x1f{name}"))


def unit_id(name: str) -> str:
    """The id of a unit of room, the same in every Careloom."""
    return str(uuid5(OURS, f"unit\x1f{name}"))


def organization(one: models.Organization) -> Row:
    """An organization alone."""
    return _kept(
        id=str(one.pk), name=one.name, alternate_name=one.alternate_name, description=one.description or one.name,
        email=_email(one.email), website=_uri(one.website),
    )  # fmt: skip


def organization_phones(one: models.Organization) -> list[Row]:
    """The number of an organization."""
    if not one.phone:
        return []
    return [_kept(id=child_id(one.pk, "phone", one.phone), organization_id=str(one.pk), number=one.phone, type="voice")]


def service(one: models.Service) -> Row:
    """A service alone. `at_locations__location` is to be prefetched."""
    return _kept(
        id=str(one.pk), organization_id=str(one.organization_id), name=one.name, alternate_name=one.alternate_name, description=one.description,
        url=_uri(one.website), email=_email(one.email), status=one.status, interpretation_services=one.interpretation,
        application_process=one.application, fees_description=one.fees, wait_time=one.wait, eligibility_description=one.eligibility,
        minimum_age=one.minimum_age, maximum_age=one.maximum_age, assured_date=one.assured_on.isoformat() if one.assured_on else "",
        last_modified=_instant(published.last_change(one)),
    )  # fmt: skip


def place(one: models.Location, *, is_open: bool) -> Row:
    """A place alone. Of one that is not open nothing is told but that it is there."""
    mine = {"id": str(one.pk), "organization_id": str(one.organization_id or "")}
    if not is_open:
        return _kept(**mine, location_type="virtual")
    return _kept(
        **mine, location_type=one.kind, name=one.name, description=one.description, transportation=one.transportation,
        latitude=one.latitude, longitude=one.longitude,
    )  # fmt: skip


def addresses(one: models.Location) -> list[Row]:
    """The address of an open place, where it has every part that HSDS asks for."""
    if not (one.line1 and one.city and one.state and one.postal_code):
        return []
    return [
        _kept(
            id=child_id(one.pk, "address"), location_id=str(one.pk), address_1=one.line1, address_2=one.line2, city=one.city, region=one.county,
            state_province=one.state, postal_code=one.postal_code, country="US", address_type="physical",
        )
    ]  # fmt: skip


def accessibility(one: models.Location) -> list[Row]:
    """What an open place has for people with a disability."""
    return _once(
        _kept(id=child_id(one.pk, "accessibility", words), location_id=str(one.pk), description=words) for words in one.accessibility if words
    )


def join(one: models.ServiceAtLocation, *, is_open: bool) -> Row:
    """That a service is given at a place. What the source says of it is told only of an open place: it may say where that is."""
    words = one.description if is_open else ""
    return _kept(id=str(one.pk), service_id=str(one.service_id), location_id=str(one.location_id), description=words)


def phones(link: str, parent: models.Service | models.Location) -> list[Row]:
    """The numbers of a service or a place; `link` is service_id or location_id. An extension that is no number stands in the description."""
    found = []
    for one in sorted(parent.phones.all(), key=lambda p: (p.kind, p.number, p.extension, p.description)):
        plain = one.extension.isascii() and one.extension.isdigit()
        words = one.description if plain or not one.extension else f"{one.description} (extension {one.extension})".strip()
        found.append(
            _kept(
                id=child_id(parent.pk, "phone", one.number, one.extension, one.kind, one.description), number=one.number,
                extension=int(one.extension) if plain else None, type=one.kind, description=words, **{link: str(parent.pk)},
            )
        )  # fmt: skip
    return _once(found)


def schedules(link: str, parent: models.Service | models.Location) -> list[Row]:
    """The hours of a service or a place."""
    found = []
    for one in sorted(parent.schedules.all(), key=lambda s: (s.byday, str(s.opens_at), str(s.closes_at), s.description)):
        opens, closes = (t.isoformat() if t else "" for t in (one.opens_at, one.closes_at))
        found.append(
            _kept(
                id=child_id(parent.pk, "schedule", one.byday, opens, closes, one.description), freq="WEEKLY" if one.byday else "",
                byday=one.byday, opens_at=opens, closes_at=closes, description=one.description, **{link: str(parent.pk)},
            )
        )  # fmt: skip
    return _once(found)


def languages(one: models.Service) -> list[Row]:
    """The languages in which a service is given."""
    spoken = sorted(one.languages.all(), key=lambda x: (x.name, x.code))
    return _once(_kept(id=child_id(one.pk, "language", x.code, x.name), service_id=str(one.pk), name=x.name, code=x.code) for x in spoken)


def areas(one: models.Service) -> list[Row]:
    """Where people live whom a service takes. `extent` says of what kind the name is, in our four words."""
    served = sorted(one.areas.all(), key=lambda a: (a.kind, a.name))
    return _once(
        _kept(id=child_id(one.pk, "service_area", a.kind, a.name), service_id=str(one.pk), name=a.name, extent=a.kind, extent_type="text")
        for a in served
    )


def costs(one: models.Service) -> list[Row]:
    """What a service costs, in units of the currency."""
    asked = sorted(one.costs.all(), key=lambda c: (c.option, c.amount_cents or 0, c.currency, c.description))
    return _once(
        _kept(
            id=child_id(one.pk, "cost_option", c.option, c.amount_cents, c.currency, c.description), service_id=str(one.pk), option=c.option,
            currency=c.currency, amount=None if c.amount_cents is None else c.amount_cents / 100, amount_description=c.description,
        )
        for c in asked
    )  # fmt: skip


def documents(one: models.Service) -> list[Row]:
    """What to bring."""
    return _once(_kept(id=child_id(one.pk, "document", words), service_id=str(one.pk), document=words) for words in one.documents if words)


def capacities(one: models.Service) -> list[Row]:
    """The room of a service by unit; HSDS wants to know when it was said, so room without a time is left out."""
    said = sorted((c for c in one.capacities.all() if c.updated_at), key=lambda c: c.unit)
    return [
        _kept(
            id=child_id(one.pk, "capacity", c.unit), service_id=str(one.pk), unit_id=unit_id(c.unit), available=c.available, maximum=c.maximum,
            updated=_instant(c.updated_at),
        )
        for c in said
    ]  # fmt: skip


def unit(name: str) -> Row:
    """A unit of room: bed, slot, apartment."""
    return {"id": unit_id(name), "name": name}


def attributes(one: models.Service) -> list[tuple[Row, models.TaxonomyTerm]]:
    """That a service carries terms, each with its term."""
    held = sorted(one.attributes.all(), key=lambda a: (a.term.taxonomy, a.term.code))
    return [
        (
            {
                "id": child_id(one.pk, "attribute", a.term_id), "link_id": str(one.pk), "taxonomy_term_id": str(a.term_id),
                "link_type": "service", "link_entity": "service",
            },
            a.term,
        )
        for a in held
    ]  # fmt: skip


def term(one: models.TaxonomyTerm) -> Row:
    """A term alone."""
    return _kept(id=str(one.pk), code=one.code, name=one.name, description=one.name, taxonomy=one.taxonomy, taxonomy_id=taxonomy_id(one.taxonomy))


def taxonomy(name: str) -> Row:
    """A vocabulary, known here by its name alone."""
    return {"id": taxonomy_id(name), "name": name, "description": name}


def _kept(**values: Any) -> Row:
    return {name: value for name, value in values.items() if value is not None and value != ""}


def _once(found: Iterable[Row]) -> list[Row]:
    return list({row["id"]: row for row in found}.values())


def _instant(at: Any) -> str:
    return str(at.isoformat(timespec="seconds")).replace("+00:00", "Z")


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text


def _uri(text: str) -> str:
    """A web address; one without its scheme gets it."""
    whole = text if "://" in text else f"https://{text}"
    try:
        _IS_URL(whole)
    except ValidationError:
        return ""
    return whole
