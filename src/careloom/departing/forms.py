"""The form that asks for an export. It parses and never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.departing.words import GAPS
from careloom.infra.ui.answering import Answering, Keyed


class AskForm(Answering, Keyed):
    """Who gets it, and for which key it is sealed."""

    receiver = forms.CharField(label=_("Who gets the file?"), max_length=120, help_text=_("An organization or an office. Name no family here."))
    recipient = forms.CharField(
        label=_("The receiver’s public key"), max_length=200, widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("64 letters and digits. The receiver makes it with: careloom agency make-key FILE"),
    )  # fmt: skip

    def gap(self, code: str) -> Any:
        """What to do next, in words."""
        return GAPS[code]
