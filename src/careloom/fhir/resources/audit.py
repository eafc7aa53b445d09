"""AuditEvent: one look at somebody's record, as the access log keeps it (in the shape of IHE BALP; interop.md 1.4).

It names who looked by agency, as the log's own page does, and never a worker of another agency. Nothing that was looked at stands in it but its kind.
"""

from __future__ import annotations

from collections.abc import Sequence

from careloom.agencies.places import page_words
from careloom.fhir import canonicals
from careloom.fhir.resources.shape import PARTICIPATION, Json, Reading, Shaped, coding, concept, instant, reference, resource
from careloom.infra.access.models import AccessLog

DICOM = "http://dicom.nema.org/resources/ontology/DCM"
ENTITY = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
OBJECT_ROLE = "http://terminology.hl7.org/CodeSystem/object-role"


def looks(reading: Reading, rows: Sequence[AccessLog]) -> list[Shaped]:
    """An AuditEvent for each look. One query for the agencies."""
    reading.look_up([one for row in rows for one in (row.agency_id, row.holder_id)])
    return [_look(reading, row) for row in rows]


def _look(reading: Reading, row: AccessLog) -> Shaped:
    who = reading.organization(row.agency_id) if row.agency_id else {"display": "The person herself, or somebody whom she named"}
    own = {"altId": str(row.worker_id)} if row.worker_id and row.agency_id == reading.viewer.holder_id else {}
    made = resource(
        "AuditEvent", row.pk,
        type=coding(DICOM, "110110", "Patient Record"),
        subtype=[{"display": str(page_words(row.place))}],
        action="R",
        recorded=instant(row.at),
        outcome="0",
        purposeOfEvent=[concept(coding(canonicals.PURPOSE, row.purpose))] if row.purpose else [],
        agent=[{"type": concept(coding(PARTICIPATION, "IRCP", "information recipient")), "who": who, **own, "requestor": True}],
        source={"observer": {"display": "Careloom"}},
        entity=[_about(row)],
    )  # fmt: skip
    return Shaped(resource=made, named=tuple(row.categories), changed=row.at)


def _about(row: AccessLog) -> Json:
    kinds = [{"type": canonicals.CATEGORY, "valueString": category} for category in row.categories]
    person: Json = {
        "what": reference("Patient", str(row.identity_id)), "type": coding(ENTITY, "1", "Person"), "role": coding(OBJECT_ROLE, "1", "Patient"),
    }  # fmt: skip
    return person | ({"detail": kinds} if kinds else {})
