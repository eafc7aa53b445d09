"""Forms for what the plan says: needs, her choice, goals, strengths. Source: R-116, R-117, R-119, R-120."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from careloom.directory.needs import catalogue
from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import RadioTiles
from careloom.plans.presenters import words as texts

TEXT = forms.Textarea(attrs={"rows": 2})
OPTIONAL = [("", "")]


def need_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The catalogue by domain, in the reader's language."""
    language = (get_language() or "en")[:2]
    found: dict[str, list[tuple[str, str]]] = {}
    for need in catalogue().needs.values():
        found.setdefault(catalogue().domains[need.domain].get(language, need.domain), []).append((need.code, need.label(language)))
    return list(found.items())


class ChoiceForm(Keyed):
    """Her yes, not now or no: three tiles of one size, and her words."""

    her_choice = forms.ChoiceField(label=_("What does she say?"), choices=list(texts.CHOICES.items()), widget=RadioTiles(her=True))
    her_words = forms.CharField(label=_("In her words"), required=False, max_length=300, widget=TEXT)


class NeedForm(Keyed):
    """A need of one person of the family."""

    code = forms.ChoiceField(label=_("What is needed"))
    title = forms.CharField(label=_("How she calls it"), required=False, max_length=120, help_text=_("Leave empty for the words of the list."))
    whose = forms.ChoiceField(label=_("For whom"), widget=RadioTiles())
    her_choice = forms.ChoiceField(
        label=_("Does she want help with this?"), choices=[*texts.CHOICES.items(), ("NOT_ASKED", _("Not asked yet"))], widget=RadioTiles(her=True)
    )
    her_words = forms.CharField(label=_("In her words"), required=False, max_length=300, widget=TEXT)
    existing_service = forms.CharField(label=_("Help she has already"), required=False, max_length=160)
    priority = forms.TypedChoiceField(
        label=_("When"), coerce=int, choices=[(1, _("First of all")), (2, _("Soon")), (3, _("Later"))], initial=2, widget=RadioTiles()
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = dict(people)
        self.fields["code"].choices = [("", ""), *need_choices()]  # type: ignore[attr-defined]
        self.fields["whose"].choices = people  # type: ignore[attr-defined]
        self.fields["whose"].initial = people[0][0] if people else None

    @property
    def facts(self) -> dict[str, Any]:
        """What `add_need` takes."""
        clean = self.cleaned_data
        names = ("code", "title", "her_choice", "her_words", "existing_service", "priority", "request_key")
        return {name: clean[name] for name in names} | {"identity_id": UUID(clean["whose"]), "for_whom": self.people[clean["whose"]]}


class ResultForm(Keyed):
    """What became of a need."""

    result = forms.ChoiceField(label=_("How does it stand?"), choices=list(texts.RESULTS.items()), widget=RadioTiles())
    reason = forms.ChoiceField(label=_("If not met, why"), required=False, choices=[*OPTIONAL, *texts.UNMET.items()])
    said = forms.CharField(label=_("A few words"), required=False, max_length=300, widget=TEXT)


class GoalForm(Keyed):
    """A goal, best in her words."""

    words = forms.CharField(label=_("What does she want?"), max_length=500, widget=TEXT, help_text=_("As she says it."))
    hers = forms.TypedChoiceField(
        label=_("Whose words are these?"),
        choices=[("1", _("Hers")), ("0", _("Ours"))],
        coerce=lambda text: text == "1",
        initial="1",
        widget=RadioTiles(),
    )
    about = forms.ChoiceField(label=_("For whom"), choices=list(texts.GOAL_ABOUT.items()), initial="PARENT", widget=RadioTiles())
    theme = forms.ChoiceField(label=_("About what"), required=False, choices=[*OPTIONAL, *texts.THEMES.items()])
    measured_by = forms.CharField(label=_("How will she know it worked?"), required=False, max_length=200)
    target_on = MemorableDateField(label=_("By when"), required=False)

    @property
    def facts(self) -> dict[str, Any]:
        """What `add_goal` takes."""
        return dict(self.cleaned_data)


class GoalChangeForm(forms.Form):
    """New words for a goal, or that it is reached or let go."""

    words = forms.CharField(label=_("What does she want?"), max_length=500, widget=TEXT)
    state = forms.ChoiceField(label=_("How does it stand?"), choices=list(texts.GOAL_STATES.items()), widget=RadioTiles())
    measured_by = forms.CharField(label=_("How will she know it worked?"), required=False, max_length=200)
    row_version = forms.IntegerField(widget=forms.HiddenInput)


class StrengthForm(Keyed):
    """What is strong in the family. Needs never stand without strengths (R-120)."""

    text = forms.CharField(label=_("What is strong?"), max_length=300, widget=TEXT, help_text=_("What works, who helps, what she is proud of."))
    whose = forms.CharField(label=_("Whose strength"), required=False, max_length=120, help_text=_("A name as she says it, such as “Grandmother”."))


class StrengthChangeForm(forms.Form):
    """New words for a strength."""

    text = forms.CharField(label=_("What is strong?"), max_length=300, widget=TEXT)
    whose = forms.CharField(label=_("Whose strength"), required=False, max_length=120)
    row_version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(Keyed):
    """What the team answers to her own words."""

    words = forms.CharField(label=_("Your answer"), max_length=500, widget=TEXT, help_text=_("She reads this. Plain and kind."))
