"""How each kind of file is written: records of fixed width, XML of groups, or a table of counts."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from careloom.federal.checking import Fault, edits_of, read_texts
from careloom.federal.facts import day_of, of_pair, of_removal
from careloom.federal.layouts import AFCARS, CHILD, Layout
from careloom.federal.models import FederalFile
from careloom.federal.values import Ids, fixed, value_at


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record as it is written, whose it is, and what is wrong with it. `missing`: fields that Careloom could hold and does not hold here."""

    text: str
    name: str
    holder_id: UUID
    row_id: UUID
    faults: tuple[Fault, ...]
    missing: tuple[str, ...]
    tallied: Counter[str] = field(default_factory=Counter)
    child: str = ""


def record_of(row: tuple[UUID, UUID, Any], *, layout: Layout, file: FederalFile, state: str, ids: Ids) -> Record:
    """A record of the Child File or of the out-of-home care file, from a row that the database answered."""
    row_id, holder, told = row
    if layout.kind == CHILD:
        facts = of_pair(told, holder=holder, file=file, state=state, ids=ids)
        texts, faults = read_texts(layout, facts)
        text, tallied = fixed(layout, texts), Counter({"ipse": int(told["rule"]), "victims": int(_is_victim(facts))})
        name = f"{facts['report']['id']} {facts['child']['id']}"
    else:
        facts = of_removal(told, file=file, state=state, ids=ids)
        text, texts, faults = _element(layout, facts)
        tallied, name = _stays(facts, file), facts["child"]["id"]
    faults += list(edits_of(layout, facts, file))
    missing = tuple(one.name for one in layout.fields if one.source and not texts[one.name] and (not one.when or value_at(facts, one.when)))
    return Record(
        text=text, name=name, holder_id=holder, row_id=row_id, faults=tuple(dict.fromkeys(faults)), missing=missing, tallied=tallied,
        child=facts["child"]["id"],
    )  # fmt: skip


def head(layout: Layout, file: FederalFile, *, state: str, draft: bool) -> str:
    """What stands before the records."""
    if layout.kind != AFCARS:
        return ""
    status = "draft" if draft else "final"
    told = f"period={quoteattr(file.period)} state={quoteattr(state)} layout={quoteattr(layout.code)} status={quoteattr(status)}"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<OutOfHomeCare {told}>\n'


def foot(layout: Layout) -> str:
    """What stands after the records."""
    return "</OutOfHomeCare>\n" if layout.kind == AFCARS else ""


def table_of(layout: Layout, facts: Any, *, file: FederalFile) -> tuple[str, list[Fault], dict[str, str]]:
    """The Agency File: a line for each item. What no record holds comes from the overlay's figures of the period."""
    texts, faults = read_texts(layout, facts)
    texts |= {name: str(value) for name, value in layout.values.get(file.period, {}).items() if name in texts}
    faults = [one for one in faults if not texts[one.field]]
    titles = {group.letter: group.title for group in layout.groups}
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["section", "item", "title", "value"])
    lines.writerows([f"{one.group} {titles[one.group]}", one.name, one.title, texts[one.name]] for one in layout.fields)
    return out.getvalue(), faults, texts


def _element(layout: Layout, facts: dict[str, Any]) -> tuple[str, dict[str, str], list[Fault]]:
    """A record as XML: a group is an element, repeated for each item of its list; a field without a value is left out."""
    lines, texts, faults = [" <Record>"], {one.name: "" for one in layout.fields}, []
    for group in layout.groups:
        items = [facts | {"item": item} for item in facts[group.each]] if group.each else [facts]
        for item in items:
            found, wrong = read_texts(layout, item, only=group.letter)
            faults += wrong
            texts |= {name: text for name, text in found.items() if text}
            inside = [f"   <{name}>{escape(text)}</{name}>" for name, text in found.items() if text]
            lines += [f"  <{group.name}>", *inside, f"  </{group.name}>"] if inside else []
    return "\n".join([*lines, " </Record>\n"]), texts, faults


def _is_victim(facts: dict[str, Any]) -> bool:
    return facts["report"]["disposition"] in {"SUBSTANTIATED", "INDICATED", "ALTERNATIVE_VICTIM"}


def _stays(facts: dict[str, Any], file: FederalFile) -> Counter[str]:
    removed, ended = day_of(facts["removal"]["removed_on"]), day_of(facts["removal"]["ended_on"])
    assert removed is not None
    entered = file.starts_on <= removed < file.ends_on
    left = ended is not None and file.starts_on <= ended < file.ends_on
    return Counter({"entries": int(entered), "exits": int(left)})
