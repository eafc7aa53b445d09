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


class _Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of an indicator in another language; what is not there stays as the definition has it."""

    title: str
    question: str
    unit: str
    among: str = ""
    told: str = ""


@cache
def indicators_in(language: str) -> dict[str, Indicator]:
    """The indicators with title, question, unit and sentence in another language, from packs/base/indicators/words/LANGUAGE.yaml.

    Where there is no such file they stay in English. What is reviewed (numerator, denominator, source) stays in the words that were reviewed.

    :raises NotADefinition: the file is not whole, or names an indicator that there is not.
    """
    path = packs_folder() / "base" / "indicators" / "words" / f"{language}.yaml"
    every = indicators()
    if not path.is_file():
        return every
    try:
        said = msgspec.convert(read_yaml(path.read_text(encoding="utf-8")), dict[str, _Said])
    except msgspec.ValidationError as problem:
        raise NotADefinition(f"{path.name}: {problem}") from problem
    unknown = sorted(set(said) - set(every))
    if unknown:
        raise NotADefinition(f"{path.name}: there is no indicator {', '.join(unknown)}.")
    return {code: msgspec.structs.replace(one, **msgspec.structs.asdict(said[code])) if code in said else one for code, one in every.items()}


def _by_number(path: Path) -> list[tuple[str, int]]:
    return [(word, int(number or 0)) for word, number in re.findall(r"(\D+)(\d*)", path.stem)]
