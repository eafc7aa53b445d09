"""Reads a request for an export: which types, since when. What is not known is refused, or left out where the system says it is lenient."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from careloom.fhir.serving.matching import When
from careloom.fhir.serving.outcome import Problem, invalid, not_supported
from careloom.fhir.serving.registry import KINDS

FORMATS = frozenset({"application/fhir+ndjson", "application/ndjson", "ndjson"})
MOST_SINCE = 40


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an export holds: types in the order of the server, and since when (an instant as it was sent, or nothing). `query` is what counted."""

    kinds: tuple[str, ...]
    since: str
    query: str


def read_wanted(pairs: Iterable[tuple[str, str]], *, lenient: bool, allowed: Callable[[str], bool]) -> Wanted:
    """What is asked for. `allowed` says which types this system may be sent.

    Raises `Problem`: 400 for what cannot be read or is not known, 403 for a type that was asked for by name and is not allowed.
    """
    types: list[str] = []
    since, used = "", []
    for name, value in pairs:
        if name == "_type":
            types += [one.strip() for one in value.split(",") if one.strip()]
        elif name == "_since":
            since = _instant(value)
        elif name == "_outputFormat":
            _format(value)
        elif name != "_format":
            _unknown("A parameter of this export is not known here. Known are _type, _since and _outputFormat.", lenient)
            continue
        used.append((name, since if name == "_since" else value)) if name in ("_since", "_outputFormat") else None
    kinds = _kinds(types, lenient=lenient, allowed=allowed)
    if types:
        used.append(("_type", ",".join(kinds)))
    return Wanted(kinds=kinds, since=since, query=urlencode(used))


def _kinds(types: list[str], *, lenient: bool, allowed: Callable[[str], bool]) -> tuple[str, ...]:
    known = [one for one in dict.fromkeys(types) if one in KINDS]
    if len(known) < len(set(types)):
        _unknown("A type of this export is not served here. The CapabilityStatement names those that are.", lenient)
    refused = [one for one in known if not allowed(one)]
    if refused and not lenient:
        raise Problem(403, "forbidden", "This system is not registered for a type of this export. Ask the agency's administrator.")
    kinds = tuple(name for name in KINDS if allowed(name) and (not types or name in known))
    if not kinds:
        raise Problem(403, "forbidden", "This system is not registered for anything of this export. Ask the agency's administrator.")
    return kinds


def _instant(value: str) -> str:
    # A plus in an address is a space.
    text = value.strip().replace(" ", "+")
    if not text[:4].isdigit() or len(text) > MOST_SINCE:
        raise invalid("_since is an instant, such as 2026-11-23T08:00:00Z.")
    When("changed").test(f"gt{text}", "")
    return text


def _format(value: str) -> None:
    if value.replace(" ", "+") not in FORMATS:
        raise not_supported("Exports are written as application/fhir+ndjson.")


def _unknown(words: str, lenient: bool) -> None:
    if not lenient:
        raise not_supported(words)
