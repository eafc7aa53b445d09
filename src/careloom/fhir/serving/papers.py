"""`Binary`: a plan on paper, made when it is taken, for the system that takes it. It holds what the CarePlan's page would show it (R-207)."""

from __future__ import annotations

import base64

from careloom.fhir.resources.documents import LANGUAGES, PDF
from careloom.fhir.resources.shape import Json, Reading
from careloom.fhir.serving.asking import an_id
from careloom.infra.access import NotVisible
from careloom.plans.documents import render_plan


def paper(reading: Reading, id_: str, *, place: str) -> bytes | None:
    """The PDF of a plan (`{plan id}-{language}`), accounted at `place`; None for what is hidden, absent or no such id."""
    told, _, language = id_.rpartition("-")
    plan_id = an_id(told)
    if plan_id is None or language not in LANGUAGES:
        return None
    try:
        return render_plan(viewer=reading.viewer, plan_id=plan_id, language=language, at=reading.at, place=place)
    except NotVisible:
        return None


def as_binary(reading: Reading, id_: str, data: bytes) -> Json:
    """The same as a resource."""
    about = {"reference": f"DocumentReference/{id_.rpartition('-')[0]}"}
    return {
        "resourceType": "Binary", "id": id_, "contentType": PDF, "securityContext": about, "data": base64.b64encode(data).decode("ascii"),
    }  # fmt: skip
