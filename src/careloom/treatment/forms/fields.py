"""Fields that several forms of treatment share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui import answering
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles

GAPS: Mapping[str, Any] = {
    "HAPPENED_ON": _("Write a day that is today or before."),
    "ENDS_ON": _("Write an end that is not before the start and not after today."),
    "ENDED_HOW": _("Say how it ended, and only where it has ended."),
    "PROGRAM": _("Write the name of the other program."),
    "OPEN_ALREADY": _("There is an open time in treatment here already. Write down how that one ended first."),
    "FROM_ON": _("Write a first day that is not after the last."),
    "NEXT_ON": _("Write a next meeting that is after this one."),
    "COPY_GIVEN_ON": _("Write the day of the copy: not before the meeting and not after today."),
    "COPY_HOW": _("Say how she got the copy, together with the day."),
    "REVIEWED_ON": _("Write a day of review that is not before the test and not after today."),
    "REVIEW": _("Write who reviewed it, on which day, and what it means: all three, or none yet."),
    "HELD_ON": _("Write a day that is today or before."),
    "NOT_HELD": _("Write on which day you asked her, together with what she said."),
    "EMPTY": _("Write at least one thing of her plan."),
    "BECAUSE": _("Say why."),
    "SERVICES": _("Choose what she was given; write it down where it is something else."),
    "BORN_ON": _("Write the day of a birth within the last six months."),
    "NOT_OPEN": _("This request was answered meanwhile. Nothing was changed."),
}
OTHER = _("Choose or write something here.")


class Entered(answering.Answering):
    """A form whose refusals come back as codes, each shown at its field where there is one."""

    AT = {"REVIEW": "meaning", "OPEN_ALREADY": "happened_on", "NOT_HELD": "held_on", "EMPTY": "triggers"}

    def gap(self, code: str) -> Any:
        """What to do next, in words."""
        return GAPS.get(code, OTHER)


class Keyed(Entered, answering.Keyed):
    """A form that makes one row however often it is sent."""


def one_of(label: Any, words: Mapping[str, Any], *, stack: bool = False, required: bool = True, hint: Any = "", **kwargs: Any) -> forms.ChoiceField:
    """One answer out of a few, as tiles."""
    return forms.ChoiceField(label=label, choices=choices(words), widget=RadioTiles(stack=stack), required=required, help_text=hint, **kwargs)


def some_of(label: Any, words: Mapping[str, Any], *, required: bool = False, hint: Any = "") -> forms.MultipleChoiceField:
    """Any number of answers, as tiles."""
    return forms.MultipleChoiceField(label=label, choices=choices(words), widget=CheckboxTiles(stack=True), required=required, help_text=hint)


def choices(words: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Codes with their words; of a state only the words."""
    return [(code, told[0] if isinstance(told, tuple) else told) for code, told in words.items()]
