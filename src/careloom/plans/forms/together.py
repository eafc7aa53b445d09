"""Forms of how members take part, tensions, preferences, systems, copies, and plans that end otherwise than by closing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.plans.presenters.systems import SYSTEMS
from careloom.plans.presenters.together import COPIES, FEATURES, FORMS, STATUSES, TENSIONS, language_choices
from careloom.plans.referrals.forms import METHODS

TEXT = forms.Textarea(attrs={"rows": 2})


class ParticipationForm(Keyed):
    """How one member takes part, from which day."""

    member_id = forms.TypedChoiceField(label=_("Who?"), coerce=UUID, widget=RadioTiles(stack=True))
    status = forms.ChoiceField(label=_("How does this person take part?"), choices=list(STATUSES.items()), widget=RadioTiles())
    starts_on = MemorableDateField(label=_("From which day?"))
    words = forms.CharField(label=_("A few words"), required=False, max_length=300, widget=TEXT)

    def __init__(self, *args: Any, members: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_id"].choices = members  # type: ignore[attr-defined]


class TensionForm(Keyed):
    """Needs that compete, or a crisis."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=list(TENSIONS.items()), widget=RadioTiles())
    words = forms.CharField(label=_("What pulls, or what happened?"), max_length=500, widget=TEXT)
    hers = forms.CharField(label=_("How she sees it"), required=False, max_length=300, widget=TEXT, help_text=_("In her words."))


class ResolveForm(forms.Form):
    """How it was resolved."""

    resolution = forms.CharField(label=_("How does it go on?"), max_length=500, widget=TEXT)
    tension_id = forms.UUIDField(widget=forms.HiddenInput)
    row_version = forms.IntegerField(widget=forms.HiddenInput)


class PreferenceForm(forms.Form):
    """How help should be given. Services are found by the first two."""

    languages = forms.MultipleChoiceField(label=_("Languages in which help must be given"), required=False, widget=CheckboxTiles)
    features = forms.MultipleChoiceField(label=_("What a service must offer"), required=False, choices=list(FEATURES.items()), widget=CheckboxTiles)
    culture = forms.CharField(label=_("Culture and customs that help should respect"), required=False, max_length=300, widget=TEXT)
    faith = forms.CharField(label=_("Faith or spirit"), required=False, max_length=300, widget=TEXT)
    helps = forms.CharField(label=_("What helps"), required=False, max_length=300, widget=TEXT)
    helps_not = forms.CharField(label=_("What does not help"), required=False, max_length=300, widget=TEXT)
    row_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = language_choices()  # type: ignore[attr-defined]


class InvolvementForm(Keyed):
    """A system in her life, from one day on."""

    system = forms.ChoiceField(label=_("Which system?"), choices=list(SYSTEMS.items()), widget=RadioTiles())
    words = forms.CharField(label=_("A few words"), required=False, max_length=200, help_text=_("Such as the name of the court or the school."))
    starts_on = MemorableDateField(label=_("From which day?"))
    ends_on = MemorableDateField(label=_("Until which day?"), required=False, help_text=_("Leave empty while it goes on."))

    def clean(self) -> dict[str, Any]:
        """It ends after it began."""
        clean = super().clean() or {}
        if clean.get("ends_on") and clean.get("starts_on") and clean["ends_on"] < clean["starts_on"]:
            self.add_error("ends_on", _("This is before the first day. Check both days."))
        return clean


class CopyForm(Keyed):
    """A copy that was given."""

    kind = forms.ChoiceField(label=_("What was the copy for?"), choices=list(COPIES.items()), widget=RadioTiles(stack=True))
    form = forms.ChoiceField(label=_("How was it given?"), choices=list(FORMS.items()), widget=RadioTiles())
    language = forms.ChoiceField(label=_("In which language?"), choices=[("en", _("English")), ("es", _("Spanish"))], widget=RadioTiles())
    on = MemorableDateField(label=_("On which day?"))
    place = forms.CharField(
        label=_("Which hospital or clinic, or who received it"), required=False, max_length=160, help_text=_("Not needed for her own copy.")
    )
    reason = forms.CharField(label=_("Why, and on what ground"), required=False, max_length=300, help_text=_("For a copy to somebody else."))

    def __init__(self, *args: Any, in_record: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_record:
            self.fields["kind"].choices = [(code, words) for code, words in COPIES.items() if code != "MEDICAL_RECORD"]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Whose record it is, and why somebody else has a copy."""
        clean = super().clean() or {}
        if clean.get("kind") in {"MEDICAL_RECORD", "OTHER"} and not clean.get("place", "").strip():
            self.add_error("place", _("Write in whose record it is, or who received it."))
        if clean.get("kind") == "OTHER" and not clean.get("reason", "").strip():
            self.add_error("reason", _("Write why this copy was given."))
        return clean


class EndForm(Keyed):
    """A plan that ends otherwise than by closing."""

    what = forms.ChoiceField(label=_("What is to be done?"), widget=RadioTiles(stack=True))
    kept = forms.TypedChoiceField(label=_("The plan that stays"), coerce=UUID, required=False, empty_value=None)
    reason = forms.CharField(label=_("Why?"), max_length=300, widget=TEXT, help_text=_("It stays with the plan and is read by the team."))

    def __init__(self, *args: Any, ways: list[tuple[str, Any]], others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = ways  # type: ignore[attr-defined]
        self.fields["kept"].choices = [("", ""), *others]  # type: ignore[attr-defined]
        if not others:
            del self.fields["kept"]

    def clean(self) -> dict[str, Any]:
        """A plan that is joined needs one that stays."""
        clean = super().clean() or {}
        if clean.get("what") == "MERGE" and not clean.get("kept"):
            self.add_error("kept" if "kept" in self.fields else None, _("Choose the plan that stays."))
        return clean


class DescribeForm(forms.Form):
    """How a planned service is given: its type, length, frequency, place and method (R-120)."""

    service_type = forms.CharField(label=_("What kind of help"), max_length=80)
    frequency = forms.CharField(label=_("How often"), max_length=80)
    length = forms.CharField(label=_("For how long"), max_length=80)
    place = forms.CharField(label=_("Where"), max_length=120, help_text=_("A county or a town, never her address."))
    method = forms.ChoiceField(label=_("How it is given"))
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = METHODS  # type: ignore[attr-defined]
