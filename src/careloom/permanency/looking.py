"""Who looks at a case, and one row of it as a line. Made by presenters, drawn by a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.infra import clock
from careloom.infra.ui.components import Status


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a list: what it is, a quiet line under it, where it stands, her own words, and what can be done with it (label, address)."""

    head: str
    under: str = ""
    status: Status | None = None
    quote: str = ""
    does: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Eyes:
    """Who looks: her agency, whether she may write in this case, the names of children and agencies, and the day."""

    own: Agency
    writes: bool
    today: date
    children: Mapping[UUID, str]
    agencies: Mapping[UUID, Agency]

    def child(self, pk: UUID | None) -> str:
        """What a child is called, or plain words."""
        return self.children.get(pk, _("A child")) if pk else _("The family")

    def agency(self, pk: UUID | None) -> str:
        """An agency by its outward name; the own one as it is."""
        found = self.agencies.get(pk) if pk else None
        return "" if found is None else found.name if found.pk == self.own.pk else found.name_outside

    def day(self, at: datetime) -> str:
        """A day and an hour where the agency is."""
        return date_format(at.astimezone(clock.zone(self.own.zone)), "F j, Y, g:i A")

    def back(self, row: UUID) -> tuple[tuple[str, str], ...]:
        """The link by which a row that was written by mistake is taken back, for who may write."""
        return ((_("Take it back"), reverse("permanency:take_back", args=[row])),) if self.writes else ()

    def may(self, *does: tuple[str, str, UUID]) -> tuple[tuple[str, str], ...]:
        """Links to what can be done with rows, for who may write: label, deed, row."""
        return tuple((str(label), reverse("permanency:row", args=[row, deed])) for label, deed, row in does) if self.writes else ()


def struck(line: Line, *, because: str) -> Line:
    """A line of a row that was taken back: what it said, and why it does not stand."""
    mark = Status(words=_("Taken back"))
    return replace(line, status=mark, does=(), notes=(*line.notes, _("Taken back: %(why)s") % {"why": because}))
