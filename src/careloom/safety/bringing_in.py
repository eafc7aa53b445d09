"""Reports from the state's own system, as a CSV: looked at first, then brought in. The same file twice changes nothing.

A line names the child by the number that the agency's own record of the child carries. Nothing is guessed: a number that fits no child, or more
than one, is told with its line. Source: R-210 (imports from the systems that are there); law.md 4.1.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from careloom.infra.access import Viewer
from careloom.infra.answers import Refused
from careloom.people.models import PersonRecord
from careloom.people.queries import numbered
from careloom.safety import report_words as words
from careloom.safety.actions.reporting import Reported, correct_report, keep_report, wrong_with
from careloom.safety.actions.rows import child_welfare
from careloom.safety.clocks import today
from careloom.safety.models import ReportOnChild

DAYS = ("received_on", "incident_on", "screened_on", "started_on", "disposed_on", "services_on", "died_on")
TIMES = ("received_time", "started_time")
CODES = (
    "source", "screened", "response", "disposition", "prior_victim", "services_given", "safe_care_plan", "safe_care_referral", "died",
)  # fmt: skip
LISTS = ("maltreatments", "child_factors", "caretaker_factors", "services")
COLUMNS = ("number", "child_number", *DAYS, *TIMES, *CODES, *LISTS)
NEEDED = ("number", "child_number", "received_on", "source")
MOST_LINES = 20_000
NEW, CHANGED, SAME, WRONG = "NEW", "CHANGED", "SAME", "WRONG"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the file and what it would do. `problems` says what to change; it names columns and no person."""

    number: int
    what: str
    problems: tuple[str, ...] = ()
    report_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class BroughtIn:
    """What a file does or did, line by line; `done` is False after a look, and where a line is wrong (then nothing was written)."""

    lines: tuple[Line, ...]
    done: bool

    def count(self, what: str) -> int:
        """How many lines are of that kind."""
        return sum(line.what == what for line in self.lines)

    @property
    def wrong(self) -> list[Line]:
        """The lines that cannot be taken."""
        return [line for line in self.lines if line.what == WRONG]


@transaction.atomic
def bring_in(*, by: Viewer, at: datetime, data: bytes, only_look: bool) -> BroughtIn | Refused:
    """Read a file of reports; with `only_look`, or when a line is wrong, nothing is written. Whole or not at all.

    Refused: FILE (no CSV in UTF-8), COLUMNS (a needed one is missing, or one is unknown), LINES (too many). Raises NotVisible.
    """
    agency = child_welfare(by, permission="SAFETY_APPROVE")
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return Refused(codes=("FILE",))
    given = set(rows[0]) if rows else set()
    if not rows or None in given or not set(NEEDED) <= given <= set(COLUMNS):
        return Refused(codes=("COLUMNS",))
    if len(rows) > MOST_LINES:
        return Refused(codes=("LINES",))
    on = today(pack=agency.pack, at=at)
    seen: set[tuple[str, UUID | None]] = set()
    read = [_read(number, row, by=by, on=on, seen=seen) for number, row in enumerate(rows, 2)]
    lines = tuple(line for line, _told, _record in read)
    if only_look or any(line.what == WRONG for line in lines):
        return BroughtIn(lines=lines, done=False)
    for line, told, record in read:
        if told is None or record is None or line.what == SAME:
            continue
        key = f"file:{told.number}:{told.child_id}"
        if line.what == NEW:
            done = keep_report(by=by, at=at, identity_id=_family(record), told=told, request_key=key, from_file=True)
        else:
            row = _standing(told, by=by)
            assert row is not None
            done = correct_report(
                by=by, at=at, report_id=row.pk, told=told, reason=str(_("Changed in the state's system.")),
                request_key=f"{key}:{row.version + 1}", from_file=True,
            )  # fmt: skip
        if isinstance(done, Refused):
            raise RuntimeError("A line of a file of reports was looked at and then refused.")
    return BroughtIn(lines=lines, done=True)


def _read(
    number: int, row: dict[str, Any], *, by: Viewer, on: date, seen: set[tuple[str, UUID | None]]
) -> tuple[Line, Reported | None, PersonRecord | None]:
    cells = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str) and not isinstance(value, list)}
    problems = [_("%(column)s: needed.") % {"column": name} for name in NEEDED if not cells.get(name)]
    values = dict(_values(cells, problems))
    found = list(numbered(viewer=by, number=cells.get("child_number", "")).filter(role="INFANT")[:2])
    if len(found) != 1:
        problems.append(_("child_number: no child of yours carries this number.") if not found else _("child_number: two children carry it."))
    if problems:
        return Line(number=number, what=WRONG, problems=tuple(problems)), None, None
    record = found[0]
    told = Reported(child_id=record.identity_id, number=cells["number"], **values)
    codes = wrong_with(told, by=by, identity_id=_family(record), on=on)
    codes += ["TWICE"] if (told.number, told.child_id) in seen else []
    seen.add((told.number, told.child_id))
    if codes:
        return Line(number=number, what=WRONG, problems=tuple(str(words.GAPS[code]) for code in codes)), None, None
    stands = _standing(told, by=by)
    if stands is None:
        return Line(number=number, what=NEW), told, record
    told = replace(told, received_id=stands.received_id)
    same = all(getattr(stands, name) == value for name, value in told.columns().items())
    return Line(number=number, what=SAME if same else CHANGED, report_id=stands.pk), told, record


def _family(record: PersonRecord) -> UUID:
    family: UUID = record.mother_identity_id or record.identity_id
    return family


def _standing(told: Reported, *, by: Viewer) -> ReportOnChild | None:
    rows = ReportOnChild.objects.seen_by(by).filter(holder_id=by.holder_id, number=told.number, child_id=told.child_id, replaced_by_id=None)
    found: ReportOnChild | None = rows.first()
    return found


def _values(cells: dict[str, str], problems: list[str]) -> Iterator[tuple[str, Any]]:
    for name, text in cells.items():
        if not text or name in {"number", "child_number"}:
            continue
        try:
            yield name, _value(name, text)
        except ValueError:
            problems.append(_("%(column)s: cannot be read.") % {"column": name})


def _value(name: str, text: str) -> Any:
    if name in DAYS:
        return date.fromisoformat(text)
    if name in TIMES:
        return time.fromisoformat(text)
    if name == "services":
        return tuple(sorted(part.strip().upper() for part in text.split(";") if part.strip()))
    if name in LISTS:
        pairs = tuple((kind.strip().upper(), level.strip().upper()) for kind, level in (part.split("=") for part in text.split(";") if part.strip()))
        return pairs if name == "maltreatments" else dict(pairs)
    return text.upper()
