"""The older Ohana CSV layout (before HSDS 2): services hang on locations, languages are words in a column."""

from __future__ import annotations

from careloom.exchange.hsds.csvs import csv_rows
from careloom.exchange.hsds.tables import Row, Tables

DAYS = {"monday": "MO", "tuesday": "TU", "wednesday": "WE", "thursday": "TH", "friday": "FR", "saturday": "SA"}
DAYS["sunday"] = "SU"
PLAIN = {"organizations": "organization", "addresses": "address"}


def is_ohana(files: dict[str, bytes]) -> bool:
    """The layout is told by two files that HSDS does not have."""
    names = {n.rsplit("/", 1)[-1].lower() for n in files}
    return bool(names & {"regular_schedules.csv", "mail_addresses.csv", "taxonomy.csv"}) and "services.csv" in names


def read_ohana(files: dict[str, bytes]) -> Tables:
    """The tables of an Ohana export, in HSDS 3 names."""
    tables = Tables(layout="ohana_csv")
    raw = {n.rsplit("/", 1)[-1].lower().removesuffix(".csv"): csv_rows(n, d) for n, d in files.items() if n.lower().endswith(".csv")}
    for source, table in PLAIN.items():
        for row in raw.get(source, []):
            tables.add(table, row)
    owners = {r.text("id"): r.text("organization_id") for r in raw.get("locations", [])}
    names = {r.text("taxonomy_id"): r.text("name") for r in raw.get("taxonomy", [])}
    for row in raw.get("locations", []):
        _location(tables, row)
    for row in raw.get("services", []):
        _service(tables, row, owners, names)
    for row in raw.get("phones", []):
        number = {"type": row.text("number_type"), "description": row.text("department")}
        tables.add("phone", _with(row, number))
    for row in raw.get("regular_schedules", []):
        tables.add("schedule", _with(row, {"byday": DAYS.get(row.text("weekday").lower(), row.text("weekday"))}))
    return tables


def _location(tables: Tables, row: Row) -> None:
    virtual = row.text("virtual").lower() in ("true", "t", "1")
    tables.add("location", _with(row, {"location_type": "virtual" if virtual else "physical"}))
    for word in _words(row.text("accessibility")):
        tables.add("accessibility", _with(row, {"location_id": row.text("id"), "description": word.replace("_", " ")}))
    for word in _words(row.text("languages")):
        tables.add("language", _with(row, {"location_id": row.text("id"), "name": word, "code": "", "service_id": ""}))


def _service(tables: Tables, row: Row, owners: dict[str, str], names: dict[str, str]) -> None:
    service, place = row.text("id"), row.text("location_id")
    more = {
        "organization_id": owners.get(place, ""),
        "eligibility_description": row.text("eligibility") or row.text("audience"),
        "fees_description": row.text("fees"),
        "url": row.text("website"),
        "status": row.text("status") or "active",
    }
    tables.add("service", _with(row, more))
    link = {"id": f"{service}@{place}", "service_id": service, "location_id": place, "description": ""}
    tables.add("service_at_location", Row(file=row.file, line=row.line, values=link))
    for word in _words(row.text("languages")):
        tables.add("language", _with(row, {"service_id": service, "location_id": "", "name": word, "code": ""}))
    for word in _words(row.text("service_areas")):
        tables.add("service_area", _with(row, {"service_id": service, "name": word}))
    for word in _words(row.text("required_documents")):
        tables.add("required_document", _with(row, {"service_id": service, "document": word}))
    for code in _words(row.text("taxonomy_ids")):
        _term(tables, row, service, "ohana", code, names.get(code, code))
    for word in _words(row.text("keywords")):
        _term(tables, row, service, "keyword", word.lower(), word)


def _term(tables: Tables, row: Row, service: str, taxonomy: str, code: str, name: str) -> None:
    term = f"{taxonomy}:{code}"
    values = {"id": term, "taxonomy": taxonomy, "code": code, "name": name}
    tables.add("taxonomy_term", Row(file=row.file, line=row.line, values=values))
    link = {"id": f"{service}:{term}", "link_id": service, "taxonomy_term_id": term}
    tables.add("attribute", Row(file=row.file, line=row.line, values=link))


def _with(row: Row, more: dict[str, str]) -> Row:
    return Row(file=row.file, line=row.line, values={**row.values, **more})


def _words(text: str) -> list[str]:
    return [w.strip() for w in text.split(",") if w.strip()]
