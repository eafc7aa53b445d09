"""Forms of keeping. They parse and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.widgets import RadioTiles
from careloom.keeping.actions.expunging import AUTHORITY
from careloom.keeping.actions.holding import REASON, WHY_LIFTED
from careloom.keeping.words import GROUNDS

WHOLE, FAMILY = "WHOLE", "FAMILY"
DAY = forms.DateInput(attrs={"type": "date"})


class NameForm(forms.Form):
    """The name by which a family is looked for. It is posted, so that it stands in no address."""

    name = forms.CharField(label=_("Name in your records"), max_length=120, help_text=_("Of the mother or the child."))


class HoldForm(forms.Form):
    """What is held, why, and through which day. Only families that were found by name are offered."""

    scope = forms.ChoiceField(label=_("What is held"), widget=RadioTiles)
    reason = forms.CharField(
        label=_("Why"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The case, inquiry or claim that needs these records. Only privacy officers of your agency read it."),
    )  # fmt: skip
    last_on = forms.DateField(label=_("Last day"), required=False, widget=DAY, help_text=_("Empty: until somebody lifts it."))
    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, families: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = [(WHOLE, _("Everything that this agency keeps")), *families]  # type: ignore[attr-defined]


class LiftForm(forms.Form):
    """Why a hold is lifted."""

    because = forms.CharField(label=_("Why it is lifted"), max_length=WHY_LIFTED, widget=forms.Textarea(attrs={"rows": 3}))


class ExpungeForm(forms.Form):
    """Whose records, on which legal ground, and why. Only families that were found by name are offered."""

    family = forms.ChoiceField(label=_("Family"), widget=RadioTiles)
    ground = forms.ChoiceField(label=_("Legal ground"), choices=list(GROUNDS.items()), widget=RadioTiles)
    authority = forms.CharField(
        label=_("Order or law"), max_length=AUTHORITY, help_text=_("The number of the order, or the citation. Name nobody: it stays afterwards.")
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The second person reads it. It goes with the records."),
    )
    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, families: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family"].choices = families  # type: ignore[attr-defined]
