"""A birth as a hospital's record system tells it: a FHIR message about the made mother and infants of `tests/worlds/bundles`."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from tests.factories.ehr_family import a_family

from careloom.fhir import canonicals

Json = dict[str, Any]
ENDPOINT = "https://records.st-agnes.test/fhir"


def a_message(babies: str = "infant", *, today: date, sent_as: str = "") -> Json:
    """The message, whose id is `sent_as` or new."""
    entries = [{"fullUrl": f"{ENDPOINT}/{one['resourceType']}/{one['id']}", "resource": one} for one in a_family(babies, today=today)]
    header = {
        "resourceType": "MessageHeader", "id": sent_as or uuid4().hex, "eventCoding": {"system": canonicals.EVENT, "code": "birth"},
        "source": {"endpoint": ENDPOINT},
    }  # fmt: skip
    first = {"fullUrl": f"{ENDPOINT}/MessageHeader/{header['id']}", "resource": header}
    return {"resourceType": "Bundle", "type": "message", "entry": [first, *entries]}


def header_of(message: Json) -> Json:
    """Its MessageHeader."""
    header: Json = message["entry"][0]["resource"]
    return header


def resources(message: Json, kind: str) -> list[Json]:
    """Its resources of one type, to be changed."""
    return [one["resource"] for one in message["entry"] if one["resource"]["resourceType"] == kind]
