"""HSDS tables in memory: rows with the file and line they came from, so that every problem can be pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from careloom.directory.facts import FileProblem

NAMES = (
    *("organization", "program", "service", "service_at_location", "location", "address", "phone", "schedule"),
    *("service_area", "language", "accessibility", "cost_option", "required_document", "taxonomy", "taxonomy_term"),
    *("attribute", "service_capacity", "unit", "contact", "funding", "metadata", "organization_identifier"),
    *("meta_table_description", "url"),
)
PLURALS = {
    "organizations": "organization",
    "programs": "program",
    "services": "service",
    "locations": "location",
    "addresses": "address",
    "phones": "phone",
    "schedules": "schedule",
    "service_areas": "service_area",
    "languages": "language",
    "cost_options": "cost_option",
    "required_documents": "required_document",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "attributes": "attribute",
    "service_capacities": "service_capacity",
    "capacities": "service_capacity",
    "services_at_location": "service_at_location",
    "service_at_locations": "service_at_location",
    "units": "unit",
    "contacts": "contact",
    "fundings": "funding",
    "organization_identifiers": "organization_identifier",
    "meta_table_descriptions": "meta_table_description",
    "additional_websites": "url",
    "additional_urls": "url",
}
REQUIRED = {
    "organization": ("id", "name"),
    "service": ("id", "name"),
    "location": ("id",),
    "service_at_location": ("id", "service_id", "location_id"),
}
"""Without these a row cannot be kept apart from others. `description` and `status` are asked for, not demanded."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table: its values as text or JSON values, and where it stands."""

    file: str
    line: int
    values: dict[str, Any]

    def text(self, name: str) -> str:
        """The trimmed text of a column, '' when absent. A quoted number such as '"+1 ..."' loses its quotes."""
        value = self.values.get(name)
        # What no database takes (a zero byte, half a character) is no part of a text.
        return "" if value is None else str(value).replace("\x00", "").encode(errors="ignore").decode().strip().strip('"').strip()

    def problem(self, what: str, *, blocks: bool = False, column: str = "") -> FileProblem:
        """A problem of this row, or of one value in it."""
        return FileProblem(file=self.file, line=self.line, what=what, blocks=blocks, column=column)


@dataclass(kw_only=True)
class Tables:
    """The tables of one directory, the names of the files that held them, and the problems met so far."""

    layout: str
    files: set[str] = field(default_factory=set)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[FileProblem] = field(default_factory=list)

    def add(self, table: str, row: Row) -> None:
        """Put a row into a table."""
        self.rows.setdefault(table, []).append(row)

    def of(self, table: str) -> list[Row]:
        """The rows of a table."""
        return self.rows.get(table, [])

    def grouped(self, table: str, key: str) -> dict[str, list[Row]]:
        """The rows of a table by the value of a column; rows without a value are left out."""
        groups: dict[str, list[Row]] = {}
        for row in self.of(table):
            if row.text(key):
                groups.setdefault(row.text(key), []).append(row)
        return groups


def table_name(file_name: str) -> str | None:
    """The table that a file or JSON key stands for, or None when HSDS has no such table."""
    stem = file_name.rsplit("/", 1)[-1].removesuffix(".csv").lower()
    return stem if stem in NAMES else PLURALS.get(stem)


def required_problems(tables: Tables) -> Iterator[FileProblem]:
    """Rows without an id or name, and ids that stand twice: each blocks, because updates need them."""
    for table, columns in REQUIRED.items():
        seen: dict[str, int] = {}
        for row in tables.of(table):
            for column in columns:
                if not row.text(column):
                    yield row.problem(f"The {table} has no {column}.", blocks=True, column=column)
            if row.text("id") in seen and row.text("id"):
                yield row.problem(f"Another {table} has the same id, on line {seen[row.text('id')]}.", blocks=True, column="id")
            seen.setdefault(row.text("id"), row.line)
