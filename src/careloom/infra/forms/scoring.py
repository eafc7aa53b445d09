"""What a form works out from its answers: scores, what they mean in words, and what somebody must act on at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from careloom.infra.forms.definitions import Answers, Band, Definition
from careloom.infra.forms.expressions import evaluate, holds
from careloom.infra.forms.responses import as_response


def scores(definition: Definition, answers: Answers) -> dict[str, Any]:
    """The calculated items by linkId, in the order of the form; None where an answer is missing that the score needs.

    A score may read a score that stands before it. INVARIANT: a score says what was answered on this form and nothing about what anybody will do.
    """
    found: dict[str, Any] = {}
    for item in definition.every():
        if item.calculated:
            values = evaluate(expression=item.calculated, resource=as_response(definition, answers, scores=found))
            found[item.link_id] = _plain(values[0]) if len(values) == 1 else None
    return found


def meaning(definition: Definition, *, link_id: str, score: Any) -> Band | None:
    """The band in which a score lies, or None."""
    if score is None or isinstance(score, bool):
        return None
    return next((b for b in definition.bands if b.link_id == link_id and b.low <= Decimal(str(score)) <= b.high), None)


def alerts(definition: Definition, answers: Answers) -> tuple[str, ...]:
    """The codes of the alerts that the answers raise. Scores count, so an alert may read a calculated item."""
    if not definition.alerts:
        return ()
    response = as_response(definition, answers, scores=scores(definition, answers))
    return tuple(alert.code for alert in definition.alerts if holds(expression=alert.when, resource=response))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal | float):
        return int(value) if value == int(value) else float(value)
    return value
