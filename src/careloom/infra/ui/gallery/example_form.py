"""The form of the gallery: one field of each kind."""

from __future__ import annotations

from django import forms

from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles, ShareSwitches

SHARE = [("treatment", "That I am in treatment"), ("visits", "Which visits I kept"), ("medicine", "My medicine")]
SHARE_HINTS = {
    "treatment": "Program name and start date",
    "visits": "Dates and numbers, no notes",
    "medicine": "Name and dose",
}


class GalleryForm(forms.Form):
    """Each kind of field that Careloom uses."""

    name = forms.CharField(label="What shall we call you?", max_length=80)
    email = forms.EmailField(label="Work email", required=False, help_text="Only your agency sees it")
    note = forms.CharField(
        label="Anything Dana should know?",
        help_text="Please no names or health facts",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    when = forms.ChoiceField(
        label="When might a room open?",
        choices=[("", "Choose"), ("2w", "Within 2 weeks"), ("1m", "Within a month"), ("no", "We can’t say")],
    )
    born_on = MemorableDateField(label="When was the baby born?", help_text="For example 2 18 2026")
    review_on = forms.DateField(label="Next review", required=False)
    weight = forms.IntegerField(label="Weight in grams", required=False, min_value=200)
    prescribed = forms.ChoiceField(
        label="Does she take it as prescribed?",
        choices=[("yes", "Yes"), ("no", "No"), ("unsure", "Not sure")],
        widget=forms.RadioSelect,
    )
    answer = forms.ChoiceField(
        label="Your answer",
        choices=[("yes", "Yes, we have a room"), ("wait", "We can put them on the waiting list"), ("no", "No, not this time")],
        widget=RadioTiles(stack=True, hints={"wait": "We ask you for a date next"}),
    )
    her_choice = forms.ChoiceField(
        label="Marisol, shall we put you on the list?",
        choices=[("yes", "Yes"), ("later", "Not now"), ("no", "No")],
        widget=RadioTiles(her=True),
        required=False,
    )
    needs = forms.MultipleChoiceField(
        label="What would help?",
        choices=[("ride", "A ride"), ("crib", "A crib"), ("food", "Food")],
        widget=CheckboxTiles,
        required=False,
    )
    share = forms.MultipleChoiceField(label="What may be told", choices=SHARE, widget=ShareSwitches(hints=SHARE_HINTS), required=False)
    told = forms.BooleanField(label="I told her, in her language")
    paper = forms.FileField(label="The signed paper", required=False, help_text="PDF, JPEG or PNG, at most 25 MB")
    locked = forms.CharField(label="Receipt number", required=False, disabled=True)
