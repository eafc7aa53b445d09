"""Forms for guidance, proposals and feedback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.changes import words
from careloom.changes.facts import GuidanceFacts, ProposalFacts
from careloom.commons.forms.keyed import Room, choices
from careloom.infra.ui.fields import day, line
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles

Named = list[tuple[UUID, str]]


class ChangeForm(Room):
    """A form of these rooms: its own words for what is refused."""

    WORDS: Mapping[str, Any] = words.REFUSALS

    @property
    def told(self) -> dict[str, Any]:
        """What was told, without the parts that every form has."""
        return {key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version")}


def one_of(label: Any, *, required: bool = True, hint: Any = "") -> forms.TypedChoiceField:
    """A choice among rows; the page says which."""
    return forms.TypedChoiceField(label=label, required=required, coerce=UUID, empty_value=None, help_text=hint)


def some_of(label: Any) -> forms.TypedMultipleChoiceField:
    """Some of several rows; the page says which."""
    return forms.TypedMultipleChoiceField(label=label, required=False, coerce=UUID, widget=CheckboxTiles)


def marks() -> forms.MultipleChoiceField:
    """The types of change (R-064)."""
    return forms.MultipleChoiceField(
        label=_("What type of change is it?"), required=False, choices=choices(words.MARKS), widget=CheckboxTiles,
        help_text=_("Leave it empty where it is neither."),
    )  # fmt: skip


def among(form: forms.Form, name: str, rows: Named, *, empty: Any = "") -> None:
    """Fill a choice with rows; with `empty`, first the choice of none of them."""
    field: Any = form.fields[name]
    field.choices = [*([("", empty)] if empty else []), *rows]


class GuidanceForm(ChangeForm):
    """A new guidance."""

    AT = {"OVERSIGHT": "body_id"}
    title = line(_("Title"), most=120)
    body_id = one_of(_("Which oversight committee issues it?"))
    text = line(_("What is asked, word for word"), most=8000, rows=10)

    def __init__(self, *args: Any, bodies: Named, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among(self, "body_id", bodies)

    @property
    def facts(self) -> GuidanceFacts:
        """What was told."""
        return GuidanceFacts(**self.told)


class VersionForm(ChangeForm):
    """The words of a draft; `first`: nothing stood before it."""

    AT = {"WHY": "changed", "OPEN_VERSION": "text"}
    text = line(_("What is asked, word for word"), most=8000, rows=10)
    changed = line(_("What is new in this version"), most=300, rows=3)

    def __init__(self, *args: Any, first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            self.fields["changed"].required = False
            self.fields["changed"].widget = forms.HiddenInput()


class CommentsForm(ChangeForm):
    """Until when comments are open."""

    until = day(_("Comments are open until"))


class WordsForm(ChangeForm):
    """A few words."""

    AT = {"WHY": "words", "ANSWER": "words"}
    words = line(_("Your words"), most=8000, rows=5)

    def __init__(self, *args: Any, label: Any = "", hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = label or self.fields["words"].label, hint


class IssueForm(ChangeForm):
    """To whom a version goes."""

    AT = {"ADDRESSEES": "partners", "CONSULT_OPEN": "partners"}
    partners = some_of(_("Partners"))
    bodies = some_of(_("Committees, teams and groups"))

    def __init__(self, *args: Any, partners: Named, bodies: Named, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among(self, "partners", partners)
        among(self, "bodies", bodies)


def who_said() -> forms.CharField:
    """Whose answer came on paper."""
    return line(_("Who of them said it, and with which paper?"), most=120, hint=_("Such as: Ada Reed, director, letter of May 4"))


class AnswerForm(ChangeForm):
    """That somebody has read it; on paper, whose answer it is."""

    def __init__(self, *args: Any, paper: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if paper:
            self.fields["who"] = who_said()
        else:
            self.fields["request_key"].required = False  # one press on the page of the guidance carries the version only


class AppliedForm(AnswerForm):
    """Since when somebody works this way."""

    since = day(_("Since when do you work this way?"))
    how = line(_("How do you do it?"), most=300, rows=3)


class ProposalForm(ChangeForm):
    """A change of policy, procedure or practice."""

    AT = {"BODY": "body_id"}
    title = line(_("Title"), most=120)
    kind = forms.ChoiceField(label=_("What would change?"), choices=choices(words.PROPOSALS), widget=RadioTiles())
    body_id = one_of(_("Which body drafts it?"))
    now = line(_("How it is now"), most=8000, rows=4)
    new = line(_("How it should be"), most=8000, rows=4)
    why = line(_("Why, and what it changes for families"), most=8000, rows=4)
    marks = marks()

    def __init__(self, *args: Any, bodies: Named, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among(self, "body_id", bodies)

    @property
    def facts(self) -> ProposalFacts:
        """What was told."""
        return ProposalFacts(**{**self.told, "marks": tuple(self.cleaned_data["marks"])})


class DecisionForm(ChangeForm):
    """What oversight decides about a proposal."""

    AT = {"ANSWER": "words", "STATE": "to"}
    to = forms.ChoiceField(
        label=_("Decision"), widget=RadioTiles(),
        choices=[("APPROVED", _("Approve it")), ("RETURNED", _("Return it to be worked over")), ("DECLINED", _("Decline it"))],
    )  # fmt: skip
    words = line(_("Why"), most=8000, rows=4, hint=_("It goes back to who drafted it, word for word."))


class EffectForm(ChangeForm):
    """From which day a proposal applies."""

    AT = {"EFFECTIVE": "effective_on"}
    effective_on = day(_("In effect since"))


class RestsForm(ChangeForm):
    """What something puts into practice. Each choice is a level and an id."""

    AT = {"UPPER": "uppers"}
    uppers = forms.MultipleChoiceField(label=_("It puts into practice"), required=False, widget=CheckboxTiles)

    def __init__(self, *args: Any, uppers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["uppers"]
        field.choices = uppers
