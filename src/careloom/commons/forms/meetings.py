"""Forms for series, meetings, agendas and the room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _

from careloom.commons.forms.keyed import Room, choices
from careloom.infra.ui.fields import MemorableDateField, line
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.meetings import words
from careloom.meetings.actions import Read
from careloom.meetings.actions.scheduling import local
from careloom.meetings.facts import ItemFacts, LineFacts, MeetingFacts, SeriesFacts
from careloom.meetings.models import AgendaItem
from careloom.partnership.models import Seat

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
FAMILIES = _("What does this change for families?")


class MeetingRoom(Room):
    """A form of the meetings."""

    WORDS = words.REFUSALS


class Where(MeetingRoom):
    """How long, how and where one meets."""

    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=5, max_value=480, initial=90)
    mode = forms.ChoiceField(label=_("How do you meet?"), choices=choices(words.MODES), widget=RadioTiles(), initial="HYBRID")
    place = forms.CharField(label=_("Where?"), required=False, max_length=200)
    link = forms.URLField(label=_("Link for who joins by video"), required=False, max_length=300, assume_scheme="https")
    dial_in = forms.CharField(label=_("Telephone number and code"), required=False, max_length=80)


class SeriesForm(Where):
    """When a body meets and who leads in turn."""

    AT = {"EVERY": "every_months", "LATER_DAY": "starts_on"}
    week = forms.TypedChoiceField(label=_("Which week of the month?"), coerce=int, choices=list(words.WEEKS.items()))
    weekday = forms.TypedChoiceField(label=_("Which day?"), coerce=int, choices=list(words.WEEKDAYS.items()))
    hour = forms.TimeField(label=_("At what time?"), widget=CLOCK)
    every_months = forms.TypedChoiceField(label=_("How often?"), coerce=int, choices=list(words.EVERY.items()), initial=1)
    rotation = forms.TypedMultipleChoiceField(
        label=_("Who leads in turn?"),
        required=False,
        coerce=UUID,
        widget=CheckboxTiles,
        help_text=_("In the order of this list."),
    )
    starts_on = MemorableDateField(label=_("Since when?"))
    field_order = ("week", "weekday", "hour", "every_months", "minutes", "mode", "place", "link", "dial_in", "rotation", "starts_on")

    def __init__(self, *args: Any, seats: Iterable[Seat], new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["rotation"]
        field.choices = [(seat.pk, seat.name) for seat in seats]
        if not new:
            del self.fields["starts_on"]

    def facts(self, *, starts_on: Any) -> SeriesFacts:
        """What was told; `starts_on` where the form does not ask."""
        told = {key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version")}
        return SeriesFacts(**{"starts_on": starts_on, **told, "rotation": tuple(told["rotation"])})


class MeetingForm(Where):
    """One meeting: when, where, who leads."""

    AT = {"PAST": "on", "LEADER": "leader_id"}
    on = MemorableDateField(label=_("On which day?"))
    hour = forms.TimeField(label=_("At what time?"), widget=CLOCK)
    leader_id = forms.TypedChoiceField(label=_("Who leads?"), required=False, coerce=UUID, empty_value=None)
    field_order = ("on", "hour", "minutes", "mode", "place", "link", "dial_in", "leader_id")

    def __init__(self, *args: Any, seats: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["leader_id"]
        field.choices = [("", _("Nobody yet")), *((seat.pk, seat.name) for seat in seats)]

    @property
    def facts(self) -> MeetingFacts:
        """What was told."""
        told = {key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version", "on", "hour")}
        return MeetingFacts(starts_at=local(self.cleaned_data["on"], self.cleaned_data["hour"]), **told)


class CancelForm(MeetingRoom):
    """Why a meeting does not take place."""

    reason = line(_("Why does it not take place?"), most=300, rows=2, hint=_("It counts as missed. The reason stands beside it."))


class ItemForm(MeetingRoom):
    """A point of one's own."""

    AT = {"FAMILIES": "for_families"}
    title = line(_("What is it about?"), most=200)
    for_families = line(FAMILIES, most=400, rows=2)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240, initial=10)
    who = line(_("Who brings it?"), most=120, required=False)
    block = forms.ChoiceField(label=_("Which duty does it serve?"), required=False, choices=choices(words.BLOCKS, empty=_("None of the four")))

    @property
    def facts(self) -> ItemFacts:
        """What was told."""
        return ItemFacts(**{key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version")})


class AgendaForm(MeetingRoom):
    """All points of an agenda at once. A point's fields carry its number in the list."""

    def __init__(self, *args: Any, items: tuple[AgendaItem, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for number, item in enumerate(items):
            named = {"title": item.title}
            self.fields[f"item_{number}"] = forms.UUIDField(widget=forms.HiddenInput, initial=item.pk)
            self.fields[f"version_{number}"] = forms.IntegerField(widget=forms.HiddenInput, initial=item.row_version)
            self.fields[f"families_{number}"] = line(FAMILIES, most=400, rows=2, required=False)
            self.fields[f"families_{number}"].initial = item.for_families
            self.fields[f"families_{number}"].widget.attrs["aria-label"] = now_in("What does this change for families? %(title)s") % named
            self.fields[f"who_{number}"] = line(_("Who?"), most=120, required=False)
            self.fields[f"who_{number}"].initial = item.who
            self.fields[f"minutes_{number}"] = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240, initial=item.minutes)
            self.fields[f"place_{number}"] = forms.IntegerField(label=_("Place"), min_value=1, max_value=200, initial=number + 1)
            self.fields[f"off_{number}"] = forms.BooleanField(label=_("Take it off"), required=False)

    def rows(self) -> list[dict[str, Any]]:
        """The points with their fields, for the page."""
        names = ("families", "who", "minutes", "place", "off")
        return [
            {"item": item, "hidden": [self[f"item_{n}"], self[f"version_{n}"]], **{name: self[f"{name}_{n}"] for name in names}}
            for n, item in enumerate(self.items)
        ]

    @property
    def lines(self) -> tuple[LineFacts, ...]:
        """What was told. A point that came meanwhile has no fields here and stays as it is."""
        told = self.cleaned_data
        return tuple(
            LineFacts(
                item_id=told[f"item_{n}"], version=told[f"version_{n}"], place=told[f"place_{n}"], minutes=told[f"minutes_{n}"],
                who=told[f"who_{n}"], for_families=told[f"families_{n}"], taken_off=told[f"off_{n}"],
            )
            for n in range(len(self.items))
        )  # fmt: skip


class NotesForm(MeetingRoom):
    """What is said on one point, kept as one types."""

    item_id = forms.UUIDField(widget=forms.HiddenInput)
    notes = forms.CharField(label=_("Notes"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 7}))
    talked = forms.BooleanField(label=_("We talked about it"), required=False)


class AttendanceForm(MeetingRoom):
    """How each member takes part, and how the meeting is held."""

    mode = forms.ChoiceField(label=_("The meeting is held"), choices=choices(words.MODES))
    guests = line(_("Guests"), most=500, required=False, hint=_("With commas between them."))

    def __init__(self, *args: Any, seats: tuple[Seat, ...], there: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        for name, read in {"mode": self.initial["mode"], "guests": self.initial["guests"]}.items():
            self.fields[f"was_{name}"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=read, max_length=500)
        for seat in seats:
            was = forms.ChoiceField(
                widget=forms.HiddenInput, required=False, choices=choices(words.PRESENCES, empty=""), initial=there.get(seat.pk, "")
            )
            self.fields[f"was_{seat.pk.hex}"] = was
            self.fields[f"seat_{seat.pk.hex}"] = forms.ChoiceField(
                label=seat.name, required=False, choices=choices(words.PRESENCES, empty=_("Not said yet")), initial=there.get(seat.pk, "")
            )

    @property
    def there(self) -> dict[UUID, str]:
        """Of whom something was said."""
        return {seat.pk: how for seat in self.seats if (how := self.cleaned_data.get(f"seat_{seat.pk.hex}"))}

    @property
    def read(self) -> Read | None:
        """How it stood when the page was shown; None where who sends it does not say."""
        if "was_mode" not in self.data:
            return None
        was = {seat.pk: self.cleaned_data.get(f"was_{seat.pk.hex}", "") for seat in self.seats}
        return Read(there=was, mode=self.cleaned_data["was_mode"], guests=self.cleaned_data["was_guests"])
