"""Forms for what partners know of each other. They parse; the registers' form is made from what a register asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.commons.forms.keyed import Room, choices
from careloom.infra.ui.fields import day, line
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.kernel.partnership.knowing import PROFILE, QUESTIONS, SELF_SAID, ProcessStep, Why
from careloom.knowledge import words
from careloom.knowledge.guides import Guide
from careloom.knowledge.queries import choices_for
from careloom.knowledge.registers import Asks, Kind, Register
from careloom.partnership.standing import Standing

WRONG: dict[Kind, Any] = {
    Kind.DAY: _("This day is still to come. Give today or an earlier day."),
    Kind.LINK: _("Give the whole link, beginning with https."),
    Kind.YEAR: _("Give a year between 1950 and now."),
    Kind.NUMBER: _("Give a number from 0 to 100,000."),
    Kind.HOURS: _("Give hours, such as 1.5."),
    Kind.PERCENT: _("Give a percentage from 0 to 100."),
    Kind.ONE: _("Choose from the list."),
    Kind.MANY: _("Choose at least one."),
    Kind.ROW: _("Choose from the list."),
}


class Knowing(Room):
    """A form of these rooms."""

    WORDS = words.REFUSALS
    AT = {"LATER_DAY": "as_of"}


class EntryForm(Room):
    """A line of a register."""

    def __init__(self, *args: Any, register: Register, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        for ask in register.asks:
            self.fields[ask.name] = _field(ask, standing, register)
        self.WORDS = {ask.name.upper(): WRONG.get(ask.kind, _("Write it in a few words.")) for ask in register.asks}

    @property
    def told(self) -> dict[str, Any]:
        """What was told, by field."""
        return {ask.name: self.cleaned_data.get(ask.name) for ask in self.register.asks}


def _field(ask: Asks, standing: Standing, register: Register) -> forms.Field:
    given: dict[str, Any] = {"label": ask.label, "required": ask.required, "help_text": ask.hint}
    if ask.kind is Kind.ONE:
        many = len(ask.options or {}) > 5
        pairs = choices(ask.options or {}, empty="-" if many else "")
        return forms.ChoiceField(choices=pairs, widget=forms.Select() if many else RadioTiles(), **given)
    if ask.kind is Kind.MANY:
        return forms.MultipleChoiceField(choices=choices(ask.options or {}), widget=CheckboxTiles, **given)
    if ask.kind is Kind.ROW:
        rows = [("", "-"), *choices_for(standing, register, ask)]
        return forms.TypedChoiceField(choices=rows, coerce=UUID, empty_value=None, **given)
    if ask.kind is Kind.YES:
        return forms.BooleanField(label=ask.label, required=False, help_text=ask.hint)
    if ask.kind in (Kind.DAY, Kind.COMING):
        return day(ask.label, required=ask.required, hint=ask.hint)
    if ask.kind in (Kind.NUMBER, Kind.YEAR):
        return forms.IntegerField(min_value=0, **given)
    if ask.kind in (Kind.HOURS, Kind.PERCENT):
        return forms.DecimalField(min_value=0, decimal_places=1, max_digits=4, **given)
    if ask.kind is Kind.LINK:
        return forms.URLField(assume_scheme="https", max_length=ask.most, **given)
    if ask.kind is Kind.MAIL:
        return forms.EmailField(max_length=ask.most, **given)
    if ask.kind is Kind.TAGS:
        return _Tags(max_length=400, **given)
    return line(ask.label, most=ask.most, rows=3 if ask.kind is Kind.LONG else 0, required=ask.required, hint=ask.hint)


class _Tags(forms.CharField):
    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        return tuple(text.strip() for text in super().to_python(value).split(",") if text.strip())


class ProfileForm(Knowing):
    """A section of a partner's profile."""

    AT = {"LATER_DAY": "as_of", "NOTHING": "__all__"}

    def __init__(self, *args: Any, section: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = PROFILE[section]
        for part in self.parts:
            hint = words.PART_HINTS.get(part, "")
            self.fields[part] = line(words.PARTS[part], most=4000, rows=4, required=False, hint=hint)
        self.fields["as_of"] = day(_("As of"))

    @property
    def told(self) -> dict[str, str]:
        """Text by part."""
        return {part: self.cleaned_data.get(part, "") for part in self.parts}


class SettleForm(Knowing):
    """How a difference was settled."""

    words = line(_("What we agree on"), most=4000, rows=4)
    as_of = day(_("Agreed on"))


class TermForm(Knowing):
    """A word."""

    AT = {"NAME_TAKEN": "name"}
    name = line(_("The word"), most=60, hint=_("Such as treatment, screening, case or safe."))


class MeaningForm(Knowing):
    """What a word means at a partner."""

    words = line(_("What does it mean at your agency?"), most=600, rows=4)
    source = line(_("Where is that written?"), most=200, required=False, hint=_("A statute, a manual, a contract."))


class AgreeForm(Knowing):
    """What a word means to all."""

    AT = {"LATER_DAY": "agreed_on"}
    words = line(_("What it means when we work together"), most=600, rows=4, hint=_("It stands beside the word on workers' pages."))
    plain = line(_("In plain words, for families"), most=300, rows=2, required=False, hint=_("It stands beside the word on their pages."))
    plain_es = line(_("The same in Spanish"), most=300, rows=2, required=False)
    agreed_on = day(_("Agreed on"))


class RolesForm(Knowing):
    """Who does what: letters for each step and partner."""

    AT = {"LATER_DAY": "adopted_on"}

    def __init__(self, *args: Any, partners: list[tuple[UUID, str]], first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells: dict[tuple[str, str], str] = {}
        for step in ProcessStep:
            for pk, name in partners:
                field = f"{step}_{pk}"
                self.cells[step.value, str(pk)] = field
                self.fields[field] = forms.CharField(
                    label=f"{words.STEPS[step]}: {name}",
                    required=False,
                    max_length=8,
                    widget=forms.TextInput(attrs={"size": 4, "autocomplete": "off"}),
                )
        whys = [(code, text) for code, text in words.WHYS.items() if (code == Why.FIRST) == first]
        self.fields["why"] = forms.ChoiceField(label=_("Why a new version?"), choices=whys, widget=RadioTiles(stack=True))
        self.fields["words"] = line(_("More about it"), most=300, rows=2, required=False)
        self.fields["adopted_on"] = day(_("Adopted on"))

    @property
    def told(self) -> dict[str, dict[str, str]]:
        """Letters by step and partner."""
        found: dict[str, dict[str, str]] = {}
        for (step, partner), field in self.cells.items():
            if self.cleaned_data.get(field):
                found.setdefault(step, {})[partner] = self.cleaned_data[field]
        return found


class AnswerForm(Knowing):
    """A member's answers to a guide."""

    def __init__(self, *args: Any, guide: Guide, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, question in zip(QUESTIONS, guide.questions, strict=True):
            self.fields[f"q{number}"] = line(question, most=1000, rows=3, required=False)

    @property
    def told(self) -> dict[int, str]:
        """Answers by the number of the question."""
        return {number: self.cleaned_data.get(f"q{number}", "") for number in QUESTIONS}


class TaskForm(Knowing):
    """A task of one's own. `outreach`: it may be for a rural place."""

    AT = {"PARTNER": "partner_id"}
    words = line(_("What is to be done?"), most=200)
    partner_id = forms.TypedChoiceField(label=_("Who does it?"), coerce=UUID, required=False, empty_value=None)
    due_on = day(_("By when?"), required=False)
    rural = forms.BooleanField(label=_("For a rural place"), required=False)

    def __init__(self, *args: Any, partners: list[tuple[UUID, str]], outreach: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["partner_id"]
        field.choices = [("", "-"), *partners]
        if not outreach:
            del self.fields["rural"]


class DoneForm(Knowing):
    """A task that was done."""

    AT = {"LATER_DAY": "on"}
    on = day(_("Done on"))
    note = line(_("Who was there, or how it went"), most=300, rows=2, required=False)


class ReviewForm(Knowing):
    """A look at something, and when the next one is."""

    AT = {"LATER_DAY": "held_on", "NEXT": "next_on"}
    words = line(_("What we found"), most=4000, rows=5)
    outcomes = line(_("What families' outcomes show"), most=4000, rows=4, required=False)
    held_on = day(_("When was it?"))
    next_on = day(_("Look again on"))

    def __init__(self, *args: Any, equity: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if equity:
            self.fields["words"].label = _("Do our policies and procedures give all families the same access?")
        else:
            del self.fields["outcomes"]


class SelfForm(Knowing):
    """What a member says of herself; all of it may stay empty."""

    race = forms.MultipleChoiceField(
        label=words.DIMENSIONS["RACE"], required=False, widget=CheckboxTiles, choices=[(code, words.SELF_SAID[code]) for code in SELF_SAID["RACE"]]
    )
    place = forms.ChoiceField(
        label=words.DIMENSIONS["PLACE"], required=False, choices=[("", "-"), *((code, words.SELF_SAID[code]) for code in SELF_SAID["PLACE"])]
    )
    language = forms.ChoiceField(
        label=words.DIMENSIONS["LANGUAGE"], required=False, choices=[("", "-"), *((code, words.SELF_SAID[code]) for code in SELF_SAID["LANGUAGE"])]
    )


class ProcessForm(Knowing):
    """How disputes are settled."""

    AT = {"LATER_DAY": "adopted_on"}
    steps = line(_("The steps, one on a line, with its days after a colon"), most=4000, rows=5, hint=_("Such as: The two talk with each other: 10"))
    neutral = line(_("Who stands between the partners?"), most=160)
    decider = line(_("Who decides at last?"), most=160)
    adopted_on = day(_("Adopted on"))


class DisputeForm(Knowing):
    """A dispute."""

    AT = {"LATER_DAY": "opened_on", "NO_PROCESS": "__all__"}
    subject = line(_("What is it about?"), most=160)
    words = line(_("What happened?"), most=4000, rows=5, hint=_("Name no family."))
    partners = forms.TypedMultipleChoiceField(label=_("Between which partners?"), coerce=UUID, widget=CheckboxTiles)
    hands = forms.TypedMultipleChoiceField(
        label=_("Who else may know of it?"), coerce=UUID, widget=CheckboxTiles, required=False,
        help_text=_("You, and these members. Nobody else learns that there is a dispute."),
    )  # fmt: skip
    opened_on = day(_("Since when?"))

    def __init__(self, *args: Any, partners: list[tuple[UUID, str]], members: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["partners"].choices, fields["hands"].choices = partners, members


class StepForm(Knowing):
    """What was done at a step of a dispute."""

    AT = {"LATER_DAY": "on", "BEFORE": "on"}
    step = forms.TypedChoiceField(label=_("At which step?"), coerce=int)
    on = day(_("On"))
    words = line(_("What was done, and what came of it?"), most=4000, rows=4)

    def __init__(self, *args: Any, steps: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["step"]
        field.choices = list(enumerate(steps, start=1))


class CloseForm(Knowing):
    """How a dispute ended."""

    AT = {"LATER_DAY": "on", "BEFORE": "on"}
    outcome = line(_("How did it end?"), most=4000, rows=4)
    on = day(_("On"))
