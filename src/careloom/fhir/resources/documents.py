"""DocumentReference: the plan of safe care as a document, for record systems that show papers and no CarePlan (US Core 6.1.0; R-207).

The paper itself is made when it is taken (`Binary`), for whoever takes it: no copy is kept that could say more than may be read now.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from careloom.fhir.resources.plan import PLAN_STATUS, author_of
from careloom.fhir.resources.shape import UUIDS, Reading, Shaped, coding, concept, filled, instant, reference, resource
from careloom.kernel.plan import PlanState
from careloom.plans.queries.batches import team_of_plans

LOINC: Final = "http://loinc.org"
PLAN_NOTE: Final = "18776-5"
CATEGORY: Final = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category"
NOTE: Final = "clinical-note"
FORMAT = coding("http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode", "urn:ihe:iti:xds:2017:mimeTypeSufficient", "mimeType Sufficient")
STATUS: Final = {"revoked": "superseded", "entered-in-error": "entered-in-error"}
"""Every other plan is a current document."""
LANGUAGES: Final = ("en", "es")
PDF: Final = "application/pdf"


def documents(reading: Reading, rows: Sequence[Any]) -> list[Shaped]:
    """A DocumentReference for each plan, whose id it has. Two queries."""
    teams = team_of_plans(viewer=reading.viewer, plan_ids=[plan.pk for plan in rows])
    reading.look_up([plan.holder_id for plan in rows])
    return [_document(reading, plan, teams.get(plan.pk, ())) for plan in rows]


def document_status(state: str) -> str:
    """The DocumentReference status of a plan's state."""
    return STATUS.get(PLAN_STATUS[PlanState(state)], "current")


def _document(reading: Reading, plan: Any, team: Sequence[Any]) -> Shaped:
    author = author_of(reading, plan, team)
    made = resource(
        "DocumentReference", plan.pk, profile="us-core-documentreference",
        identifier=[{"system": UUIDS, "value": f"urn:uuid:{plan.pk}"}],
        status=document_status(plan.status),
        docStatus="preliminary" if plan.status == PlanState.DRAFT else "final",
        type=concept(coding(LOINC, PLAN_NOTE, "Plan of care note")),
        category=[concept(coding(CATEGORY, NOTE, "Clinical Note"))],
        subject=reference("Patient", plan.identity_id),
        date=instant(plan.started_at),
        author=[author],
        description=plan.label,
        content=[
            {
                "attachment": {"contentType": PDF, "language": language, "url": f"{reading.base}/Binary/{plan.pk}-{language}", "title": plan.label},
                "format": FORMAT,
            }
            for language in LANGUAGES
        ],
        context={"period": filled({"start": instant(plan.started_at), "end": instant(plan.closed_at)})},
    )  # fmt: skip
    return Shaped(resource=made, rows=(plan, *team), changed=plan.changed, author=author)
