"""The instrument as data: FHIR Questionnaires in `packs/<name>/safety/`, versioned and effective-dated. Nothing of a licensed text is here.

A pack uses its own list of safety factors where it has one in force, else that of the pack that it extends. A Questionnaire in draft without items is
an import slot: its text must be obtained from its owner first. Source: R-164 to R-167; safety-and-screening 3.1, 3.2.

Why this is no form of `infra.forms`, though the files are Questionnaires too: a form is asked of one person and answered once, and what it works
out is a score. This is asked again for each child and each adult, each finding is a row with its own evidence, source, day and category (violence
between adults lies apart), two workers save different parts at one time, and the decision is the kernel's rule over all of them and never a number.
The engine would keep none of that, so here are only the lists of items, laid over each other by pack.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from careloom.infra.packs import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml
from careloom.kernel.safety import Items

ABOUT = "https://careloom.example/safety/"
NOT_CHECKED = frozenset({"OPEN", "KNOWN"})


class InstrumentError(ValueError):
    """A definition cannot be used; the text says what to correct."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item: its stable id, its words, the choices as (code, words). `apart` is the category under which its evidence is kept, if another."""

    id: str
    text: str
    prefix: str = ""
    hint: str = ""
    domain: str = ""
    apart: str = ""
    takes_progress: bool = False
    checked: bool = True
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """The three parts with the versions that they were filled in. `waiting` names lists whose text is not here yet."""

    key: str
    title: str
    starts_on: date
    checked: bool
    note: str
    domains: tuple[Item, ...]
    capacities: tuple[Item, ...]
    factors: tuple[Item, ...]
    waiting: tuple[str, ...] = ()

    @property
    def items(self) -> Items:
        """The ids of all items, for the kernel."""
        return Items(
            domains=tuple(i.id for i in self.domains), capacities=tuple(i.id for i in self.capacities), factors=tuple(i.id for i in self.factors)
        )


def instrument_for(*, pack: str, on: date, folder: Path | None = None) -> Instrument:
    """The instrument in force in a pack on a day. Raises InstrumentError when there is none."""
    return _instrument(pack, on, folder or packs_folder())


def instrument_of(*, pack: str, key: str, folder: Path | None = None) -> Instrument:
    """The very instrument that an assessment was filled in, by its key. Raises InstrumentError when the pack has lost it."""
    home = folder or packs_folder()
    for found in _all(pack, home):
        if found["kind"] == "C" and _key(found["data"]) == key:
            return _join(_parts(pack, home, on=_start(found["data"])), found["data"], waiting=())
    raise InstrumentError(f"The pack {pack} has no instrument {key}. Put back the file in packs/{pack}/safety that holds it.")


@lru_cache(maxsize=256)
def _instrument(pack: str, on: date, home: Path) -> Instrument:
    mine = [found for found in _all(pack, home) if found["kind"] == "C"]
    live = [found for found in mine if found["data"].get("status") == "active" and _in_force(found["data"], on)]
    if not live:
        raise InstrumentError(f"The pack {pack} has no safety factors in force on {on}. Add a Questionnaire to packs/{pack}/safety.")
    # The nearest pack first, and in it the list that began last.
    nearest = min(found["depth"] for found in live)
    chosen = max((found["data"] for found in live if found["depth"] == nearest), key=_start)
    waiting = tuple(str(f["data"].get("title", "")) for f in mine if f["data"].get("status") == "draft" and f["depth"] <= nearest)
    return _join(_parts(pack, home, on=on), chosen, waiting=waiting)


def _parts(pack: str, home: Path, *, on: date) -> Mapping[str, Any]:
    live = [f for f in _all(pack, home) if f["kind"] == "AB" and f["data"].get("status") == "active"]
    if not live:
        raise InstrumentError(f"The pack {pack} has no parts A and B. Add packs/{pack}/safety/assessment.json.")
    in_force = [f for f in live if _in_force(f["data"], on)] or live
    best: Mapping[str, Any] = min(in_force, key=lambda f: (f["depth"], -_start(f["data"]).toordinal()))["data"]
    return best


def _join(parts: Mapping[str, Any], factors: Mapping[str, Any], *, waiting: tuple[str, ...]) -> Instrument:
    groups = {group["linkId"]: group for group in (*parts["item"], *factors["item"])}
    status = str(_extension(factors).get("status", ""))
    return Instrument(
        key=_key(factors), title=str(factors["title"]), starts_on=_start(factors), checked=status not in NOT_CHECKED,
        note=str(factors.get("description", "")), domains=_items(groups["A"]), capacities=_items(groups["B"]), factors=_items(groups["C"]),
        waiting=waiting,
    )  # fmt: skip


def _items(group: Mapping[str, Any]) -> tuple[Item, ...]:
    return tuple(_item(raw) for raw in group.get("item", ()))


def _item(raw: Mapping[str, Any]) -> Item:
    more = _extension(raw)
    options = tuple((str(o["valueCoding"]["code"]), str(o["valueCoding"]["display"])) for o in raw.get("answerOption", ()))
    return Item(
        id=str(raw["linkId"]), text=str(raw["text"]), prefix=str(raw.get("prefix", "")), hint=str(more.get("hint", "")),
        domain=str(more.get("domain", "")), apart=str(more.get("apart", "")), takes_progress=bool(more.get("treatment-progress")),
        checked=str(more.get("status", "")) not in NOT_CHECKED, options=options,
    )  # fmt: skip


def _extension(raw: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for extension in raw.get("extension", ()):
        values = [value for name, value in extension.items() if name.startswith("value")]
        found[str(extension.get("url", "")).removeprefix(ABOUT)] = values[0] if values else None
    return found


def _all(pack: str, home: Path) -> Iterator[dict[str, Any]]:
    """Every definition of a pack and of those that it extends, with how far away it is."""
    name: str | None = pack
    depth = 0
    while name:
        for path in sorted((home / name / "safety").glob("*.json")):
            yield {"depth": depth, **_read(path)}
        manifest = home / name / "manifest.yaml"
        data = read_yaml(manifest.read_text(encoding="utf-8")) if manifest.is_file() else {}
        name, depth = (data.get("extends") if isinstance(data, dict) else None), depth + 1


@lru_cache(maxsize=256)
def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        kind = "AB" if {"A", "B"} <= {group["linkId"] for group in data["item"]} else "C"
        _start(data)
        ids = [item["linkId"] for group in data["item"] for item in group.get("item", ())]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InstrumentError(f"{path.name} is no Questionnaire that can be read: {error}. Correct it.") from error
    if len(ids) != len(set(ids)):
        raise InstrumentError(f"{path.name} uses one linkId twice. Give each item its own.")
    if data.get("status") == "active" and not ids:
        raise InstrumentError(f"{path.name} is active and has no items. Put them in, or set its status to draft.")
    return {"kind": kind, "data": data}


def _key(data: Mapping[str, Any]) -> str:
    return f"{str(data['url']).removeprefix(ABOUT)}|{data['version']}"


def _start(data: Mapping[str, Any]) -> date:
    return date.fromisoformat(data["effectivePeriod"]["start"])


def _in_force(data: Mapping[str, Any], on: date) -> bool:
    end = data["effectivePeriod"].get("end")
    return _start(data) <= on and (end is None or on <= date.fromisoformat(end))
