"""Counts as lines of a page and of a file, the most seldom first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language

from careloom.agencies.places import page_words
from careloom.agencies.roles import Role
from careloom.agencies.words import ROLES
from careloom.infra.forms.definitions import Definition
from careloom.kernel.state_entry import guarded
from careloom.kernel.suppression import publish_count
from careloom.usage.asked import form_of
from careloom.usage.catalogue import by_code, fields_of
from careloom.usage.counting import QUESTIONS
from careloom.usage.models import FieldUse, ScreenUse
from careloom.usage.periods import back
from careloom.usage.shares import How, Share, shares
from careloom.usage.words import proposal, said


@dataclass(frozen=True, kw_only=True)
class FieldLine:
    """One field: the form and the label that people see, and how often it says something in three and in twelve months."""

    form: str
    label: str
    recent: Share
    year: Share
    recent_said: str
    year_said: str
    proposal: str
    key: tuple[int, float, str, str] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ScreenLine:
    """One screen: how often it was opened, on how many days, and by workers of which roles. None: too few to show."""

    title: str
    place: str
    uses: int | None
    days: int | None
    roles: tuple[str, ...]


def field_lines(rows: Iterable[FieldUse], *, words: str = "", months: int = 12, of: str = "") -> list[FieldLine]:
    """The fields of the forms whose title or label holds `words`, the most seldom filled first. `of` is the agency whose own forms are meant."""
    found = [line for row in rows if (line := _field_line(row, months=months, of=of)) is not None]
    wanted = words.casefold().strip()
    return sorted((one for one in found if wanted in f"{one.form} {one.label}".casefold()), key=lambda one: one.key)


def screen_lines(rows: Iterable[ScreenUse], *, words: str = "") -> list[ScreenLine]:
    """The screens, those that are opened most first; several months of one screen are one line."""
    months: dict[str, list[ScreenUse]] = {}
    for row in rows:
        months.setdefault(row.place, []).append(row)
    found = [_screen_line(place, of_it) for place, of_it in months.items()]
    wanted = words.casefold().strip()
    lines = [one for one in found if wanted in f"{one.title} {one.place}".casefold()]
    # Hidden ones stand by their names: their order would tell which is larger.
    return sorted(lines, key=lambda one: (-(one.uses or 0), one.title, one.place))


def field_file(lines: Iterable[FieldLine]) -> Iterator[list[str]]:
    """The lines of the file, its head first."""
    yield ["form", "field", "rows_3_months", "filled_3_months", "rows_12_months", "filled_12_months", "proposal"]
    for one in lines:
        cells = [one.form, one.label, _rows(one.recent), one.recent_said, _rows(one.year), one.year_said, one.proposal]
        yield [guarded(cell) for cell in cells]


def screen_file(lines: Iterable[ScreenLine]) -> Iterator[list[str]]:
    """The lines of the file, its head first."""
    yield ["screen", "name", "opened", "days", "roles"]
    for one in lines:
        yield [guarded(cell) for cell in (one.title, one.place, _shown(one.uses), _shown(one.days), "; ".join(one.roles))]


def _field_line(row: FieldUse, *, months: int, of: str) -> FieldLine | None:
    named = _named(row.form, row.field, of=of)
    if named is None:
        return None
    recent, year = shares(rows_3=row.rows_3, filled_3=row.filled_3, rows_12=row.rows_12, filled_12=row.filled_12)
    by = recent if months == 3 else year
    return FieldLine(
        form=named[0], label=named[1], recent=recent, year=year, recent_said=said(recent), year_said=said(year), proposal=proposal(year),
        key=(by.how.value, by.percent if by.how is How.SHARE and by.percent is not None else 0.0, *named),
    )  # fmt: skip


def _named(form: str, name: str, *, of: str) -> tuple[str, str] | None:
    """The form and the label in the reader's language; None for a field that a newer release no longer has."""
    if not form.startswith(QUESTIONS):
        sheet = by_code().get(form)
        label = fields_of(sheet).get(name) if sheet is not None else None
        return (str(sheet.title), str(label)) if sheet is not None and label is not None else None
    pack, _mark, url = form.removeprefix(QUESTIONS).partition("|")
    found = _form(pack, url, of)
    item = found.item(name) if found is not None else None
    language = (get_language() or "en")[:2]
    return (found.title.said(language), item.text.said(language)) if found is not None and item is not None else None


@lru_cache(maxsize=256)
def _form(pack: str, url: str, of: str) -> Definition | None:
    return form_of(pack=pack, url=url, of=of)


def _screen_line(place: str, rows: list[ScreenUse]) -> ScreenLine:
    uses = publish_count(count=sum(row.uses for row in rows)).value
    days = sum(row.days.bit_count() for row in rows)
    roles = sorted({str(ROLES[Role(role)]) for row in rows for role in row.roles if role in Role.__members__})
    # How many days, and which roles, of a screen that was hardly opened would say who opened it.
    hidden = uses is None
    return ScreenLine(title=page_words(place), place=place, uses=uses, days=None if hidden else days, roles=() if hidden else tuple(roles))


def _rows(share: Share) -> str:
    return _shown(share.rows)


def _shown(count: int | None) -> str:
    return "*" if count is None else str(count)


def last_months(today: date, *, months: int) -> list[date]:
    """The first days of this month and of those before it, as many as were asked for, the newest first."""
    return [back(today.replace(day=1), number) for number in range(months)]
