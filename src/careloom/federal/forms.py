"""The form that asks for a federal file. It parses and never saves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.federal import words
from careloom.federal.layouts import AFCARS, CHILD
from careloom.federal.periods import period_of, periods_until
from careloom.infra.ui import answering
from careloom.infra.ui.widgets import RadioTiles


class FileForm(answering.Answering, answering.Keyed):
    """Which file, of which period."""

    kind = forms.ChoiceField(label=_("File"), choices=list(words.KINDS.items()), widget=RadioTiles(stack=True))
    period = forms.ChoiceField(
        label=_("Period"), help_text=_("A federal year runs from October 1 to September 30. AFCARS has two halves: A until March, B until September.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(name, words.period(name)) for name in periods_until(kind=CHILD, today=today)]
        halves = [(name, words.period(name)) for name in periods_until(kind=AFCARS, today=today)]
        over = [name for name, _words in years if (found := period_of(kind=CHILD, name=name)) is not None and found.ends_on <= today]
        self.fields["period"].initial = next(iter(over), None)  # a file of a period that is over can be final
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (_("NCANDS: federal years"), years), (_("AFCARS: six months"), halves),
        ]  # fmt: skip

    def gap(self, code: str) -> str:
        """What to do next, in words."""
        return str(words.GAPS[code])
