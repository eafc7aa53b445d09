"""Patient and RelatedPerson, from person records and the family as the mother defines it (US Core 6.1.0)."""

from __future__ import annotations

from collections.abc import Sequence

from careloom.fhir import canonicals
from careloom.fhir.resources.shape import (
    ROLE_CODE,
    UUIDS,
    Json,
    Reading,
    Shaped,
    absent,
    coding,
    concept,
    day,
    filled,
    newest,
    reference,
    resource,
)
from careloom.messages.contact import Ways, ways_of
from careloom.people.models import FamilyMember, PersonRecord
from careloom.people.queries import names_of

GENDERS = {"f": "female", "m": "male", "o": "other"}
"""By the first letter of what the holder wrote; anything else is unknown."""
RELATIONS = {
    "PARTNER": ("SIGOTHR", "significant other"),
    "PARENT": ("PRN", "parent"),
    "CHILD": ("CHILD", "child"),
    "KIN": ("FAMMEMB", "family member"),
    "FRIEND": ("FRND", "unrelated friend"),
}
IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203"
LANGUAGES = "urn:ietf:bcp:47"


def patients(reading: Reading, rows: Sequence[PersonRecord]) -> list[Shaped]:
    """A Patient for each of these records, one record an identity. One query for how each may be reached."""
    ways = ways_of(viewer=reading.viewer, identity_ids=[row.identity_id for row in rows])
    return [_patient(reading, row, ways[row.identity_id]) for row in rows]


def _patient(reading: Reading, row: PersonRecord, ways: Ways) -> Shaped:
    number = ways.number(row.phone)
    # A machine cannot be told to take care: where somebody near her may hear or read it, nothing is sent out by which to reach her.
    telecom = [] if ways.careful or not number else [{"system": "phone", "value": number}]
    address = "" if ways.careful else ways.address or row.address
    made = resource(
        "Patient", row.identity_id, profile="us-core-patient",
        identifier=_identifiers(reading, row),
        active=True,
        name=_names(row),
        telecom=telecom,
        gender=gender_of(row.sex),
        birthDate=day(row.birth_date),
        deceasedDateTime=day(row.died_on),
        address=[filled({"text": address, "district": row.county})] if address or row.county else [],
        communication=[{"language": concept(coding(LANGUAGES, row.language)), "preferred": True}] if row.language else [],
    )  # fmt: skip
    return Shaped(resource=made, rows=(row,), also=ways.rows, changed=row.changed_at, author=reading.own_author(row))


def gender_of(sex: str) -> str:
    """The administrative gender for what a holder wrote as sex."""
    return GENDERS.get(sex.strip()[:1].lower(), "unknown")


def _identifiers(reading: Reading, row: PersonRecord) -> list[Json]:
    found: list[Json] = [{"system": UUIDS, "value": f"urn:uuid:{row.identity_id}"}]
    if row.record_number and row.holder_id == reading.viewer.holder_id:
        found.append(
            {
                "type": concept(coding(IDENTIFIER_TYPE, "MR", "Medical record number")),
                "system": f"urn:uuid:{row.holder_id}",
                "value": row.record_number,
            }
        )
    return found


def _names(row: PersonRecord) -> list[Json]:
    if not row.family_name and not row.given_name:
        named = [{"extension": [absent()]}]
    else:
        named = [filled({"use": "official", "family": row.family_name, "given": [row.given_name] if row.given_name else []})]
    return [*named, *([{"use": "usual", "given": [row.preferred_name]}] if row.preferred_name else [])]


def mothers(reading: Reading, rows: Sequence[PersonRecord]) -> list[Shaped]:
    """The mother as a RelatedPerson of each infant whose record names her; her name where her own record is visible. One query."""
    named = names_of(viewer=reading.viewer, identity_ids={row.mother_identity_id for row in rows if row.mother_identity_id})
    return [_mother(reading, row, named.get(row.mother_identity_id)) for row in rows]


def _mother(reading: Reading, row: PersonRecord, her: PersonRecord | None) -> Shaped:
    made = resource(
        "RelatedPerson", row.pk, profile="us-core-relatedperson", ours=canonicals.MOTHER_PROFILE,
        identifier=[{"system": UUIDS, "value": f"urn:uuid:{row.mother_identity_id}"}],
        active=True,
        patient=reference("Patient", row.identity_id),
        relationship=[concept(coding(ROLE_CODE, "NMTH", "natural mother"))],
        name=_names(her) if her is not None and (her.family_name or her.given_name) else [],
        birthDate=day(her.birth_date) if her else None,
    )  # fmt: skip
    rows = (row, her) if her is not None else (row,)
    changed = newest(row.changed_at, her.changed_at if her else None)
    return Shaped(resource=made, rows=rows, changed=changed, author=reading.own_author(row))


def family(reading: Reading, rows: Sequence[FamilyMember]) -> list[Shaped]:
    """Whom the mother counts as family or support. A number only where she said that the team may call it."""
    return [_member(reading, person) for person in rows]


def _member(reading: Reading, person: FamilyMember) -> Shaped:
    known = RELATIONS.get(person.kind)
    may_call = person.contact == "OK" and not person.unsafe
    made = resource(
        "RelatedPerson", person.pk, profile="us-core-relatedperson",
        active=True,
        patient=reference("Patient", person.identity_id),
        relationship=[concept(*([coding(ROLE_CODE, *known)] if known else []), text=person.relation)],
        name=[{"text": person.name}],
        telecom=[{"system": "phone", "value": person.phone}] if may_call and person.phone else [],
        birthDate=day(person.birth_date),
    )  # fmt: skip
    return Shaped(resource=made, rows=(person,), changed=newest(person.at, person.ended_at), author=reading.own_author(person))
