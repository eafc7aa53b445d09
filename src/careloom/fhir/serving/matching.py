"""Search parameters as tests on columns (hl7.org/fhir/R4/search.html). Each reads one value and gives a `Q`, or says what is wrong with it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db.models import Q

from careloom.fhir.serving.outcome import invalid, not_supported
from careloom.infra import clock

NOTHING = Q(pk__in=[])
EVERYTHING = Q(pk__isnull=False)
"""Not an empty test: joined with another by "or" that would be lost."""
MOST_VALUE = 400
_DATE = re.compile(
    r"(eq|ne|gt|lt|ge|le|sa|eb)?(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?)?)?", re.ASCII
)


class Column(Protocol):
    """How one parameter is matched. `type` is FHIR's search parameter type; `modifiers` are those that it takes."""

    type: str
    modifiers: frozenset[str]

    def test(self, value: str, modifier: str) -> Q:
        """The test for one value. Raises `Problem` for one that cannot be read."""
        ...


def an_id(text: str) -> UUID | None:
    """An id of ours, or None for what is none. Only the plain form counts: an id is compared by its letters."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


@dataclass(frozen=True)
class Id:
    """`_id`: a UUID column. What is no id of ours matches nothing."""

    field: str = "pk"
    type: str = "token"
    modifiers: frozenset[str] = frozenset()

    def test(self, value: str, modifier: str) -> Q:
        """Equal to the id."""
        found = an_id(value)
        return Q(**{self.field: found}) if found else NOTHING


@dataclass(frozen=True)
class Ref:
    """A reference to resources of `kind`: `Type/id`, a bare id, or the full address; `:Type` names the type too."""

    field: str
    kind: str
    type: str = "reference"

    @property
    def modifiers(self) -> frozenset[str]:
        """The type that it points to."""
        return frozenset({self.kind})

    def test(self, value: str, modifier: str) -> Q:
        """Points at that resource."""
        parts = value.rsplit("/", 2)
        if len(parts) > 1 and parts[-2] != self.kind:
            return NOTHING
        found = an_id(parts[-1])
        return self.any_of([found]) if found else NOTHING

    def any_of(self, ids: Iterable[UUID]) -> Q:
        """Points at one of these."""
        return Q(**{f"{self.field}__in": list(ids)})


@dataclass(frozen=True)
class Token:
    """A code: FHIR's codes of `system` and the values that our column holds for each."""

    field: str
    codes: Mapping[str, tuple[object, ...]]
    system: str = ""
    type: str = "token"
    modifiers: frozenset[str] = frozenset()

    def test(self, value: str, modifier: str) -> Q:
        """One of the values that the code stands for."""
        code = _code(value, self.system)
        return Q(**{f"{self.field}__in": list(self.codes[code])}) if code in self.codes else NOTHING


@dataclass(frozen=True)
class Plain:
    """A code that our column holds as it is, as one value or in an array (`many`)."""

    field: str
    system: str
    many: bool = False
    type: str = "token"
    modifiers: frozenset[str] = frozenset()

    def test(self, value: str, modifier: str) -> Q:
        """Holds the code."""
        code = _code(value, self.system)
        if not code or "\0" in code:
            return NOTHING
        return Q(**{f"{self.field}__contains": [code]}) if self.many else Q(**{self.field: code})


@dataclass(frozen=True)
class Fixed:
    """A code that every resource of a type carries: all match it, or none."""

    system: str
    code: str
    type: str = "token"
    modifiers: frozenset[str] = frozenset()

    def test(self, value: str, modifier: str) -> Q:
        """Everything, or nothing."""
        return EVERYTHING if _code(value, self.system) == self.code else NOTHING


@dataclass(frozen=True)
class Coded:
    """A code that a row keeps with its system: `system|code`, or the code alone, which every system may own."""

    system: str
    code: str
    type: str = "token"
    modifiers: frozenset[str] = frozenset()

    def test(self, value: str, modifier: str) -> Q:
        """Holds the code, of the system that is named."""
        named, bar, code = value.rpartition("|")
        if not code or "\0" in value:
            return NOTHING
        return Q(**{self.code: code, self.system: named}) if bar else Q(**{self.code: code})


