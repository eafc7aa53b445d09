"""Answers as a FHIR R4 QuestionnaireResponse and back. Item ids stay what they were, whatever the words of a later version say."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from careloom.infra.forms.conditions import times, visible
from careloom.infra.forms.definitions import LARGEST, Answers, Definition, Item, Kind
from careloom.infra.forms.expressions import ORDINAL


def as_response(
    definition: Definition, answers: Answers, *, status: str = "completed", authored: str = "", subject: str = "", author: str = "",
    response_id: str = "", language: str = "en", scores: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """A QuestionnaireResponse of what is visible; `subject` and `author` are references, `scores` the values of calculated items.

    An answer that is no value of its type is left out: `check` says so to who typed it.
    """
    head = {
        "id": response_id, "questionnaire": definition.canonical, "status": status, "language": language,
        "subject": {"reference": subject} if subject else None, "authored": authored, "author": {"reference": author} if author else None,
    }  # fmt: skip
    there = visible(definition, answers)
    told = {**answers, **{link: [value] for link, value in (scores or {}).items() if value is not None}}
    items = _items(definition.items, "", there, told, language)
    return {"resourceType": "QuestionnaireResponse", **{k: v for k, v in head.items() if v}, "item": items}


def _items(items: tuple[Item, ...], start: str, there: frozenset[str], answers: Answers, language: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for item in items:
        path = start + item.link_id
        if path not in there or item.kind is Kind.DISPLAY:
            continue
        head = {"linkId": item.link_id} | ({"text": item.text.said(language)} if item.text else {})
        if item.kind is Kind.GROUP:
            starts = [f"{path}/{n}/" for n in range(times(item, answers))] if item.repeats else [start]
            inner = (_items(item.items, inside, there, answers, language) for inside in starts)
            found += [{**head, "item": part} for part in inner if part]
            continue
        said = [value for value in (_fhir(item, v, language) for v in answers.get(path) or []) if value is not None]
        if said:
            found.append({**head, "answer": said})
    return found


def _fhir(item: Item, value: Any, language: str) -> dict[str, Any] | None:
    match item.kind:
        case Kind.BOOLEAN:
            return {"valueBoolean": value} if isinstance(value, bool) else None
        case Kind.INTEGER | Kind.DECIMAL:
            number = _number(value)
            if number is None:
                return None
            return {"valueInteger": int(number)} if item.kind is Kind.INTEGER else {"valueDecimal": number}
        case Kind.QUANTITY:
            number = _number(value.get("value") if isinstance(value, dict) else value)
            return None if number is None else {"valueQuantity": {"value": number, "unit": item.unit}}
        case Kind.DATE:
            return {"valueDate": str(value)}
        case Kind.CHOICE | Kind.OPEN_CHOICE:
            option = item.option(value)
            if option is None:
                text = value.get("text", "") if isinstance(value, dict) else ""
                return {"valueString": text} if text and item.kind is Kind.OPEN_CHOICE else None
            coding: dict[str, Any] = {"code": option.code, "display": option.text.said(language)}
            if option.system:
                coding["system"] = option.system
            if option.ordinal is not None:
                coding["extension"] = [{"url": ORDINAL, "valueDecimal": _short(option.ordinal)}]
            return {"valueCoding": coding}
    return {"valueString": value} if isinstance(value, str) else None


def from_response(definition: Definition, response: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The answers in a QuestionnaireResponse, by path; items that the definition has not are left out."""
    found: dict[str, list[Any]] = {}
    _take(definition, response.get("item", ()), "", found)
    return found


def _take(definition: Definition, items: Any, start: str, found: dict[str, list[Any]]) -> None:
    seen: dict[str, int] = {}
    for part in items:
        item = definition.item(str(part.get("linkId")))
        if item is None:
            continue
        if item.kind is Kind.GROUP:
            number = seen.get(item.link_id, 0)
            seen[item.link_id] = number + 1
            _take(definition, part.get("item", ()), f"{start}{item.link_id}/{number}/" if item.repeats else start, found)
        elif not item.calculated:
            found[start + item.link_id] = [_back(item, answer) for answer in part.get("answer", ())]


def _back(item: Item, answer: Mapping[str, Any]) -> Any:
    from careloom.infra.forms.reading import plain

    if item.kind is Kind.OPEN_CHOICE and "valueString" in answer:
        return {"text": answer["valueString"]}
    return plain({key: value for key, value in answer.items() if key.startswith("value")})


def prefill(definition: Definition, known: Mapping[str, Any]) -> dict[str, list[Any]]:
    """First answers: what is known already, by the words that items name as `prefill`, and else what the definition begins with.

    Nothing is guessed: a word that is not known, or empty, leaves its item open. Items within a repeating group are not filled.
    """
    found: dict[str, list[Any]] = {}
    for item in definition.every():
        value = known.get(item.prefill) if item.prefill else None
        if value not in (None, ""):
            found[item.link_id] = [value]
        elif item.initial and item.asked:
            found[item.link_id] = list(item.initial)
    return found


def _number(value: Any) -> Any:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    if isinstance(value, bool) or not number.is_finite() or not -LARGEST <= number <= LARGEST:
        return None  # an exponent of a few letters would be a number of a million digits
    return _short(number)


def _short(number: Decimal) -> int | float:
    """A number as JSON has it."""
    return int(number) if number == number.to_integral_value() else float(number)
