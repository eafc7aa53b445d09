"""What each column of an extract may hold: known codes, or a code's form where the codes are the sender's own (its counties, its hospitals).

Errors name a table and a column and never the value: a value that should not be there may be somebody's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes.measures.vocabulary import CODES

if TYPE_CHECKING:
    import pyarrow as pa

RACES: Final = ("WHITE", "BLACK", "ASIAN", "NATIVE", "PACIFIC", "MULTIPLE", "OTHER", "HISPANIC")
ETHNICITIES: Final = ("HISPANIC", "NOT_HISPANIC")
PAYERS: Final = ("MEDICAID", "MEDICARE", "TRICARE", "PRIVATE", "PLAN", "NONE", "OTHER")
DISABILITIES: Final = ("YES", "NO")
EXPOSURES: Final = (
    "MOUD", "PRESCRIBED_OPIOID", "OPIOID", "METHAMPHETAMINE", "COCAINE", "ALCOHOL", "CANNABIS", "SEVERAL", "OTHER",
)  # fmt: skip
# What the notification is for; or, where a place tells that instead, how the exposure is known.
BASES: Final = ("EXPOSURE", "WITHDRAWAL", "FASD", "SELF_REPORT", "MATERNAL_TEST", "INFANT_TEST", "RECORD")
# A diagnosis of substance use by its ICD-10-CM category, or by the class alone.
DIAGNOSES: Final = (*(f"F1{digit}" for digit in range(10)), "OPIOID", "ALCOHOL", "CANNABIS", "STIMULANT", "OTHER")

_OWN: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("subjects", "race"): RACES, ("subjects", "ethnicity"): ETHNICITIES, ("subjects", "payer"): PAYERS, ("subjects", "disability"): DISABILITIES,
    ("subjects", "exposure"): EXPOSURES, ("notifications", "basis"): BASES, ("diagnoses", "code"): DIAGNOSES, ("visits", "kind"): ("treatment",),
    ("steps", "service"): tuple(kind.value for kind in AgencyKind),
}  # fmt: skip
# Codes of the sender's own, by their form, and how many there may be.
_FORMS: Final[dict[tuple[str, str], tuple[re.Pattern[str], int]]] = {
    ("subjects", "language"): (re.compile(r"[a-z]{2,3}|other"), 200),
    ("subjects", "county"): (re.compile(r"\d{5}|[A-Z][a-z]+(?:[ .'-]+[A-Za-z]+){0,3}"), 400),
    ("subjects", "site"): (re.compile(r"[A-Z0-9][A-Z0-9_-]{0,39}"), 2_000),
    ("subjects", "nation"): (re.compile(r"[A-Z][A-Z0-9_-]{0,39}"), 600),
    ("placements", "place"): (re.compile(r"|P?\d{1,9}|HOME"), 10**8),
    ("plans", "plan"): (re.compile(r"\d{1,19}"), 10**9),
    ("durations", "curve"): (re.compile(r"[a-z][a-z0-9_]{0,39}"), 200),
    ("steps", "need"): (re.compile(r"[A-Z][A-Z_]{1,39}"), 500),
}
# Each value of these stands for many rows: so many rows at least for each value, beyond a few. A column of names has about one.
_SHARED: Final = frozenset({("subjects", "county"), ("subjects", "site"), ("subjects", "nation"), ("subjects", "language"), ("steps", "need")})
_FEW, _ROWS_EACH = 25, 8


@cache
def codes_of(table: str, column: str) -> frozenset[str] | None:
    """The known codes of a column; None where it has a form instead.

    :raises KeyError: nothing says what the column may hold, so nothing may stand in it.
    """
    known = CODES.get((table, column)) or _OWN.get((table, column))
    if known is None and (table, column) not in _FORMS:
        raise KeyError(f"{table}.{column}")
    return None if known is None else frozenset(known)


def faults(table: str, rows: pa.Table) -> Iterator[str]:
    """What is wrong with the words in `rows`, as sentences without any of them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for field in rows.schema:
        if not pa.types.is_string(field.type):
            continue
        column = rows[field.name]
        values = [value for value in pc.unique(column).to_pylist() if value is not None]
        known = codes_of(table, field.name)
        if known is not None:
            if set(values) - known:
                yield f"{table}.{field.name} holds {len(set(values) - known)} values that are no codes of this release."
            continue
        form, most = _FORMS[table, field.name]
        if any(form.fullmatch(value) is None for value in values):
            yield f"{table}.{field.name} holds values that have not the form of a code."
        told = len(column) - column.null_count
        if len(values) > most or ((table, field.name) in _SHARED and len(values) > _FEW and told < _ROWS_EACH * len(values)):
            yield f"{table}.{field.name} has nearly as many values as rows, as names have. Only codes that many people share may stand there."
