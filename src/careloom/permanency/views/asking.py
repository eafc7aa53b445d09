"""What a form of a case is asked with: who asks, of which family, in which case, about which row, and what was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format

from careloom.agencies.models import Agency
from careloom.consents.pages.subject import Subject
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale
from careloom.kernel.agency_kinds import AgencyKind
from careloom.permanency.forms.fields import CaseForm
from careloom.permanency.models import Case, Paper, PlanItem, Removal
from careloom.permanency.models.case import OPEN
from careloom.permanency.queries import cases_of

Answer = Done | Refused | Stale


@dataclass(kw_only=True)
class Ask:
    """One form in the hand of one worker. `case` is the family's case in her own agency, open or the last one."""

    by: Viewer
    at: datetime
    own: Agency
    subject: Subject
    case: Case | None
    row: Any = None
    form: CaseForm | None = None
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def of(self) -> dict[str, Any]:
        """Who and when."""
        return {"by": self.by, "at": self.at}

    @property
    def key(self) -> dict[str, str]:
        """The key of the form."""
        return {"request_key": self.told["request_key"]}

    @property
    def version(self) -> dict[str, int]:
        """The version that was read."""
        return {"row_version": self.told.get("row_version") or 0}

    @property
    def case_id(self) -> UUID:
        """The case. Raises NotVisible where there is none."""
        if self.case is None:
            raise NotVisible
        return self.case.pk

    def given(self, *names: str) -> dict[str, Any]:
        """Some of what was written, by the names of the action."""
        return {name: self.told.get(name) if name.endswith("_on") else self.told.get(name, "") for name in names}

    def uuid(self, name: str) -> UUID | None:
        """What was picked from a list."""
        return UUID(self.told[name]) if self.told.get(name) else None

    @property
    def children(self) -> list[tuple[str, str]]:
        """The family's infants for a form."""
        return self.subject.infant_choices

    def all_children(self, label: Any) -> list[tuple[str, Any]]:
        """The same, with no child in particular first."""
        return [("", label), *self.children] if self.children else []

    def orders(self, label: Any) -> list[tuple[str, Any]]:
        """The orders of the case for a form."""
        from careloom.permanency import words

        kept = Paper.objects.seen_by(self.by).filter(case_id=self.case.pk, kind="ORDER").defer("sealed", "word_sealed") if self.case else []
        return [("", label), *((str(p.pk), f"{words.code(p.about, among=words.ORDERS)}, {date_format(p.dated_on)}") for p in kept)]

    def providers(self, label: Any) -> list[tuple[str, Any]]:
        """Every agency but the own one; a program by its outward name, so that the list tells nothing of her."""
        others = Agency.objects.filter(active=True).exclude(pk=self.own.pk).exclude(kind__in=(AgencyKind.COURT, AgencyKind.STATE_OVERSIGHT))
        return [("", label), *sorted(((str(a.pk), a.name_outside) for a in others), key=lambda pair: pair[1])]

    def tribes(self, label: Any) -> list[tuple[str, Any]]:
        """Every Tribe on Careloom."""
        known = Agency.objects.filter(active=True, kind=AgencyKind.TRIBAL_ICWA).exclude(pk=self.own.pk).order_by("name")
        return [("", label), *((str(a.pk), a.name) for a in known)] if known else []

    @property
    def zone(self) -> Any:
        """The zone of the agency's place."""
        return clock.zone(self.own.zone)


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing that is done on a form: its words, its form, what fills it, and the one action that it calls.

    `model` is the table of the row that it is about; None for the family or its open case. `stands` says whether it can be done now: what
    cannot is answered as if it were not there.
    """

    title: Any
    lede: Any
    button: Any
    form: type[CaseForm]
    act: Callable[[Ask], Answer]
    model: Any = None
    law: str = ""
    fill: Callable[[Ask], Any] = lambda ask: None
    first: Callable[[Ask], dict[str, Any]] = lambda ask: {}
    stands: Callable[[Ask], bool] = lambda ask: ask.case is not None and ask.case.state == OPEN


def own_case(*, viewer: Viewer, identity_id: UUID) -> Case | None:
    """The family's case in the viewer's own agency: the open one, else the last."""
    return next((case for case in cases_of(viewer=viewer, identity_id=identity_id) if case.holder_id == viewer.holder_id), None)


def open_row(ask: Ask) -> bool:
    """A plan item that is still open."""
    return isinstance(ask.row, PlanItem) and ask.row.state == OPEN and ask.row.holder_id == ask.by.holder_id


def in_care(ask: Ask) -> bool:
    """A stay in care that goes on."""
    return isinstance(ask.row, Removal) and ask.row.ended_on is None
