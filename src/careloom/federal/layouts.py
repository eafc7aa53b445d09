"""Layouts of the federal files: data of a year, each field with its place, its codes, where its value comes from, and whether it is confirmed.

A field that was recollected and not seen in the federal document keeps every file a draft. Who sends the file compares it and writes what holds in
an overlay, ``packs/<pack>/federal/<layout>.yaml``; nothing of the shipped layout is edited. Source: law.md 4.1 and 4.2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from careloom.infra.packs.reading import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml

CHILD, AGENCY, AFCARS = "CHILD", "AGENCY", "AFCARS"
KINDS = (CHILD, AGENCY, AFCARS)
TYPES = ("N", "A", "C", "D", "T")  # digits, text, a code, a day, a time


class NotALayout(ValueError):
    """A layout or its overlay cannot be used; the text says which file and what to change."""


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One field: `start` counts from 1 (fixed width only); no `source` means that Careloom does not hold it.

    `when` names a value without which an empty field is as it should be (the day of an exit, while the child is in care).
    """

    number: int
    name: str
    title: str
    type: str = "A"
    start: int = 0
    length: int = 0
    group: str = ""
    source: str = ""
    codes: str = ""
    when: str = ""
    required: bool = False
    confirmed: bool = False
    basis: str = "K"


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A section of the file; `each` names the list that it is repeated for."""

    letter: str
    name: str
    title: str
    each: str = ""


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A federal file's layout from a year on. `values` are figures by period that an overlay gives (Agency File)."""

    code: str
    title: str
    kind: str
    from_year: int
    basis: str
    fields: tuple[Field, ...]
    codesets: dict[str, dict[str, str]] = {}
    groups: tuple[Group, ...] = ()
    edits: tuple[str, ...] = ()
    values: dict[str, dict[str, int]] = {}
    confirmed_by: str = ""
    digest: str = ""

    @property
    def unconfirmed(self) -> tuple[Field, ...]:
        """The fields that keep a file a draft."""
        return tuple(field for field in self.fields if not field.confirmed)

    @property
    def record_length(self) -> int:
        """Characters of a record of a file of fixed width."""
        return sum(field.length for field in self.fields)


class _Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    number: int
    name: str | None = None
    start: int | None = None
    length: int | None = None
    type: str | None = None
    codes: str | None = None
    required: bool | None = None
    confirmed: bool | None = None


