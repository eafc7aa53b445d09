"""The definitions of indicators that a pack ships, for whoever names one: no recipe and no engine is loaded."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec

from careloom.infra.packs.reading import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml
from careloom.kernel.indicators.definition import Indicator, read_indicator


class NotADefinition(ValueError):
    """A file holds no definition; the text says which, and what to change."""


@cache
def indicators() -> dict[str, Indicator]:
    """The indicators that ship, by code, in the order of their codes (thirty days before ninety).

    :raises NotADefinition: a file is no definition, or its name is not its code.
    """
    found: dict[str, Indicator] = {}
    for path in sorted((packs_folder() / "base" / "indicators").glob("*.yaml"), key=_by_number):
        try:
            indicator = read_indicator(read_yaml(path.read_text(encoding="utf-8")))
        except msgspec.ValidationError as problem:
            raise NotADefinition(f"{path.name}: {problem}") from problem
        if indicator.code != path.stem:
            raise NotADefinition(f"{path.name}: the file is named {path.stem} and its code is {indicator.code}. Give both one name.")
        found[indicator.code] = indicator
    return found


def _by_number(path: Path) -> list[tuple[str, int]]:
    return [(word, int(number or 0)) for word, number in re.findall(r"(\D+)(\d*)", path.stem)]
