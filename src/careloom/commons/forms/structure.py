"""Forms for a collaborative, a partner, a body and what they adopt."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.commons.forms.keyed import Room, choices
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.partnership import words
from careloom.partnership.facts import BodyFacts, CharterFacts, CollaborativeFacts, PartnerFacts, VisionFacts

SMALL, LARGE = forms.Textarea(attrs={"rows": 3}), forms.Textarea(attrs={"rows": 6})


class CollaborativeForm(Room):
    """A new collaborative."""

    AT = {"NAME_TAKEN": "name", "LATER_DAY": "starts_on"}
    name = forms.CharField(label=_("Name"), max_length=120)
    reach = forms.ChoiceField(label=_("What is it for?"), choices=choices(words.REACHES), widget=RadioTiles())
    places = forms.CharField(label=_("Counties or Tribes"), required=False, max_length=400, help_text=_("With commas between them."))
    new = forms.TypedChoiceField(
        label=_("Where do you begin?"), coerce=lambda text: text == "1", widget=RadioTiles(stack=True),
        choices=[("1", _("We begin anew")), ("0", _("We work together already and widen what there is"))],
    )  # fmt: skip
    starts_on = MemorableDateField(label=_("Since when?"))

    @property
    def facts(self) -> CollaborativeFacts:
        """What was told."""
        told = self.cleaned_data
        places = tuple(text.strip() for text in told["places"].split(",") if text.strip())
        return CollaborativeFacts(name=told["name"], reach=told["reach"], places=places, new=told["new"], starts_on=told["starts_on"])


class PartnerForm(Room):
    """A partner of a collaborative. `runs`: the reader may say which agency it is."""

    AT = {"NAME_TAKEN": "name", "LATER_DAY": "joined_on", "AGENCY": "agency_id", "AGENCY_TAKEN": "agency_id"}
    name = forms.CharField(label=_("Name"), max_length=120)
    agency_id = forms.TypedChoiceField(
        label=_("Does it work in Careloom?"), required=False, coerce=UUID, empty_value=None,
        help_text=_("Its workers then see these rooms. They see no family more than before."),
    )  # fmt: skip
    sectors = forms.MultipleChoiceField(label=_("What kind of partner is it?"), choices=choices(words.SECTORS), widget=CheckboxTiles)
    kinds = forms.MultipleChoiceField(label=_("And also"), required=False, choices=choices(words.KINDS), widget=CheckboxTiles)
    streams = forms.MultipleChoiceField(
        label=_("In which services does it work?"), required=False, choices=choices(words.STREAMS), widget=CheckboxTiles
    )
    brings = forms.CharField(
        label=_("What does it bring?"), required=False, max_length=2000, widget=SMALL, help_text=_("Knowledge, staff, money, data, rooms, training.")
    )
    joined_on = MemorableDateField(label=_("Since when?"))

    def __init__(self, *args: Any, agencies: list[tuple[UUID, str]], runs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency_id"]
        field.choices = [("", _("No, or not yet")), *agencies]
        if not runs:
            del self.fields["agency_id"], self.fields["joined_on"]

    def facts(self, *, joined_on: date) -> PartnerFacts:
        """What was told; `joined_on` where the form does not ask."""
        told = self.cleaned_data
        return PartnerFacts(
            name=told["name"], sectors=tuple(told["sectors"]), joined_on=told.get("joined_on") or joined_on, agency_id=told.get("agency_id"),
            kinds=tuple(told["kinds"]), streams=tuple(told["streams"]), brings=told["brings"],
        )  # fmt: skip


class BodyForm(Room):
    """A committee, team or group."""

    AT = {"NAME_TAKEN": "name", "LATER_DAY": "starts_on", "LEAD": "lead_id", "SECTORS": "not_needed"}
    name = forms.CharField(label=_("Name"), max_length=120)
    tier = forms.ChoiceField(label=_("Which tier?"), choices=choices(words.TIERS), widget=RadioTiles())
    stood_before = forms.BooleanField(
        label=_("It stood before and takes this on"), required=False, help_text=_("Such as a commission or a task force of the state.")
    )
    focus = forms.CharField(label=_("What it works on"), required=False, max_length=300, widget=SMALL)
    lead_id = forms.TypedChoiceField(label=_("Which partner leads it?"), required=False, coerce=UUID, empty_value=None)
    convened_by = forms.CharField(
        label=_("What convenes it?"), required=False, max_length=200, help_text=_("A statute, an executive order, a charter.")
    )
    reports_to = forms.CharField(label=_("To whom does it report?"), required=False, max_length=120)
    quorum = forms.IntegerField(
        label=_("How many must be there to decide?"),
        required=False,
        min_value=0,
        max_value=200,
        help_text=_("Leave it empty if you have not agreed on it."),
    )
    not_needed = forms.MultipleChoiceField(
        label=_("Which kinds of partner does it do without?"), required=False, widget=CheckboxTiles,
        choices=[pair for pair in words.SECTORS.items() if pair[0] != "FAMILIES"],
    )  # fmt: skip
    starts_on = MemorableDateField(label=_("Since when?"))

    def __init__(self, *args: Any, partners: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["lead_id"]
        field.choices = [("", _("None yet")), *partners]

    @property
    def facts(self) -> BodyFacts:
        """What was told."""
        told = {key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version")}
        return BodyFacts(**{**told, "not_needed": tuple(told["not_needed"]), "quorum": told["quorum"] or 0})


class CharterForm(Room):
    """The next version of a charter."""

    AT = {"LATER_DAY": "adopted_on"}
    processes = forms.CharField(label=_("How we work together"), widget=LARGE, max_length=8000)
    roles = forms.CharField(label=_("Who does what"), widget=LARGE, max_length=8000)
    protocols = forms.CharField(label=_("Our protocols"), widget=SMALL, required=False, max_length=8000)
    rule = forms.ChoiceField(label=_("How we decide"), choices=choices(words.RULES), widget=RadioTiles(stack=True))
    rule_words = forms.CharField(label=_("More about it"), required=False, max_length=300)
    disputes = forms.CharField(
        label=_("When we disagree"), required=False, widget=SMALL, max_length=8000,
        help_text=_("The steps, how long each takes, who stands between, who decides at last."),
    )  # fmt: skip
    adopted_on = MemorableDateField(label=_("Adopted on"))

    @property
    def facts(self) -> CharterFacts:
        """What was told."""
        return CharterFacts(**{key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version")})


class VisionForm(Room):
    """The next version of what a collaborative is for."""

    AT = {"LATER_DAY": "adopted_on", "REVIEW": "review_on"}
    mission = forms.CharField(label=_("Mission"), widget=SMALL, max_length=8000)
    vision = forms.CharField(label=_("Vision"), widget=SMALL, max_length=8000)
    principles = forms.CharField(label=_("Principles"), widget=LARGE, max_length=8000)
    equity = forms.CharField(
        label=_("Equity"), widget=SMALL, max_length=8000,
        help_text=_("What you do so that all families have the same access and fare equally well."),
    )  # fmt: skip
    adopted_on = MemorableDateField(label=_("Adopted on"))
    review_on = MemorableDateField(label=_("Look at it again on"))

    @property
    def facts(self) -> VisionFacts:
        """What was told."""
        return VisionFacts(**{key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version")})
