"""The schedule: how long each log of an agency is kept at the least, under which rule. Data of retention.yaml, checked when read; no row is read.

Source: DESIGN section 8 (retention), features A15; each period names its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from careloom.infra.packs.strict_yaml import read_yaml
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import add_months

FILE: Final = Path(__file__).with_name("retention.yaml")
LOOKS, DISCLOSURES, CHANGES = "LOOKS", "DISCLOSURES", "CHANGES"
CODES: Final = (LOOKS, DISCLOSURES, CHANGES)
LAW, POLICY = "LAW", "POLICY"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One log is kept `months` from the day of each line. `agencies` empty: every kind that no other rule names.

    `citation` empty: our own policy, which may hold from ever on (`effective_from` None).
    """

    code: str
    authority: str
    agencies: frozenset[AgencyKind]
    months: int
    citation: str
    effective_from: date | None
    checked: bool

    def due_on(self, day: date) -> date:
        """The first day on which a line of `day` has been kept long enough."""
        return add_months(start=day, months=self.months)

    def past_through(self, today: date) -> date:
        """The newest day whose lines have been kept long enough `today`. Months end on different days, so the day is looked for."""
        day = add_months(start=today, months=-self.months)
        while self.due_on(day + timedelta(days=1)) <= today:
            day += timedelta(days=1)
        return day


@cache
def schedule() -> tuple[Rule, ...]:
    """Every rule, in the order of the file."""
    return rules_from(FILE.read_text(encoding="utf-8"))


def rule_for(*, code: str, kind: AgencyKind, on: date) -> Rule:
    """The rule for one log of an agency of `kind` on a day: the newest that names the kind, else the newest for all others. Raises LookupError."""
    live = [one for one in schedule() if one.code == code and (one.effective_from or date.min) <= on]
    live.sort(key=lambda one: one.effective_from or date.min, reverse=True)
    for one in (*(one for one in live if kind in one.agencies), *(one for one in live if not one.agencies)):
        return one
    raise LookupError(f"No rule of {FILE.name} says how long {code} is kept by {kind} on {on}. Add one.")


def rules_from(text: str) -> tuple[Rule, ...]:
    """Read a schedule. Raises ValueError with the row's number for what is not known, missing, or more than one rule of the same day."""
    rows: Any = read_yaml(text)
    if not isinstance(rows, list):
        raise ValueError(f"{FILE.name}: write a list of rules.")
    found = tuple(_rule(number, row) for number, row in enumerate(rows, start=1))
    seen: set[tuple[str, date | None, AgencyKind | None]] = set()
    for number, one in enumerate(found, start=1):
        keys = {(one.code, one.effective_from, kind) for kind in one.agencies or (None,)}
        if keys & seen:
            raise ValueError(f"{FILE.name}, rule {number}: another rule says the same for this log, kind of agency and day. Keep one of them.")
        seen |= keys
    return found


def _rule(number: int, row: Any) -> Rule:
    where = f"{FILE.name}, rule {number}"
    if not isinstance(row, dict) or set(row) != set(Rule.__dataclass_fields__):
        raise ValueError(f"{where}: write exactly {', '.join(Rule.__dataclass_fields__)}.")
    if not isinstance(row["agencies"], list):
        raise ValueError(f"{where}: agencies is a list.")
    strange = [str(kind) for kind in row["agencies"] if str(kind) not in AgencyKind.__members__]
    tests = {
        f"code is one of {', '.join(CODES)}": row["code"] in CODES,
        "authority is LAW with a citation and kinds of agency, or POLICY with neither": (
            row["authority"] == (LAW if row["citation"] else POLICY) and bool(row["agencies"]) == bool(row["citation"])
        ),
        f"nobody is {', '.join(strange)}": not strange,
        "months is a whole number from 1 to 1200": type(row["months"]) is int and 1 <= row["months"] <= 1200,
        "effective_from is a day, which a law must have": isinstance(row["effective_from"], date)
        or (row["effective_from"] is None and not row["citation"]),
        "checked is true or false": isinstance(row["checked"], bool),
    }
    wrong = next((words for words, good in tests.items() if not good), None)
    if wrong:
        raise ValueError(f"{where}: {wrong}.")
    return Rule(**{**row, "agencies": frozenset(AgencyKind(kind) for kind in row["agencies"])})
