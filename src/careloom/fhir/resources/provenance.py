"""Provenance: who wrote a resource and when it last changed. It is made from the resource that it is about, so nobody sees more by it."""

from __future__ import annotations

from careloom.fhir.resources.shape import Json, Shaped, coding, concept, instant, reference, resource

AGENT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
ABOUT = (
    "Patient", "RelatedPerson", "CarePlan", "CareTeam", "Goal", "ServiceRequest", "Task", "Consent", "Condition", "Observation", "MedicationRequest",
    "QuestionnaireResponse", "DocumentReference",
)  # fmt: skip
"""The types that have one. A visit keeps no instant at which it was written, and R4 asks a Provenance for one."""


def provenance(target: Shaped) -> Shaped:
    """The Provenance of a resource. Its id is the target's type and id."""
    agent: Json = {"type": concept(coding(AGENT, "author", "Author")), "who": target.author}
    made = resource(
        "Provenance", f"{target.kind}-{target.id}", profile="us-core-provenance",
        target=[reference(target.kind, target.id)],
        recorded=instant(target.changed),
        agent=[agent],
    )  # fmt: skip
    return Shaped(resource=made, rows=target.rows, also=target.also, changed=target.changed, author=target.author)


def target_of(id_: str) -> tuple[str, str] | None:
    """Type and id of what a Provenance of this id is about."""
    kind, _, rest = id_.partition("-")
    return (kind, rest) if kind in ABOUT and rest else None
