"""The questionnaires that ship, as data (packs/base/surveys), and official sets of items that a collaborative imports.

A definition is {code, version, title, lede, kind, least, every_months, groups, votes, sections: [{code, title, items: [{id, text, turned}]}]}; with
`_es` beside a text where families answer. Source: R-075, R-215, R-216; collaboration-instruments.md 4.1, 4.2 (no wording of others is shipped).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from careloom.infra.packs.reading import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml

KINDS = ("VALUES", "CAPACITY", "PULSE", "STANCE", "PRACTICE")
OF_FAMILIES = frozenset({"STANCE", "PRACTICE"})
MOST_ITEMS, MOST_BYTES, MOST_LETTERS = 200, 400_000, 400
COLUMNS = ("section", "id", "text", "turned")


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """What is wrong with a file: where, and why in a code of `surveys.words.FILE_WRONG`."""

    where: str
    code: str


@cache
def shipped() -> dict[str, dict[str, Any]]:
    """The questionnaires that ship, by kind."""
    found = {}
    for path in sorted((packs_folder() / "base" / "surveys").glob("*.yaml")):
        read: Any = read_yaml(path.read_text(encoding="utf-8"))
        found[read["kind"]] = read
    return found


def items_of(definition: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every item, in order, with the code of its section."""
    for section in definition["sections"]:
        for item in section["items"]:
            yield {**item, "section": section["code"]}


def words_in(row: dict[str, Any], name: str, language: str) -> str:
    """A text in `language`, else in English."""
    return str(row.get(f"{name}_{language}") or row[name])


def read_items(*, content: bytes, name: str, kind: str) -> tuple[dict[str, Any], tuple[Wrong, ...]]:
    """An official set from CSV (section, id, text, turned) or JSON ({sections: [...]}), as a definition of `kind`; or what is wrong, by place."""
    if len(content) > MOST_BYTES:
        return {}, (Wrong(where=name, code="TOO_LARGE"),)
    try:
        text = content.decode("utf-8-sig")
        rows = list(_from_json(json.loads(text)) if name.lower().endswith(".json") else _from_csv(text))
    except UnicodeDecodeError:
        return {}, (Wrong(where=name, code="NOT_TEXT"),)
    except (json.JSONDecodeError, csv.Error, TypeError, KeyError, AttributeError):
        return {}, (Wrong(where=name, code="NOT_READABLE"),)
    faults = tuple(_faults(rows)) or (() if rows else (Wrong(where=name, code="EMPTY"),))
    if faults:
        return {}, faults
    base = shipped()[kind]
    sections: dict[str, dict[str, Any]] = {}
    for _where, row in rows:
        code = f"S{list(dict.fromkeys(one['section'] for _at, one in rows)).index(row['section']) + 1:02d}"
        item = {"id": row["id"], "text": row["text"]} | ({"turned": True} if row["turned"] else {})
        sections.setdefault(row["section"], {"code": code, "title": row["section"], "items": []})["items"].append(item)
    keep = {key: base[key] for key in ("code", "kind", "lede", "least", "every_months", "groups", "votes")}
    return {**keep, "sections": list(sections.values())}, ()


def _from_csv(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    if not {"section", "id", "text"} <= set(reader.fieldnames or ()):
        raise KeyError("columns")
    for row in reader:
        turned = str(row.get("turned") or "").strip().lower() in ("1", "yes", "true")
        yield f"line {reader.line_num}", _row(row["section"], row["id"], row["text"], turned)


def _from_json(told: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, section in enumerate(told["sections"]):
        for spot, item in enumerate(section["items"]):
            row = _row(section.get("title"), item.get("id"), item.get("text"), item.get("turned") is True)
            yield f"sections[{place}].items[{spot}]", row


def _row(section: Any, key: Any, text: Any, turned: bool) -> dict[str, Any]:
    return {"section": str(section or "").strip(), "id": str(key or "").strip(), "text": str(text or "").strip(), "turned": turned}


def _faults(rows: list[tuple[str, dict[str, Any]]]) -> Iterator[Wrong]:
    if len(rows) > MOST_ITEMS:
        yield Wrong(where=rows[MOST_ITEMS][0], code="TOO_MANY")
    seen: set[str] = set()
    for where, row in rows[:MOST_ITEMS]:
        if not row["section"]:
            yield Wrong(where=f"{where}.section", code="NO_SECTION")
        if not row["id"] or len(row["id"]) > 16 or not row["id"].replace("-", "").replace(".", "").isalnum():
            yield Wrong(where=f"{where}.id", code="NO_ID")
        elif row["id"] in seen:
            yield Wrong(where=f"{where}.id", code="TWICE")
        if not row["text"] or len(row["text"]) > MOST_LETTERS:
            yield Wrong(where=f"{where}.text", code="NO_WORDS")
        seen.add(row["id"])
