"""Forms of a family meeting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency
from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.plans.forms.content import need_choices
from careloom.plans.presenters import words


class TableForm(Keyed):
    """Who is at the table. Others in the room read the screen only with her word."""

    her_present = forms.BooleanField(label=_("She is here"), required=False, initial=True)
    agency_ids = forms.TypedMultipleChoiceField(label=_("Agencies at the table"), coerce=UUID, required=False, widget=CheckboxTiles())
    people = forms.CharField(
        label=_("Who else is in the room?"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One name a line: the worker, the grandmother, the interpreter."),
    )  # fmt: skip
    she_agrees = forms.BooleanField(label=_("She agrees that everybody here sees the shared screen"), required=False)
    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(one.pk), one.name_outside) for one in agencies]
        self.fields["agency_ids"].choices = listed  # type: ignore[attr-defined]
        if not listed:
            del self.fields["agency_ids"]

    def clean(self) -> dict[str, Any]:
        """Nobody sees the screen without her word."""
        clean = super().clean() or {}
        if not clean.get("she_agrees"):
            self.add_error("she_agrees", _("Ask her first. Without her word the screen stays closed."))
        return clean

    @property
    def facts(self) -> dict[str, Any]:
        """What `begin_meeting` and `change_table` take."""
        clean = self.cleaned_data
        return {"her_present": clean["her_present"], "agency_ids": clean.get("agency_ids", []), "people": clean["people"].splitlines()}


class MinuteForm(Keyed):
    """A line of the minutes."""

    words = forms.CharField(label=_("What was said or agreed?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(
        label=_("Keep it as"), choices=[("AGREED", _("We agree")), ("SAID", _("A note")), ("LATER", _("Later, not today"))], initial="AGREED",
        widget=RadioTiles(),
    )  # fmt: skip
    who = forms.CharField(label=_("Who does it?"), required=False, max_length=120)
    due_on = MemorableDateField(label=_("By when?"), required=False)
    about_id = forms.UUIDField(required=False, widget=forms.HiddenInput)


class MakeTrueForm(forms.Form):
    """What a line becomes with one press."""

    note_id = forms.UUIDField(widget=forms.HiddenInput)
    becomes = forms.ChoiceField(choices=[("GOAL", "GOAL"), ("NEED", "NEED"), ("TASK", "TASK")])
    code = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", ""), *need_choices()]  # type: ignore[attr-defined]


class AnswerNowForm(Keyed):
    """Her yes, not now or no, said at the table."""

    choice = forms.ChoiceField(label=_("What does she say?"), choices=list(words.CHOICES.items()), widget=RadioTiles(her=True))
    need_id = forms.UUIDField(widget=forms.HiddenInput)


class SignForm(Keyed):
    """A name under the minutes, on this device."""

    name = forms.CharField(label=_("Name"), max_length=120)
    hers = forms.BooleanField(label=_("She signs herself"), required=False)
    picture = forms.FileField(
        label=_("A picture of a signature"), required=False, help_text=_("Optional. A photo or a drawing, PNG or JPEG. The typed name is enough."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )  # fmt: skip
