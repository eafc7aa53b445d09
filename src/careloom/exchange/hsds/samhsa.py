"""The SAMHSA treatment locator's JSON: facilities in `rows`, each with services by category code (f2) and values (f3).

Each value becomes a term of the taxonomy `samhsa` with the code `category:value`, so that the need catalogue and
the features read it like any other vocabulary. Source: data/samhsa (public domain), findtreatment.
"""

from __future__ import annotations

from typing import Any

from careloom.directory.facts import DirectoryRefused, FileProblem
from careloom.exchange.hsds.tables import Row, Tables

LANGUAGE_CATEGORY = "OL"
KINDS = {"SA": "Substance use treatment", "MH": "Mental health treatment"}


def is_samhsa(document: Any) -> bool:
    """Whether this JSON has the shape of the locator's answer."""
    rows = document.get("rows") if isinstance(document, dict) else None
    return isinstance(rows, list) and bool(rows) and isinstance(rows[0], dict) and "frid" in rows[0]


def read_samhsa(name: str, document: dict[str, Any]) -> Tables:
    """The tables of a locator answer: one organization, one service and one place for each facility."""
    tables = Tables(layout="samhsa_json")
    for index, facility in enumerate(document["rows"]):
        if not isinstance(facility, dict) or not facility.get("frid") or not facility.get("name1"):
            what = "The facility has no id or no name."
            raise DirectoryRefused([FileProblem(file=name, line=index + 1, what=what, blocks=True)])
        _facility(tables, name, index + 1, facility)
    expected = document.get("recordCount")
    if isinstance(expected, int) and expected > len(document["rows"]):
        what = f"This is a part: the file has {len(document['rows'])} of {expected} facilities."
        tables.problems.append(FileProblem(file=name, line=0, what=what))
    return tables


def _facility(tables: Tables, file: str, line: int, f: dict[str, Any]) -> None:
    def add(table: str, **values: Any) -> None:
        tables.add(table, Row(file=file, line=line, values=values))

    key = str(f["frid"])
    organization = f"org:{f['name1']}".lower()
    known = {r.text("id") for r in tables.of("organization")}
    if organization not in known:
        add("organization", id=organization, name=f["name1"], description="", website=f.get("website"))
    title = f.get("name2") or f["name1"]
    add(
        "service",
        id=key,
        organization_id=organization,
        name=title,
        status="active",
        url=f.get("website"),
        description=KINDS.get(str(f.get("typeFacility")), ""),
        fees_description="; ".join(_values(f, "PYAS")),
    )
    add("location", id=key, organization_id=organization, location_type="physical", name=title,
        latitude=f.get("latitude"), longitude=f.get("longitude"))  # fmt: skip
    add("address", id=key, location_id=key, address_1=f.get("street1"), address_2=f.get("street2"),
        city=f.get("city"), state_province=f.get("state"), postal_code=f.get("zip"))  # fmt: skip
    add("service_at_location", id=key, service_id=key, location_id=key)
    for field, words in (("phone", ""), ("intake1", "Intake"), ("hotline1", "Hotline")):
        if f.get(field):
            add("phone", id=f"{key}:{field}", service_id=key, number=f[field], description=words)
    for category in f.get("services") or []:
        _terms(tables, file, line, key, str(category.get("f2", "")), str(category.get("f3") or ""))


def _terms(tables: Tables, file: str, line: int, service: str, category: str, values: str) -> None:
    for value in filter(None, (v.strip() for v in values.split(";"))):
        if category == LANGUAGE_CATEGORY:
            language = {"id": f"{service}:{value}", "service_id": service, "name": value, "code": ""}
            tables.add("language", Row(file=file, line=line, values=language))
            continue
        code = f"{category}:{value}"
        term = {"id": f"samhsa:{code}", "taxonomy": "samhsa", "code": code, "name": value}
        tables.add("taxonomy_term", Row(file=file, line=line, values=term))
        link = {"id": f"{service}:{code}", "link_id": service, "taxonomy_term_id": f"samhsa:{code}"}
        tables.add("attribute", Row(file=file, line=line, values=link))


def _values(f: dict[str, Any], category: str) -> list[str]:
    return [str(s.get("f3") or "") for s in f.get("services") or [] if s.get("f2") == category]
