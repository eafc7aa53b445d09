"""Forms of the aims: shared outcomes, looks at them, what comes first, what agencies want, and proposed measures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.aims import facts as told_as
from careloom.aims import words
from careloom.commons.forms.changes import one_of
from careloom.commons.forms.changes_sheets import SheetForm, radios
from careloom.commons.indicators import indicator_choices
from careloom.infra.ui.fields import day, line
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles


class AimsForm(SheetForm):
    """A form of the aims, with their own words for what is refused."""

    WORDS = words.REFUSALS
    ROWS: dict[str, Any] = {}

    def __init__(self, *args: Any, rows: dict[str, list[tuple[UUID, str]]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, rows=rows or {}, **kwargs)


def number(label: Any, *, required: bool = False, hint: Any = "") -> forms.DecimalField:
    """A value in the unit of an indicator."""
    return forms.DecimalField(label=label, required=required, min_value=0, max_digits=14, decimal_places=3, help_text=hint)


def whole(label: Any, *, required: bool = True, most: int = 100_000_000, least: int = 0, hint: Any = "") -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(label=label, required=required, min_value=least, max_value=most, help_text=hint)


def indicator(label: Any, *, required: bool = False, hint: Any = "") -> forms.ChoiceField:
    """One indicator of the pack, or none."""
    return forms.ChoiceField(label=label, required=required, choices=indicator_choices, help_text=hint)


def several_indicators(label: Any, *, required: bool = True, hint: Any = "") -> forms.MultipleChoiceField:
    """Some of the indicators of the pack."""
    return forms.MultipleChoiceField(
        label=label, required=required, choices=lambda: indicator_choices()[1:], widget=forms.SelectMultiple(attrs={"size": 8}), help_text=hint
    )


class AimForm(AimsForm):
    """A shared outcome."""

    FACTS = told_as.AimFacts
    ROWS = {"proposal_id": _("None"), "owner_id": "", "body_id": ""}
    AT = {
        "MEASURE": "indicator", "VALUE": "baseline", "FEW": "baseline", "DIRECTION": "target", "OWNER": "owner_id", "BODY": "body_id",
        "LATER_DAY": "agreed_on", "REVIEW": "review_on",
    }  # fmt: skip
    outcome = line(_("The outcome"), most=160, hint=_("As families would say it, such as: babies go home with their mothers."))
    success = line(_("What would be success?"), most=400, rows=2)
    indicator = indicator(_("By which indicator do we know?"))
    proposal_id = one_of(_("Or by a measure that is proposed"), required=False)
    candidates = several_indicators(_("What else could tell?"), required=False, hint=_("Indicators that were thought of."))
    goal = radios(_("Which way is better?"), words.GOALS)
    baseline = number(_("Where did we stand?"), hint=_("For a share the number of 100. A count from 1 to 10 is not kept."))
    baseline_period = line(_("In which time?"), most=60, required=False, hint=_("Such as 2025."))
    baseline_source = line(_("Where does that number come from?"), most=200, required=False)
    target = number(_("Where do we want to stand?"))
    target_by = day(_("By when?"), required=False)
    owner_id = one_of(_("Which partner answers for it?"))
    owner_name = line(_("Who there?"), most=120)
    body_id = one_of(_("Which committee or group agreed on it?"))
    agreed_on = day(_("Agreed on"))
    review_on = day(_("Look at it again on"))


class LookForm(AimsForm):
    """A look at an aim."""

    FACTS = told_as.LookFacts
    AT = {"FEW": "value", "LATER_DAY": "on", "REVIEW": "next_on"}
    on = day(_("Looked at on"))
    seen = line(_("What did you see?"), most=1000, rows=3, hint=_("No names of families."))
    follows = line(_("What follows, and who does it?"), most=500, rows=2, required=False)
    value = number(_("The number, where you have one"), hint=_("A count from 1 to 10 is not kept."))
    period = line(_("Of which time?"), most=60, required=False)
    source = line(_("Where does the number come from?"), most=200, required=False)
    next_on = day(_("Look at it again on"))


class FirstForm(AimsForm):
    """That an aim comes first for a year."""

    FACTS = told_as.PriorityFacts
    ROWS = {"body_id": ""}
    AT = {"OVERSIGHT": "body_id", "YEAR_TAKEN": "year"}
    year = whole(_("In which year?"), most=2100, least=2000)
    body_id = one_of(_("Which oversight committee says so?"))
    why = line(_("Why?"), most=400, rows=2)


class DesireForm(AimsForm):
    """What an agency wants for families."""

    FACTS = told_as.DesireFacts
    ROWS = {"partner_id": ""}
    AT = {"PARTNER": "partner_id"}
    partner_id = one_of(_("Which agency?"))
    words = line(_("What does it want for families?"), most=300, rows=2, hint=_("In its own words."))
    measured_by = line(_("How does it know today?"), most=200, required=False)
    aims = forms.TypedMultipleChoiceField(
        label=_("Which shared outcomes is that?"),
        required=False,
        coerce=UUID,
        widget=CheckboxTiles(stack=True),
        help_text=_("None, where it is none of them yet."),
    )

    def __init__(self, *args: Any, shared: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["aims"]
        field.choices = shared
        if not shared:
            del self.fields["aims"]


class EndForm(AimsForm):
    """The last day of something."""

    AT = {"LATER_DAY": "on"}
    on = day(_("Last day"))


class MeasureForm(AimsForm):
    """A measure that is proposed."""

    FACTS = told_as.ProposalFacts
    AT = {"INDICATOR": "instead_of"}
    name = line(_("What is it called?"), most=120)
    question = line(_("What does it ask?"), most=300, rows=2)
    counted = line(_("What is counted?"), most=400, rows=2)
    among = line(_("Among whom?"), most=400, rows=2)
    source = line(_("From which data?"), most=200)
    whom = radios(_("Whom does it speak of?"), words.WHOM)
    kind = radios(_("What kind of number is it?"), words.KINDS, stack=True)
    goal = radios(_("Which way is better?"), words.GOALS)
    instead_of = indicator(_("Which indicator would it replace or sharpen?"), hint=_("None, where it is new."))
    why = line(_("Why would it be better?"), most=1000, rows=3)


class QualityForm(AimsForm):
    """How one point of a measure is judged."""

    judged = forms.ChoiceField(label=_("Does it hold?"), choices=list(words.JUDGED.items()), widget=RadioTiles)
    evidence = line(_("What shows it?"), most=1000, rows=3)


class RulingForm(AimsForm):
    """What a committee decided about a measure."""

    FACTS = told_as.RulingFacts
    ROWS = {"body_id": ""}
    AT = {"BODY": "body_id", "LATER_DAY": "decided_on", "QUALITY": "result"}
    result = radios(_("What was decided?"), words.RESULTS)
    becomes = forms.ChoiceField(
        label=_("What becomes of it, where it is accepted?"), required=False, choices=[("", _("Nothing")), *words.BECOMES.items()],
        widget=RadioTiles(stack=True),
    )  # fmt: skip
    why = line(_("Why?"), most=1000, rows=3)
    body_id = one_of(_("Who decided?"))
    decided_on = day(_("Decided on"))
