"""Reads parsed data piece by piece and keeps every problem instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from careloom.kernel.clocks import DueRule, Unit
from careloom.kernel.packs.problems import Problem, Severity
from careloom.kernel.packs.schema import Status

LANGUAGES = ("en", "es")
E_ = TypeVar("E_", bound=StrEnum)

_UNITS = {"hours": Unit.HOURS, "days": Unit.DAYS, "business_days": Unit.BUSINESS_DAYS, "months": Unit.MONTHS}


class Reader:
    """A view of one mapping in one file. Reading marks a key as known."""

    def __init__(self, *, data: object, file: str, where: str, problems: list[Problem]) -> None:
        """Look at `data`; anything but a mapping is a problem and reads as empty."""
        self.file, self.where, self.problems = file, where, problems
        self._data: Mapping[str, object] = {}
        self._read: set[str] = set()
        if isinstance(data, Mapping):
            self._data = data
        else:
            self.problem("Keys with values were expected here.", "Write `key: value` lines.")

    def problem(self, what: str, fix: str, *, key: str = "", severity: Severity = Severity.ERROR) -> None:
        """Keep a problem at this place, or at a key of it."""
        where = f"{self.where}.{key}" if key else self.where
        self.problems.append(Problem(file=self.file, where=where, what=what, fix=fix, severity=severity))

    def __contains__(self, key: str) -> bool:
        """Say whether the key is there and not null."""
        return self._data.get(key) is not None

    def raw(self, key: str) -> object:
        """Return the value as it stands, or None."""
        self._read.add(key)
        return self._data.get(key)

    def keys(self) -> tuple[str, ...]:
        """Return the keys in their order and mark them all as known."""
        self._read.update(self._data)
        return tuple(self._data)

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text; missing without a default is a problem."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            self.problem("A text is missing.", "Write one, in quotes when it looks like a number.", key=key)
            return ""
        return value

    def optional_text(self, key: str) -> str | None:
        """Return a text or None."""
        self._read.add(key)
        return self.text(key) if key in self else None

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, bool):
            self.problem("true or false was expected.", "Write true or false.", key=key)
            return False
        return value

    def number(self, key: str, *, default: int | None = None) -> int:
        """Return a whole number of 0 or more."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.problem("A whole number of 0 or more was expected.", "Write one.", key=key)
            return 0
        return value

    def day(self, key: str) -> date:
        """Return a date."""
        value = self.raw(key)
        if not isinstance(value, date):
            self.problem("A date was expected.", "Write it as 2026-01-31.", key=key)
            return date(1900, 1, 1)
        return value

    def optional_day(self, key: str) -> date | None:
        """Return a date or None."""
        self._read.add(key)
        return self.day(key) if key in self else None

    def code(self, key: str, kind: type[E_], *, default: E_ | None = None) -> E_:
        """Return a member of an enumeration."""
        if default is not None and key not in self:
            self.raw(key)
            return default
        return self._member(self.raw(key), kind, key)

    def codes(self, key: str, kind: type[E_]) -> tuple[E_, ...]:
        """Return members of an enumeration, in order; a missing list is empty."""
        return tuple(self._member(value, kind, key) for value in self.items(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a missing list is empty."""
        values = self.items(key)
        if any(not isinstance(value, str) for value in values):
            self.problem("A list of texts was expected.", "Put each in quotes.", key=key)
        return tuple(str(value) for value in values)

    def items(self, key: str) -> tuple[object, ...]:
        """Return a list as it stands; a missing list is empty."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            self.problem("A list was expected.", "Write it as `- item` lines.", key=key)
            return ()
        return tuple(value)

    def child(self, key: str) -> Reader:
        """Return a reader of the mapping under a key."""
        return self._inner(self.raw(key), key)

    def children(self, key: str) -> Iterator[Reader]:
        """Yield a reader for each mapping of a list. A child with an id is named by it."""
        for place, value in enumerate(self.items(key), start=1):
            name = value.get("id") or value.get("code") if isinstance(value, Mapping) else None
            yield self._inner(value, f"{key}[{name or place}]")

    def words(self, key: str) -> dict[str, str]:
        """Return a text in every language of the product."""
        inner = self.child(key)
        found = {language: inner.text(language) for language in LANGUAGES}
        inner.done()
        return found

    def status(self, key: str = "status") -> Status:
        """Return how far this was checked; it must be said."""
        return self.code(key, Status)

    def due(self, key: str) -> DueRule:
        """Return a due rule: `{business_days: 3}` or `immediate`."""
        value = self.raw(key)
        if value == "immediate":
            return DueRule(unit=Unit.IMMEDIATE)
        inner = self._inner(value, key)
        units = inner.keys()
        if len(units) != 1 or units[0] not in _UNITS:
            inner.problem("This is no due rule.", f"Write `immediate` or one of {', '.join(_UNITS)} with a number.")
            return DueRule(unit=Unit.IMMEDIATE)
        return DueRule(unit=_UNITS[units[0]], amount=inner.number(units[0]))

    def done(self) -> None:
        """Complain about keys that nothing read."""
        for key in self._data:
            if key not in self._read:
                self.problem("This key is not known.", "Correct its spelling or take it out.", key=str(key))

    def _inner(self, value: object, key: str) -> Reader:
        return Reader(data=value, file=self.file, where=f"{self.where}.{key}", problems=self.problems)

    def _member(self, value: object, kind: type[E_], key: str) -> E_:
        try:
            return kind(str(value))
        except ValueError:
            self.problem(f"{value} is not a known value.", f"Use one of {', '.join(kind)}.", key=key)
            return next(iter(kind))
