"""Forms for barriers: raising, triage, what was tried, sending up, deciding, telling back, tries in cycles, and posting down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from careloom.barriers import words as texts
from careloom.barriers.facts import BarrierFacts, CycleEnd, CycleFacts, DecisionFacts, PostingFacts, TriageFacts
from careloom.commons.forms.keyed import Room, choices
from careloom.directory.needs import catalogue
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import RadioTiles

SMALL, LARGE = forms.Textarea(attrs={"rows": 3}), forms.Textarea(attrs={"rows": 5})
NOBODY = _("No name, no day, no telephone number, nothing of one family. A distance or a count may stand.")
FRAME = ("request_key", "version")
Pairs = list[tuple[Any, Any]]


def domains() -> Pairs:
    """The kinds of service in the reader's language."""
    spoken = (get_language() or "en")[:2]
    return [(code, labels.get(spoken, labels["en"])) for code, labels in catalogue().domains.items()]


class Barred(Room):
    """A form about barriers."""

    WORDS = texts.REFUSALS

    @property
    def told(self) -> dict[str, Any]:
        """What was told, without the frame of the form."""
        return {key: value for key, value in self.cleaned_data.items() if key not in FRAME}

    def offer(self, **lists: Pairs) -> None:
        """Give each choice its list."""
        fields: dict[str, Any] = self.fields
        for name, pairs in lists.items():
            fields[name].choices = pairs


