"""The term of an agreement that is in force, whatever somebody writes for its next version; and what its schedule carries on a day.

Source: R-102, R-103, R-205; workflows.md 6.10.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careloom.agreements.models import Agreement, Element, Version
from careloom.consents.models import DataClause
from careloom.consents.register import is_in_force, last_day_of
from careloom.infra.access import System, acting_as, system


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What a line of the schedule does in the register: `code` is NOT_YET, BEGINS, IN_FORCE, LAPSED (its review is late) or ENDED; `on` its day."""

    code: str
    on: date | None = None


def last_days(rows: Iterable[Agreement]) -> dict[UUID, date]:
    """The last day of the version in force, by agreement, where it has one. One query."""
    numbers = {row.pk: row.number for row in rows}
    found = Version.objects.filter(agreement_id__in=numbers, ends_on__isnull=False).values_list("agreement_id", "number", "ends_on")
    return {pk: last for pk, number, last in found if numbers[pk] == number and last is not None}


def is_over(row: Agreement, *, last: date | None, on: date) -> bool:
    """Whether an agreement is still called in force although its last day has passed."""
    return bool(row.number) and row.ended_at is None and last is not None and last < on


def carried_by(elements: Iterable[Element], *, on: date) -> dict[UUID, Carried]:
    """What each line of a schedule carries on a day, as the register says that the disclosure kernel reads. One query; no family is in it."""
    rows = list(elements)
    with acting_as(system(System.GRANTS)):
        clauses = {one.pk: one for one in DataClause.objects.filter(pk__in=[row.clause_id for row in rows if row.clause_id])}
    return {row.pk: _state(clauses.get(row.clause_id) if row.clause_id else None, on=on) for row in rows}


def _state(clause: DataClause | None, *, on: date) -> Carried:
    if clause is None:
        return Carried(code="NOT_YET")
    last = last_day_of(clause)
    if clause.ended_at is not None or (clause.ends_on is not None and clause.ends_on < on):
        return Carried(code="ENDED", on=clause.ends_on)
    if is_in_force(clause, on=on):
        return Carried(code="IN_FORCE", on=last)
    return Carried(code="BEGINS", on=clause.starts_on) if clause.starts_on > on else Carried(code="LAPSED", on=last)
