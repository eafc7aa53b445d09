"""How she signs, and how she stops."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import RadioTiles

WAYS = [("SCREEN", _("Here on the screen")), ("PAPER", _("She signed the paper"))]
ALOUD = ("SPOKEN", _("She said yes aloud"))
HINTS = {"SPOKEN": _("Enough here: this form opens no treatment record (45 CFR 164.510(b))")}
# Which kinds of paper the law wants in writing, and why, for who asks her. A kind that is not here may be agreed aloud.
IN_WRITING: dict[str, Any] = {
    "specific": _(
        "A yes said aloud is not enough: what a treatment program tells, or what shows treatment, needs her signature (42 CFR 2.31(a)(8))."
    ),
    "hipaa_authorization": _("A yes said aloud is not enough: health records need her signature (45 CFR 164.508(c)(1)(vi))."),
}
STOPS = [("SPOKEN", _("She said it")), ("PAPER", _("She wrote it")), ("SCREEN", _("She is here at the screen"))]


class SignForm(forms.Form):
    """The signature: her typed name, or the day on which she signed the paper."""

    how = forms.ChoiceField(label=_("How does she sign?"), choices=WAYS, widget=RadioTiles(stack=True, her=True, hints=HINTS), initial="SCREEN")
    typed = forms.CharField(
        label=_("She types her name"), required=False, max_length=120, help_text=_("On the screen, this is her signature. Its day is today."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    signed_on = MemorableDateField(label=_("The day on the paper"), required=False, help_text=_("Only when she signed on paper."))

    def __init__(self, *args: Any, today: date, kind: str, **kwargs: Any) -> None:
        """`kind` is the kind of paper: only an agreement may be given aloud."""
        super().__init__(*args, **kwargs)
        self.today = today
        how, why = self.fields["how"], IN_WRITING.get(kind, "")
        how.choices = WAYS if why else [*WAYS, ALOUD]  # type: ignore[attr-defined]
        how.help_text = why
        how.error_messages["invalid_choice"] = why or how.error_messages["invalid_choice"]

    def clean(self) -> dict[str, Any]:
        """Each way asks for its own proof."""
        data: dict[str, Any] = super().clean() or {}
        how, day = data.get("how"), data.get("signed_on")
        if how == "SCREEN" and not data.get("typed", "").strip():
            self.add_error("typed", _("Ask her to type her name. It is her signature (42 CFR 2.31(a)(8))."))
        if how == "PAPER" and "signed_on" not in self.errors and (day is None or day > self.today):
            self.add_error("signed_on", _("Write the day that stands on the paper; it cannot lie ahead (42 CFR 2.31(a)(9))."))
        return data


class HappenedForm(forms.Form):
    """The day of the event with which a consent ends."""

    on = MemorableDateField(label=_("On which day did it happen?"))

    def __init__(self, *args: Any, today: date, since: date, **kwargs: Any) -> None:
        """`since` is the day of the signature: what lies before it did not end this form."""
        super().__init__(*args, **kwargs)
        self.today, self.since = today, since

    def clean_on(self) -> date:
        """Only what has happened ends a form, and only after it was signed."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("Write down only what has happened. This day lies ahead."))
        if day < self.since:
            raise forms.ValidationError(_("She signed after that day. Then the form waits for a later one, or she stops it."))
        return day


class StopForm(forms.Form):
    """How she said that sharing stops."""

    how = forms.ChoiceField(label=_("How did she say it?"), choices=STOPS, widget=RadioTiles(her=True), initial="SPOKEN")
