"""Forms of a safety plan and of what stands beside it. They parse and never save."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.safety import words
from careloom.safety.forms.assessing import Keyed, Versioned, line
from careloom.safety.profile import Point


class StepForm(Keyed):
    """One action step."""

    factor = forms.ChoiceField(label=_("Which danger it controls"), widget=RadioTiles(stack=True))
    what = line(_("What is done"), most=400, rows=2, hint=_("An action that holds the danger back now, not a service."))
    who = line(_("Who does it"), most=160)
    when = line(_("When, and how long"), most=160)

    def __init__(self, *args: Any, dangers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(dangers)
        self.fields["factor"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["factor"].initial = choices[0][0]


class SpokenForm(Versioned):
    """The family's spoken yes."""

    agreed_who = line(_("Who agreed"), most=200, hint=_("Everybody who has a step in it."))
    heard_by = line(_("Who heard it"), most=120)


class SignatureForm(Keyed):
    """A signature, or why there is none."""

    name = line(_("Name"), most=120)
    role = line(_("Who it is to the child"), most=80, required=False)
    how = forms.ChoiceField(label=_("Signature"), choices=list(words.SIGNS.items()), widget=RadioTiles, initial="WRITTEN")
    on = MemorableDateField(label=_("Day"))
    reason = line(_("Why it is waived"), most=300, required=False)
    last = forms.BooleanField(label=_("Everybody who has a step has signed now"), required=False)


class ContactForm(Keyed):
    """A monitoring contact."""

    on = MemorableDateField(label=_("Day"))
    how = forms.ChoiceField(label=_("How"), choices=list(words.HOWS.items()), widget=RadioTiles)
    with_whom = line(_("With whom"), most=160)
    kept = forms.ChoiceField(label=_("Is the plan kept?"), choices=[("1", _("Yes")), ("0", _("No"))], widget=RadioTiles)
    words = line(_("What was seen or said"), most=600, rows=2, required=False, hint=_("Needed when the plan is not kept."))


class NotKeptForm(Versioned):
    """What happened."""

    words = line(_("What happened"), most=600, rows=2)


class EndForm(Versioned):
    """Why a plan ends."""

    because = forms.ChoiceField(label=_("Why it ends"), choices=list(words.ENDINGS.items()), widget=RadioTiles(stack=True))
    words = line(_("What shows it"), most=600, rows=2)


class HistoryForm(Keyed):
    """Earlier involvement, as a summary only."""

    from_on = MemorableDateField(label=_("First day"))
    to_on = MemorableDateField(label=_("Last day"), required=False)
    kind = forms.ChoiceField(label=_("What it was"), choices=list(words.HISTORY_KINDS.items()), widget=RadioTiles)
    outcome = forms.ChoiceField(label=_("How it ended"), choices=list(words.HISTORY_OUTCOMES.items()), widget=RadioTiles)


class LookForm(Keyed):
    """Why earlier involvement is looked at."""

    reason = forms.ChoiceField(label=_("Why you need it"), choices=list(words.LOOK_REASONS.items()), widget=RadioTiles(stack=True))
    words = line(_("In a few words"), most=300, hint=_("She reads this on her own page, with the day and what kind of place asked."))


class ToldForm(Keyed):
    """What she was told, and when."""

    points = forms.MultipleChoiceField(label=_("What you told her"), widget=CheckboxTiles(stack=True))
    told_on = MemorableDateField(label=_("Day"))
    how = forms.ChoiceField(label=_("How"), choices=list(words.TOLD_HOW.items()), widget=RadioTiles)
    asked = line(_("What she asked, in her words"), most=400, rows=2, required=False)

    def __init__(self, *args: Any, points: Iterable[Point], spanish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].choices = [(point.id, point.es if spanish else point.en) for point in points]  # type: ignore[attr-defined]


class EnsureForm(Keyed):
    """That a plan of safe care is ensured."""

    how = forms.ChoiceField(label=_("How"), choices=list(words.ENSURED.items()), widget=RadioTiles(stack=True))
    on = MemorableDateField(label=_("Day"))
    words = line(_("Which agency, or what she said"), most=300, required=False)
