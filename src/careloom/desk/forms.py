"""Forms of the desk: they parse and never save."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Membership
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import RadioTiles

KINDS = [
    ("VISIT", _("A visit")),
    ("HOME_VISIT", _("A home visit")),
    ("CLASS", _("A class or a group")),
    ("COURT", _("Court")),
    ("OTHER", _("Something else")),
]
NEUTRAL = {"VISIT": _("Visit"), "HOME_VISIT": _("Home visit"), "CLASS": _("Class"), "COURT": _("Appointment"), "OTHER": _("Appointment")}


class ColleagueForm(forms.Form):
    """Which colleague takes it."""

    worker = forms.TypedChoiceField(label=_("Who takes it?"), coerce=UUID, widget=RadioTiles(stack=True))

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [(str(m.worker_id), m.worker.name) for m in members]


class AppointmentForm(forms.Form):
    """A new appointment. What her page and a calendar show is chosen from neutral words by its kind."""

    kind = forms.ChoiceField(label=_("What kind"), choices=KINDS, widget=RadioTiles())
    title = forms.CharField(label=_("What it is"), max_length=120, help_text=_("The care team reads this. Her phone shows only neutral words."))
    day = MemorableDateField(label=_("Day"))
    hour = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label=_("Where"), max_length=160, required=False)

    def starts_at(self, *, zone: ZoneInfo) -> datetime:
        """The instant in the agency's zone."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], tzinfo=zone)

    def facts(self, *, zone: ZoneInfo) -> dict[str, Any]:
        """What the action takes."""
        clean = self.cleaned_data
        return {
            "kind": clean["kind"], "title": clean["title"], "neutral_title": str(NEUTRAL[clean["kind"]]), "place": clean["place"],
            "starts_at": self.starts_at(zone=zone),
        }  # fmt: skip
