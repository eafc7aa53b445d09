"""Reads a search: its parameters as typed values, what is not known, and the sealed link by which it goes on.

A link to the next page holds what was asked, sealed for this system and for an hour: no name and no id stands in an address that we make.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from careloom.agencies.sealing import seal, unseal
from careloom.fhir.serving.kinds import Kind
from careloom.fhir.serving.matching import an_id, values_of
from careloom.fhir.serving.outcome import invalid, not_supported
from careloom.fhir.serving.registry import includes_of, revincludes_of
from careloom.infra.keys import KeyProblem

Pairs = tuple[tuple[str, str], ...]
A_PAGE, MOST_PAGE, MOST_PAIRS = 50, 200, 60
LINK_LASTS = timedelta(hours=1)
USE = "fhir-page"
COMMON = frozenset({"_count", "_summary", "_format", "_include", "_revinclude", "_total"})


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One parameter: any of its values may match."""

    name: str
    modifier: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A search of one type. `used` are the parameters that count, as they were sent; `unknown` the names of those that do not."""

    kind: Kind
    filters: tuple[Filter, ...] = ()
    count: int = A_PAGE
    only_count: bool = False
    includes: tuple[tuple[str, str], ...] = ()  # parameter and type; an empty type is every one
    revincludes: tuple[tuple[str, str], ...] = ()  # type and parameter
    used: Pairs = ()
    unknown: tuple[str, ...] = ()
    after: UUID | None = None


def read_search(kind: Kind, pairs: Iterable[tuple[str, str]]) -> Asked:
    """What is asked of a type. Raises `Problem` for what cannot be read; what is not known stands in `unknown`."""
    sent = tuple(pairs)
    if len(sent) > MOST_PAIRS:
        raise invalid(f"A search has at most {MOST_PAIRS} parameters.")
    known = {**kind.params, **({"_id": "token", "target": "reference"} if kind.name == "Provenance" else {})}
    known |= {"_lastUpdated": "date"} if kind.dated and kind.sources else {}
    filters, used, unknown, facts = [], [], [], {"count": A_PAGE, "only_count": False}
    includes: list[tuple[str, str]] = []
    revincludes: list[tuple[str, str]] = []
    for whole, value in sent:
        name, _, modifier = whole.partition(":")
        if name in known:
            filters.append(_filter(kind, name, modifier, value))
        elif name in COMMON and modifier:
            raise not_supported("A modifier of this search is not supported. The CapabilityStatement names what is.")
        elif name in ("_include", "_revinclude"):
            if not _included(kind, name, value, includes, revincludes):
                unknown.append(name)
                continue
        elif name == "_count":
            facts["count"] = _count(value)
        elif name == "_summary":
            facts["only_count"] = _only_count(value)
        elif name not in COMMON:
            unknown.append(name)
            continue
        used.append((whole, value))
    if kind.needs and not any(one.name in kind.needs for one in filters):
        raise invalid(f"A search of {kind.name} names one of {', '.join(kind.needs)}.")
    return Asked(
        kind=kind, filters=tuple(filters), count=min(int(facts["count"]), MOST_PAGE) or A_PAGE,
        only_count=bool(facts["only_count"]) or facts["count"] == 0, includes=tuple(dict.fromkeys(includes)),
        revincludes=tuple(dict.fromkeys(revincludes)), used=tuple(used), unknown=tuple(dict.fromkeys(unknown)),
    )  # fmt: skip


def _filter(kind: Kind, name: str, modifier: str, value: str) -> Filter:
    takes = {one for source in kind.sources if name in source.columns for one in source.columns[name].modifiers}
    if modifier and modifier not in takes:
        raise not_supported("A modifier of this search is not supported. The CapabilityStatement names what is.")
    return Filter(name=name, modifier=modifier, values=tuple(values_of(value)))


def _included(kind: Kind, name: str, value: str, includes: list[tuple[str, str]], revincludes: list[tuple[str, str]]) -> bool:
    """Note one wish to include; False for one that is not known."""
    start, _, target = value.partition(":")[0], *value.partition(":")[1:]
    param, _, only = target.partition(":")
    if name == "_include":
        known = f"{start}:{param}" in includes_of(kind) and only in ("", *kind.includes[param][0])
        includes += [(param, only)] if known else []
    else:
        known = f"{start}:{param}" in revincludes_of(kind.name) and only in ("", kind.name)
        revincludes += [(start, param)] if known else []
    return known


def _count(value: str) -> int:
    if not (value.isascii() and value.isdigit()) or len(value) > 9:
        raise invalid("_count is a number from 0 on.")
    return int(value)


def _only_count(value: str) -> bool:
    if value not in ("count", "false"):
        raise not_supported("_summary may be count or false.")
    return value == "count"


def seal_page(asked: Asked, *, after: UUID | None, client_id: UUID, at: datetime) -> str:
    """What stands in a link: this search from `after` on."""
    held = {"k": asked.kind.name, "q": asked.used, "a": str(after or ""), "t": int((at + LINK_LASTS).timestamp())}
    return base64.urlsafe_b64encode(seal(json.dumps(held).encode(), use=USE, of=str(client_id))).decode().rstrip("=")


def read_page(text: str, *, kind: Kind, client_id: UUID, at: datetime) -> tuple[Pairs, UUID | None]:
    """The search of a link that `seal_page` made for this system, and where it goes on. Raises `Problem` for any other text."""
    try:
        held = json.loads(unseal(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), use=USE, of=str(client_id)))
    except (KeyProblem, ValueError, binascii.Error):
        raise invalid("This link to a page is not whole. Search again.") from None
    if held["k"] != kind.name or held["t"] < at.timestamp():
        raise invalid("This link to a page has ended. Search again.")
    return tuple((name, value) for name, value in held["q"]), an_id(held["a"])
