"""Who sees what, in words, for the family page: one row an agency or one of her own people, by three heaps of categories."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.consents.presenters import basis, sees
from careloom.desk.pages.family import FamilyPage
from careloom.desk.presenters.names import first_name
from careloom.infra.ui.components import SeesCell, SeesRow, SeesTable


def sees_table(page: FamilyPage) -> SeesTable | None:
    """The table, or None where nothing is shared that the reader may know of."""
    infants = {infant.identity_id: first_name(infant) for infant in page.head.infants}
    rows = [
        SeesRow(
            agency=name,
            note=basis.note(bases=row.bases, review_needed=row.review_needed),
            cells=(
                *sees.heaps(row, mother_id=page.head.family_id, infants=infants),
                SeesCell(words=_until(row.until, page)), SeesCell(words=_looked(row.last_looked, page)),
            ),
        )
        for row in page.sees if (name := _seer(page, row.recipient_id))
    ]  # fmt: skip
    if not rows:
        return None
    note = _("Every look is kept, and she can read the list.")
    return SeesTable(label=_("Who sees what"), columns=sees.columns(), rows=tuple(sorted(rows, key=lambda row: row.agency)), note=note)


def _seer(page: FamilyPage, recipient_id: UUID) -> str:
    agency = page.agencies.get(recipient_id)
    return agency.name_outside if agency else page.own_people.get(recipient_id, "")


def _until(until: datetime, page: FamilyPage) -> str:
    day = sees.last_day(until, zone=page.head.zone)
    return _short(day, page) if day else _("While it holds")


def _looked(at: datetime | None, page: FamilyPage) -> str:
    if at is None:
        return _("Not yet")
    day = at.astimezone(page.head.zone).date()
    return _("Today") if day == page.head.day else _short(day, page)


def _short(day: date, page: FamilyPage) -> str:
    return date_format(day, "F j" if day.year == page.head.day.year else "F j, Y")
