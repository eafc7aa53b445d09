"""Form of an EHR. It parses and never saves."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class EhrForm(forms.Form):
    """Name, FHIR address, client id and the other hosts of its sign-in."""

    name = forms.CharField(label=_("Name of the system"), max_length=80, help_text=_("As your colleagues know it. No name of a person."))
    iss = forms.CharField(label=_("Its FHIR address"), max_length=300, help_text=_("The R4 base address, such as https://ehr.hospital.org/fhir/r4"))
    client_id = forms.CharField(label=_("Client id"), max_length=200, help_text=_("What the EHR calls Careloom, as a public client with PKCE."))
    hosts = forms.CharField(
        label=_("Other hosts of its sign-in"), required=False, max_length=700, widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_("Only where the sign-in stands on another host than the FHIR address. One a line."),
    )  # fmt: skip
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @property
    def host_names(self) -> tuple[str, ...]:
        """The hosts, one a line."""
        return tuple(self.cleaned_data["hosts"].split())
