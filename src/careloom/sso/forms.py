"""Forms of sign-in by a provider. They parse and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies import words as agency_words
from careloom.agencies.roles import Role
from careloom.sso.roles import roles_by_group

BLANKS = 3


class ProviderForm(forms.Form):
    """A new provider: name, metadata, the ends of its members' e-mails."""

    name = forms.CharField(label=_("Name of the provider"), max_length=80, help_text=_("As your colleagues know it."))
    metadata = forms.FileField(label=_("Its metadata"), help_text=_("The SAML 2.0 metadata file (XML) that those who run it give you."))
    domains = forms.CharField(
        label=_("Ends of work e-mails"), widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("Such as hospital.example, one on each line. Your operator confirms that they are your agency’s."),
    )  # fmt: skip
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)


class RenewForm(forms.Form):
    """New metadata of a provider."""

    metadata = forms.FileField(label=_("New metadata"), help_text=_("When its keys change. People sign in by it meanwhile."))


class GroupLines(forms.Form):
    """Which group gives which role: a line each, and some empty ones."""

    def __init__(self, *args: Any, kind: str, pairs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "")] + [(role.value, agency_words.ROLES[Role(role)]) for role in roles_by_group(kind)]
        self.lines = max(len(pairs), len([name for name in self.data if name.startswith("group_")]) if self.is_bound else 0)
        self.lines += 0 if self.is_bound else BLANKS
        for number in range(self.lines):
            group, role = pairs[number] if number < len(pairs) else ("", "")
            self.fields[f"group_{number}"] = forms.CharField(label=_("Group"), max_length=200, required=False, initial=group)
            self.fields[f"role_{number}"] = forms.ChoiceField(label=_("gives the role"), choices=choices, required=False, initial=role)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(self.lines):
            if cleaned.get(f"group_{number}") and not cleaned.get(f"role_{number}"):
                self.add_error(f"role_{number}", _("Choose the role that this group gives."))
        return cleaned

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The lines as a page shows them: a group and its role."""
        return [(self[f"group_{number}"], self[f"role_{number}"]) for number in range(self.lines)]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The lines that say something."""
        held = [(self.cleaned_data.get(f"group_{n}", ""), self.cleaned_data.get(f"role_{n}", "")) for n in range(self.lines)]
        return [(group, role) for group, role in held if group and role]


class GroupsForm(GroupLines):
    """Groups of an agency's own provider, and where it names them."""

    attribute = forms.CharField(label=_("Attribute with the groups"), max_length=200, required=False, help_text=_("Such as groups or memberOf."))


class DomainForm(forms.Form):
    """The work e-mail by which a provider is found."""

    email = forms.EmailField(label=_("Work e-mail"), max_length=254)
