"""Figures that others published, to stand beside ours with source and status (packs/base/references/published.yaml)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache

import msgspec

from careloom.infra.packs.indicators import NotADefinition, indicators
from careloom.infra.packs.reading import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml


class Status(StrEnum):
    """How sure the figure is: read at its source, read in a secondary source, or recollected and to be checked before it is quoted."""

    READ = "V"
    SECOND_HAND = "V2"
    RECOLLECTED = "K"


class Published(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One figure of others. `value` is in words, for many are ranges or pairs; `beside` are the indicators that ask nearly the same."""

    code: str
    place: str
    years: str
    title: str
    value: str
    source: str
    status: Status
    beside: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    references: tuple[Published, ...]


@cache
def references() -> tuple[Published, ...]:
    """All of them, in the order of the file.

    :raises NotADefinition: the file is not whole, a code stands twice, or an indicator is named that there is not.
    """
    path = packs_folder() / "base" / "references" / "published.yaml"
    try:
        found = msgspec.convert(read_yaml(path.read_text(encoding="utf-8")), _File).references
    except msgspec.ValidationError as problem:
        raise NotADefinition(f"{path.name}: {problem}") from problem
    codes = [one.code for one in found]
    if len(set(codes)) < len(codes):
        raise NotADefinition(f"{path.name}: a code stands twice.")
    unknown = sorted({code for one in found for code in one.beside} - set(indicators()))
    if unknown:
        raise NotADefinition(f"{path.name}: there is no indicator {', '.join(unknown)}.")
    return found


def beside(code: str) -> Sequence[Published]:
    """What others published that may stand beside an indicator."""
    return [one for one in references() if code in one.beside]
