"""Forms for an agreement: what it is, its parties, clauses, tables, schedule, signatures and what follows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies.words import CATEGORIES
from careloom.agreements import words
from careloom.agreements.checklists import ClauseOf
from careloom.agreements.facts import AgreementFacts, ElementFacts, PartyFacts
from careloom.commons.forms.keyed import Room, choices
from careloom.consents.agreements import PURPOSES
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.kernel.partnership.agreements import Takes

SMALL, LARGE = forms.Textarea(attrs={"rows": 3}), forms.Textarea(attrs={"rows": 6})


class Paper(Room):
    """A form of the agreements, with their words for what an action refused."""

    WORDS = words.REFUSALS


class AgreementForm(Paper):
    """An agreement that is needed, or its title, area and days. `reports`: it is reported on to the Department."""

    kind = forms.ChoiceField(label=_("What kind of agreement is it?"), choices=choices(words.KINDS), widget=RadioTiles(stack=True))
    title = forms.CharField(label=_("Title"), max_length=160)
    because = forms.CharField(label=_("Why is it needed?"), required=False, max_length=2000, widget=SMALL)
    places = forms.CharField(label=_("Counties or Tribes"), required=False, max_length=400, help_text=_("With commas between them."))
    starts_on = MemorableDateField(label=_("The first day"), required=False)
    ends_on = MemorableDateField(label=_("The last day"), required=False, help_text=_("Leave it empty where it has no end."))
    review_on = MemorableDateField(label=_("The day of the yearly review"), required=False)
    frequency = forms.ChoiceField(
        label=_("How often is the Department told how it works?"), required=False, choices=choices(words.FREQUENCIES, empty=_("Not agreed yet"))
    )
    report_due_on = MemorableDateField(label=_("The next report is due by"), required=False)

    @property
    def facts(self) -> AgreementFacts:
        """What was told."""
        told = {key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version", "places")}
        return AgreementFacts(places=tuple(one.strip() for one in self.cleaned_data["places"].split(",") if one.strip()), **told)


class PartyForm(Paper):
    """A party with whom one speaks, who signs, and its contract."""

    AT = {"PARTNER": "partner_id", "PARTNER_TAKEN": "partner_id"}
    partner_id = forms.TypedChoiceField(label=_("Which partner?"), coerce=UUID)
    role = forms.ChoiceField(label=_("In which role?"), choices=choices(words.ROLES), widget=RadioTiles(stack=True))
    contact_name = forms.CharField(label=_("Nominated contact person"), required=False, max_length=120)
    contact_reach = forms.CharField(label=_("How to reach this person"), required=False, max_length=160)
    signer_name = forms.CharField(label=_("Who signs"), required=False, max_length=120)
    signer_title = forms.CharField(label=_("Title of who signs"), required=False, max_length=120)
    contract = forms.CharField(label=_("Reference of its contract with the Department"), required=False, max_length=80)
    manager = forms.CharField(
        label=_("Contract manager"), required=False, max_length=120, help_text=_("The final copy goes into this person’s file.")
    )

    def __init__(self, *args: Any, partners: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["partner_id"]
        field.choices = [("", _("Choose")), *partners]

    @property
    def facts(self) -> PartyFacts:
        """What was told."""
        return PartyFacts(**{key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version")})


class ClauseForm(Paper):
    """What stands in a clause: words, and where the clause asks for it a choice, partners or a body."""

    codes = forms.MultipleChoiceField(label=_("Choose"), required=False, widget=CheckboxTiles(stack=True))
    text = forms.CharField(label=_("In words"), required=False, max_length=8000, widget=LARGE)

    def __init__(self, *args: Any, clause: ClauseOf, partners: list[tuple[UUID, str]], bodies: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[Takes, list[Any]] = {Takes.CODES: list(clause.options.items()), Takes.PARTNERS: partners, Takes.BODY: bodies}
        if clause.rule.takes is Takes.TEXT:
            del self.fields["codes"]
            self.fields["text"].label = clause.label
        else:
            field: Any = self.fields["codes"]
            field.choices = offered[clause.rule.takes]


class LineForm(Paper):
    """A row of one of the tables."""

    AT = {"CELLS": "cell_0"}

    def __init__(self, *args: Any, table: str, stands: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, label in enumerate(words.TABLES[table]):
            self.fields[f"cell_{place}"] = forms.CharField(label=label, required=False, max_length=300)
        if stands:
            self.fields["leaves"] = forms.BooleanField(label=_("Take it off the table"), required=False)

    @property
    def cells(self) -> tuple[str, ...]:
        """What was told, in the order of the columns."""
        return tuple(self.cleaned_data[name] for name in sorted(self.fields) if name.startswith("cell_"))


class ElementForm(Paper):
    """A line of the element schedule."""

    AT = {"DISCLOSER": "discloser_id", "RECIPIENT": "recipient_id"}
    discloser_id = forms.TypedChoiceField(label=_("Who gives?"), coerce=UUID)
    recipient_id = forms.TypedChoiceField(label=_("Who receives?"), coerce=UUID)
    categories = forms.MultipleChoiceField(
        label=_("What may flow?"), widget=CheckboxTiles(stack=True), choices=[(k, v) for k, v in CATEGORIES.items()]
    )
    purposes = forms.MultipleChoiceField(
        label=_("What may it be used for?"), widget=CheckboxTiles(stack=True), choices=[(k, v) for k, v in PURPOSES.items()]
    )

    def __init__(self, *args: Any, parties: list[tuple[UUID, str]], stands: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("discloser_id", "recipient_id"):
            field: Any = self.fields[name]
            field.choices = [("", _("Choose")), *parties]
        if stands:
            self.fields["leaves"] = forms.BooleanField(label=_("Take it off the schedule"), required=False)

    @property
    def facts(self) -> ElementFacts:
        """What was told."""
        told = self.cleaned_data
        return ElementFacts(
            discloser_id=told["discloser_id"],
            recipient_id=told["recipient_id"],
            categories=tuple(told["categories"]),
            purposes=tuple(told["purposes"]),
        )


class WordsForm(Paper):
    """A few words: a comment, an answer to one, or why something ends."""

    AT = {"BECAUSE": "words"}
    words = forms.CharField(label=_("In your words"), max_length=1000, widget=SMALL)


class SignForm(Paper):
    """That a party signs."""

    AT = {"LATER_DAY": "signed_on"}
    name = forms.CharField(label=_("Name of who signs"), max_length=120)
    title = forms.CharField(label=_("Title"), required=False, max_length=120)
    signed_on = MemorableDateField(label=_("Signed on"))