class _Overlay(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    layout: str
    confirmed_by: str
    source: str
    all_confirmed: bool = False
    fields: tuple[_Change, ...] = ()
    codesets: dict[str, dict[str, str]] = {}
    values: dict[str, dict[str, int]] = {}


def layouts(*, pack: str, folder: Path | None = None) -> dict[str, Layout]:
    """The layouts by code, each with the overlay of that pack, newest year last.

    :raises NotALayout: a file cannot be used.
    """
    return _layouts(pack, folder or packs_folder())


def layout_for(*, kind: str, starts_on: date, pack: str) -> Layout | None:
    """The layout of that kind for a period: the newest whose year is not after the period's federal year; the oldest for periods before."""
    fitting = sorted((one for one in layouts(pack=pack).values() if one.kind == kind), key=lambda one: one.from_year)
    year = starts_on.year + (starts_on.month >= 10)
    return next((one for one in reversed(fitting) if one.from_year <= year), fitting[0] if fitting else None)


def problems(*, pack: str, folder: Path | None = None, over: Path | None = None) -> Iterator[str]:
    """What is wrong with the shipped layouts and a pack's overlays (`over`: where they lie), for `careloom pack check`."""
    home = folder or packs_folder()
    mine = over or home / pack / "federal"
    shipped = {path.name: path for path in sorted((home / "base" / "federal").glob("*.yaml"))}
    for name, path in shipped.items():
        try:
            _with_overlay(path, mine / name)
        except NotALayout as problem:
            yield str(problem)
    for path in sorted(mine.glob("*.yaml")):
        if path.name not in shipped:
            yield f"federal/{path.name}: there is no layout {path.stem} to lie over. There are: {', '.join(sorted(shipped))}."


@cache
def _layouts(pack: str, folder: Path) -> dict[str, Layout]:
    return {path.stem: _with_overlay(path, folder / pack / "federal" / path.name) for path in sorted((folder / "base" / "federal").glob("*.yaml"))}


def _with_overlay(path: Path, over: Path) -> Layout:
    layout = _read(path, Layout)
    if layout.code != path.stem:
        raise NotALayout(f"federal/{path.name}: the file is named {path.stem} and its code is {layout.code}. Give both one name.")
    digest = hashlib.sha256(path.read_bytes())
    if over.is_file() and over.resolve() != path.resolve():
        layout = _laid_over(layout, _read(over, _Overlay), over.name)
        digest.update(over.read_bytes())
    _check(layout, path.name)
    return msgspec.structs.replace(layout, digest=digest.hexdigest())


def _read(path: Path, shape: type[Any]) -> Any:
    try:
        return msgspec.convert(read_yaml(path.read_text(encoding="utf-8")), shape)
    except (msgspec.ValidationError, yaml.YAMLError, UnicodeDecodeError) as problem:
        raise NotALayout(f"federal/{path.name}: {' '.join(str(problem).split())}") from problem


def _laid_over(layout: Layout, over: _Overlay, name: str) -> Layout:
    if over.layout != layout.code:
        raise NotALayout(f"federal/{name}: it names the layout {over.layout} and lies over {layout.code}.")
    if not over.confirmed_by.strip() or not over.source.strip():
        raise NotALayout(f"federal/{name}: say who confirmed it (confirmed_by) and against which document (source).")
    changes = {change.number: change for change in over.fields}
    unknown = sorted(set(changes) - {field.number for field in layout.fields})
    if unknown or len(changes) != len(over.fields):
        raise NotALayout(f"federal/{name}: field {unknown or 'twice'} is not one field of {layout.code}.")
    fields = []
    for field in layout.fields:
        told = {} if field.number not in changes else {k: v for k, v in msgspec.structs.asdict(changes[field.number]).items() if v is not None}
        fields.append(msgspec.structs.replace(field, **({"confirmed": True} if over.all_confirmed else {}) | told))
    return msgspec.structs.replace(
        layout, fields=tuple(fields), codesets=layout.codesets | over.codesets, values=over.values,
        confirmed_by=f"{over.confirmed_by}: {over.source}",
    )  # fmt: skip


def _check(layout: Layout, name: str) -> None:
    """Refuse what could not be written: gaps or overlaps of positions, codes and groups that there are not, two fields of one name."""
    if layout.kind not in KINDS:
        raise NotALayout(f"federal/{name}: the kind is {layout.kind}. Use one of {', '.join(KINDS)}.")
    letters, expects, names = {group.letter for group in layout.groups}, 1, [field.name for field in layout.fields]
    if len(set(names)) != len(names):
        raise NotALayout(f"federal/{name}: two fields have one name.")
    for place, field in enumerate(layout.fields, 1):
        where = f"federal/{name}: field {field.number} ({field.name})"
        if field.number != place:
            raise NotALayout(f"{where}: fields are numbered from 1 without a gap; this one stands at {place}.")
        if field.type not in TYPES:
            raise NotALayout(f"{where}: the type is {field.type}. Use one of {', '.join(TYPES)}.")
        if field.codes and field.codes not in layout.codesets:
            raise NotALayout(f"{where}: there is no codeset {field.codes}.")
        if layout.kind == CHILD:
            if field.length < 1 or field.start != expects:
                raise NotALayout(f"{where}: starts at {field.start} and should start at {expects}, where the field before it ends.")
            expects += field.length
        elif field.group not in letters:
            raise NotALayout(f"{where}: there is no group {field.group}.")
