"""Forms around a form: which one to begin, how it was filled, what was done, why it is corrected. They parse and never save."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.forms import Definition
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.screening.protocol import Steps

HOW = [("SPOKEN", _("Asked in a talk")), ("HERSELF", _("She filled it on this screen")), ("PAPER", _("Copied from paper"))]
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]


class StartForm(forms.Form):
    """Which form, about whom, in which language."""

    url = forms.ChoiceField(label=_("Form"))
    about = forms.ChoiceField(label=_("About"))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=RadioTiles, initial="en")

    def __init__(self, *args: Any, offered: Iterable[Definition], people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].choices = [("", _("Choose")), *((one.url, one.title.plain) for one in offered)]  # type: ignore[attr-defined]
        self.fields["about"].choices = list(people)  # type: ignore[attr-defined]


class HowForm(forms.Form):
    """How the answers came about."""

    how = forms.ChoiceField(label=_("How it was filled"), choices=HOW, widget=RadioTiles, initial="SPOKEN")


class FollowUpForm(forms.Form):
    """What was done about an answer that somebody had to act on at once."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=24)
    did = forms.MultipleChoiceField(label=_("What was done"), widget=CheckboxTiles(stack=True))
    words = forms.CharField(
        label=_("In your words"), max_length=1200, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who was there, who took over, when she is seen again."),
    )  # fmt: skip

    def __init__(self, *args: Any, steps: Steps, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["did"].choices = list(steps.did)  # type: ignore[attr-defined]


class CorrectForm(forms.Form):
    """Why a form that was handed in is corrected."""

    reason = forms.CharField(label=_("Why it is corrected"), max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class TakeBackForm(forms.Form):
    """Why a form that was handed in is taken back."""

    because = forms.CharField(
        label=_("Why it is taken back"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Such as: filled for another family."),
    )  # fmt: skip


class BringInForm(forms.Form):
    """A form of one's own as a file."""

    paper = forms.FileField(label=_("Questionnaire file"), help_text=_("FHIR R4 Questionnaire in JSON, with its licence."))
