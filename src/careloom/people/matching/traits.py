"""What of a person's record is compared: names without accents and titles, nicknames brought to one, dates as digits, an address in parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields

# What a maternity ward writes before a child has a name. The first word decides: "Baby Girl A", "BB Smith", "BG2", "Newborn", "Bebe".
UNNAMED = frozenset(
    [
        "baby",
        "babyboy",
        "babygirl",
        "bb",
        "bg",
        "bbg",
        "bby",
        "bboy",
        "bgirl",
        "infant",
        "inf",
        "newborn",
        "nb",
        "neonate",
        "unnamed",
        "unknown",
        "female",
        "male",
        "boy",
        "girl",
        "twin",
        "triplet",
        "bebe",
        "nino",
        "nina",
        "recien",
    ]
)
ORDERS = {"a": "1", "b": "2", "c": "3", "d": "4", "1": "1", "2": "2", "3": "3", "4": "4", "i": "1", "ii": "2", "iii": "3", "one": "1", "two": "2"}
BOYS, GIRLS = frozenset({"bb", "boy", "babyboy", "bboy", "male", "nino"}), frozenset({"bg", "girl", "babygirl", "bgirl", "female", "nina"})
ENDINGS = frozenset({"jr", "sr", "iii", "iv"})
STREETS = {
    "street": "st", "str": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "lane": "ln", "court": "ct", "place": "pl",
    "boulevard": "blvd", "circle": "cir", "crescent": "cres", "circuit": "cct", "close": "cl", "terrace": "tce", "north": "n", "south": "s",
    "east": "e", "west": "w", "apartment": "apt", "unit": "apt", "parkway": "pkwy", "highway": "hwy",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Traits:
    """One record as it is compared; None is not known. `born` is YYYYMMDD, `born_plain` its digits in order, `letter` a twin's place."""

    key: str
    grown: bool
    given: str | None = None
    root: str | None = None
    family: str | None = None
    family_first: str | None = None
    family_last: str | None = None
    born: str | None = None
    born_plain: str | None = None
    year: str | None = None
    sex: str | None = None
    number: str | None = None
    street: str | None = None
    place: str | None = None
    phone: str | None = None
    letter: str | None = None
    mother_given: str | None = None
    mother_root: str | None = None
    mother_family: str | None = None
    mother_born: str | None = None


COLUMNS = tuple(field.name for field in fields(Traits) if field.name not in {"key", "grown"})


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a record says of a person, in its own words; dates as ISO text."""

    key: str
    role: str
    given_name: str = ""
    family_name: str = ""
    birth_date: str = ""
    sex: str = ""
    address: str = ""
    phone: str = ""


def traits_of(told: Told, *, mother: Told | None = None, roots: Mapping[str, str]) -> Traits:
    """A record as it is compared. `mother` is hers where the record is an infant's; `roots` leads from a nickname to its name.

    A child without a name yet has none to compare, and what the ward wrote tells sex and order instead.
    """
    given, order, sex_told = _given(told.given_name)
    family = _letters(told.family_name)
    tokens = [word for word in _words(told.family_name.replace("-", " ")) if word not in ENDINGS]
    if given is None and not order and tokens[:1] and tokens[0] in UNNAMED:
        tokens = tokens[1:]
        family = "".join(tokens)
    born = _digits(told.birth_date)
    number, street, place = address_parts(told.address)
    hers = traits_of(mother, roots=roots) if mother else None
    return Traits(
        key=told.key, grown=told.role in {"MOTHER", "ADULT"}, given=given, root=roots.get(given or "", given), family=family or None,
        family_first=tokens[0] if tokens else None, family_last=tokens[-1] if tokens else None, born=born,
        born_plain="".join(sorted(born)) if born else None, year=born[:4] if born else None, sex=_sex(told.sex) or sex_told,
        number=number, street=street, place=place, phone=_phone(told.phone), letter=order,
        mother_given=hers.given if hers else None, mother_root=hers.root if hers else None, mother_family=hers.family if hers else None,
        mother_born=hers.born if hers else None,
    )  # fmt: skip


def _given(text: str) -> tuple[str | None, str | None, str | None]:
    """The given name, or None with what stands in its place: the order of a twin and the sex."""
    words = _words(text.replace("-", " "))
    glued = re.fullmatch(r"([a-z]+?)([1-4])", words[0]) if words else None
    if glued and glued[1] in UNNAMED:
        words = [glued[1], glued[2], *words[1:]]
    if not words:
        return None, None, None
    if words[0] not in UNNAMED:
        return "".join(words[:1]), None, None
    order = next((ORDERS[word] for word in reversed(words[1:]) if word in ORDERS), None)
    sex = "m" if BOYS & set(words) else "f" if GIRLS & set(words) else None
    return None, order, sex


def address_parts(text: str) -> tuple[str | None, str | None, str | None]:
    """House number, street and place (the postal code, else the last part) of an address in one line."""
    parts = [_words(part) for part in text.split(",")]
    flat = [word for words in parts for word in words]
    codes = [word for word in flat[1:] if re.fullmatch(r"\d{4,5}", word)]
    code = codes[-1] if codes else None
    first = parts[0] if parts else []
    number = first[0] if first and first[0][0].isdigit() else None
    street = [STREETS.get(word, word) for word in (first[1:] if number else first) if word != code]
    place = code or ("".join(parts[-1]) if len(parts) > 1 and parts[-1] else None)
    return number, " ".join(street) or None, place


def _sex(text: str) -> str | None:
    first = text.strip()[:1].lower()
    return first if first in {"f", "m"} else None


def _phone(text: str) -> str | None:
    digits = re.sub(r"\D", "", text)[-10:]
    return digits if len(digits) >= 7 else None


def _digits(text: str) -> str | None:
    """A day as YYYYMMDD. A month that does not exist beside a day that could be one: the two were swapped."""
    digits = re.sub(r"\D", "", text)
    if len(digits) != 8:
        return None
    year, month, day = digits[:4], digits[4:6], digits[6:]
    return f"{year}{day}{month}" if int(month) > 12 and 1 <= int(day) <= 12 else digits


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def _letters(text: str) -> str:
    return "".join(word for word in _words(text.replace("-", " ")) if word not in ENDINGS)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", _plain(text).replace("'", "").replace("’", ""))
