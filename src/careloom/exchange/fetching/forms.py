"""Form of a source. It parses and never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency


class SourceForm(forms.Form):
    """Name, partner, FHIR address, client id and the other hosts of its token address."""

    name = forms.CharField(label=_("Name of the system"), max_length=80, help_text=_("As your colleagues know it. No name of a person."))
    discloser = forms.ChoiceField(label=_("Whose records it gives"), help_text=_("Her form must let this partner give, and your agency receive."))
    iss = forms.CharField(label=_("Its FHIR address"), max_length=300, help_text=_("The R4 base address, such as https://ehr.hospital.org/fhir/r4"))
    client_id = forms.CharField(label=_("Client id"), max_length=200, help_text=_("What the system calls Careloom, as a client with a signing key."))
    hosts = forms.CharField(
        label=_("Other hosts of its tokens"), required=False, max_length=700, widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_("Only where tokens are given on another host than the FHIR address. One a line."),
    )  # fmt: skip
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, partners: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["discloser"].choices = [("", ""), *((str(one.pk), one.name_outside) for one in partners)]  # type: ignore[attr-defined]

    @property
    def host_names(self) -> tuple[str, ...]:
        """The hosts, one a line."""
        return tuple(self.cleaned_data["hosts"].split())
