"""The child process that checks the structure of resources with fhir.resources (R4B models of R4 content).

Run as `python -m careloom.exchange.fhir.check` with the bundle on standard input; it writes one JSON line
`{"problems": [{"path", "what"}], "unknown": {...}}` and ends, so that the heavy library never stays in a web
process (DESIGN section 3). No value of the file is repeated.
"""

from __future__ import annotations

import json
import sys
from typing import Any

CHANGED_IN_R4B = frozenset(
    {
        *("DeviceDefinition", "Evidence", "EvidenceReport", "EvidenceVariable", "ResearchElementDefinition"),
        *("EffectEvidenceSynthesis", "RiskEvidenceSynthesis", "SubstanceSpecification", "NutritionProduct"),
    }
)
"""Resource types whose shape differs between R4 and R4B: never used here, so not judged by the wrong model."""

WORDS = {
    "missing": "A required element is missing.",
    "model_field_validation.missing": "A required element is missing.",
    "extra_forbidden": "FHIR R4 has no element of this name here.",
    "list_type": "A list is expected here.",
    "too_short": "A list must not be empty here.",
}
MOST = 200


def problems_of(bundle: dict[str, Any]) -> dict[str, Any]:
    """Structure problems by FHIR path, and how many resources of each type FHIR does not know."""
    from fhir.resources.R4B import get_fhir_model_class

    problems: list[dict[str, str]] = []
    unknown: dict[str, int] = {}
    for index, entry in enumerate(bundle["entry"]):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict) or len(problems) >= MOST:
            continue
        kind = str(resource.get("resourceType"))
        try:
            model = get_fhir_model_class(kind)
        except (LookupError, ValueError):
            unknown[kind] = unknown.get(kind, 0) + 1
            continue
        if kind not in CHANGED_IN_R4B:
            problems.extend(_resource_problems(model, resource, f"Bundle.entry[{index}].resource"))
    return {"problems": problems[:MOST], "unknown": unknown}


def _resource_problems(model: Any, resource: dict[str, Any], path: str) -> list[dict[str, str]]:
    from pydantic import ValidationError

    try:
        model.model_validate(resource)
    except ValidationError as error:
        return [
            {"path": path + _dotted(e["loc"]), "what": WORDS.get(e["type"], "The value does not have the FHIR form.")}
            for e in error.errors(include_input=False, include_url=False, include_context=False)
        ]
    return []


def _dotted(location: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)


def main() -> int:
    """Read a bundle, write the findings, end with 0; any other exit means that the check did not happen."""
    json.dump(problems_of(json.load(sys.stdin.buffer)), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
