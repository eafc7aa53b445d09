"""Forms of what she says between visits. They parse and never save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.widgets import RadioTiles
from careloom.portal.forms import WORDS

ANSWERS = [("YES", _("Yes")), ("SOME", pgettext_lazy("between visits", "Some")), ("NO", _("No"))]
THINGS = [("YES", _("I have it")), ("NEEDED", _("I need it")), ("NOT_NEEDED", _("Not for me"))]


class BetweenForm(Keyed):
    """How things are: one answer for each question that she likes to answer, and her words."""

    words = forms.CharField(label=_("You can say more"), max_length=500, required=False, widget=WORDS)

    def __init__(self, *args: Any, questions: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for code, asked in questions.items():
            self.fields[f"q_{code}"] = forms.ChoiceField(label=asked, choices=ANSWERS, required=False, widget=RadioTiles(her=True))
        self.order_fields(["request_key", *(f"q_{code}" for code in questions), "words"])

    def clean(self) -> dict[str, Any]:
        """Something is answered or written."""
        data = super().clean() or {}
        if not self.answers and not data.get("words", "").strip():
            raise forms.ValidationError(_("Answer one question, or write something."))
        return data

    @property
    def answers(self) -> dict[str, str]:
        """Her answers by question."""
        return {code: self.cleaned_data[f"q_{code}"] for code in self.questions if self.cleaned_data.get(f"q_{code}")}


class ThingsForm(forms.Form):
    """Things for the baby: she has it, needs it, or does not want it."""

    def __init__(self, *args: Any, things: Mapping[str, str], known: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.things = things
        for code, name in things.items():
            self.fields[f"t_{code}"] = forms.ChoiceField(
                label=name, choices=THINGS, required=False, initial=known.get(code, ""), widget=RadioTiles(her=True)
            )  # fmt: skip

    @property
    def said(self) -> dict[str, str]:
        """How each thing stands that she said something of."""
        return {code: self.cleaned_data[f"t_{code}"] for code in self.things if self.cleaned_data.get(f"t_{code}")}
