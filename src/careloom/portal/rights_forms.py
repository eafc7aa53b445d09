"""The form by which she asks, one shape for each right. It parses and never saves. No reason is asked of her where the law asks for none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.portal.forms import WORDS
from careloom.portal.rights import KINDS
from careloom.portal.words import INFORMATION
from careloom.rights.kinds import Right

GAPS: dict[str, Any] = {
    "WAY": _("Write a number or an address."), "TO": _("Pick one."), "WORDS": _("Write what you want to say."),
    "WANTS_HOW": _("Pick how you want it."),
}  # fmt: skip
AT = {"WAY": "use_phone"}


class RightForm(Keyed):
    """What she asks of one holder."""

    holder = forms.ChoiceField(label=_("Who do you ask?"), widget=RadioTiles(stack=True, her=True))
    about = forms.ChoiceField(label=_("Who is it about?"), widget=RadioTiles(stack=True, her=True))
    wants_how = forms.ChoiceField(
        label=_("How do you want it?"), widget=RadioTiles(stack=True, her=True), initial="PORTAL",
        choices=[("PORTAL", _("Here on my page")), ("PAPER", _("On paper")), ("FILE", _("As a file"))],
    )  # fmt: skip
    words = forms.CharField(label=_("What is wrong, and what should it say?"), max_length=1000, widget=WORDS)
    tell_others = forms.BooleanField(label=_("Tell those who saw the old words"), required=False)
    to = forms.ChoiceField(label=_("Who should not get it?"), widget=RadioTiles(stack=True, her=True))
    categories = forms.MultipleChoiceField(
        label=_("What should they not get?"), choices=[(k, v) for k, v in INFORMATION.items() if k != "medicaid.claims"], required=False,
        widget=CheckboxTiles(stack=True, her=True), help_text=_("Tick nothing for all of it."),
    )  # fmt: skip
    paid_in_full = forms.BooleanField(label=_("I paid for all of it myself"), required=False)
    use_phone = forms.CharField(
        label=_("Phone number to use"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    )
    use_address = forms.CharField(
        label=_("Address to use"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )  # fmt: skip

    FIELDS: dict[str, tuple[str, ...]] = {
        Right.ACCESS: ("wants_how",), Right.AMENDMENT: ("words", "tell_others"), Right.ACCOUNTING: (), Right.INTERMEDIARY: (),
        Right.RESTRICTION: ("to", "categories", "paid_in_full"), Right.CONFIDENTIAL: ("use_phone", "use_address"),
    }  # fmt: skip

    def __init__(
        self, *args: Any, right: str, holders: Iterable[tuple[str, str]], about: Iterable[tuple[str, str]], sharing: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        kept = {"request_key", "holder", "about", *self.FIELDS[right]}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        people = list(about)
        self.fields["holder"].choices = list(holders)  # type: ignore[attr-defined]
        self.fields["about"].choices = people  # type: ignore[attr-defined]
        self.fields["about"].initial = people[0][0]
        if len(people) == 1:
            self.fields["about"].widget = forms.HiddenInput()
        if "to" in self.fields:
            self.fields["to"].choices = [*sharing, *((code, label) for code, (_kind, label) in KINDS.items())]  # type: ignore[attr-defined]

    def refuse(self, codes: Iterable[str]) -> None:
        """Show what is missing, at its field where there is one."""
        for code in codes:
            name = AT.get(code, code.lower())
            self.add_error(name if name in self.fields else None, GAPS.get(code, _("Please look at this again.")))


class SayForm(forms.Form):
    """Her own words beside the record."""

    words = forms.CharField(label=_("Your words"), max_length=1000, widget=WORDS)
