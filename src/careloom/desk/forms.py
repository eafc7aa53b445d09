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
from careloom.work.models import WorkerSetting
from careloom.work.standing_in import Wishes

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


class WishesForm(forms.Form):
    """A worker's daily mail, her quiet hours, and who stands in while she is away."""

    digest = forms.BooleanField(label=_("Send me one mail a day with numbers"), required=False)
    digest_at = forms.TimeField(label=_("At this time"), widget=forms.TimeInput(attrs={"type": "time"}))
    quiet_from = forms.TimeField(label=_("No mail from"), widget=forms.TimeInput(attrs={"type": "time"}))
    quiet_to = forms.TimeField(label=_("No mail until"), widget=forms.TimeInput(attrs={"type": "time"}))
    away_from = MemorableDateField(label=_("First day away"), required=False)
    away_until = MemorableDateField(label=_("Last day away"), required=False)
    cover = forms.TypedChoiceField(label=_("Who stands in"), coerce=UUID, required=False, empty_value=None)
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, colleagues: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cover"].choices = [("", _("Nobody")), *((str(m.worker_id), m.worker.name) for m in colleagues)]  # type: ignore[attr-defined]

    @staticmethod
    def start(row: WorkerSetting) -> dict[str, Any]:
        """What the form shows at first."""
        same = ("digest", "digest_at", "quiet_from", "quiet_to", "away_from", "away_until", "row_version")
        return {name: getattr(row, name) for name in same} | {"cover": str(row.cover_worker_id or "")}

    @property
    def wishes(self) -> Wishes:
        """What was filled in."""
        clean = self.cleaned_data
        same = ("digest", "digest_at", "quiet_from", "quiet_to", "away_from", "away_until")
        return Wishes(**{name: clean[name] for name in same}, cover_id=clean["cover"])

    def refuse(self, codes: Iterable[str]) -> None:
        """Show at its field what the action found wrong."""
        said = {
            "DAYS": ("away_until", _("Give a first and a last day, the last one not before the first.")),
            "COVER": ("cover", _("Choose a colleague of this agency who stands in for you.")),
        }
        for code in codes:
            self.add_error(*said.get(code, (None, _("This is for workers of the agency."))))
