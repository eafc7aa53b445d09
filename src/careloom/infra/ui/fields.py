"""Form fields of the look."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from careloom.infra.clock import YEARS
from careloom.infra.ui.widgets import MemorableDateInput


class MemorableDateField(forms.DateField):
    """A date in three boxes (or one ISO text); cleans to ``datetime.date``. Works without JavaScript."""

    widget = MemorableDateInput
    default_error_messages = {
        "invalid": _("Type a month, a day and a four-digit year that exist, such as 3, 12 and 2026."),
        "required": _("Type the month, the day and the year to go on."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d"])
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day. One outside of YEARS is a slip of the hand, and no clock could be counted from it."""
        day: date | None = super().to_python(value)
        if day is not None and day.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


def line(label: Any, *, most: int, rows: int = 0, required: bool = True, hint: Any = "") -> forms.CharField:
    """A text of one line, or of some; the browser counts to `most` too."""
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": most}) if rows else forms.TextInput(attrs={"maxlength": most, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, widget=widget, required=required, help_text=hint)


def day(label: Any, *, required: bool = True, hint: Any = "") -> MemorableDateField:
    """A day in three boxes."""
    return MemorableDateField(label=label, required=required, help_text=hint)
