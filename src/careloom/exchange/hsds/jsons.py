"""HSDS 3.x JSON (organization, service or service_at_location, full or listed; tabular) flattened into tables."""

from __future__ import annotations

from typing import Any

from careloom.directory.facts import DirectoryRefused, FileProblem
from careloom.exchange.hsds.tables import PLURALS, Row, Tables, table_name

SINGLE = {"organization", "service", "location", "taxonomy_term", "taxonomy_detail", "unit", "program"}
PARENT_KEYS = ("organization", "service", "location", "service_at_location", "phone", "taxonomy_term", "contact")


def read_json(name: str, document: Any) -> Tables:
    """The tables of an HSDS JSON document. Raises `DirectoryRefused` when it holds no HSDS object."""
    tables = Tables(layout="hsds_json")
    if _is_tabular(document):
        tables.layout = "hsds_tabular"
        _tabular(tables, name, document)
        return tables
    items = document.get("contents", [document]) if isinstance(document, dict) else document
    if not isinstance(items, list) or not items:
        raise _unknown(name)
    flattener = _Flattener(tables, name)
    for index, item in enumerate(items):
        kind = _kind(item)
        if kind is None:
            raise _unknown(name)
        flattener.take(kind, item, {}, index + 1)
    return tables


def _is_tabular(document: Any) -> bool:
    return isinstance(document, dict) and any(str(k).endswith(".csv") for k in document)


def _tabular(tables: Tables, name: str, document: dict[str, Any]) -> None:
    for file_name, rows in document.items():
        table = table_name(file_name)
        if table is None or not isinstance(rows, list):
            tables.problems.append(FileProblem(file=file_name, line=0, what="This table is not known and was left out."))
            continue
        for index, values in enumerate(r for r in rows if isinstance(r, dict)):
            tables.add(table, Row(file=f"{name}:{file_name}", line=index + 1, values=values))


def _kind(item: Any) -> str | None:
    """What an object is, by the members that only it has."""
    if not isinstance(item, dict) or "id" not in item:
        return None
    if "location" in item and "service" in item:
        return "service_at_location"
    if "version" in item and "status" not in item:
        return "taxonomy"
    if "location_type" in item:
        return "location"
    if "status" in item and "name" in item:
        return "service"
    if "taxonomy" in item or "term_uri" in item:
        return "taxonomy_term"
    return "organization" if "name" in item and "description" in item else None


class _Flattener:
    """Walks nested objects once; the same object met twice (by table and id) is kept once."""

    def __init__(self, tables: Tables, file: str) -> None:
        self.tables, self.file = tables, file
        self.seen: set[tuple[str, str, str]] = set()

    def take(self, table: str, item: dict[str, Any], parents: dict[str, str], number: int) -> None:
        own = {k: v for k, v in item.items() if not isinstance(v, dict | list)}
        links = {f"{k}_id": v for k, v in parents.items() if own.get(f"{k}_id") is None}
        key = (table, str(item.get("id", "")), "|".join(f"{k}={v}" for k, v in sorted(links.items())))
        inner = parents if table not in PARENT_KEYS else {**parents, table: str(item.get("id", ""))}
        if table in ("service", "location", "organization"):
            inner = {k: v for k, v in inner.items() if k in ("organization", table)}
        for name, value in item.items():
            self._child(table, name, value, inner, links, number)
        main = (table, str(item.get("id", "")), "") if table in ("organization", "service", "location") else key
        if main not in self.seen:
            self.seen.add(main)
            self.tables.add(table, Row(file=self.file, line=number, values={**links, **own}))

    def _child(self, table: str, name: str, value: Any, inner: dict[str, str], links: dict[str, str], number: int) -> None:
        if isinstance(value, dict) and name in SINGLE:
            target = {"taxonomy_detail": "taxonomy"}.get(name, name)
            links.setdefault(f"{name}_id", str(value.get("id", "")))
            kept = {"organization": inner["organization"]} if name == "service" and "organization" in inner else {}
            self.take(target, value, kept, number)
        elif isinstance(value, list) and name in {**PLURALS, "accessibility": "", "funding": "", "metadata": ""}:
            target = PLURALS.get(name, name)
            parents = {**inner, "_link": inner.get(table, "")} if target == "attribute" else inner
            for item in (v for v in value if isinstance(v, dict)):
                extra = {k: v for k, v in parents.items() if k != "_link"}
                child = {**item, "link_id": parents["_link"]} if "_link" in parents else item
                self.take(target, child, extra, number)


def _unknown(name: str) -> DirectoryRefused:
    what = "The JSON is not an HSDS organization, service, location or list of these."
    return DirectoryRefused([FileProblem(file=name, line=0, what=what, blocks=True)])