class BarrierForm(Barred):
    """A barrier or an idea."""

    AT = {"LEADS_BACK": "words", "PARTNER": "partner_id"}
    kind = forms.ChoiceField(label=_("What is it?"), choices=choices(texts.KINDS), widget=RadioTiles(stack=True), initial="CHALLENGE")
    title = forms.CharField(label=_("In one short line"), max_length=120)
    words = forms.CharField(label=_("What happens, and to how many?"), max_length=2000, widget=LARGE, help_text=NOBODY)
    cause = forms.ChoiceField(label=_("What is the reason?"), required=False)
    service = forms.ChoiceField(label=_("Which kind of service?"), required=False)
    county = forms.ChoiceField(label=_("Where?"), required=False)
    partner_id = forms.TypedChoiceField(label=_("For which partner do you speak?"), required=False, coerce=UUID, empty_value=None)

    def __init__(self, *args: Any, places: list[str], partners: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everywhere = [("", _("Everywhere")), *((place, place) for place in places)]
        self.offer(cause=choices(texts.CAUSES, empty=str(_("I cannot say"))), service=[("", _("None or several")), *domains()], county=everywhere)
        if len(partners) > 1:
            self.offer(partner_id=[("", _("None")), *partners])
        else:
            del self.fields["partner_id"]

    @property
    def facts(self) -> BarrierFacts:
        """What was told."""
        return BarrierFacts(**self.told)


class TriageForm(Barred):
    """What becomes of a barrier. `given`: words came with it, and `hers` among them may be used."""

    AT = {"BODY": "body_id", "OWNER": "owner_id", "JOINED_TO": "joined_to_id", "LEADS_BACK": "reason"}
    does = forms.ChoiceField(label=_("What becomes of it?"), choices=choices(texts.TRIAGES), widget=RadioTiles(stack=True), initial="TRIAGE")
    body_id = forms.TypedChoiceField(label=_("Which team takes it?"), required=False, coerce=UUID, empty_value=None)
    owner_id = forms.TypedChoiceField(label=_("Who owns it there?"), required=False, coerce=UUID, empty_value=None)
    joined_to_id = forms.TypedChoiceField(
        label=_("The same as"), required=False, coerce=UUID, empty_value=None, help_text=_("Only where you join it to another.")
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=120)
    words = forms.CharField(label=_("What stands in the way, for any family?"), required=False, max_length=2000, widget=SMALL, help_text=NOBODY)
    quote = forms.CharField(
        label=_("Her words, typed again"), required=False, max_length=300, widget=SMALL,
        help_text=_("She allowed it. Change what others could know her by. The words above are gone once you are done."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why?"), required=False, max_length=600, widget=SMALL, help_text=_("Who raised it reads this. Needed where it is not a barrier.")
    )

    def __init__(self, *args: Any, bodies: Pairs, seats: Pairs, others: Pairs, hers: bool, from_families: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(body_id=[("", _("None")), *bodies], owner_id=[("", _("Nobody yet")), *seats], joined_to_id=[("", _("None")), *others])
        if not hers:
            del self.fields["quote"]
        if not from_families:
            del self.fields["title"], self.fields["words"]

    @property
    def facts(self) -> TriageFacts:
        """What was told."""
        return TriageFacts(**self.told)


class TryForm(Barred):
    """What was tried. Who leads may hand it to another."""

    AT = {"LEADS_BACK": "words", "OWNER": "owner_id"}
    words = forms.CharField(label=_("What did you try, and what came of it?"), max_length=2000, widget=LARGE, help_text=NOBODY)
    owner_id = forms.TypedChoiceField(label=_("Who owns it?"), required=False, coerce=UUID, empty_value=None)
    cross_system = forms.BooleanField(label=_("One system alone cannot change it"), required=False)

    def __init__(self, *args: Any, seats: Pairs, leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(owner_id=[("", _("As it is")), *seats])
        if not leads:
            del self.fields["owner_id"], self.fields["cross_system"]


class UpForm(Barred):
    """Sending it to the next tier."""

    AT = {"LEADS_BACK": "asks", "BODY": "asks"}
    tried = forms.CharField(label=_("What was tried, and what came of it?"), required=False, max_length=2000, widget=LARGE, help_text=NOBODY)
    asks = forms.CharField(label=_("What should they do?"), max_length=1000, widget=SMALL)
    cross_system = forms.BooleanField(
        label=_("One system alone cannot change it"), required=False, help_text=_("Oversight takes only what needs several systems together.")
    )


class DecideForm(Barred):
    """The decision of oversight."""

    AT = {"LEADS_BACK": "words", "REASON": "words", "ASSIGNED_TO": "assigned_to_id"}
    decision = forms.ChoiceField(label=_("What do you decide?"), choices=choices(texts.DECISIONS), widget=RadioTiles(stack=True))
    words = forms.CharField(label=_("In words"), required=False, max_length=2000, widget=LARGE, help_text=_("The tier and who raised it read this."))
    assigned_to_id = forms.TypedChoiceField(
        label=_("To which team?"), required=False, coerce=UUID, empty_value=None, help_text=_("Otherwise it goes back to who sent it up.")
    )
    due_on = MemorableDateField(label=_("By when?"))

    def __init__(self, *args: Any, bodies: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(assigned_to_id=[("", _("Back to who sent it up")), *bodies])

    @property
    def facts(self) -> DecisionFacts:
        """What was told."""
        return DecisionFacts(**self.told)


class OutcomeForm(Barred):
    """Into what it turns."""

    AT = {"LEADS_BACK": "words"}
    outcome_kind = forms.ChoiceField(label=_("What does it turn into?"), choices=choices(texts.OUTCOMES), widget=RadioTiles(stack=True))
    words = forms.CharField(label=_("Its title, or a few words"), max_length=200)


class WordsForm(Barred):
    """A few words. `label` is the question."""

    AT = {"LEADS_BACK": "words", "NOT_YET": "words"}
    words = forms.CharField(max_length=2000, widget=LARGE, help_text=NOBODY)

    def __init__(self, *args: Any, label: str, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].required = label, needed


class TellForm(Barred):
    """The answer to who raised it, and to families."""

    AT = {"LEADS_BACK": "words"}
    words = forms.CharField(label=_("The answer to who raised it"), max_length=2000, widget=LARGE)
    plain = forms.CharField(
        label=_("For families, in English"), required=False, max_length=300, widget=SMALL,
        help_text=_("Plain words. Mothers read them on their page."),
    )  # fmt: skip
    plain_es = forms.CharField(label=_("For families, in Spanish"), required=False, max_length=300, widget=SMALL)


class CycleForm(Barred):
    """A try as it is planned."""

    AT = {"LEADS_BACK": "change", "RUNNING": "change"}
    change = forms.CharField(label=_("Plan: what do you try?"), max_length=1000, widget=SMALL)
    stakeholders = forms.CharField(label=_("Who takes part?"), max_length=300, help_text=_("Families, workers, partners."))
    measure = forms.CharField(label=_("What do you count?"), max_length=200)
    before = forms.DecimalField(label=_("How much is it now?"), required=False, max_digits=8, decimal_places=1)
    aim = forms.DecimalField(label=_("How much should it be?"), required=False, max_digits=8, decimal_places=1)
    starts_on = MemorableDateField(label=_("From"))
    due_on = MemorableDateField(label=_("Until"))

    @property
    def facts(self) -> CycleFacts:
        """What was told."""
        return CycleFacts(**self.told)


class CycleEndForm(Barred):
    """How a try went."""

    AT = {"LEADS_BACK": "happened", "LATER_DAY": "ended_on", "BEFORE": "ended_on"}
    happened = forms.CharField(label=_("Do: what happened?"), max_length=1000, widget=SMALL, help_text=NOBODY)
    after = forms.DecimalField(label=_("How much is it after?"), required=False, max_digits=8, decimal_places=1)
    learned = forms.CharField(label=_("Study: what did you learn?"), max_length=1000, widget=SMALL)
    result = forms.ChoiceField(label=_("Act: what follows?"), choices=choices(texts.RESULTS), widget=RadioTiles(stack=True))
    ended_on = MemorableDateField(label=_("Ended on"))

    @property
    def facts(self) -> CycleEnd:
        """What was told."""
        return CycleEnd(**self.told)


class PostingForm(Barred):
    """What is posted down."""

    AT = {"POSTED": "kind", "LEADS_BACK": "words"}
    body_id = forms.TypedChoiceField(label=_("From"), coerce=UUID)
    to_id = forms.TypedChoiceField(label=_("To"), required=False, coerce=UUID, empty_value=None)
    kind = forms.ChoiceField(label=_("What is it?"), choices=choices(texts.POSTED), widget=RadioTiles())
    title = forms.CharField(label=_("Title"), max_length=120)
    words = forms.CharField(label=_("In words"), max_length=2000, widget=LARGE)
    barrier_id = forms.TypedChoiceField(label=_("It answers"), required=False, coerce=UUID, empty_value=None)

    def __init__(self, *args: Any, bodies: Pairs, below: Pairs, barriers: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(body_id=bodies, to_id=[("", _("All teams below")), *below], barrier_id=[("", _("No barrier")), *barriers])

    @property
    def facts(self) -> PostingFacts:
        """What was told."""
        return PostingFacts(**self.told)
