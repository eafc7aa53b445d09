"""A hospital's system tells of a birth by a FHIR message: `$process-message` (R4, Messaging). It becomes a draft that a worker finishes and sends.

INVARIANT: nothing leaves the hospital by this door. The answer says that it was taken, and nothing of what was known here before.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from django.http import HttpRequest

from careloom.fhir import canonicals
from careloom.fhir.clients.tokens import Bearer
from careloom.fhir.resources.shape import Json, Reading, coding, instant
from careloom.fhir.serving.outcome import Problem, issue, outcome
from careloom.fhir.writing.bodies import faults, read_json
from careloom.fhir.writing.ports import take_birth
from careloom.fhir.writing.taken import hashed, take_once
from careloom.infra.audit.actions import record

BIRTH: Final = "birth"
EVENTS: Final = {BIRTH: "A birth, for the draft of its notification"}
MOST_BYTES: Final = 10_000_000
MOST_ENTRIES: Final = 20_000
MOST_TOLD: Final = 20
HEADER: Final = "Bundle.entry[0].resource"
HEADER_SHAPE: Final[Json] = {"id": str, "eventCoding": {"system": str, "code": str}, "source": {"endpoint": str}}
CONFLICT: Final = f"{HEADER}.id: a message with this id and another content was taken. Give each message an id of its own."
TAKEN: Final = "The draft of the notification waits for a worker of your hospital, who finishes and sends it."
ANSWERS: Final = UUID("5b2c7f0e-4a55-4d0c-9d6e-2f6a0f5c9b31")
"""The name space of the ids of answers: the same message has the same answer."""


def process_message(request: HttpRequest, reading: Reading, bearer: Bearer) -> Json:
    """Take the message in the body; answers a message whose header says `ok` and names the one that was sent.

    The header's id names the message: sent again with the same content it changes nothing. Raises `Problem`: 400 for what is no message, 409 where
    another content came under the same id, 422 with the path of each fault.
    """
    bundle = read_json(request, name="Bundle", most=MOST_BYTES)
    header = _header(bundle)
    sent_as = str(header["id"])
    said = {**bundle, "entry": bundle["entry"][1:]}
    source = str(header["source"]["endpoint"])
    take_once(
        bearer, key=hashed([source, sent_as]), digest=hashed(said["entry"]), at=reading.at, conflict=CONFLICT,
        make=lambda: _take(reading, bearer, said, source=source),
    )  # fmt: skip
    return _answer(reading, bearer, sent_as=sent_as)


def _header(bundle: Json) -> Json:
    entries = bundle.get("entry")
    if bundle.get("type") != "message":
        raise _wrong("Bundle.type: send a message.")
    if not isinstance(entries, list) or len(entries) < 2 or len(entries) > MOST_ENTRIES:
        raise _wrong(f"Bundle.entry: a message has its header and what it is about, at most {MOST_ENTRIES} entries.")
    header = entries[0].get("resource") if isinstance(entries[0], dict) else None
    if not isinstance(header, dict) or header.get("resourceType") != "MessageHeader":
        raise _wrong(f"{HEADER}: the first entry of a message is its MessageHeader.")
    found = [f"{HEADER}.{name}: it is needed" for name in HEADER_SHAPE if name not in header] + faults(header, HEADER_SHAPE, HEADER)
    if not found and not (0 < len(header["id"]) <= 64 and 0 < len(header["source"].get("endpoint", "")) <= 300):
        found = [f"{HEADER}: its id has 1 to 64 signs and source.endpoint 1 to 300"]
    if found:
        raise Problem(422, "structure", "; ".join(found))
    event = header["eventCoding"]
    if (event.get("system"), event.get("code")) != (canonicals.EVENT, BIRTH):
        raise Problem(422, "not-supported", f"{HEADER}.eventCoding: the event that is taken here is {canonicals.EVENT}|{BIRTH}.")
    return header


def _take(reading: Reading, bearer: Bearer, bundle: Json, *, source: str) -> UUID:
    done = take_birth(by=reading.viewer, at=reading.at, bundle=bundle, source=source, pack=bearer.client.agency.pack)
    if not isinstance(done, UUID):
        more = f" {len(done) - MOST_TOLD} more are not listed." if len(done) > MOST_TOLD else ""
        raise Problem(422, "business-rule", " ".join(done[:MOST_TOLD]) + more)
    record(by=reading.viewer, at=reading.at, action="fhir.birth_told", object_id=done, detail={"system": bearer.client.mark})
    return done


def _answer(reading: Reading, bearer: Bearer, *, sent_as: str) -> Json:
    id_ = uuid5(ANSWERS, f"{bearer.client.pk}:{sent_as}")
    said = uuid5(ANSWERS, f"{bearer.client.pk}:{sent_as}:said")
    header = {
        "resourceType": "MessageHeader", "id": str(id_), "eventCoding": coding(canonicals.EVENT, BIRTH, EVENTS[BIRTH]),
        "source": {"endpoint": f"{reading.base}/$process-message"},
        "response": {"identifier": sent_as, "code": "ok", "details": {"reference": f"urn:uuid:{said}"}},
    }  # fmt: skip
    told = outcome(issue(code="informational", severity="information", words=TAKEN))
    entries = [{"fullUrl": f"urn:uuid:{id_}", "resource": header}, {"fullUrl": f"urn:uuid:{said}", "resource": told}]
    return {"resourceType": "Bundle", "type": "message", "timestamp": instant(reading.at), "entry": entries}


def _wrong(words: str) -> Problem:
    return Problem(400, "invalid", words)
