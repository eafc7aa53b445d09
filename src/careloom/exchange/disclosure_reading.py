"""Reads one parsed disclosure scenario with care: what is missing, unknown or of the wrong shape (data/disclosure/README.md).

A missing key is empty; an unknown word is unknown; a known key with a value of the wrong type is an error, because guessing could turn a
denial into a permit. Error texts never repeat a value of the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from careloom.kernel import disclosure as kernel

WordT = TypeVar("WordT", bound=StrEnum)


class ScenarioError(ValueError):
    """A scenario that cannot be read; the text names the key and what is expected there."""


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
        statements=kernel.Statements(**{key: _flag(said, key) is True for key in _STATEMENTS}),
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
    return kernel.CourtOrder(
        id=_text(raw, "id") or f"O{number}",
        kind=_word(raw, "type", kernel.OrderKind),
        court=_text(raw, "court") or "",
        issued=_day(raw, "issued"),
        expires=_day(raw, "expires"),
        scope=_texts(raw, "scope"),
        recipients=_texts(raw, "recipients"),
        ground_2_63=_text(raw, "ground_2_63"),
        **{key: _flag(raw, key) is True for key in _ORDER_FLAGS},
    )


def _agreement(item: object, number: int) -> kernel.Agreement:
    raw = _object(item, f"given.agreements[{number}]")
    return kernel.Agreement(
        id=_text(raw, "id") or f"A{number}",
        kind=_word(raw, "type", kernel.AgreementKind),
        parties=_texts(raw, "parties"),
        start=_day(raw, "start"),
        end=_day(raw, "end"),
        **{key: _flag(raw, key) is True for key in _AGREEMENT_FLAGS},
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
        # A week date such as 2026-W38-2 has ten letters too.
        if len(value) != 10 or value[4] != "-" or value[7] != "-":
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise ScenarioError(f"{key} must be an ISO date such as 2026-09-15.") from None


def _word(raw: Mapping[str, Any], key: str, words: type[WordT]) -> WordT | None:
    """The word when it is known; a word that is not listed is unknown and helps nothing."""
    value = _text(raw, key)
    return words(value) if value in words._value2member_map_ else None


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
_ORDER_FLAGS: Final = tuple(f.name for f in fields(kernel.CourtOrder) if f.type == "bool")
_AGREEMENT_FLAGS: Final = tuple(f.name for f in fields(kernel.Agreement) if f.type == "bool")
_STATEMENTS: Final = tuple(f.name for f in fields(kernel.Statements))
