"""Forms of sign-in and of an agency's members. They parse and never save."""

from __future__ import annotations

from datetime import date
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


class OpeningForm(forms.Form):
    """Which kinds of record a role opens, and why. Only what the role may ever open is offered."""

    categories = forms.MultipleChoiceField(label=_("This role opens"), required=False, widget=CheckboxTiles)
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("It stands in the history. Name no family."), widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, most: frozenset[str], default: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, label) for code, label in words.CATEGORIES.items() if code in most]
        self.fields["categories"].choices = offered  # type: ignore[attr-defined]
        hints = {code: _("Not by default.") for code in most - default} | {"posc.plan_core": _("Without it this role cannot work on plans.")}
        self.fields["categories"].widget.hints = hints


class LogFileForm(forms.Form):
    """The period of a file for an auditor: both days count."""

    since = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """A period that has begun and whose days stand in order."""
        clean = super().clean() or {}
        since, until = clean.get("since"), clean.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day is before the first. Choose a later one."))
        if since and since > self.today:
            self.add_error("since", _("This day has not come yet. Choose an earlier one."))
        return clean
