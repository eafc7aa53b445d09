"""Forms for what lasts and for the rule for data."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.commons.forms.inventory import SMALL, InventoryForm
from careloom.commons.forms.keyed import choices
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import RadioTiles
from careloom.inventory import words
from careloom.inventory.facts import DataRuleFacts, FundFacts, HesitationFacts, KeepFacts, LessonFacts, PromisingFacts, ReachFacts, SustainFacts

LARGE = forms.Textarea(attrs={"rows": 5})


class WithPartner(InventoryForm):
    """A form that names a partner, or none."""

    AT = {"PARTNER": "partner_id"}
    NONE: Any = _("The collaborative itself")

    def __init__(self, *args: Any, partners: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("partner_id", [("", self.NONE), *partners] if self.NONE else partners)


class FundForm(WithPartner):
    """Money with its end."""

    name = forms.CharField(label=_("Name of the money"), max_length=120, help_text=_("Such as a grant, a contract or a line of a budget."))
    payer = forms.ChoiceField(label=_("Where does it come from?"), choices=choices(words.PAYERS))
    pays_for = forms.CharField(label=_("What does it pay for?"), max_length=200)
    partner_id = forms.TypedChoiceField(label=_("Who holds it?"), required=False, coerce=UUID, empty_value=None)
    dollars = forms.IntegerField(label=_("Dollars a year"), required=False, min_value=0, max_value=2_000_000_000)
    until = MemorableDateField(label=_("Last day"), required=False)
    after = forms.ChoiceField(label=_("What follows it?"), choices=choices(words.AFTERS), widget=RadioTiles(stack=True))
    after_words = forms.CharField(label=_("More about it"), required=False, max_length=300, widget=SMALL)

    @property
    def facts(self) -> FundFacts:
        """What was told."""
        return FundFacts(**self.told())


class KeepForm(WithPartner):
    """What becomes of a change."""

    NONE = _("Nobody yet")
    name = forms.CharField(label=_("Which change?"), max_length=160)
    kind = forms.ChoiceField(label=_("What is it about?"), choices=choices(words.KINDS), widget=RadioTiles())
    stay = forms.ChoiceField(label=_("What becomes of it?"), choices=choices(words.STAYS), widget=RadioTiles(), initial="UNDECIDED")
    why = forms.CharField(label=_("Why?"), required=False, max_length=400, widget=SMALL)
    partner_id = forms.TypedChoiceField(label=_("Which partner keeps it?"), required=False, coerce=UUID, empty_value=None)
    keeper = forms.CharField(label=_("Who there writes it down and looks after it?"), required=False, max_length=120)
    written_at = forms.CharField(label=_("Where is it written down?"), required=False, max_length=200)
    look_on = MemorableDateField(label=_("Look at it again on"), required=False)

    @property
    def facts(self) -> KeepFacts:
        """What was told."""
        return KeepFacts(**self.told())


class LessonForm(InventoryForm):
    """Something the collaborative knows."""

    AT = {"LATER_DAY": "on"}
    kind = forms.ChoiceField(label=_("What is it?"), choices=choices(words.LESSONS), widget=RadioTiles())
    name = forms.CharField(label=_("In one line"), max_length=160)
    words = forms.CharField(label=_("What was decided or learned, and why"), widget=LARGE, max_length=4000, help_text=_("No names of families."))
    on = MemorableDateField(label=_("When?"))
    keeper = forms.CharField(label=_("Who can tell more?"), max_length=120)

    @property
    def facts(self) -> LessonFacts:
        """What was told."""
        return LessonFacts(**self.told())


class PromisingForm(InventoryForm):
    """How far one of the seven strategies is in place."""

    AT = {"CODE": "here", "LATER_DAY": "looked_on"}
    here = forms.ChoiceField(label=_("How far is it in place?"), choices=choices(words.HERE), widget=RadioTiles())
    evidence = forms.CharField(label=_("What shows it?"), required=False, max_length=400, widget=SMALL)
    since = MemorableDateField(label=_("Since when?"), required=False)
    looked_on = MemorableDateField(label=_("Looked at on"))

    def facts(self, *, code: str) -> PromisingFacts:
        """What was told of the strategy `code`."""
        return PromisingFacts(code=code, **self.told())


class SustainForm(InventoryForm):
    """The sustainability plan."""

    AT = {"REVIEW": "review_on", "GOAL": "reach_goal"}
    relationships = forms.CharField(
        label=_("Relationships"), widget=LARGE, max_length=4000, help_text=_("Who must go on working together, and what holds them together?")
    )
    resources = forms.CharField(
        label=_("Resources"), widget=LARGE, max_length=4000, help_text=_("Which people, money, rooms and data must stay, and who provides them?")
    )
    results = forms.CharField(
        label=_("Results"), widget=LARGE, max_length=4000, help_text=_("Which results show leaders and payers that this is worth keeping?")
    )
    scale_up = forms.CharField(
        label=_("How it grows"), required=False, widget=SMALL, max_length=4000, help_text=_("To more families, more places, more kinds of help.")
    )
    reach_goal = forms.IntegerField(label=_("Share of families to reach, of 100"), required=False, min_value=1, max_value=100)
    reach_by = MemorableDateField(label=_("Until when?"), required=False)
    review_on = MemorableDateField(label=_("Look at it again on"))

    @property
    def facts(self) -> SustainFacts:
        """What was told."""
        return SustainFacts(**self.told())


class ReachForm(InventoryForm):
    """Families reached in a month. The numbers of services and of families with a plan are filled in."""

    AT = {"MONTH_TAKEN": "month"}
    month = MemorableDateField(label=_("Any day of the month"))
    families = forms.IntegerField(
        label=_("Families served"), required=False, min_value=0, max_value=10_000_000,
        help_text=_("A number from 1 to 10 is not kept, only that they were few."),
    )  # fmt: skip
    eligible = forms.IntegerField(
        label=_("Families it is meant for"), required=False, min_value=0, max_value=10_000_000,
        help_text=_("As births, surveys or claims let you estimate. Not kept where from 1 to 10 would be left who were not reached."),
    )  # fmt: skip
    source = forms.CharField(label=_("Where do the numbers come from?"), max_length=200)

    def facts(self, *, kinds: int, services: int) -> ReachFacts:
        """What was told, with the scope as the inventory stands."""
        return ReachFacts(kinds=kinds, services=services, **self.told())


class HesitationForm(WithPartner):
    """What keeps a partner from sharing data."""

    NONE = ""
    AT = {"PARTNER": "partner_id", "EASED": "eased_by", "LATER_DAY": "eased_on"}
    partner_id = forms.TypedChoiceField(label=_("Which partner?"), coerce=UUID)
    kind = forms.ChoiceField(label=_("What keeps it?"), choices=choices(words.FEARS), widget=RadioTiles(stack=True))
    words = forms.CharField(label=_("In its words"), max_length=400, widget=SMALL)
    eased_by = forms.CharField(label=_("What eased it?"), required=False, max_length=400, widget=SMALL)
    eased_on = MemorableDateField(label=_("Eased since"), required=False)

    @property
    def facts(self) -> HesitationFacts:
        """What was told."""
        return HesitationFacts(**self.told())


class DataRuleForm(InventoryForm):
    """The next version of the rule for data."""

    AT = {"LATER_DAY": "adopted_on"}
    words = forms.CharField(label=_("What we use each other’s numbers for"), widget=LARGE, max_length=4000)
    never = forms.CharField(label=_("What we never use them for"), widget=LARGE, max_length=4000)
    adopted_on = MemorableDateField(label=_("Adopted on"))

    @property
    def facts(self) -> DataRuleFacts:
        """What was told."""
        return DataRuleFacts(**self.told())


class YesForm(InventoryForm):
    """That a partner agrees. `version` is the version of the rule that was read."""

    AT = {"OWNER": "said_by"}
    said_by = forms.CharField(label=_("Who agrees for the partner?"), max_length=120, help_text=_("Name and title."))
