"""Forms of what comes first. They parse and never save."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.conduct.actions import MOST_MONTHS, MOST_WORDS
from careloom.conduct.words import KINDS
from careloom.infra.ui.widgets import RadioTiles

DAY = forms.DateInput(attrs={"type": "date"})


class DemandForm(forms.Form):
    """What is asked, from when on, and how often."""

    kind = forms.ChoiceField(label=_("What it is"), choices=list(KINDS.items()), widget=RadioTiles)
    title = forms.CharField(label=_("Name"), max_length=120)
    words = forms.CharField(
        label=_("Text"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("The code itself, or where and how to take the training. Name no family."),
    )  # fmt: skip
    starts_on = forms.DateField(label=_("Asked from"), widget=DAY, help_text=_("From this day on, who has not done it opens no page of families."))
    months = forms.IntegerField(
        label=_("Again after so many months"), min_value=1, max_value=MOST_MONTHS, required=False, help_text=_("Empty: once is enough."),
    )  # fmt: skip
    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)


class NoteForm(forms.Form):
    """That one worker did a training."""

    membership = forms.UUIDField(widget=forms.HiddenInput)
    done_on = forms.DateField(label=_("Done on"), widget=DAY)


class AcceptForm(forms.Form):
    """That she read the code."""

    accepted = forms.BooleanField(
        label=_("I have read it and will keep to it."), error_messages={"required": _("Tick the box when you have read it.")}
    )
    demand = forms.UUIDField(widget=forms.HiddenInput)
