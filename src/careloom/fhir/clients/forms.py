"""Form of a system. It parses and never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies import words as agency_words
from careloom.agencies.reasons import WORDS
from careloom.agencies.roles import Role
from careloom.fhir.clients.actions import roles_for
from careloom.fhir.clients.keys import MOST_TEXT
from careloom.fhir.clients.scopes import TYPES, UPDATES, every
from careloom.fhir.clients.words import TYPES as TYPE_WORDS
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.kernel.agency_kinds import AgencyKind

SENDS = {"births": "Bundle", "asks": "ServiceRequest"}
"""What a system may send in (`scopes.CREATES`), each with its question."""


class ClientForm(forms.Form):
    """Name, role, purpose, what it may read, and its public keys."""

    name = forms.CharField(label=_("Name of the system"), max_length=80, help_text=_("As your colleagues know it. No name of a person."))
    role = forms.ChoiceField(
        label=_("It reads as"), widget=RadioTiles(stack=True),
        help_text=_("It works with all families of your agency, and opens the kinds of record that this role opens here."),
    )  # fmt: skip
    purpose = forms.ChoiceField(label=_("What it reads for"), required=False)
    types = forms.MultipleChoiceField(
        label=_("What it may read"), widget=CheckboxTiles(stack=True), choices=[(kind, TYPE_WORDS[kind]) for kind in TYPES], required=False,
    )  # fmt: skip
    answers = forms.BooleanField(
        label=_("It may also answer referrals that came to your agency"), required=False,
        help_text=_("Accept, decline, schedule, complete: as a worker in its role may."),
    )  # fmt: skip
    births = forms.BooleanField(
        label=_("It may also tell of births"), required=False,
        help_text=_("As a hospital social worker. Each becomes a draft that one of your workers finishes and sends; nothing leaves by itself."),
    )  # fmt: skip
    asks = forms.BooleanField(
        label=_("It may also ask services for families"), required=False,
        help_text=_("A referral for a need that a worker wrote down. Without her consent it stays a draft, and the worker asks her."),
    )  # fmt: skip
    jwks = forms.CharField(
        label=_("Its public keys"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("The key set (JWKS) that the system's maker gives you. The private key stays with the system."),
    )  # fmt: skip
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = AgencyKind(kind).purpose
        self.fields["role"].choices = [(role.value, agency_words.ROLES[Role(role)]) for role in roles_for(kind)]
        for name, sent in SENDS.items():
            if not any(f"system/{sent}.c" in every(role) for role in roles_for(kind)):
                del self.fields[name]
        others = [(word, words) for word, words in WORDS.items() if word != usual]
        self.fields["purpose"].choices = [("", WORDS[usual]), *others]

    @property
    def scopes(self) -> tuple[str, ...]:
        """What was chosen, as scopes. What it asks of services comes back to it, so it reads that too."""
        asks = (SENDS["asks"],) if self.cleaned_data.get("asks") else ()
        reads = tuple(f"system/{kind}.rs" for kind in dict.fromkeys((*self.cleaned_data["types"], *asks)))
        updates = tuple(f"system/{kind}.u" for kind in UPDATES) if self.cleaned_data["answers"] else ()
        return reads + updates + tuple(f"system/{kind}.c" for name, kind in SENDS.items() if self.cleaned_data.get(name))
