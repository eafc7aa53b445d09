"""The directory as an HSDS datapackage: `datapackage.json` and a table a file, in one zip. The same directory makes the same bytes.

What is withheld from the API is withheld here too: a file cannot be called back. Times of change are not told, because they are this house's own;
a package that is brought in elsewhere and written again there is the same, byte for byte.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from django.db.models import prefetch_related_objects

from careloom.directory import models, published
from careloom.directory.queries import listed_services
from careloom.exchange.hsds_api import objects, rows
from careloom.exchange.hsds_api.shapes import FORMATS, TABLES, Table

BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name
DESCRIPTOR = "datapackage.json"
AT_ONCE = 500
Tables = dict[str, dict[str, rows.Row]]


def write() -> bytes:
    """The zip. Ten statements for each five hundred services."""
    held = tables()
    files = {DESCRIPTOR: json.dumps(descriptor(), indent=1).encode(), **{TABLES[name].file: _csv(TABLES[name], held[name]) for name in TABLES}}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=BEGINNING)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, compress_type=zipfile.ZIP_DEFLATED, compresslevel=6)
    return buffer.getvalue()


def descriptor() -> dict[str, Any]:
    """What the tables are, as a tabular data package (specs.frictionlessdata.io)."""
    return {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "version": "3.0.0",
        "homepage": "http://docs.openreferral.org",
        "resources": [_resource(table) for table in TABLES.values()],
    }


def tables() -> Tables:
    """The rows of every table by id."""
    held: Tables = {name: {} for name in TABLES}
    for one in published.public_organizations():
        _put(held, "organization", [rows.organization(one)])
        _put(held, "phone", rows.organization_phones(one))
    for name in published.taxonomies():
        _put(held, "taxonomy", [rows.taxonomy(name)])
    _put(held, "taxonomy_term", [rows.term(one) for one in models.TaxonomyTerm.objects.all()])
    open_ids = set(published.open_places().values_list("pk", flat=True))
    for places in _portions(published.public_places().order_by("pk")):
        prefetch_related_objects(places, "phones", "schedules")
        for place in places:
            _place(held, place, is_open=place.pk in open_ids)
    for services in _portions(listed_services().select_related("organization").order_by("pk")):
        prefetch_related_objects(services, *objects.PLAIN_SERVICE, *objects.CHILDREN)
        for service in services:
            _service(held, service)
    for joins in _portions(published.public_joins().order_by("pk")):
        _put(held, "service_at_location", [rows.join(one, is_open=one.location_id in open_ids) for one in joins])
    return held


def _place(held: Tables, one: models.Location, *, is_open: bool) -> None:
    row = rows.place(one, is_open=is_open)
    if row.get("organization_id") not in held["organization"]:
        row.pop("organization_id", None)
    _put(held, "location", [row])
    if is_open:
        _put(held, "address", rows.addresses(one))
        _put(held, "accessibility", rows.accessibility(one))
        _put(held, "phone", rows.phones("location_id", one))
        _put(held, "schedule", rows.schedules("location_id", one))


def _service(held: Tables, one: models.Service) -> None:
    row = rows.service(one)
    row.pop("last_modified")
    _put(held, "service", [row])
    _put(held, "phone", rows.phones("service_id", one))
    _put(held, "schedule", rows.schedules("service_id", one))
    _put(held, "service_area", rows.areas(one))
    _put(held, "language", rows.languages(one))
    _put(held, "cost_option", rows.costs(one))
    _put(held, "required_document", rows.documents(one))
    _put(held, "attribute", [attribute for attribute, _term in rows.attributes(one)])
    _put(held, "service_capacity", rows.capacities(one))
    _put(held, "unit", [rows.unit(c.unit) for c in one.capacities.all() if c.updated_at])


def _put(held: Tables, table: str, found: list[rows.Row]) -> None:
    held[table].update({row["id"]: row for row in found})


def _portions(found: Any) -> Iterator[list[Any]]:
    ids = list(found.values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        portion = found.in_bulk(ids[start : start + AT_ONCE])
        yield [portion[key] for key in ids[start : start + AT_ONCE] if key in portion]


def _csv(table: Table, held: dict[str, rows.Row]) -> bytes:
    names = [column.name for column in table.columns]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(held[key] for key in sorted(held))
    return text.getvalue().encode()


def _resource(table: Table) -> dict[str, Any]:
    fields = []
    for column in table.columns:
        constraints: dict[str, Any] = {"required": column.required, **({"unique": True} if column.name == "id" else {})}
        constraints |= {"enum": list(column.values)} if column.values else {}
        shape = {"type": "string", "format": column.kind} if column.kind in FORMATS else {"type": column.kind}
        fields.append({"name": column.name, **shape, "constraints": constraints})
    links = [{"fields": column, "reference": {"resource": to, "fields": "id"}} for column, to in table.links]
    schema: dict[str, Any] = {"primaryKey": "id", "fields": fields, **({"foreignKeys": links} if links else {})}
    return {
        "name": table.name, "path": table.file, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "profile": "tabular-data-resource",
        "schema": schema,
    }  # fmt: skip
