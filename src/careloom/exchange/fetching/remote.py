"""What is asked of a source: a token for a signed request, the one person, and her record type by type.

Source: SMART Backend Services (SMART App Launch 2.2.0), FHIR R4 search. Nothing is asked but hosts that were registered (`smart.wire`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from careloom.exchange.fetching.keys import proof
from careloom.exchange.models import Source
from careloom.exchange.smart.gathering import KINDS, Json, Reader, local, pointed_at
from careloom.exchange.smart.launching import wire_to
from careloom.exchange.smart.redeeming import FHIR_ID
from careloom.exchange.smart.wire import EhrFailed

SECONDS = 60.0
PERSON, POINTED = "Patient", "Pointed"
#: What is read, in order; the last are the medicines and organizations at which the others point.
STEPS = (PERSON, *KINDS, POINTED)
READS = (PERSON, *KINDS, "Medication", "Organization")
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
MOST_TOKEN = 16_000


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Who is looked for: by the id under which the source's record was brought in before, else by name and birth date."""

    given: str
    family: str
    born: date
    known_as: str = ""


@dataclass(frozen=True, kw_only=True)
class Session:
    """One token at one source, and the types that it may read."""

    reader: Reader
    may: frozenset[str]


def enter(source: Source, *, practice: bool, at: datetime) -> Session:
    """Get a token. `at` is the present instant as others know it. Raises `EhrFailed` (NOT_SMART, REFUSED, and as `Wire` does)."""
    wire = wire_to(source, practice=practice, seconds=SECONDS)
    told = wire.get(f"{source.iss}/.well-known/smart-configuration")
    address = told.get("token_endpoint") if isinstance(told, dict) else None
    if not isinstance(address, str):
        raise EhrFailed("NOT_SMART")
    form = {
        "grant_type": "client_credentials", "scope": " ".join(f"system/{kind}.rs" for kind in READS), "client_assertion_type": ASSERTION,
        "client_assertion": proof(agency_id=source.agency_id, client_id=source.client_id, audience=address, at=at),
    }  # fmt: skip
    given = wire.post(address, form)
    token = given.get("access_token") if isinstance(given, dict) else None
    if not isinstance(token, str) or not 0 < len(token) <= MOST_TOKEN or not token.isprintable() or str(given.get("token_type")).lower() != "bearer":
        raise EhrFailed("NOT_SMART")
    return Session(reader=Reader(wire=wire, iss=source.iss, token=token), may=_readable(given.get("scope")))


def read(session: Session, step: str, *, wanted: Wanted, so_far: list[Json]) -> list[Json]:
    """The resources of one step; `so_far` are those of the steps before. Raises `EhrFailed` (NOBODY, SEVERAL, ANOTHER, NOT_GIVEN, ...)."""
    if step == PERSON:
        if PERSON not in session.may:
            raise EhrFailed("NOT_GIVEN")
        return [_the_one(session.reader, wanted)]
    if step == POINTED:
        return pointed_at(session.reader, so_far, set())
    if step not in session.may:
        raise EhrFailed("REFUSED")
    person = str(so_far[0]["id"])
    found = session.reader.search(step, patient=person)
    if any(_about(session.reader, one) != f"Patient/{person}" for one in found):
        raise EhrFailed("ANOTHER")
    return found


def _the_one(reader: Reader, wanted: Wanted) -> Json:
    """INVARIANT: one person whose name and birth date are those on file, or nobody. Nothing is guessed and nobody chooses among strangers."""
    if FHIR_ID.fullmatch(wanted.known_as):
        found = [reader.one("Patient", wanted.known_as)]
    else:
        found = reader.search("Patient", family=wanted.family, given=wanted.given, birthdate=wanted.born.isoformat())
    same = {str(one.get("id")): one for one in found if FHIR_ID.fullmatch(str(one.get("id", ""))) and _is(one, wanted)}
    if len(same) != 1:
        raise EhrFailed("SEVERAL" if same else "NOBODY")
    return next(iter(same.values()))


def _is(person: Json, wanted: Wanted) -> bool:
    names = person.get("name")
    told = [one for one in names if isinstance(one, dict)] if isinstance(names, list) else []
    named = any(_plain(one.get("family")) == _plain(wanted.family) and _plain(wanted.given) in _givens(one) for one in told)
    return named and person.get("birthDate") == wanted.born.isoformat()


def _givens(name: Json) -> set[str]:
    parts = name.get("given")
    given = [one for one in parts if isinstance(one, str)] if isinstance(parts, list) else []
    return {_plain(" ".join(given)), *(_plain(one) for one in given)}


def _plain(text: Any) -> str:
    return " ".join(text.split()).casefold() if isinstance(text, str) else ""


def _about(reader: Reader, resource: Json) -> str:
    subject = resource.get("subject") or resource.get("patient")
    return local(reader, subject.get("reference") if isinstance(subject, dict) else None).partition("/_history/")[0]


def _readable(scope: Any) -> frozenset[str]:
    """The types that granted scopes let read and search (SMART 2: `system/Type.rs`; SMART 1: `system/Type.read`). No scope told: all asked for."""
    if not isinstance(scope, str):
        return frozenset(READS)
    found: set[str] = set()
    for one in scope.split():
        told = re.fullmatch(r"system/(\*|[A-Za-z]+)\.(\*|read|c?r?u?d?s?)", one)
        if told and (told[2] in ("*", "read") or {"r", "s"} <= set(told[2])):
            found.update(READS if told[1] == "*" else {told[1]})
    return frozenset(found)
