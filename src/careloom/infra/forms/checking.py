"""What is missing or wrong in the answers of a form, each with the item it is about and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from careloom.infra.clock import YEARS
from careloom.infra.forms.conditions import Place, places
from careloom.infra.forms.definitions import LARGEST, Answers, Definition, Item, Kind
from careloom.infra.forms.expressions import holds
from careloom.infra.forms.responses import as_response

MOST_LETTERS = {Kind.STRING: 400, Kind.TEXT: 4000, Kind.OPEN_CHOICE: 400}


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """One thing to mend: where (`path`), the item (`link_id`), a stable code, and what to do in words of the language in force."""

    path: str
    link_id: str
    code: str
    words: str


def check(definition: Definition, answers: Answers) -> tuple[Wrong, ...]:
    """Everything that keeps the answers from being handed in, in the order of the form. What is hidden is not asked for."""
    there = tuple(places(definition, answers))
    asked = any(place.item.required_if for place in there)
    response = as_response(definition, answers) if asked else {}
    return tuple(wrong for place in there if place.item.asked for wrong in _of(place, answers, response))


def _of(place: Place, answers: Answers, response: dict[str, Any]) -> Iterator[Wrong]:
    item, values = place.item, answers.get(place.path) or []

    def wrong(code: str, words: str) -> Wrong:
        return Wrong(path=place.path, link_id=item.link_id, code=code, words=words)

    if not values:
        if item.required or (item.required_if and holds(expression=item.required_if, resource=response)):
            yield wrong("REQUIRED", _("Choose one to go on.") if item.options else _("Fill this in to go on."))
        return
    if len(values) > 1 and not item.repeats:
        yield wrong("ONE", _("Give one answer."))
    if len(values) > 1 and any(option.exclusive and option.code in values for option in item.options):
        yield wrong("EXCLUSIVE", _("One of these answers stands alone. Choose it, or the others."))
    for value in values:
        found = _value(item, value)
        if found:
            yield wrong(*found)
            return


def _value(item: Item, value: Any) -> tuple[str, str] | None:
    match item.kind:
        case Kind.BOOLEAN:
            return None if isinstance(value, bool) else ("CHOICE", _("Choose one of the answers shown."))
        case Kind.CHOICE:
            return None if item.option(value) else ("CHOICE", _("Choose one of the answers shown."))
        case Kind.INTEGER | Kind.DECIMAL | Kind.QUANTITY:
            return _number(item, value)
        case Kind.DATE:
            return _day(value)
    if item.kind is Kind.OPEN_CHOICE and item.option(value):
        return None
    text = value.get("text", "") if isinstance(value, dict) else value
    most = item.most_letters or MOST_LETTERS.get(item.kind, 400)
    if not isinstance(text, str):
        return ("TEXT", _("Write it in words."))
    return ("LONG", _("Shorten it to %(most)s letters.") % {"most": most}) if len(text) > most else None


def _day(value: Any) -> tuple[str, str] | None:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        return ("DATE", _("Type a date that exists, such as 2026-03-12."))
    return None


def _number(item: Item, value: Any) -> tuple[str, str] | None:
    said = value.get("value", "") if isinstance(value, dict) else value
    try:
        number = Decimal(str(said))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(said, bool) or not number.is_finite() or not -LARGEST <= number <= LARGEST:
        return ("NUMBER", _("Type a number in digits."))
    if item.kind is Kind.INTEGER and number != number.to_integral_value():
        return ("WHOLE", _("Type a whole number in digits."))
    if item.least is not None and number < item.least:
        return ("LEAST", _("Type a number that is %(least)s or more.") % {"least": item.least})
    if item.most is not None and number > item.most:
        return ("MOST", _("Type a number that is %(most)s or less.") % {"most": item.most})
    return None
