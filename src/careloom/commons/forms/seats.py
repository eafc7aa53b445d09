"""Forms for a member's seat."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.commons.forms.keyed import Room, asked_for, choices
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.partnership import words
from careloom.partnership.facts import SeatFacts
from careloom.partnership.models import Seat

#: What a member may say about herself without leading the body.
OWN = ("title", "expertise", "lived", "supports", "line_to", "line_how", "line_days", "needs_authority")


class SeatForm(Room):
    """A seat. `leads`: the reader leads the body; otherwise it is her own seat and only what she brings and needs is asked."""

    AT = {"PARTNER": "partner_id", "WORKER": "worker_id", "WORKER_SITS": "worker_id", "ONE_CHAIR": "office", "DAYS": "line_days"} | {
        "LATER_DAY": "starts_on", "TERM": "term_ends_on"
    }  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=120)
    partner_id = forms.TypedChoiceField(label=_("For which partner?"), coerce=UUID)
    worker_id = forms.TypedChoiceField(
        label=_("Does this member sign in to Careloom?"), required=False, coerce=UUID, empty_value=None, help_text=_("Only a worker of that partner.")
    )
    office = forms.ChoiceField(label=_("As what?"), choices=choices(words.OFFICES), widget=RadioTiles(), initial="MEMBER")
    lens = forms.CharField(label=_("Through which lens, as a co-chair?"), required=False, max_length=80, help_text=_("Such as child protection."))
    level = forms.ChoiceField(label=_("Where in the agency?"), required=False, choices=choices(words.LEVELS, empty="-"), widget=forms.Select)
    authority = forms.ChoiceField(label=_("What may this member decide?"), required=False, choices=choices(words.AUTHORITIES, empty="-"))
    decides = forms.BooleanField(label=_("A key decision maker of the agency"), required=False)
    money = forms.BooleanField(label=_("Knows financing and budgets"), required=False)
    lived = forms.MultipleChoiceField(
        label=_("Lived experience"), required=False, choices=choices(words.LIVED), widget=CheckboxTiles, help_text=_("Only what the member says.")
    )
    supports = forms.MultipleChoiceField(
        label=_("What makes it possible to take part"), required=False, choices=choices(words.SUPPORTS), widget=CheckboxTiles
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=80)
    expertise = forms.CharField(label=_("Knows about"), required=False, max_length=200)
    line_to = forms.CharField(label=_("Who decides in the agency?"), required=False, max_length=120, help_text=_("The name of a leader."))
    line_how = forms.CharField(label=_("How is a decision obtained?"), required=False, max_length=200)
    line_days = forms.IntegerField(label=_("Business days it takes"), required=False, min_value=0, max_value=260)
    needs_authority = forms.CharField(label=_("What would this member have to be allowed?"), required=False, max_length=200)
    granted_on = MemorableDateField(label=_("Allowed since"), required=False)
    starts_on = MemorableDateField(label=_("Member since"))
    term_ends_on = MemorableDateField(label=_("Term ends on"), required=False)

    def __init__(self, *args: Any, partners: list[tuple[UUID, str]], workers: list[tuple[UUID, str]], leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["partner_id"].choices = asked_for(partners)
        fields["worker_id"].choices = [("", _("No, or not yet")), *workers]
        if not leads:
            for name in set(fields) - {*OWN, "request_key", "version"}:
                del fields[name]

    def facts(self, *, row: Seat | None) -> SeatFacts:
        """What was told; what the form does not ask is as it stands in `row`."""
        told = {key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version")}
        kept = {name: getattr(row, name) for name in SeatFacts.__dataclass_fields__} if row is not None else {}
        values = kept | told
        return SeatFacts(**{**values, "lived": tuple(values["lived"]), "supports": tuple(values["supports"])})


class LeaveForm(Room):
    """The last day of a member."""

    AT = {"LATER_DAY": "on", "BEFORE": "on"}
    on = MemorableDateField(label=_("Last day"))


class CommitForm(Room):
    """Why taking part matters, in the member's words."""

    words = forms.CharField(label=_("Why does it matter to you that you take part?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