@dataclass(frozen=True)
class Period:
    """A time with a beginning and an end (columns of instants; the end is the beginning where none is known)."""

    start: str
    end: str
    type: str = "date"
    modifiers: frozenset[str] = frozenset()

    def test(self, value: str, modifier: str) -> Q:
        """The period lies in, before, after or across the one that is named."""
        prefix, low, high = period_of(value)
        inside = Q(**{f"{self.start}__gte": low, f"{self.end}__lt": high})
        earlier, later = Q(**{f"{self.start}__lt": low}), Q(**{f"{self.end}__gte": high})
        return {
            "eq": inside, "ne": earlier | later, "lt": earlier, "gt": later, "ge": inside | later, "le": inside | earlier,
            "sa": Q(**{f"{self.start}__gte": high}), "eb": Q(**{f"{self.end}__lt": low}),
        }[prefix]  # fmt: skip


def _code(value: str, system: str) -> str:
    """The code of a token where it names our system, or none."""
    named, bar, code = value.rpartition("|")
    return code if not bar or named == system else ""


@dataclass(frozen=True)
class Own:
    """A token that is read by a function of its own."""

    read: Callable[[str], Q]
    type: str = "token"
    modifiers: frozenset[str] = frozenset()

    def test(self, value: str, modifier: str) -> Q:
        """What the function says."""
        return self.read(value)


@dataclass(frozen=True)
class Text:
    """Words: a field begins with them, whatever the case. `:contains` and `:exact`."""

    fields: tuple[str, ...]
    type: str = "string"
    modifiers: frozenset[str] = frozenset({"contains", "exact"})

    def test(self, value: str, modifier: str) -> Q:
        """One of the fields holds the words."""
        if "\0" in value:
            return NOTHING
        how = {"contains": "icontains", "exact": "exact"}.get(modifier, "istartswith")
        found = NOTHING
        for field in self.fields:
            found |= Q(**{f"{field}__{how}": value})
        return found


@dataclass(frozen=True)
class When:
    """A day or an instant with FHIR's prefixes; `days` where the column holds calendar days. A value stands for its whole period."""

    field: str
    days: bool = False
    type: str = "date"
    modifiers: frozenset[str] = frozenset()

    def test(self, value: str, modifier: str) -> Q:
        """The column lies in, before or after the period."""
        prefix, start, end = period_of(value)
        low: date | datetime = start.astimezone(clock.zone()).date() if self.days else start
        high: date | datetime = (end - timedelta(microseconds=1)).astimezone(clock.zone()).date() + timedelta(days=1) if self.days else end
        inside = Q(**{f"{self.field}__gte": low, f"{self.field}__lt": high})
        before, after = Q(**{f"{self.field}__lt": low}), Q(**{f"{self.field}__gte": high})
        return {
            "eq": inside, "ne": before | after, "lt": before, "eb": before, "gt": after, "sa": after, "ge": inside | after, "le": inside | before,
        }[prefix]  # fmt: skip


def period_of(value: str) -> tuple[str, datetime, datetime]:
    """Prefix, beginning and end (not inside) of a FHIR date. A day without a zone is one of the county's."""
    if value.startswith("ap"):
        raise not_supported("The prefix ap is not supported. Use ge and le.")
    read = _DATE.fullmatch(value)
    if read is None:
        raise invalid("A date looks like 2026-11-30 or 2026-11-30T08:00:00Z, with eq, ne, gt, lt, ge, le, sa or eb before it.")
    prefix, year, month, day, hour, minute, second, zone = read.groups()
    try:
        local = clock.zone() if zone is None else UTC if zone == "Z" else datetime.fromisoformat(f"2026-01-01T00:00:00{zone}").tzinfo
        start = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=local)
        if month is None:
            end = start.replace(year=start.year + 1)
        elif day is None:
            end = start + timedelta(days=calendar.monthrange(start.year, start.month)[1])
        else:
            step = timedelta(days=1) if hour is None else timedelta(minutes=1) if second is None else timedelta(seconds=1)
            end = start + step
        return prefix or "eq", start.astimezone(UTC), end.astimezone(UTC)
    except (ValueError, OverflowError):
        raise invalid("There is no such day or time.") from None


def values_of(text: str) -> list[str]:
    """The values of a parameter: those between commas, any of which may match. `\\,`, `\\$`, `\\|` and `\\\\` stand for the sign itself."""
    if len(text) > MOST_VALUE * 10:
        raise invalid("A search value is too long.")
    found = [re.sub(r"\\([,$|\\])", r"\1", part) for part in re.split(r"(?<!\\),", text)]
    if not all(found) or any(len(one) > MOST_VALUE for one in found):
        raise invalid("A search value is empty or too long.")
    return found
