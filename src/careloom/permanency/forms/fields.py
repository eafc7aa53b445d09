"""What the forms of a case have in common: a key that makes one row, the version that was read, days and hours, and refusals at their fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui import answering
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.permanency import words as said


class CaseForm(answering.Answering, answering.Keyed):
    """A form of a case."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def offer(self, **choices: Any) -> CaseForm:
        """Give fields their choices; a field without any is left out."""
        for name, found in choices.items():
            if name in self.fields:
                if found:
                    self.fields[name].choices = found  # type: ignore[attr-defined]
                else:
                    del self.fields[name]
        return self

    def gap(self, code: str) -> Any:
        """What to do next, in words."""
        return said.gap(code)


def one(label: Any, among: Mapping[str, Any], *, required: bool = True, hint: Any = "", stack: bool = False, hints: Any = None) -> forms.ChoiceField:
    """One of some codes, as tiles."""
    widget = RadioTiles(stack=stack, hints=hints) if hints else RadioTiles(stack=stack)
    return forms.ChoiceField(label=label, choices=list(among.items()), widget=widget, required=required, help_text=hint)


def many(label: Any, among: Mapping[str, Any], *, required: bool = False, hint: Any = "") -> forms.MultipleChoiceField:
    """Some of some codes, as tiles."""
    return forms.MultipleChoiceField(label=label, choices=list(among.items()), widget=CheckboxTiles(stack=True), required=required, help_text=hint)


def pick(label: Any, *, required: bool = True, hint: Any = "") -> forms.ChoiceField:
    """One of a list that is known when the page is made."""
    return forms.ChoiceField(label=label, required=required, help_text=hint)


def hour(label: Any = None) -> forms.TimeField:
    """An hour of the day."""
    return forms.TimeField(label=label or _("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def instant(told: Mapping[str, Any], *, zone: ZoneInfo) -> datetime:
    """The instant of `day` and `hour` where the agency is."""
    found: date = told["on"]
    return datetime.combine(found, told["hour"], tzinfo=zone)
