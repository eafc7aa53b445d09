"""Which column names a de-identified file may carry (45 CFR 164.514(b)(2)).

A list of what is safe, not of what is forbidden: an unknown name never helps a permit.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

SAFE_WORDS: Final = frozenset(
    {"year", "state", "national", "region", "zip3", "fiscal", "ffy", "birth", "count", "counts", "total", "status", "flag", "type", "kind"}
    | {"substance", "substances", "class", "category", "exposure", "exposed", "toxicology", "prenatal", "maternal", "fasd", "nas", "nows"}
    | {"withdrawal", "affected", "prescribed", "medication", "mat", "moud", "treatment", "program", "in", "of", "has", "was", "developed"}
    | {"posc", "plan", "safe", "care", "offered", "referral", "referrals", "referred", "service", "services", "outcome", "receipt"}
    | {"safety", "concern", "place", "diagnosis", "age", "years", "sex", "race", "ethnicity", "infant", "mother", "identified", "notified"}
)
#: Words that are safe only as the year of something: a birth as its year, an age in whole years.
_NEEDS_YEAR: Final = {"birth": "year", "age": "years"}


#: Dates and places smaller than a state may stand in a limited data set (45 CFR 164.514(e)(2)).
_LIMITED_WORDS: Final = (
    SAFE_WORDS
    | frozenset({"date", "dates", "day", "month", "city", "town", "zip", "zip5", "county", "age", "gestation", "weeks"})
    | frozenset({"admission", "discharge", "death", "dob", "delivery", "visit", "weight", "diagnosis", "code"})
)


def are_limited(names: Iterable[str]) -> bool:
    """Whether every column may stand in a limited data set: no name, street, number or other direct identifier."""
    return all(set(name.casefold().split("_")) <= _LIMITED_WORDS for name in names)


def is_safe(name: str) -> bool:
    """Whether each word of the column name is known not to identify; `birth` only as a year, an age only in years."""
    words = name.casefold().split("_")
    return set(words) <= SAFE_WORDS and all(year in words for word, year in _NEEDS_YEAR.items() if word in words)


def are_safe(names: Iterable[str]) -> bool:
    """Whether every column is safe."""
    return all(is_safe(name) for name in names)
