"""A datapackage is held to its own word: what `datapackage.json` says of its tables must be true of every row, or nothing of it is taken.

Source: Frictionless Table Schema (specs.frictionlessdata.io/table-schema), the kinds of value that HSDS uses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from careloom.directory.facts import FileProblem
from careloom.exchange.hsds.tables import Row, Tables

DESCRIPTOR = "datapackage.json"
MOST_TOLD = 200


def package_problems(*, file: str, data: bytes, tables: Tables) -> list[FileProblem]:
    """What is wrong with a package: the first two hundred problems, and how many more there are. Links that may be empty do not block."""
    try:
        resources = [r for r in json.loads(data.decode("utf-8-sig"))["resources"] if isinstance(r["schema"]["fields"], list)]
        shapes = [(str(r["path"]), str(r["name"]), r["schema"]) for r in resources]
    except (ValueError, KeyError, TypeError, RecursionError):
        return [FileProblem(file=file, line=0, what="It does not say what the tables are. Send it as the specification has it.", blocks=True)]
    by_file: dict[str, list[Row]] = {}
    for row in (row for rows in tables.rows.values() for row in rows):
        by_file.setdefault(_last(row.file), []).append(row)
    ids = {name: {_value(row, "id") for row in by_file.get(_last(path), [])} for path, name, _schema in shapes}
    found: list[FileProblem] = []
    more = 0
    for path, _name, schema in shapes:
        if _last(path) not in tables.files:
            found.append(FileProblem(file=path, line=0, what="The package names this file and does not hold it.", blocks=True))
            continue
        for problem in _table_problems(by_file.get(_last(path), []), schema, ids):
            more += len(found) >= MOST_TOLD
            found += [problem] if len(found) < MOST_TOLD else []
    return found + ([FileProblem(file=file, line=0, what=f"And {more} more.", blocks=True)] if more else [])


def _table_problems(rows: list[Row], schema: dict[str, Any], ids: dict[str, set[str]]) -> Iterator[FileProblem]:
    for field in (f for f in schema["fields"] if isinstance(f, dict) and isinstance(f.get("name"), str)):
        yield from _column_problems(rows, field)
    for link in (k for k in schema.get("foreignKeys") or [] if isinstance(k, dict)):
        column, to = link.get("fields"), (link.get("reference") or {}).get("resource")
        if not isinstance(column, str) or to not in ids:
            continue
        needed = any(_rules(f).get("required") for f in schema["fields"] if isinstance(f, dict) and f.get("name") == column)
        for row in rows:
            if _value(row, column) and _value(row, column) not in ids[to]:
                yield row.problem(f"No {to} of the package has this id.", blocks=needed, column=column)


def _column_problems(rows: list[Row], field: dict[str, Any]) -> Iterator[FileProblem]:
    name, rules = field["name"], _rules(field)
    wrong = _KINDS.get(str(field.get("format")), _KINDS.get(str(field.get("type"))))
    allowed = rules.get("enum") or field.get("enum")
    seen: dict[str, int] = {}
    if rows and name.lower() not in rows[0].values:
        if rules.get("required"):
            yield FileProblem(file=rows[0].file, line=1, what="The heading does not have this column.", blocks=True, column=name)
        return
    for row in rows:
        value = _value(row, name)
        if not value:
            if rules.get("required"):
                yield row.problem("A value is needed here.", blocks=True, column=name)
            continue
        if wrong is not None and not _fits(wrong[0], value):
            yield row.problem(f"This is not {wrong[1]}.", blocks=True, column=name)
        if isinstance(allowed, list) and value not in allowed:
            yield row.problem(f"This is not one of: {', '.join(map(str, allowed))}.", blocks=True, column=name)
        if rules.get("unique") and value in seen:
            yield row.problem(f"The same value stands on line {seen[value]}.", blocks=True, column=name)
        seen.setdefault(value, row.line)


def _rules(field: dict[str, Any]) -> dict[str, Any]:
    rules = field.get("constraints")
    return rules if isinstance(rules, dict) else {}


def _fits(read: Callable[[str], object], value: str) -> bool:
    try:
        return read(value) is not False
    except (ValueError, ArithmeticError, ValidationError):
        return False


def _finite(value: str) -> bool:
    return Decimal(value).is_finite()


def _address(value: str) -> bool:
    parts = urlsplit(value)
    return bool(parts.scheme and (parts.netloc or parts.path))


def _value(row: Row, column: str) -> str:
    value = row.values.get(column.lower())
    return "" if value is None else str(value).strip()


def _last(path: str) -> str:
    return path.rsplit("/", 1)[-1].lower()


_KINDS: dict[str, tuple[Callable[[str], object], str]] = {
    "number": (_finite, "a number"),
    "integer": (int, "a whole number"),
    "date": (date.fromisoformat, "a date such as 2026-11-20"),
    "time": (lambda value: time.fromisoformat(value.removesuffix("Z")), "a time such as 08:30"),
    "datetime": (datetime.fromisoformat, "a date and time such as 2026-11-20T08:30:00Z"),
    "uuid": (UUID, "a UUID"),
    "email": (validate_email, "an e-mail address"),
    "uri": (_address, "a web address"),
}
