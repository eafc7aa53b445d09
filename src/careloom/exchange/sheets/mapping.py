"""What the columns of a spreadsheet mean: our field for each, the form of its dates, and its own words for our codes. Pure.

A mapping is a small file (JSON) that an agency keeps by name, reviews, and uses again next month.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from careloom.kernel.notification import Substance

VERSION: Final = 1
MOST_TEXT: Final = 60_000
#: Each of our fields, with words by which a column is recognized.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "row.id": ("case id", "case number", "case no", "case", "record id", "posc id", "row id", "id"),
    "mother.name": ("mother name", "mothers name", "name of mother", "mother"),
    "mother.given": ("mother first name", "mothers first name", "mom first", "mother first"),
    "mother.family": ("mother last name", "mothers last name", "mom last", "mother last"),
    "mother.birth_date": ("mother dob", "mothers dob", "mother birth date", "mother date of birth", "mom dob"),
    "mother.record_number": ("mother mrn", "mothers mrn", "mother record number", "medicaid id"),
    "mother.phone": ("phone", "mother phone", "telephone", "mobile"),
    "mother.address": ("address", "street", "home address"),
    "mother.county": ("county", "county of residence"),
    "mother.language": ("language", "preferred language", "primary language"),
    "child.name": ("child name", "infant name", "baby name", "name of child", "infant"),
    "child.given": ("child first name", "infant first name", "baby first name"),
    "child.family": ("child last name", "infant last name", "baby last name"),
    "child.birth_date": ("child dob", "infant dob", "baby dob", "date of birth", "dob", "birth date", "delivery date"),
    "child.sex": ("sex", "gender", "child sex", "infant sex"),
    "birth.weight_g": ("birth weight", "weight", "birth weight grams"),
    "birth.weeks": ("gestational age", "gestation", "weeks", "ga"),
    "exposures": ("substance", "substances", "exposure", "exposures", "substance exposure", "drug"),
    "worker.email": ("worker", "worker email", "case worker email", "assigned to"),
}
DATES: Final = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%d/%m/%Y", "%d.%m.%Y", "%m-%d-%Y", "%b %d, %Y")
SEXES: Final = {"f": "female", "female": "female", "girl": "female", "m": "male", "male": "male", "boy": "male", "u": "unknown", "unknown": "unknown"}
LANGUAGES: Final = {"en": "en", "english": "en", "es": "es", "spanish": "es", "espanol": "es", "español": "es"}
SUBSTANCES: Final = {
    "methadone": "METHADONE", "buprenorphine": "BUPRENORPHINE", "subutex": "BUPRENORPHINE", "suboxone": "BUPRENORPHINE",
    "oxycodone": "PRESCRIPTION_OPIOID", "hydrocodone": "PRESCRIPTION_OPIOID", "heroin": "HEROIN", "fentanyl": "FENTANYL",
    "alcohol": "ALCOHOL", "etoh": "ALCOHOL", "cannabis": "CANNABIS", "marijuana": "CANNABIS", "thc": "CANNABIS", "cocaine": "COCAINE",
    "methamphetamine": "METHAMPHETAMINE", "meth": "METHAMPHETAMINE", "benzodiazepine": "PRESCRIPTION_BENZODIAZEPINE",
    "benzodiazepines": "PRESCRIPTION_BENZODIAZEPINE", "benzos": "PRESCRIPTION_BENZODIAZEPINE", "ssri": "PSYCHIATRIC_MEDICATION",
    "unknown": "NOT_KNOWN", "other": "OTHER_SUBSTANCE",
}  # fmt: skip
NOTHING: Final = frozenset({"none", "n/a", "na", "-", "no"})
CODES: Final = {"exposures": frozenset({*Substance, ""}), "child.sex": frozenset({*SEXES.values(), ""}), "mother.language": frozenset({"en", "es"})}
KNOWN: Final = {"exposures": SUBSTANCES, "child.sex": SEXES, "mother.language": LANGUAGES}


class NotAMapping(ValueError):
    """This is no mapping file that can be used; `code` is NOT_JSON or SHAPE."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """`columns` gives the name of a column for a field of `FIELDS`; `dates` is one of `DATES`; `codes` gives for a field of `CODES` our code for
    each of the sheet's own words, in lower case (an empty code: nothing)."""

    columns: Pairs[str, str]
    dates: str = DATES[0]
    codes: Pairs[str, Pairs[str, str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The mapping as it is kept and as its file says it."""
        return {
            "version": VERSION,
            "columns": dict(self.columns),
            "dates": self.dates,
            "codes": {name: dict(words) for name, words in self.codes.items()},
        }

    def code(self, field_name: str, word: str) -> str | None:
        """Our code for a word of the sheet; None for one that nobody mapped and everybody may mean otherwise."""
        plain = word.strip().casefold()
        if plain in (own := self.codes.get(field_name, {})):
            return own[plain]
        return "" if field_name == "exposures" and plain in NOTHING else KNOWN[field_name].get(plain)


def read_mapping(text: str) -> Mapping:
    """A mapping from its file. Raises `NotAMapping`."""
    try:
        data: Any = json.loads(text) if len(text) <= MOST_TEXT else None
    except (ValueError, RecursionError):
        raise NotAMapping("NOT_JSON") from None
    return mapping_of(data)


def mapping_of(data: Any) -> Mapping:
    """A mapping from what `as_json` made. Raises `NotAMapping` (SHAPE)."""
    if not isinstance(data, dict) or data.get("version") != VERSION or data.get("dates") not in DATES:
        raise NotAMapping("SHAPE")
    columns, codes = data.get("columns"), data.get("codes", {})
    if not _words(columns) or not set(columns) <= FIELDS.keys() or not isinstance(codes, dict) or not set(codes) <= CODES.keys():
        raise NotAMapping("SHAPE")
    for name, told in codes.items():
        if not _words(told) or not set(told.values()) <= CODES[name]:
            raise NotAMapping("SHAPE")
    plain = {name: {word.strip().casefold(): code for word, code in told.items()} for name, told in codes.items()}
    return Mapping(columns={name: column for name, column in columns.items() if column}, dates=data["dates"], codes=plain)


def propose(names: tuple[str, ...], samples: tuple[tuple[str, ...], ...]) -> Mapping:
    """What the columns probably mean, by their names, and the form of dates that fits most of what stands in them."""
    columns: dict[str, str] = {}
    plain = {_plain(name): name for name in names}
    for wanted, synonyms in FIELDS.items():
        found = next((plain[word] for word in synonyms if word in plain and plain[word] not in columns.values()), None)
        if found is not None:
            columns[wanted] = found
    for whole, parts in (("mother.name", ("mother.given", "mother.family")), ("child.name", ("child.given", "child.family"))):
        if all(part in columns for part in parts):
            columns.pop(whole, None)
    places = [names.index(column) for name, column in columns.items() if name.endswith("birth_date")]
    cells = [row[place] for row in samples for place in places if row[place]]
    return Mapping(columns=columns, dates=max(DATES, key=lambda form: sum(_fits(cell, form) for cell in cells)))


def _fits(cell: str, form: str) -> bool:
    try:
        datetime.strptime(cell, form)  # noqa: DTZ007  (a calendar day)
    except ValueError:
        return False
    return True


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", name.casefold().replace("'s", "s").replace("’s", "s")).split())


def _words(data: Any) -> bool:
    return isinstance(data, dict) and all(isinstance(key, str) and isinstance(value, str) and len(value) <= 200 for key, value in data.items())
