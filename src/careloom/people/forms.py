"""Forms of the pages on who may be one person. They parse and never save."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import RadioTiles
from careloom.people import words


class Refusable(forms.Form):
    """A form that shows what an action found missing, at its field where there is one."""

    def refuse(self, codes: Iterable[str]) -> None:
        """Put the words of each code on the form."""
        for code in codes:
            name = {"DAY": "look_again_on", "BECAUSE": "because"}.get(code)
            self.add_error(name if name in self.fields else None, words.gap(code))


class SameForm(Refusable):
    """Both records are of one person; said after a look at both."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    sure = forms.BooleanField(label=_("I looked at both records. They are of one person."))


class NotSameForm(Refusable):
    """The records are of two people, and why."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    because = forms.ChoiceField(label=_("How you know"), choices=list(words.NOT_BECAUSE.items()), widget=RadioTiles(stack=True))


class LaterForm(Refusable):
    """The day on which the question comes back."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    look_again_on = MemorableDateField(label=_("Ask again on"))


class UndoForm(Refusable):
    """Why a join is taken back."""

    because = forms.ChoiceField(label=_("Why it is taken back"), choices=list(words.UNDO_BECAUSE.items()), widget=RadioTiles(stack=True))


class SearchForm(Refusable):
    """Start, stop or go on with a search."""

    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=lambda: uuid4().hex)
