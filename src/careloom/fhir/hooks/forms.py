"""Form of an address that is told of changes. It parses and never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.fhir.clients.scopes import allows
from careloom.fhir.hooks.events import EVENTS
from careloom.fhir.hooks.words import EVENTS as WORDS
from careloom.fhir.models import SystemClient
from careloom.infra.ui.widgets import CheckboxTiles


class HookForm(forms.Form):
    """Where, and of what."""

    url = forms.CharField(
        label=_("Address"), max_length=500, widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("The address that the system's maker gives you. It begins with https. Write nobody's name into it."),
    )  # fmt: skip
    events = forms.MultipleChoiceField(label=_("Tell it when"), widget=CheckboxTiles(stack=True))
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, client: SystemClient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["events"].choices = [(name, WORDS[name]) for name, kind in EVENTS.items() if allows(client.scopes, kind=kind, right="r")]
