"""Finds a key that stands twice in one object of a scenario line.

JSON readers keep the last of two equal keys and say nothing, so `"revoked": "2026-01-01", "revoked": null` would be read as never revoked. A
line that says two things about one matter is no ground for a permit. The error names the key only when it is a word of the scenario format,
because any other may be a value of the record.
"""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec

from careloom.kernel import disclosure as kernel

_READ: Final = msgspec.json.Decoder().decode
_WRITE: Final = msgspec.json.Encoder().encode
_NONE: Final[dict[str, Any]] = {}
_RECORDS: Final = (
    *(kernel.Request, kernel.Source, kernel.Consent, kernel.Statements, kernel.CourtOrder, kernel.Agreement, kernel.Facts),
    kernel.Restriction,
)
#: Every key of a line (data/disclosure/README.md).
_OURS: Final = frozenset(field.encode_name for record in _RECORDS for field in msgspec.structs.fields(record)) | {
    *("id", "given", "request", "source", "consents", "orders", "agreements", "facts"),
    "final_disposition",
}


class _TwiceError(ValueError):
    """Raised by the exact reader; its text says which key."""


def key_twice(*, line: str | bytes) -> str | None:
    """What is wrong when a key stands twice in one object of this line of JSON, or None when each stands once."""
    if _nothing_was_dropped(line):
        return None
    try:
        json.loads(line, object_pairs_hook=_once, parse_int=str, parse_float=str)
    except _TwiceError as problem:
        return str(problem)
    except (ValueError, RecursionError):
        return "It cannot be read twice alike. Write one JSON object, not nested too deep."
    return None


def _nothing_was_dropped(line: str | bytes) -> bool:
    """Whether it is certain that reading the line dropped no key; when it is not, the exact reader decides.

    Each key has a colon, whatever else has one too, and an object keeps each key once. So the keys kept are at most the keys written, and these
    at most the colons: where the ends are equal nothing was dropped. Texts may hold colons of their own. Then the line is written anew from what
    was kept: without an escape in it, a key more in the line is a colon more than in the copy.
    """
    escape, colon = ("\\", ":") if isinstance(line, str) else (b"\\", b":")
    try:
        read = _READ(line)
        colons = line.count(colon)  # type: ignore[arg-type]
        return _keys(read) == colons or (escape not in line and _WRITE(read).count(b":") == colons)  # type: ignore[operator]
    except (msgspec.MsgspecError, ValueError, RecursionError, TypeError, AttributeError):
        return False


def _keys(line: Any) -> int:
    """How many keys the objects of the plain shape hold; of other objects none are counted, which only sends the line to the exact reader."""
    given, request = line.get("given", _NONE), line.get("request", _NONE)
    kept = len(line) + len(given) + (len(request) if type(request) is dict else 0)
    for part in given.values():
        if type(part) is dict:
            kept += len(part)
        else:
            for paper in part:
                statements = paper.get("statements")
                kept += len(paper) + (len(statements) if type(statements) is dict else 0)
    return kept


def _once(pairs: list[tuple[str, Any]]) -> None:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            named = key if key in _OURS else "A key that is not of this format"
            raise _TwiceError(f"{named} stands twice in one object. Write each key once.")
        seen.add(key)
