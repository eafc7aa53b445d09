"""Holds as lines of a page. Pure: rows in, words out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _

from careloom.keeping import words
from careloom.keeping.models import Hold
from careloom.people.models import PersonRecord


@dataclass(frozen=True, kw_only=True)
class HoldLine:
    """One hold as it is shown. `stands` is whether it keeps anything from being destroyed now."""

    hold: Hold
    scope: str
    stands: bool
    placed_by: str
    lifted_by: str


def family_name(row: PersonRecord) -> str:
    """A family by the name in the agency's own record, with the day of birth that tells two of one name apart."""
    name = f"{row.given_name} {row.family_name}".strip() or _("No name in the record")
    return f"{name}, {formats.date_format(row.birth_date)}" if row.birth_date else name


def hold_lines(rows: Iterable[Hold], *, known: Mapping[UUID, PersonRecord], workers: Mapping[UUID, str], at: datetime) -> list[HoldLine]:
    """Each hold with its scope in words. A family whose record is no longer here is told as one without a name."""
    return [
        HoldLine(
            hold=row, scope=_scope(row, known.get(row.identity_id)), stands=row.lifted_at is None and (row.ends_at is None or row.ends_at > at),
            placed_by=workers.get(row.placed_by, ""), lifted_by=workers.get(row.lifted_by, "") if row.lifted_by else "",
        )
        for row in rows
    ]  # fmt: skip


def _scope(row: Hold, record: PersonRecord | None) -> str:
    if row.whole:
        return _("Everything that this agency keeps")
    return family_name(record) if record is not None else _("A family without a record here now")


def count_lines(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """What would go or went, in words, the sealed papers last."""
    kinds = sorted(((str(words.KINDS.get(code, code)), number) for code, number in counts.items() if code != "papers"), key=lambda one: one[0])
    return [*kinds, *([(str(words.KINDS["papers"]), counts["papers"])] if counts.get("papers") else [])]
