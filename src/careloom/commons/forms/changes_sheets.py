"""Forms for strategies, practices, laws, answers, stories, the library, help and courses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.changes import facts as told_as
from careloom.changes import words
from careloom.commons.forms.changes import ChangeForm, Named, among, marks, one_of
from careloom.commons.forms.keyed import choices
from careloom.commons.indicators import indicator_choices
from careloom.infra.ui.fields import day, line
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.partnership.words import SECTORS, TIERS

COMMAS = _("With commas between them.")


def radios(label: Any, among: Any, *, stack: bool = False) -> forms.ChoiceField:
    """One of a few."""
    return forms.ChoiceField(label=label, choices=choices(among), widget=RadioTiles(stack=stack))


def several(label: Any, among: Any) -> forms.MultipleChoiceField:
    """At least one of several."""
    return forms.MultipleChoiceField(label=label, choices=choices(among), widget=CheckboxTiles)


class SheetForm(ChangeForm):
    """A form whose fields are those of its facts: lists become tuples, texts with commas too."""

    FACTS: Any = None
    COMMAS: tuple[str, ...] = ()
    #: Choices among rows that the page gives: the field and, where none may be chosen, the words for none.
    ROWS: dict[str, Any] = {}

    def __init__(self, *args: Any, rows: dict[str, Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, empty in self.ROWS.items():
            among(self, name, rows[name], empty=empty)

    @property
    def facts(self) -> Any:
        """What was told."""
        told = {key: tuple(value) if isinstance(value, list) else value for key, value in self.told.items()}
        for name in self.COMMAS:
            told[name] = tuple(text.strip() for text in told[name].split(",") if text.strip())
        return self.FACTS(**told)


class StrategyForm(SheetForm):
    """A strategy for systems change."""

    FACTS, COMMAS = told_as.StrategyFacts, ("outcomes",)
    ROWS = {"owner_id": "", "known_id": _("None")}
    AT = {"OWNER": "owner_id", "KNOWN": "known_id", "EVALUATED": "evaluated_on"}
    title = line(_("Title"), most=120)
    what = line(_("What is done"), most=8000, rows=4)
    does = radios(_("What does it do?"), words.DOES)
    tier = radios(_("At which tier?"), TIERS)
    owner_id = one_of(_("Who answers for it?"))
    stage = radios(_("How far did it come?"), words.STAGES)
    outcomes = line(_("For which outcomes"), most=800, rows=2, hint=COMMAS)
    known_id = one_of(_("From the library"), required=False)
    marks = marks()
    result = line(_("What the evaluation found"), most=8000, rows=4, required=False)
    evaluated_on = day(_("Evaluated on"), required=False)


class PracticeForm(SheetForm):
    """A practice or a marker of effective practice."""

    FACTS = told_as.PracticeFacts
    AT = {"FAMILY": "family_how", "LATER_DAY": "adopted_on"}
    title = line(_("Title"), most=120)
    what = line(_("What workers do"), most=8000, rows=4)
    place = line(_("Where"), most=120, required=False)
    marker = forms.BooleanField(label=_("It is a marker of effective practice"), required=False)
    marks = marks()
    family_how = line(_("How families were asked"), most=300, required=False, hint=_("Before a marker is adopted, families are asked."))
    family_on = day(_("When families were asked"), required=False)
    family_said = line(_("What they said, and what changed because of it"), most=8000, rows=3, required=False)
    adopted_on = day(_("Adopted on"), required=False, hint=_("Leave it empty while it is proposed."))


class StatuteForm(SheetForm):
    """A law as the scan found it."""

    FACTS = told_as.StatuteFacts
    AT = {"LATER_DAY": "looked_on", "NAME_TAKEN": "citation"}
    citation = line(_("Citation"), most=120)
    kind = radios(_("What is it?"), words.LAWS)
    says = line(_("What it says"), most=8000, rows=4)
    asks = line(_("What it asks of us"), most=8000, rows=3, required=False)
    gap = line(_("Where practice falls short"), most=8000, rows=3, required=False)
    looked_on = day(_("Read on"))
    ends_on = day(_("Not in force since"), required=False)


class DefinitionForm(SheetForm):
    """The next version of what an affected infant is."""

    FACTS = told_as.DefinitionFacts
    ROWS = {"body_id": ""}
    AT = {"BODY": "body_id", "LATER_DAY": "adopted_on"}
    text = line(_("The definition, word for word"), most=8000, rows=5)
    covers = several(_("It covers"), words.COVERS)
    citation = line(_("On which law or rule it stands"), most=120)
    changed = line(_("What is new in this version"), most=300, rows=2, required=False)
    body_id = one_of(_("Who adopted it?"))
    adopted_on = day(_("Adopted on"))


class AnswerForm(SheetForm):
    """An answer to one of the six questions."""

    FACTS = told_as.AnswerFacts
    AT = {"LATER_DAY": "answered_on"}
    question = forms.CharField(widget=forms.HiddenInput)
    place = forms.CharField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(label=_("Answer"), widget=RadioTiles(stack=True))
    answer = line(_("In words"), most=8000, rows=3)
    rationale = line(_("Why"), most=8000, rows=3)
    approved_by = line(_("Approved by"), most=120)
    answered_on = day(_("On"))

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["choice"]
        field.choices = choices(words.CHOICES[question])


class LessonForm(SheetForm):
    """A story of a place."""

    FACTS, COMMAS = told_as.LessonFacts, ("tags",)
    title = line(_("Title"), most=120)
    place = line(_("Place"), most=80)
    words = line(_("The story"), most=8000, rows=5, hint=_("Nothing that could tell who a family is."))
    worked = forms.TypedChoiceField(
        label=_("Did it work?"), coerce=lambda text: text == "1", choices=[("1", _("It worked")), ("0", _("It did not work"))], widget=RadioTiles(),
    )  # fmt: skip
    learned = line(_("What one learns from it"), most=8000, rows=3)
    tags = line(_("Tags"), most=200, required=False, hint=COMMAS)
    shared = forms.BooleanField(label=_("Share it with other collaboratives"), required=False)


class KnownForm(SheetForm):
    """A strategy of the library."""

    FACTS = told_as.KnownFacts
    AT = {"NAME_TAKEN": "name"}
    name = line(_("Name"), most=120)
    what = line(_("What it is"), most=8000, rows=4)
    evidence = radios(_("How well is it known to work?"), words.EVIDENCE)
    source = line(_("Source"), most=300)
    populations = several(_("For whom?"), words.POPULATIONS)
    systems = several(_("In which systems?"), SECTORS)


class AssistanceForm(SheetForm):
    """Help that is asked for."""

    FACTS = told_as.AssistanceFacts
    AT = {"LATER_DAY": "asked_on", "ANSWER_DAY": "answered_on"}
    title = line(_("Title"), most=120)
    asks = line(_("What you ask for"), most=8000, rows=4)
    of = line(_("Whom you ask"), most=120)
    asked_on = day(_("Asked on"))
    answer = line(_("The answer"), most=8000, rows=4, required=False)
    answered_on = day(_("Answered on"), required=False)
    follows = line(_("What follows from it"), most=8000, rows=3, required=False)
    follows_who = line(_("Who does it"), most=120, required=False)
    follows_by = day(_("By when"), required=False)
    done_on = day(_("Done on"), required=False)


class PriorityForm(SheetForm):
    """What is decided about an indicator."""

    FACTS = told_as.PriorityFacts
    ROWS = {"owner_id": "", "body_id": ""}
    AT = {"OWNER": "owner_id", "BODY": "body_id", "FIX_PLAN": "plan", "LATER_DAY": "decided_on", "REVIEW": "review_on"}
    indicator = forms.ChoiceField(label=_("Indicator"), choices=indicator_choices)
    course = radios(_("What do we do?"), words.COURSES)
    why = line(_("Why"), most=8000, rows=3)
    plan = line(_("How"), most=8000, rows=3, required=False, hint=_("For what is fixed or spread."))
    owner_id = one_of(_("Who answers for it?"))
    body_id = one_of(_("Who decides?"))
    decided_on = day(_("Decided on"))
    review_on = day(_("Look at it again on"))
