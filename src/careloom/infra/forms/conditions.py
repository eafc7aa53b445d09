"""Which items of a form are asked, given what was answered so far. Source: FHIR R4 Questionnaire.item.enableWhen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from careloom.infra.forms.definitions import Answers, Condition, Definition, Item, Kind

OPERATORS = ("exists", "=", "!=", ">", "<", ">=", "<=")
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b, ">": lambda a, b: a > b,
    "<": lambda a, b: a < b, ">=": lambda a, b: a >= b, "<=": lambda a, b: a <= b,
}  # fmt: skip
MOST_TIMES = 40  # of a repeating group, so that no address can ask for a million


@dataclass(frozen=True, kw_only=True)
class Place:
    """An item where it stands: its path, and the paths' beginnings within which its conditions look for their questions, nearest first."""

    path: str
    item: Item
    within: tuple[str, ...] = ("",)


def times(item: Item, answers: Answers) -> int:
    """How often a repeating group is there: once at least."""
    start = f"{item.link_id}/"
    numbers = (path[len(start) :].split("/", 1)[0] for path in answers if path.startswith(start))
    return min(MOST_TIMES, max((int(n) + 1 for n in numbers if n.isdecimal() and len(n) < 4), default=1))


def places(definition: Definition, answers: Answers) -> Iterator[Place]:
    """The items that are asked or shown, in order, each before what stands in it; a hidden group hides what stands in it."""
    shown: dict[str, Any] = {}
    yield from _among(definition.items, ("",), answers, shown)


def visible(definition: Definition, answers: Answers) -> frozenset[str]:
    """The paths of the items that are there. What is not there has no answer, whatever was typed into it before."""
    return frozenset(place.path for place in places(definition, answers))


def _among(items: tuple[Item, ...], within: tuple[str, ...], answers: Answers, shown: dict[str, Any]) -> Iterator[Place]:
    for item in items:
        path = f"{within[0]}{item.link_id}"
        if not _is_there(item, within, shown):
            continue
        # A condition reads only what is itself there, and stands after it: a form is read from top to bottom.
        shown[path] = answers.get(path) or []
        yield Place(path=path, item=item, within=within)
        if item.kind is Kind.GROUP and item.repeats:
            for number in range(times(item, answers)):
                yield from _among(item.items, (f"{path}/{number}/", *within), answers, shown)
        else:
            yield from _among(item.items, within, answers, shown)


def _is_there(item: Item, within: tuple[str, ...], shown: dict[str, Any]) -> bool:
    if not item.conditions:
        return True
    held = [_met(condition, within, shown) for condition in item.conditions]
    return any(held) if item.any_of else all(held)


def _met(condition: Condition, within: tuple[str, ...], shown: dict[str, Any]) -> bool:
    values = next((shown[start + condition.question] for start in within if start + condition.question in shown), [])
    if condition.operator == "exists":
        return bool(values) is bool(condition.value)
    if not values:
        return False
    return any(_compared(condition.operator, value, condition.value) for value in values)


def _compared(operator: str, value: Any, wanted: Any) -> bool:
    left, right = _comparable(value), _comparable(wanted)
    if type(left) is not type(right):
        return operator == "!="
    if isinstance(left, bool | dict) and operator not in ("=", "!="):
        return False
    return _COMPARED[operator](left, right)


def _comparable(value: Any) -> Any:
    if isinstance(value, dict) and "value" in value:
        value = value["value"]
    if isinstance(value, bool | dict):
        return value
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return str(value)
