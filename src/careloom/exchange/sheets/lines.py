"""One row of a spreadsheet as a family, or what is wrong in it and where. Pure."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from careloom.exchange.sheets.mapping import Mapping
from careloom.exchange.sheets.table import Table

YOUNGEST, OLDEST = 10, 60
CHILD: Final = timedelta(days=6 * 366)
"""A plan of safe care is about the first years; an older child in the column is a mistake in the mapping."""
_BETWEEN: Final = re.compile(r"[;,/+&]|\band\b")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong in a row: our field, and a code of `words.FAULTS`. It holds nothing of what stood there."""

    field: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Family:
    """A mother and her child as a row tells them. `key` is the row's own id or a digest; `mother_key` is the same in each row about her."""

    number: int
    key: str
    mother_key: str
    given: str
    family: str
    born: date | None
    record_number: str
    phone: str
    address: str
    county: str
    language: str
    child_given: str
    child_family: str
    child_born: date
    sex: str
    grams: int | None
    weeks: int | None
    substances: tuple[str, ...]
    worker: UUID | None
    order: int = 1
    plurality: int = 1


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """A row that is not brought in: its number in the file, and why."""

    number: int
    faults: tuple[Fault, ...]


def families(table: Table, mapping: Mapping, *, workers: Pairs[str, UUID], today: date) -> list[Family | Wrong]:
    """Every row, in order. `workers` are the agency's members by work e-mail. Children of one mother and one day are of one birth."""
    places = {field: table.names.index(column) for field, column in mapping.columns.items() if column in table.names}
    found: list[Family | Wrong] = []
    seen: set[str] = set()
    for number, cells in enumerate(table.rows, start=2):
        told = {field: cells[place] for field, place in places.items()}
        made = _Line(told=told, mapping=mapping, workers=workers, today=today).read(number)
        if isinstance(made, Family):
            if made.key in seen:
                made = Wrong(number=number, faults=(Fault(field="row.id", code="TWICE"),))
            else:
                seen.add(made.key)
        found.append(made)
    births = Counter((one.mother_key, one.child_born) for one in found if isinstance(one, Family))
    return list(_ordered(found, births))


def _ordered(found: list[Family | Wrong], births: Counter[tuple[str, date]]) -> Iterator[Family | Wrong]:
    so_far: Counter[tuple[str, date]] = Counter()
    for one in found:
        if isinstance(one, Wrong):
            yield one
            continue
        birth = (one.mother_key, one.child_born)
        so_far[birth] += 1
        yield replace(one, order=so_far[birth], plurality=births[birth])


