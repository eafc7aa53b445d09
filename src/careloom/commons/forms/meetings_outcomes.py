"""Forms for what a meeting comes to, and for what partners bring."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.barriers import words as barrier_words
from careloom.barriers.facts import DecisionFacts as BarrierDecision
from careloom.commons.forms.keyed import choices
from careloom.commons.forms.meetings import FAMILIES, MeetingRoom
from careloom.infra.ui.fields import MemorableDateField, line
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.kernel.partnership import Progress
from careloom.meetings import words
from careloom.meetings.facts import (
    CommitmentFacts,
    ContributionFacts,
    DecisionFacts,
    DissentFacts,
    LoadFacts,
    PriorityFacts,
    PromiseFacts,
    VisitFacts,
)
from careloom.meetings.models import Meeting
from careloom.partnership.models import Partner, Seat

KEYS = ("request_key", "version")
BARRIER = ("decision", "assigned_to_id", "due_on")


class DecisionForm(MeetingRoom):
    """What the body decides. `votes`: its charter counts them."""

    AT = {"FAMILIES": "for_families", "VOTES": "votes_for", "NO_QUORUM": "result", "NO_CHARTER": "result"}
    proposal = line(_("What is decided?"), most=500, rows=2)
    for_families = line(FAMILIES, most=400, rows=2)
    result = forms.ChoiceField(label=_("What came of it?"), choices=choices(words.RESULTS), widget=RadioTiles())
    votes_for = forms.IntegerField(label=_("For"), required=False, min_value=0, max_value=500)
    votes_against = forms.IntegerField(label=_("Against"), required=False, min_value=0, max_value=500)
    abstained = forms.IntegerField(label=_("Abstained"), required=False, min_value=0, max_value=500)

    def __init__(self, *args: Any, votes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not votes:
            for name in ("votes_for", "votes_against", "abstained"):
                del self.fields[name]

    @property
    def facts(self) -> DecisionFacts:
        """What was told."""
        return DecisionFacts(**{key: value for key, value in self.cleaned_data.items() if key not in KEYS})


class BarrierDecisionForm(DecisionForm):
    """What the body decides about a barrier that waits for it; where it is adopted and says what becomes of it, the barrier moves with it."""

    WORDS = barrier_words.REFUSALS | words.REFUSALS
    AT = DecisionForm.AT | {
        "DECISION": "decision", "REASON": "proposal", "WORDS": "proposal", "LEADS_BACK": "proposal", "DUE_ON": "due_on",
        "ASSIGNED_TO": "assigned_to_id",
    }  # fmt: skip
    decision = forms.ChoiceField(
        label=_("What becomes of the barrier?"), choices=choices(barrier_words.DECISIONS), widget=RadioTiles(stack=True), required=False,
        help_text=_("Where this is adopted it goes back with this decision to who sent it up. Leave it empty and the barrier stays in the queue."),
    )  # fmt: skip
    assigned_to_id = forms.TypedChoiceField(
        label=_("To which team?"), required=False, coerce=UUID, empty_value=None, help_text=_("Otherwise it goes back to who sent it up.")
    )
    due_on = MemorableDateField(label=_("By when?"), required=False)

    def __init__(self, *args: Any, bodies: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assigned_to_id"]
        field.choices = [("", _("Back to who sent it up")), *bodies]

    @property
    def facts(self) -> DecisionFacts:
        """The decision as the minutes keep it."""
        return DecisionFacts(**{key: value for key, value in self.cleaned_data.items() if key not in (*KEYS, *BARRIER)})

    @property
    def outcome(self) -> BarrierDecision:
        """What becomes of the barrier."""
        return BarrierDecision(words=self.cleaned_data["proposal"], **{key: self.cleaned_data[key] for key in BARRIER})


class DissentForm(MeetingRoom):
    """A reservation or dissent, named or nameless."""

    AT = {"CONSENSUS": "kind", "SEAT": "seat_id"}
    kind = forms.ChoiceField(label=_("Which is it?"), choices=choices(words.DISSENTS), widget=RadioTiles(), initial="RESERVATION")
    seat_id = forms.TypedChoiceField(label=_("Whose?"), required=False, coerce=UUID, empty_value=None)
    words = line(_("In which words?"), most=400, rows=2)

    def __init__(self, *args: Any, seats: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["seat_id"]
        field.choices = [("", _("Without a name")), *((seat.pk, seat.name) for seat in seats)]

    @property
    def facts(self) -> DissentFacts:
        """What was told."""
        return DissentFacts(**{key: value for key, value in self.cleaned_data.items() if key not in KEYS})


class PromiseForm(MeetingRoom):
    """Who does what by when."""

    AT = {"OWNER": "owner_id", "DUE": "due_on"}
    what = line(_("What will be done?"), most=300)
    owner_id = forms.TypedChoiceField(label=_("Who does it?"), coerce=UUID)
    due_on = MemorableDateField(label=_("By when?"))
    for_families = line(FAMILIES, most=400, rows=2, required=False)

    def __init__(self, *args: Any, seats: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner_id"]
        field.choices = [("", _("Choose")), *((seat.pk, seat.name) for seat in seats)]

    @property
    def facts(self) -> PromiseFacts:
        """What was told."""
        return PromiseFacts(**{key: value for key, value in self.cleaned_data.items() if key not in KEYS})


class GoOnForm(MeetingRoom):
    """How a promise stands now."""

    AT = {"MOVE": "state", "WHY": "words"}
    state = forms.ChoiceField(label=_("How does it stand?"), widget=RadioTiles(stack=True))
    words = line(_("In a few words"), most=400, rows=2, required=False, hint=_("Needed where something blocks it."))

    def __init__(self, *args: Any, moves: Iterable[Progress], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["state"]
        field.choices = [(move.value, words.MOVES[move]) for move in moves]


class CommitmentForm(MeetingRoom):
    """What a partner commits."""

    mission = line(_("Why does this still matter to you?"), most=300, rows=2, hint=_("In your words. The others read it."))
    hours = forms.IntegerField(label=_("Staff hours each quarter"), min_value=0, max_value=20000)
    funds = forms.IntegerField(label=_("Dollars each quarter"), min_value=0, max_value=100_000_000, initial=0)
    in_kind = line(_("Rooms, vans, training and the like"), most=200, required=False)

    @property
    def facts(self) -> CommitmentFacts:
        """What was told."""
        return CommitmentFacts(**{key: value for key, value in self.cleaned_data.items() if key not in KEYS})


class ContributionForm(MeetingRoom):
    """What a partner brought in a quarter."""

    quarter = forms.TypedChoiceField(label=_("Which quarter?"), coerce=date.fromisoformat)
    hours = forms.IntegerField(
        label=_("Staff hours beside meetings"), min_value=0, max_value=20000, initial=0, help_text=_("Hours in meetings are counted already.")
    )
    funds = forms.IntegerField(label=_("Dollars"), min_value=0, max_value=100_000_000, initial=0)
    in_kind = line(_("Rooms, vans, training and the like"), most=200, required=False)

    def __init__(self, *args: Any, quarters: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["quarter"]
        field.choices = list(quarters)

    @property
    def facts(self) -> ContributionFacts:
        """What was told."""
        return ContributionFacts(**{key: value for key, value in self.cleaned_data.items() if key not in KEYS})


class LoadForm(MeetingRoom):
    """What weighs on a partner this month."""

    AT = {"NUMBERS": "words", "LATER_DAY": "words"}
    caseload = forms.IntegerField(label=_("Families for each worker"), required=False, min_value=0, max_value=999)
    turnover = forms.IntegerField(label=_("Of 100 staff, how many left within a year?"), required=False, min_value=0, max_value=300)
    budget = forms.IntegerField(
        label=_("Budget against last year, of 100 dollars"), required=False, min_value=-100, max_value=300, help_text=_("-8 for a cut of 8 of 100.")
    )
    words = line(_("In your words"), most=300, rows=2, required=False)

    def facts(self, *, month: date) -> LoadFacts:
        """What was told of a month."""
        return LoadFacts(month=month, **{key: value for key, value in self.cleaned_data.items() if key not in KEYS})


class PriorityForm(MeetingRoom):
    """Evidence that a leader made this a priority."""

    AT = {"LATER_DAY": "on"}
    kind = forms.ChoiceField(label=_("What is it?"), choices=choices(words.PRIORITIES), widget=RadioTiles(stack=True))
    what = line(_("What does it say?"), most=200, rows=2)
    signed_by = line(_("Who signed it?"), most=120)
    where = line(_("Where can it be read?"), most=200, hint=_("A file, a link, the page of a plan."))
    on = MemorableDateField(label=_("Signed on"))
    until = MemorableDateField(label=_("In force until"), required=False)

    @property
    def facts(self) -> PriorityFacts:
        """What was told."""
        return PriorityFacts(**{key: value for key, value in self.cleaned_data.items() if key not in KEYS})


class VisitForm(MeetingRoom):
    """A visit to one partner before a meeting."""

    AT = {"PARTNER": "partner_id", "LATER_DAY": "on"}
    partner_id = forms.TypedChoiceField(label=_("Which partner?"), coerce=UUID)
    on = MemorableDateField(label=_("When?"))
    who = line(_("With whom did you speak?"), most=200)
    heard = line(_("What did you hear?"), most=4000, rows=4, hint=_("No names of families."))
    asks = line(_("What does the partner ask for?"), most=300, required=False)
    meeting_id = forms.TypedChoiceField(label=_("Before which meeting?"), required=False, coerce=UUID, empty_value=None)

    def __init__(self, *args: Any, partners: Iterable[Partner], meetings: Iterable[tuple[Meeting, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["partner_id"].choices = [("", _("Choose")), *((one.pk, one.name) for one in partners)]
        fields["meeting_id"].choices = [("", _("None in particular")), *((one.pk, said) for one, said in meetings)]

    @property
    def facts(self) -> VisitFacts:
        """What was told."""
        return VisitFacts(**{key: value for key, value in self.cleaned_data.items() if key not in KEYS})


class PartsForm(MeetingRoom):
    """For which parts of a work group's minimum a partner stands."""

    parts = forms.MultipleChoiceField(label=_("Whom does this partner stand for in work groups?"), required=False, widget=CheckboxTiles)

    def __init__(self, *args: Any, parts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["parts"]
        field.choices = list(parts)
