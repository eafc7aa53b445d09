"""Forms of the questionnaires' room: open, print, read, discuss, follow up, import, and how often."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.commons.forms.keyed import Room, choices
from careloom.infra.ui.fields import MemorableDateField, line
from careloom.infra.ui.widgets import RadioTiles
from careloom.surveys import words
from careloom.surveys.facts import FollowUpFacts, RoundFacts

LARGE, SMALL = forms.Textarea(attrs={"rows": 7}), forms.Textarea(attrs={"rows": 3})


class SurveyRoom(Room):
    """A form of this room."""

    WORDS = words.REFUSALS


def choose(label: Any, *, empty: Any, required: bool = False) -> forms.TypedChoiceField:
    """One row out of a list that the view gives by `offer`."""
    return forms.TypedChoiceField(label=label, coerce=UUID, empty_value=None, required=required, choices=[("", empty)])


def offer(form: forms.Form, name: str, rows: list[tuple[UUID, str]]) -> None:
    """Put rows behind the choice of none of them."""
    field: Any = form.fields[name]
    field.choices = [field.choices[0], *rows]


class OpenForm(SurveyRoom):
    """A round to open."""

    AT = {"PARTNER": "partner_id", "ITEM_SET": "item_set_id", "FOLLOWS": "follows_id", "OPEN_ALREADY": "kind"}
    kind = forms.ChoiceField(label=_("What do you ask?"), choices=choices(words.INSTRUMENTS), widget=RadioTiles(stack=True))
    partner_id = choose(_("Which practice?"), empty=_("Not about one practice"))
    item_set_id = choose(_("Which items?"), empty=_("Those that come with Careloom"))
    follows_id = choose(_("Is it asked again?"), empty=_("No, for the first time"))
    invited = forms.IntegerField(
        label=_("How many people do you ask?"), min_value=1, max_value=5000,
        help_text=_("Members sign in for a code. For others you print codes. At least 5, or 11 where families answer."),
    )  # fmt: skip
    closes_on = MemorableDateField(label=_("Open until"))

    def __init__(self, *args: Any, practices: list[Any], sets: list[Any], past: list[Any], kinds: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "partner_id", practices)
        offer(self, "item_set_id", sets)
        offer(self, "follows_id", past)
        kind: Any = self.fields["kind"]
        kind.choices = [pair for pair in kind.choices if pair[0] in kinds]

    @property
    def facts(self) -> RoundFacts:
        """What was told."""
        return RoundFacts(**{key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version")})


class CodesForm(SurveyRoom):
    """How many codes to print."""

    AT = {"HOW_MANY": "number"}
    number = forms.IntegerField(label=_("How many codes?"), min_value=1, max_value=200, initial=20)


class ReadForm(SurveyRoom):
    """What was read in the answers."""

    reading = forms.CharField(
        label=_("What do you read in it?"), widget=LARGE, max_length=8000,
        help_text=_("Where you stand together, where you differ, and what you would ask each other."),
    )  # fmt: skip
    principles = forms.CharField(
        label=_("A draft of shared principles"),
        widget=SMALL,
        max_length=8000,
        required=False,
        help_text=_("From the statements that nearly all share."),
    )


class DiscussForm(SurveyRoom):
    """What a meeting said about it."""

    AT = {"DISCUSSED_ON": "on", "DISCUSSED": "words"}
    on = MemorableDateField(label=_("When was it discussed?"))
    where = line(_("In which meeting?"), most=120, required=False)
    words = forms.CharField(label=_("What was said?"), widget=LARGE, max_length=8000)


class FollowUpForm(SurveyRoom):
    """What is done about it."""

    AT = {"OWNER": "owner_id"}
    what = line(_("What is to be done?"), most=300, rows=3)
    owner_id = choose(_("Which partner does it?"), empty=_("Choose a partner"), required=True)
    due_on = MemorableDateField(label=_("By when?"))

    def __init__(self, *args: Any, partners: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner_id", partners)

    @property
    def facts(self) -> FollowUpFacts:
        """What was told."""
        told = self.cleaned_data
        return FollowUpFacts(what=told["what"], owner_id=told["owner_id"], due_on=told["due_on"])


class ResultForm(SurveyRoom):
    """What became of it."""

    result = line(_("What became of it?"), most=300, rows=3)


class RhythmForm(SurveyRoom):
    """How often something is looked at again."""

    kind = forms.ChoiceField(label=_("What is looked at again?"), choices=choices(words.RHYTHMS))
    every_months = forms.IntegerField(label=_("Every how many months?"), min_value=1, max_value=36, initial=12)
    next_on = MemorableDateField(label=_("Next time on"))


class ItemsForm(SurveyRoom):
    """An official set of items."""

    AT = {"TITLE_TAKEN": "title"}
    kind = forms.ChoiceField(label=_("For which questionnaire?"), choices=choices({key: words.INSTRUMENTS[key] for key in ("VALUES", "CAPACITY")}))
    title = line(_("Title"), most=120)
    number = line(_("Version"), most=20, hint=_("As its owner writes it."))
    licence = line(_("Whose wording is it, and who allowed you to use it?"), most=300, rows=3)
    file = forms.FileField(
        label=_("File"), allow_empty_file=True,
        help_text=_("CSV with the columns section, id, text and, where a statement is turned round, turned. Or JSON of the same form."),
    )  # fmt: skip
