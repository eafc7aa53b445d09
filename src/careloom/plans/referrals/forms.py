"""Forms of referrals: they parse and never save."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from careloom.infra import clock
from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.kernel.referral import FAMILY_REASONS, Help, Kind, Outcome, Reason, State, Voice, reasons_for
from careloom.plans.referrals import words
from careloom.plans.referrals.answers import Answer, Ask
from careloom.plans.referrals.links import Tile

METHODS = [
    ("", ""),
    ("VISIT", _("At their place")),
    ("HOME", _("At home")),
    ("PHONE", _("By phone")),
    ("VIDEO", _("By video")),
    ("GROUP", _("In a group")),
]
FUNDING = [("", ""), ("MEDICAID", _("Medicaid")), ("FREE", _("No cost to her")), ("GRANT", _("A grant")), ("OTHER", _("Other"))]
NOTE = forms.Textarea(attrs={"rows": 2, "maxlength": 500})


class ReferForm(Keyed):
    """Whom to ask, and how the service is to be given (R-120)."""

    service = forms.ChoiceField(label=_("Service"), required=False, widget=RadioTiles(stack=True))
    organization = forms.CharField(label=_("I know the service"), required=False, max_length=160, help_text=_("Type its name. You need not search."))
    kind = forms.ChoiceField(label=_("How do you ask?"), widget=RadioTiles(stack=True), initial=Kind.LINK.value)
    household = forms.MultipleChoiceField(label=_("For whom?"), required=False, widget=CheckboxTiles)
    note = forms.CharField(
        label=_("What should they know?"), required=False, max_length=500, widget=NOTE, help_text=_("Only what this service needs.")
    )
    hand_off = forms.CharField(
        label=_("How does she get to know them?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The warm hand-off: who introduces her to whom, and when. Best with her in the room or on the call."),
    )
    place = forms.CharField(label=_("Where"), required=False, max_length=120, help_text=_("A county or a town, never her address."))
    service_type = forms.CharField(
        label=_("What kind of help"), required=False, max_length=80, help_text=_("Such as “group class” or “home visits by a nurse”.")
    )
    frequency = forms.CharField(label=_("How often"), required=False, max_length=80)
    length = forms.CharField(label=_("For how long"), required=False, max_length=80)
    method = forms.ChoiceField(label=_("How it is given"), required=False, choices=METHODS)
    funding = forms.ChoiceField(label=_("Who pays"), required=False, choices=FUNDING)
    follows = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, services: list[tuple[str, str]], household: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = services  # type: ignore[attr-defined]
        self.fields["household"].choices = household  # type: ignore[attr-defined]
        self.fields["kind"].choices = list(words.KINDS.items())  # type: ignore[attr-defined]
        self.fields["kind"].widget.hints = {kind.value: hint for kind, hint in words.KIND_HINTS.items()}  # type: ignore[attr-defined]
        for empty in [name for name, choices in (("service", services), ("household", household)) if not choices]:
            del self.fields[empty]

    @property
    def ask(self) -> Ask:
        """What was filled in; a typed name goes before a listed service."""
        clean = self.cleaned_data
        known = clean["organization"].strip()
        return Ask(
            kind=Kind(clean["kind"]), service_id=UUID(clean["service"]) if clean.get("service") and not known else None, organization=known,
            household_ids=tuple(UUID(one) for one in clean.get("household", [])), note=clean["note"], place=clean["place"],
            hand_off=clean["hand_off"],
            service_type=clean["service_type"],
            frequency=clean["frequency"], length=clean["length"], method=clean["method"], funding=clean["funding"], follows_id=clean["follows"],
        )  # fmt: skip


class StepForm(Keyed):
    """One step, with only the questions that belong to it."""

    def __init__(self, *args: Any, state: State, voice: Voice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state = state
        reasons = sorted(reasons_for(state=state, voice=voice))
        if len(reasons) > 1:
            self.fields["reason"] = forms.ChoiceField(
                label=_("Why?"), choices=[(r.value, words.REASONS[r]) for r in reasons], widget=RadioTiles(stack=True)
            )
        if state is State.COMPLETED:
            self.fields["outcome"] = forms.ChoiceField(
                label=_("What did it come to?"), choices=[(o.value, words.OUTCOMES[o]) for o in Outcome], widget=RadioTiles(stack=True)
            )
        if state is State.SCHEDULED:
            self.fields["day"] = MemorableDateField(label=_("Day of the visit"))
            self.fields["hour"] = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}))
        if state is State.WAITLISTED:
            self.fields["waitlist_place"] = forms.IntegerField(label=_("Place on the list"), required=False, min_value=1, max_value=9999)
        self.fields["note"] = forms.CharField(label=_("Anything to add?"), required=False, max_length=500, widget=NOTE)
        self._only = reasons[0] if len(reasons) == 1 else None

    @property
    def answer(self) -> Answer:
        """The step as the action takes it."""
        clean = self.cleaned_data
        reason = Reason(clean["reason"]) if clean.get("reason") else self._only
        day: Any = clean.get("day")
        hour: time = clean.get("hour") or time(12)
        when = datetime.combine(day, hour, tzinfo=clock.zone(settings.TIME_ZONE)) if day else None
        return Answer(
            state=self.state, reason=reason, outcome=Outcome(clean["outcome"]) if clean.get("outcome") else None,
            scheduled_for=when, waitlist_place=clean.get("waitlist_place"), note=clean["note"],
        )  # fmt: skip


class HersForm(Keyed):
    """Her own word: did it help, or does she not want it. Written down by the worker as her words."""

    said = forms.ChoiceField(label=_("What does she say?"), widget=RadioTiles(stack=True, her=True))
    words = forms.CharField(label=_("In her words"), required=False, max_length=500, widget=NOTE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helped = [(h.value, label) for h, label in words.HELPED.items()]
        stops = [(r.value, words.REASONS[r]) for r in sorted(FAMILY_REASONS) if r is not Reason.NO]
        choices = [(_("Did you get help?"), helped), (_("Or she does not go on"), [*stops, ("DECLINE", words.REASONS[Reason.NO])])]
        self.fields["said"].choices = choices  # type: ignore[attr-defined]

    @property
    def helped(self) -> Help | None:
        """Her answer to "Did you get help?", if that is what was said."""
        said = self.cleaned_data["said"]
        return Help(said) if said in {h.value for h in Help} else None

    @property
    def reason(self) -> Reason:
        """Why she does not go on."""
        said = self.cleaned_data["said"]
        return Reason.NO if said == "DECLINE" else Reason(said)


GUESSES = [("TWO_WEEKS", _("Within 2 weeks")), ("MONTH", _("Within a month")), ("UNKNOWN", _("We cannot say"))]


class LinkForm(forms.Form):
    """The one question of a one-time page."""

    answer = forms.ChoiceField(
        label=_("Your answer"), widget=RadioTiles(stack=True), error_messages={"required": _("Choose one of the four answers.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (Tile.YES.value, _("Yes, we have a place")),
            (Tile.WAIT.value, _("Yes, with a waiting list")),
            (Tile.NOT_NOW.value, _("Not now")),
            (Tile.WRONG.value, _("Wrong service")),
        ]


class FollowUpForm(forms.Form):
    """What follows one answer: a guess for a waiting list, and one optional note."""

    when = forms.ChoiceField(label=_("When might a place open?"), choices=GUESSES, required=False, help_text=_("A guess is fine"))
    note = forms.CharField(required=False, max_length=400, widget=NOTE, help_text=_("Optional. Please no names or health facts"))

    def __init__(self, *args: Any, tile: Tile, asker: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tile is not Tile.WAIT:
            del self.fields["when"]
        label = _("Who should we ask instead?") if tile is Tile.WRONG else _("Anything %(asker)s should know?") % {"asker": asker or _("we")}
        self.fields["note"].label = label

    @property
    def text(self) -> str:
        """The guess and the note as one text."""
        guess = dict(GUESSES).get(self.cleaned_data.get("when") or "")
        return " ".join(str(part) for part in (f"{guess}." if guess else "", self.cleaned_data["note"]) if part)
