"""FHIRPath over a response. Loaded when the first expression is asked for, so that a page without a form never carries it.

Source: HL7 FHIRPath 2.0; SDC calculatedExpression. `ordinal()` gives what a chosen answer counts (the ordinalValue extension).
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import Any

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
#: The engine keeps its instant of now in one place for all threads; and no expression may read the time (only infra.clock does).
_ONE_AT_A_TIME = Lock()
CLOCKS = ("now()", "today()", "timeOfDay()")


class BadExpression(ValueError):
    """An expression that cannot be read or worked out; the text says which and why."""


def _sum(values: list[Any]) -> Any:
    return sum(value for value in values if isinstance(value, int | float) or hasattr(value, "as_tuple"))


def _ordinal(values: list[Any]) -> list[Any]:
    found = (part for value in values if isinstance(value, dict) for part in value.get("extension", ()))
    return [part["valueDecimal"] for part in found if part.get("url") == ORDINAL]


@lru_cache(maxsize=1024)
def _compiled(expression: str) -> Any:
    from fhirpathpy import compile as compiled
    from fhirpathpy.models import models

    if any(clock in expression for clock in CLOCKS):
        raise BadExpression(f"{expression}: an expression may not read the time.")
    # The engine's own sum() fails on what it read from a resource.
    table = {"sum": {"fn": _sum, "arity": {0: []}}, "ordinal": {"fn": _ordinal, "arity": {0: []}}}
    try:
        return compiled(expression, models["r4"], {"userInvocationTable": table})
    except Exception as error:
        raise BadExpression(f"{expression}: {error}") from error


def readable(*, expression: str) -> None:
    """Raises BadExpression for what is no FHIRPath, or fails on an empty response."""
    evaluate(expression=expression, resource={"resourceType": "QuestionnaireResponse", "item": []})


def evaluate(*, expression: str, resource: dict[str, Any]) -> list[Any]:
    """The values of an expression over a response, which is not changed. Raises BadExpression."""
    run = _compiled(expression)
    with _ONE_AT_A_TIME:
        try:
            return list(run(resource, {"resource": resource}))
        except Exception as error:
            raise BadExpression(f"{expression}: {error}") from error


def holds(*, expression: str, resource: dict[str, Any]) -> bool:
    """Whether an expression is true; an empty result is not."""
    return evaluate(expression=expression, resource=resource) == [True]
