"""Forms of the inventory: services, standards, and changes that answer a gap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from careloom.commons.forms.keyed import Room, asked_for, choices
from careloom.directory.needs import catalogue
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.inventory import words
from careloom.inventory.facts import CheckFacts, OfferFacts, StandardFacts, StrategyFacts
from careloom.partnership.words import SECTORS

SMALL = forms.Textarea(attrs={"rows": 3})


class InventoryForm(Room):
    """A form of the inventory, with its own words for what is refused."""

    WORDS = words.REFUSALS

    def told(self) -> dict[str, Any]:
        """What was told, without the hidden fields; a list as a tuple."""
        skipped = ("request_key", "version")
        return {key: tuple(value) if isinstance(value, list) else value for key, value in self.cleaned_data.items() if key not in skipped}

    def offer(self, name: str, pairs: Iterable[tuple[Any, Any]]) -> None:
        """Give a field the choices that this page has."""
        field: Any = self.fields[name]
        field.choices = list(pairs)


def need_choices() -> list[tuple[str, Any]]:
    """The needs of the catalogue in groups of their domains."""
    known, language = catalogue(), get_language() or "en"
    return [
        (domain.get(language[:2], domain["en"]), [(entry.code, entry.label(language)) for entry in known.needs.values() if entry.domain == code])
        for code, domain in known.domains.items()
    ]


class OfferForm(InventoryForm):
    """A service of a partner."""

    AT = {"CODES": "points", "PLACE": "places", "LATER_DAY": "said_on"}
    partner_id = forms.TypedChoiceField(label=_("Which partner gives it?"), coerce=UUID)
    name = forms.CharField(label=_("Name of the service"), max_length=120)
    needs = forms.MultipleChoiceField(label=_("Which needs does it answer?"), widget=forms.SelectMultiple(attrs={"size": 10}))
    populations = forms.MultipleChoiceField(label=_("For whom?"), required=False, choices=choices(words.POPULATIONS), widget=CheckboxTiles)
    places = forms.MultipleChoiceField(
        label=_("Where?"), required=False, widget=CheckboxTiles, help_text=_("Leave it empty if it serves every place of the collaborative.")
    )
    payers = forms.MultipleChoiceField(label=_("Who pays?"), required=False, choices=choices(words.PAYERS), widget=CheckboxTiles)
    points = forms.MultipleChoiceField(
        label=_("When does it meet a family?"), required=False, choices=choices(words.POINTS), widget=CheckboxTiles,
        help_text=_("Leave it empty to follow from the needs."),
    )  # fmt: skip
    unit = forms.CharField(label=_("Counted in"), required=False, max_length=40, help_text=_("Such as beds, places or visits a week."))
    most = forms.IntegerField(label=_("How many are there?"), required=False, min_value=0, max_value=100_000)
    room = forms.IntegerField(label=_("How many are free?"), required=False, min_value=0, max_value=100_000)
    said_on = MemorableDateField(label=_("As of"))
    notes = forms.CharField(label=_("What else should one know?"), required=False, max_length=300, widget=SMALL)

    def __init__(self, *args: Any, partners: list[tuple[UUID, str]], places: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("partner_id", asked_for(partners))
        self.offer("places", [(name, name) for name in places])
        self.offer("needs", need_choices())

    @property
    def facts(self) -> OfferFacts:
        """What was told."""
        return OfferFacts(**{key: value for key, value in self.told().items() if key != "partner_id"})


class EndForm(InventoryForm):
    """The last day of something."""

    AT = {"LATER_DAY": "on"}
    on = MemorableDateField(label=_("Last day"))


class StandardForm(InventoryForm):
    """A standard of quality."""

    AT = {"MONTHS": "every_months"}
    system = forms.ChoiceField(label=_("For which delivery system?"), choices=choices(SECTORS))
    name = forms.CharField(label=_("The standard, in one sentence"), max_length=160)
    source = forms.CharField(label=_("Where does it come from?"), required=False, max_length=200, help_text=_("A law, an accreditation, your own."))
    how = forms.CharField(label=_("How is it checked?"), required=False, max_length=300, widget=SMALL)
    every_months = forms.IntegerField(label=_("Checked every how many months?"), min_value=1, max_value=60, initial=12)

    @property
    def facts(self) -> StandardFacts:
        """What was told."""
        return StandardFacts(**self.told())


class CheckForm(InventoryForm):
    """What a check found."""

    AT = {"PARTNER": "partner_id", "LATER_DAY": "on"}
    partner_id = forms.TypedChoiceField(label=_("At which partner?"), coerce=UUID)
    on = MemorableDateField(label=_("Checked on"))
    found = forms.ChoiceField(label=_("What was found?"), choices=choices(words.FOUND), widget=RadioTiles())
    evidence = forms.CharField(label=_("What shows it?"), max_length=400, widget=SMALL, help_text=_("No names of families."))
    checked_by = forms.CharField(label=_("Who checked?"), max_length=120)

    def __init__(self, *args: Any, partners: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("partner_id", asked_for(partners))

    @property
    def facts(self) -> CheckFacts:
        """What was told."""
        return CheckFacts(**self.told())


class StrategyForm(InventoryForm):
    """One of the four ways to answer a gap."""

    AT = {"PARTNER": "partner_id", "DUE": "due_on", "WORDS": "what"}
    need = forms.ChoiceField(label=_("Which need?"))
    place = forms.ChoiceField(label=_("Where?"), required=False)
    way = forms.ChoiceField(label=_("Which way?"), choices=choices(words.WAYS), widget=RadioTiles(stack=True, hints=words.WAY_HINTS))
    what = forms.CharField(label=_("What will change?"), max_length=300, widget=SMALL)
    partner_id = forms.TypedChoiceField(label=_("Which partner owns it?"), coerce=UUID)
    owner = forms.CharField(label=_("Who there?"), max_length=120)
    due_on = MemorableDateField(label=_("By when?"))

    def __init__(self, *args: Any, partners: list[tuple[UUID, str]], places: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("partner_id", asked_for(partners))
        self.offer("place", [("", _("Everywhere")), *((name, name) for name in places)])
        self.offer("need", asked_for(need_choices()))

    @property
    def facts(self) -> StrategyFacts:
        """What was told."""
        return StrategyFacts(**self.told())


class StepForm(InventoryForm):
    """Where a change stands now."""

    progress = forms.ChoiceField(label=_("Where does it stand?"), choices=[pair for pair in words.PROGRESS.items() if pair[0] != "PLANNED"])
    words = forms.CharField(label=_("What happened?"), max_length=400, widget=SMALL)
