"""The form by which somebody who comes from nowhere gets a record: the least by which she is called, known again and reached."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from careloom.infra import clock
from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import RadioTiles
from careloom.people.actions import PersonFacts
from careloom.plans.forms.people import LANGUAGES


class MotherForm(Keyed):
    """A mother as she says who she is."""

    given_name = forms.CharField(label=_("First name"), max_length=80)
    family_name = forms.CharField(label=_("Last name"), max_length=80)
    preferred_name = forms.CharField(label=_("What she likes to be called"), max_length=80, required=False, help_text=_("If it is another name."))
    birth_date = MemorableDateField(label=_("Date of birth"), required=False, help_text=_("So that nobody writes her down twice."))
    language = forms.ChoiceField(label=_("Her language"), choices=LANGUAGES, widget=RadioTiles(), initial="en")
    wants_interpreter = forms.BooleanField(label=_("She wants an interpreter"), required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=20, required=False,
        help_text=_("Nobody uses it before she says how she may be reached. You write that down next to her plan."),
    )  # fmt: skip
    county = forms.CharField(label=_("County where she lives"), max_length=40, required=False, help_text=_("Services near her are shown first."))

    def clean_birth_date(self) -> object:
        """A day that was."""
        day = self.cleaned_data["birth_date"]
        if day is not None and day > clock.today():
            raise ValidationError(_("This day has not come yet. Check the year."))
        return day

    @property
    def facts(self) -> PersonFacts:
        """What was filled in."""
        clean = self.cleaned_data
        same = ("given_name", "family_name", "preferred_name", "birth_date", "language", "wants_interpreter", "phone", "county")
        return PersonFacts(role="MOTHER", **{name: clean[name] for name in same})
