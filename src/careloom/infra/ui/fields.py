"""Form fields of the look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
