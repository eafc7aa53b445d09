"""Disclosure scenarios as JSON lines: the pure part of `careloom disclosure decide` (DESIGN section 2).

One line in, one line out. A line that cannot be read gets a line with "error" and the rest go on. A missing key is
empty; an unknown word is unknown; a known key with a value of the wrong type is an error, because guessing could
turn a denial into a permit. Error texts never repeat a value of the record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, TypeVar, get_type_hints

from careloom.kernel import disclosure as kernel

WordT = TypeVar("WordT", bound=StrEnum)


class Writable(Protocol):
    """Anything with `write`, such as standard output."""

    def write(self, text: str, /) -> object:
        """Take one piece of text."""


class ScenarioError(ValueError):
    """A scenario that cannot be read; the text names the key and what is expected there."""


def decide_lines(*, lines: Iterable[str | bytes], out: Writable) -> bool:
    """Decide each line and write one JSON line for it; return False if any line could not be read.

    Empty lines are passed over.
    """
    all_read = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        answer = _answer(line, number)
        all_read = all_read and "error" not in answer
        out.write(json.dumps(answer, ensure_ascii=True) + "\n")
    return all_read


def read_scenario(*, raw: object) -> kernel.Scenario:
    """Turn one parsed JSON object into a scenario, or raise `ScenarioError`."""
    top = _object(raw, "the line")
    given = _object(top.get("given"), "given")
    consents = tuple(_consent(item, i) for i, item in enumerate(_list(given.get("consents"), "given.consents"), start=1))
    return kernel.Scenario(
        id=_id(top),
        request=_request(_object(top.get("request"), "request")),
        source=_source(_object(given.get("source"), "given.source")),
        consents=consents,
        orders=tuple(_order(item, i) for i, item in enumerate(_list(given.get("orders"), "given.orders"), start=1)),
        agreements=tuple(_agreement(item, i) for i, item in enumerate(_list(given.get("agreements"), "given.agreements"), start=1)),
        facts=_facts(_object(given.get("facts"), "given.facts"), consents),
    )


def _answer(line: str | bytes, number: int) -> dict[str, object]:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "line": number, "error": f"Line {number} is not JSON. Write one JSON object on each line."}
    name = raw.get("id") if isinstance(raw, dict) and isinstance(raw.get("id"), str | int) else None
    try:
        decision = kernel.decide(read_scenario(raw=raw))
    except ScenarioError as problem:
        return {"id": name, "line": number, "error": f"Line {number}: {problem}"}
    return {
        "id": name,
        "decision": decision.outcome.value,
        "basis": list(decision.basis),
        "obligations": [duty.value for duty in decision.obligations],
        "reasons": [f"{reason.code}: {reason.sentence}" for reason in decision.reasons],
        "review_needed": decision.review_needed,
        "instruments": list(decision.instruments),
        "ends_on": decision.ends_on.isoformat() if decision.ends_on else None,
    }


def _request(raw: Mapping[str, Any]) -> kernel.Request:
    return kernel.Request(
        actor=_word(raw, "actor_org_type", kernel.Actor),
        actor_org=_text(raw, "actor_org") or "",
        actor_role=_text(raw, "actor_role") or "",
        subject=_word(raw, "subject", kernel.Subject),
        category=_word(raw, "category", kernel.Category),
        purpose=_word(raw, "purpose", kernel.Purpose),
        on=_day(raw, "date"),
    )


def _source(raw: Mapping[str, Any]) -> kernel.Source:
    return kernel.Source(
        holder=_text(raw, "holder") or "",
        holder_type=_text(raw, "holder_type") or "",
        is_covered_entity=_flag(raw, "holder_is_covered_entity") is True,
        is_part2_program=_flag(raw, "holder_is_part2_program") is True,
        provenance=_word(raw, "provenance", kernel.Provenance),
        received_via=_text(raw, "received_via"),
    )


def _consent(item: object, number: int) -> kernel.Consent:
    raw = _object(item, f"given.consents[{number}]")
    said = _object(raw.get("statements"), "statements")
    return kernel.Consent(
        id=_text(raw, "id") or f"C{number}",
        kind=_word(raw, "kind", kernel.ConsentKind),
        patient=_word(raw, "patient", kernel.Subject),
        purposes=_texts(raw, "purpose"),
        statements=kernel.Statements(**{f.name: _flag(said, f.name) is True for f in fields(kernel.Statements)}),
        legacy_pre2024=_flag(raw, "legacy_pre2024") is True,
        discloser=_text(raw, "discloser") or "",
        recipients=_texts(raw, "recipients"),
        info=_texts(raw, "info"),
        redisclosure_by=_texts(raw, "redisclosure_by"),
        signed=_day(raw, "signed"),
        expires=_day(raw, "expires"),
        revoked=_day(raw, "revoked"),
        expiry_event=_text(raw, "expiry_event"),
        signer=_text(raw, "signer"),
        cosigner=_text(raw, "cosigner"),
        revocable_after=_text(raw, "revocable_after"),
        intermediary=_text(raw, "intermediary"),
        general_designation=_text(raw, "general_designation"),
    )


def _order(item: object, number: int) -> kernel.CourtOrder:
    raw = _object(item, f"given.orders[{number}]")
    hints = get_type_hints(kernel.CourtOrder)
    return kernel.CourtOrder(
        id=_text(raw, "id") or f"O{number}",
        kind=_word(raw, "type", kernel.OrderKind),
        court=_text(raw, "court") or "",
        issued=_day(raw, "issued"),
        expires=_day(raw, "expires"),
        scope=_texts(raw, "scope"),
        recipients=_texts(raw, "recipients"),
        ground_2_63=_text(raw, "ground_2_63"),
        **{key: _flag(raw, key) is True for key, hint in hints.items() if hint is bool},
    )


def _agreement(item: object, number: int) -> kernel.Agreement:
    raw = _object(item, f"given.agreements[{number}]")
    hints = get_type_hints(kernel.Agreement)
    return kernel.Agreement(
        id=_text(raw, "id") or f"A{number}",
        kind=_word(raw, "type", kernel.AgreementKind),
        parties=_texts(raw, "parties"),
        start=_day(raw, "start"),
        end=_day(raw, "end"),
        **{key: _flag(raw, key) is True for key, hint in hints.items() if hint is bool},
    )


def _facts(raw: Mapping[str, Any], consents: tuple[kernel.Consent, ...]) -> kernel.Facts:
    known: dict[str, Any] = {key: reader(raw, key) for key, reader in _FACT_READERS.items() if raw.get(key) is not None}
    names = {c.expiry_event for c in consents if c.expiry_event} | {"final_disposition"}
    events = tuple(kernel.Event(name=name, on=_day(raw, name)) for name in sorted(names) if name in raw and name not in _FACT_READERS)
    return kernel.Facts(**known, events=events)


def _restriction(raw: Mapping[str, Any], key: str) -> kernel.Restriction:
    limit = _object(raw.get(key), key)
    return kernel.Restriction(to=_text(limit, "to") or "", agreed=_flag(limit, "agreed") is True, paid_in_full=_flag(limit, "paid_in_full") is True)


def _period(raw: Mapping[str, Any], key: str) -> kernel.Period:
    parts = (_text(raw, key) or "").split("..")
    if len(parts) != 2:
        raise ScenarioError(f"{key} must be two ISO dates with two dots between them.")
    return kernel.Period(first=_iso(parts[0], key), last=_iso(parts[1], key))


def _method(raw: Mapping[str, Any], key: str) -> str | bool:
    value = raw[key]
    if not isinstance(value, str | bool):
        raise ScenarioError(f"{key} must be a method or false.")
    return value


def _number(raw: Mapping[str, Any], key: str) -> int:
    value = raw[key]
    if isinstance(value, bool) or not isinstance(value, int):
        raise ScenarioError(f"{key} must be a whole number.")
    return value


def _id(raw: Mapping[str, Any]) -> str:
    value = raw.get("id")
    if value is not None and not isinstance(value, str | int):
        raise ScenarioError("id must be text.")
    return "" if value is None else str(value)


def _object(value: object, key: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ScenarioError(f"{key} must be an object.")
    return value


def _list(value: object, key: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ScenarioError(f"{key} must be a list.")
    return value


def _text(raw: Mapping[str, Any], key: str) -> str | None:
    value = raw.get(key)
    if value is not None and not isinstance(value, str):
        raise ScenarioError(f"{key} must be text.")
    return value


def _texts(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = _list(raw.get(key), key)
    if not all(isinstance(value, str) for value in values):
        raise ScenarioError(f"{key} must be a list of texts.")
    return tuple(values)


def _flag(raw: Mapping[str, Any], key: str) -> bool | None:
    value = raw.get(key)
    if value is not None and not isinstance(value, bool):
        raise ScenarioError(f"{key} must be true or false.")
    return value


def _day(raw: Mapping[str, Any], key: str) -> date | None:
    value = _text(raw, key)
    return None if value is None else _iso(value, key)


def _iso(value: str, key: str) -> date:
    try:
        if len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise ScenarioError(f"{key} must be an ISO date such as 2026-09-15.") from None


def _word(raw: Mapping[str, Any], key: str, words: type[WordT]) -> WordT | None:
    """The word when it is known; a word that is not listed is unknown and helps nothing."""
    value = _text(raw, key)
    return words(value) if value in set(words) else None


_READER_BY_HINT: dict[str, Any] = {
    "bool | None": _flag,
    "str | None": _text,
    "int | None": _number,
    "date | None": _day,
    "tuple[str, ...] | None": _texts,
    "str | bool | None": _method,
    "Restriction | None": _restriction,
    "Period | None": _period,
}
_FACT_READERS: dict[str, Any] = {f.name: _READER_BY_HINT[str(f.type)] for f in fields(kernel.Facts) if f.name != "events"}