class _Line:
    def __init__(self, *, told: dict[str, str], mapping: Mapping, workers: Pairs[str, UUID], today: date) -> None:
        self.told, self.mapping, self.workers, self.today = told, mapping, workers, today
        self.faults: list[Fault] = []

    def read(self, number: int) -> Family | Wrong:
        given, family = self._name("mother")
        child_given, child_family = self._name("child")
        born = self._day("mother.birth_date")
        child_born = self._day("child.birth_date")
        self._persons(given, family, born, child_born)
        grams = self._number("birth.weight_g", least=200, most=7000)
        weeks = self._number("birth.weeks", least=20, most=45)
        sex, language = self._coded("child.sex"), self._coded("mother.language") or "en"
        substances, worker = self._substances(), self._worker()
        if self.faults or child_born is None:
            return Wrong(number=number, faults=tuple(dict.fromkeys(self.faults)))
        record_number = self.told.get("mother.record_number", "")[:64]
        mother_key = _digest("mother", record_number) if record_number else _digest("mother", given, family, str(born))
        return Family(
            number=number, key=self.told.get("row.id", "")[:100] or _digest(mother_key, child_given, child_family, str(child_born)),
            mother_key=mother_key, given=given[:80], family=family[:120], born=born, record_number=record_number,
            phone=self.told.get("mother.phone", "")[:20], address=self.told.get("mother.address", "")[:160],
            county=self.told.get("mother.county", "")[:40],
            language=language, child_given=child_given[:80], child_family=(child_family or family)[:120], child_born=child_born, sex=sex, grams=grams,
            weeks=weeks, substances=substances, worker=worker,
        )  # fmt: skip

    def _persons(self, given: str, family: str, born: date | None, child_born: date | None) -> None:
        if not (given or family):
            self._wrong("mother.name", "MISSING")
        if child_born is None:
            if not any(fault.field == "child.birth_date" for fault in self.faults):
                self._wrong("child.birth_date", "MISSING")
            return
        if child_born > self.today:
            self._wrong("child.birth_date", "FUTURE")
        elif self.today - child_born > CHILD:
            self._wrong("child.birth_date", "OLD")
        if born is not None and not YOUNGEST <= (child_born - born).days // 365 <= OLDEST:
            self._wrong("mother.birth_date", "AGE")

    def _name(self, who: str) -> tuple[str, str]:
        given, family = self.told.get(f"{who}.given", ""), self.told.get(f"{who}.family", "")
        whole = " ".join(self.told.get(f"{who}.name", "").split())
        if whole and not (given or family):
            if "," in whole:
                family, _, given = (part.strip() for part in whole.partition(","))
            else:
                given, _, family = whole.rpartition(" ")
        return given, family

    def _day(self, field: str) -> date | None:
        cell = self.told.get(field, "")
        if not cell:
            return None
        try:
            # Spreadsheets write midnight behind a day.
            return datetime.strptime(re.sub(r"[ T]0?0:00(:00)?$", "", cell), self.mapping.dates).date()  # noqa: DTZ007  (a calendar day)
        except ValueError:
            self._wrong(field, "DATE")
            return None

    def _number(self, field: str, *, least: int, most: int) -> int | None:
        cell = re.sub(r"\s*(g|grams|weeks|wks|w)$", "", self.told.get(field, "").casefold()).replace(",", "")
        if not cell:
            return None
        try:
            number = int(float(cell))
        except (ValueError, OverflowError):
            number = -1
        if not least <= number <= most:
            self._wrong(field, "NUMBER")
            return None
        return number

    def _coded(self, field: str) -> str:
        cell = self.told.get(field, "")
        code = self.mapping.code(field, cell) if cell else ""
        if code is None:
            self._wrong(field, "CODE")
        return code or ""

    def _substances(self) -> tuple[str, ...]:
        parts = [part for part in (one.strip() for one in _BETWEEN.split(self.told.get("exposures", "").casefold())) if part]
        codes = [self.mapping.code("exposures", part) for part in parts]
        if None in codes:
            self._wrong("exposures", "CODE")
        return tuple(dict.fromkeys(code for code in codes if code))

    def _worker(self) -> UUID | None:
        cell = self.told.get("worker.email", "").casefold()
        if cell and cell not in self.workers:
            self._wrong("worker.email", "WORKER")
        return self.workers.get(cell)

    def _wrong(self, field: str, code: str) -> None:
        self.faults.append(Fault(field=field, code=code))


def unknown_words(table: Table, mapping: Mapping) -> dict[str, tuple[str, ...]]:
    """Words in coded columns that have no code of ours yet, by field, most frequent first: what a person still has to say."""
    found: dict[str, tuple[str, ...]] = {}
    split: dict[str, Callable[[str], list[str]]] = {"exposures": lambda cell: [one.strip() for one in _BETWEEN.split(cell.casefold())]}
    for field in ("exposures", "child.sex", "mother.language"):
        column = mapping.columns.get(field)
        if column not in table.names:
            continue
        place, parts = table.names.index(column), split.get(field, lambda cell: [cell.strip().casefold()])
        words = Counter(word for row in table.rows for word in parts(row[place]) if word and mapping.code(field, word) is None)
        if words:
            found[field] = tuple(word for word, _count in words.most_common(40))
    return found


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(part.strip().casefold() for part in parts).encode()).hexdigest()[:40]
