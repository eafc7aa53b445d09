"""Forms of sign-in and of an agency's members. They parse and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies import pins, words
from careloom.agencies.actions import Reason
from careloom.agencies.models import Membership
from careloom.agencies.roles import fits
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles

PIN_BOX = forms.PasswordInput(attrs={"inputmode": "numeric", "maxlength": "6", "autocomplete": "off"})


class UnlockForm(forms.Form):
    """The PIN under the lock."""

    pin = forms.CharField(label=_("Your PIN"), max_length=6, strip=True, widget=PIN_BOX)


class PinForm(forms.Form):
    """A new PIN, twice; the old one first when there is one."""

    current = forms.CharField(label=_("PIN you have now"), max_length=6, required=True, widget=PIN_BOX)
    pin = forms.CharField(label=_("New PIN"), max_length=6, help_text=_("Six digits that others would not guess."), widget=PIN_BOX)
    again = forms.CharField(label=_("New PIN again"), max_length=6, widget=PIN_BOX)

    def __init__(self, *args: Any, has_pin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_pin:
            del self.fields["current"]

    def clean_pin(self) -> str:
        """A PIN that may be used."""
        if not pins.is_good(self.cleaned_data["pin"]):
            raise forms.ValidationError(words.REFUSALS[Reason.WEAK_PIN])
        return self.cleaned_data["pin"]

    def clean_again(self) -> str:
        """The same PIN a second time."""
        if self.cleaned_data["again"] != self.data.get(self.add_prefix("pin")):
            raise forms.ValidationError(_("The two are not the same. Type the new PIN again."))
        return self.cleaned_data["again"]


class ProfileForm(forms.Form):
    """What a worker says about herself."""

    name = forms.CharField(label=_("Your name"), max_length=120, help_text=_("As families and colleagues know you."))
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    language = forms.ChoiceField(label=_("Language of your pages"), choices=[("en", "English"), ("es", "Español")], widget=RadioTiles)


class MemberForm(forms.Form):
    """Roles, title and supervisor of a member. Only the roles that fit the kind of agency are offered."""

    title = forms.CharField(label=_("Title"), max_length=80, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        widget=CheckboxTiles(stack=True, hints={role.value: hint for role, hint in words.ROLE_HINTS.items()}),
    )
    supervisor = forms.ChoiceField(label=_("Supervisor"), required=False)

    def __init__(self, *args: Any, kind: str, colleagues: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.value, label) for role, label in words.ROLES.items() if fits(role, kind)]  # type: ignore[attr-defined]
        self.fields["supervisor"].choices = [("", _("None")), *((str(c.worker_id), c.worker.name) for c in colleagues)]  # type: ignore[attr-defined]


class InviteForm(MemberForm):
    """A new member: name and e-mail, and what a member has."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Work email"), max_length=254, help_text=_("The link to set a password goes there."))
    field_order = ["name", "email", "title", "roles", "supervisor"]


class LooksForm(forms.Form):
    """Which looks to show: of one worker, on one day, by us or by other agencies."""

    who = forms.ChoiceField(
        label=_("Who looked"), required=False, choices=[("ours", _("People of this agency")), ("others", _("Others, at our records"))]
    )
    worker = forms.ChoiceField(label=_("Worker"), required=False)
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    missed = forms.BooleanField(label=_("Only looks that showed nothing"), required=False)

    def __init__(self, *args: Any, members: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", _("Everyone")), *((str(m.worker_id), m.worker.name) for m in members)]  # type: ignore[attr-defined]
