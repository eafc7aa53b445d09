"""What a request asks for: the parameters of HSDS, read with care. What cannot be read is told, never guessed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.http import QueryDict

PER_PAGE, MOST_PER_PAGE, MOST_PAGE, MOST_WORDS = 50, 200, 1_000_000_000, 12
FORMATS = ("json", "ndjson")
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
NOBODY = UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The parameters of one request. An id that is no UUID becomes the id of nothing, `meters` is the radius around a postal code."""

    search: tuple[str, ...] = ()
    page: int = 1
    per_page: int = PER_PAGE
    as_lines: bool = False
    taxonomy_term_id: UUID | None = None
    taxonomy_id: str = ""
    organization_id: UUID | None = None
    parent_id: str = ""
    modified_after: datetime | None = None
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    top_only: bool = False
    postcode: str = ""
    meters: float | None = None


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """A parameter that cannot be read: its name, and what to send."""

    parameter: str
    what: str


class _Problem(Exception):
    pass


def read(given: QueryDict, *, allowed: tuple[str, ...]) -> Asked | Unreadable:
    """The parameters among `allowed`; others are left alone, as HTTP has it. A parameter that stands twice is not guessed at."""
    found: dict[str, object] = {}
    for name in allowed:
        values = given.getlist(name)
        if not values:
            continue
        if len(values) > 1:
            return Unreadable(parameter=name, what="It stands twice. Send it once.")
        try:
            field, value = _READERS[name](values[0].replace("\x00", ""))
        except _Problem as problem:
            return Unreadable(parameter=name, what=str(problem))
        found[field] = value
    return Asked(**found)  # type: ignore[arg-type]


def _whole(text: str, *, most: int) -> int:
    """A whole number, brought within 1 and `most`."""
    if not re.fullmatch(r"[+-]?[0-9]{1,4000}", text):
        raise _Problem("Send a whole number.")
    return min(max(int(text), 1), most)


def _flag(text: str) -> bool:
    if text.lower() not in BOOLEANS:
        raise _Problem("Send true or false.")
    return BOOLEANS[text.lower()]


def _instant(text: str) -> datetime:
    # A plus sign that was not escaped arrives as a space.
    whole = re.sub(r" (\d\d:?\d\d)$", r"+\1", text.strip().upper())
    try:
        at = datetime.fromisoformat(whole)
    except ValueError:
        raise _Problem("Send a date and time such as 2026-11-20T08:00:00Z.") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _form(text: str) -> bool:
    if text.lower() not in FORMATS:
        raise _Problem("Send json or ndjson.")
    return text.lower() == "ndjson"


def _meters(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise _Problem("Send a number of meters, 0 or more.")
    return value


def uuid_of(text: str) -> UUID:
    """The UUID that a text is, or the id of nothing."""
    try:
        return UUID(text)
    except ValueError:
        return NOBODY


_READERS = {
    "search": lambda text: ("search", tuple(text.split()[:MOST_WORDS])),
    "page": lambda text: ("page", _whole(text, most=MOST_PAGE)),
    "per_page": lambda text: ("per_page", _whole(text, most=MOST_PER_PAGE)),
    "format": lambda text: ("as_lines", _form(text)),
    "taxonomy_term_id": lambda text: ("taxonomy_term_id", uuid_of(text)),
    "taxonomy_id": lambda text: ("taxonomy_id", text or str(NOBODY)),
    "organization_id": lambda text: ("organization_id", uuid_of(text)),
    "parent_id": lambda text: ("parent_id", text or str(NOBODY)),
    "modified_after": lambda text: ("modified_after", _instant(text)),
    "minimal": lambda text: ("minimal", _flag(text)),
    "full": lambda text: ("full", _flag(text)),
    "full_service": lambda text: ("full_service", _flag(text)),
    "top_only": lambda text: ("top_only", _flag(text)),
    "postcode": lambda text: ("postcode", " ".join(text.split())[:20]),
    "proximity": lambda text: ("meters", _meters(text)),
}
