"""Organization, HealthcareService and Location: agencies, and the public directory of services. No person is in them."""

from __future__ import annotations

from collections.abc import Sequence

from careloom.agencies.models import Agency
from careloom.directory import models as directory
from careloom.fhir import canonicals
from careloom.fhir.resources.shape import Json, Reading, Shaped, coding, concept, filled, reference, resource

A_PLACE = "A place"
LANGUAGES = "urn:ietf:bcp:47"


def agencies(reading: Reading, rows: Sequence[Agency]) -> list[Shaped]:
    """An Organization for each agency. INVARIANT: of a program whose name would tell that somebody is in treatment, others get its outward
    name and nothing by which to find the program behind it (42 CFR 2.13(c))."""
    return [_agency(reading, agency) for agency in rows]


def _agency(reading: Reading, agency: Agency) -> Shaped:
    open_ = agency.pk == reading.viewer.holder_id or not agency.is_part2_program
    made = resource(
        "Organization", agency.pk, profile="us-core-organization",
        active=agency.active,
        type=[concept(coding(canonicals.AGENCY_KIND, agency.kind))] if open_ else [],
        name=reading.name_of(agency),
        telecom=_telecom(phone=agency.phone) if open_ else [],
        address=_address(filled({"text": agency.address, "district": agency.county})) if open_ else [],
    )  # fmt: skip
    return Shaped(resource=made)


def organizations(reading: Reading, rows: Sequence[directory.Organization]) -> list[Shaped]:
    """An Organization for each provider of the directory."""
    return [_organization(one) for one in rows]


def _organization(one: directory.Organization) -> Shaped:
    made = resource(
        "Organization", one.pk, profile="us-core-organization",
        active=one.active,
        name=one.name,
        alias=[one.alternate_name] if one.alternate_name else [],
        telecom=_telecom(phone=one.phone, email=one.email, url=one.website),
    )  # fmt: skip
    return Shaped(resource=made)


def services(reading: Reading, rows: Sequence[directory.Service]) -> list[Shaped]:
    """A HealthcareService for each service; the rows bring their places and telephones."""
    return [_service(one) for one in rows]


def _service(one: directory.Service) -> Shaped:
    made = resource(
        "HealthcareService", one.pk,
        active=one.active and one.status in directory.WORKING,
        providedBy=reference("Organization", one.organization_id),
        type=[concept(coding(canonicals.NEED, code)) for code in one.needs],
        location=[reference("Location", here.location_id) for here in one.at_locations.all()],
        name=one.name,
        comment=one.description,
        telecom=[*(_phone(phone.number, phone.extension) for phone in one.phones.all()), *_telecom(email=one.email, url=one.website)],
        eligibility=[{"comment": one.eligibility}] if one.eligibility else [],
        communication=[concept(coding(LANGUAGES, code)) for code in one.language_codes],
        availabilityExceptions=one.wait,
    )  # fmt: skip
    return Shaped(resource=made)


def locations(reading: Reading, rows: Sequence[directory.Location]) -> list[Shaped]:
    """A Location for each place; one that is kept secret has no address here either."""
    return [_location(one) for one in rows]


def _location(one: directory.Location) -> Shaped:
    lines = [line for line in (one.line1, one.line2) if line]
    address = {"line": lines, "city": one.city, "district": one.county, "state": one.state, "postalCode": one.postal_code}
    has_position = one.latitude is not None and one.longitude is not None
    made = resource(
        "Location", one.pk, profile="us-core-location",
        status="active" if one.active else "inactive",
        name=one.name or (one.organization.name if one.organization else "") or A_PLACE,
        description=one.description,
        telecom=[_phone(phone.number, phone.extension) for phone in one.phones.all()],
        address=filled(address),
        position={"longitude": one.longitude, "latitude": one.latitude} if has_position else None,
        managingOrganization=reference("Organization", one.organization_id) if one.organization_id else None,
    )  # fmt: skip
    return Shaped(resource=made)


def _phone(number: str, extension: str) -> Json:
    return {"system": "phone", "value": f"{number} ext. {extension}" if extension else number}


def _telecom(*, phone: str = "", email: str = "", url: str = "") -> list[Json]:
    return [{"system": system, "value": value} for system, value in (("phone", phone), ("email", email), ("url", url)) if value]


def _address(address: Json) -> list[Json]:
    return [address] if address else []
