"""What a reader asks of the reports. It parses and never saves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.widgets import RadioTiles


class FieldsForm(forms.Form):
    """Which fields."""

    q = forms.CharField(label=_("Form or field"), required=False, max_length=80)
    months = forms.TypedChoiceField(
        label=_("Sorted by"), choices=[("12", _("The last 12 whole months")), ("3", _("The last 3 whole months"))], coerce=int, empty_value=12,
        required=False, widget=RadioTiles(stack=True), initial="12",
    )  # fmt: skip


class ScreensForm(forms.Form):
    """Which screens, and which month of the last twelve."""

    q = forms.CharField(label=_("Screen"), required=False, max_length=80)
    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat, empty_value=None, required=False)

    def __init__(self, *args: Any, months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.isoformat(), f"{MONTHS[one.month]} {one.year}") for one in months]
        self.fields["month"].choices = [("", _("The last 12 months together")), *named]  # type: ignore[attr-defined]
