"""From the facts of a row to the text of a field: where a value comes from, its code, and the width that it must have."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import date
from functools import cache
from typing import Any

from careloom.federal.counties import fips_of
from careloom.federal.layouts import Field, Layout

ID_LENGTH = 12


class DoesNotFit(ValueError):
    """A value has no code in the layout, or is longer than its field."""


class Ids:
    """Encrypted ids: twelve characters, the same each year for the same record, and of no use without the key of this installation.

    INVARIANT: a keyed hash (HMAC-SHA-256) under a key that is not in the database; neither a name nor our own id goes into a file.
    """

    def __init__(self, *, key: bytes) -> None:
        self._key = key

    def of(self, kind: str, *parts: object) -> str:
        """The id of a thing of a kind (child, report, worker)."""
        text = "\x1f".join((kind, *(str(part) for part in parts)))
        digest = hmac.new(self._key, text.encode(), hashlib.sha256).digest()
        return base64.b32encode(digest).decode()[:ID_LENGTH]


def value_at(facts: Any, source: str) -> Any:
    """The value at a dotted path of facts, None where it is not known."""
    for step in source.split("."):
        if isinstance(facts, list):
            facts = facts[int(step)] if int(step) < len(facts) else None
        else:
            facts = facts.get(step) if isinstance(facts, dict) else None
        if facts is None:
            return None
    return None if facts == "" else facts


def text_of(field: Field, layout: Layout, facts: Any) -> str:
    """The text of a field without padding; empty where nothing is held. Blank is not "not known": that has a code of its own.

    :raises DoesNotFit: a code that the layout does not have, or a text that is too long.
    """
    value = value_at(facts, field.source) if field.source else None
    if value is None:
        return ""
    if field.codes:
        known = layout.codesets[field.codes]
        if value not in known:
            raise DoesNotFit(field.name)
        text = known[value]
    elif field.type == "D":
        day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
        text = day.strftime("%m%d%Y") if field.length else day.isoformat()
    elif field.type == "T":
        text = str(value)[:5].replace(":", "")
    elif field.type == "N" and field.length:
        text = str(value).rjust(field.length, "0")
    else:
        text = " ".join(str(value).split())
    if field.length and len(text) > field.length:
        raise DoesNotFit(field.name)
    return text


def fixed(layout: Layout, texts: dict[str, str]) -> str:
    """A record of fixed width, ending in a line feed."""
    return "".join(texts[field.name].ljust(field.length) for field in layout.fields) + "\n"


RACES = {
    "AI": ("american indian", "alaska native"), "AS": ("asian",), "BL": ("black", "african american"),
    "NH": ("hawaiian", "pacific islander"), "WH": ("white",),
}  # fmt: skip


def races(words: list[str]) -> tuple[dict[str, str], str | None]:
    """The races that somebody said of herself, as flags, and whether Hispanic. Nothing said: no flag, since nobody may guess it."""
    said = [word.lower().replace("_", " ") for word in words]
    none = [word for word in said if word.startswith(("not hispanic", "non-hispanic"))]
    hispanic = any(("hispanic" in word or "latin" in word) and word not in none for word in said)
    flags = {code: "YES" for code, names in RACES.items() if any(name in word for word in said for name in names)}
    if flags:
        flags = {code: flags.get(code, "NO") for code in RACES}
    return flags, "YES" if hispanic else "NO" if none or (flags and said) else None


@cache
def county_code(county: str, state: str) -> str:
    """The three digits of a county in its state, 999 where it is not known (as in a made-up state)."""
    return fips_of(county=county, state=state) or "999"
