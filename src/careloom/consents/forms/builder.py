"""The consent before it is signed: who, what, why, until when, in which language. Nothing is required here: the kernel names what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency
from careloom.consents.actions import Draft
from careloom.consents.forms import sharing
from careloom.consents.pages.people import OwnPerson
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles, ShareSwitches

# One choice: a day or an event, never both.
UNTIL = [
    ("30", _("30 days")), ("90", _("90 days")), ("180", _("180 days")), ("365", _("One year")), ("DATE", _("Another day")), *sharing.EVENTS.items(),
]  # fmt: skip
UNTIL_HINTS = {"DATE": _("Write it below"), **sharing.EVENT_HINTS}
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]


class ConsentForm(forms.Form):
    """What she allows. `draft` is what would be signed."""

    recipients = forms.TypedMultipleChoiceField(label=_("Who may hear it"), coerce=UUID, required=False, widget=CheckboxTiles())
    farther = forms.TypedMultipleChoiceField(label=_("Everybody else"), coerce=UUID, required=False, widget=CheckboxTiles())
    people = forms.MultipleChoiceField(label=_("Her own people"), required=False, widget=CheckboxTiles())
    named = forms.CharField(
        label=_("Or a service that is not in Careloom"), required=False, max_length=160, help_text=_("Its name, as the referral has it.")
    )
    share = forms.MultipleChoiceField(label=_("What may be told"), required=False)
    infants = forms.TypedMultipleChoiceField(label=_("About the babies too"), coerce=UUID, required=False)
    purposes = forms.MultipleChoiceField(label=_("Why"), required=False, choices=list(sharing.PURPOSES.items()), widget=CheckboxTiles())
    until = forms.ChoiceField(label=_("How does it end?"), required=False, choices=UNTIL, widget=RadioTiles(hints=UNTIL_HINTS), initial="180")
    until_on = MemorableDateField(label=_("The other day"), required=False, help_text=_("The last day on which it holds. Only for “Another day”."))
    language = forms.ChoiceField(label=_("Language it was read in"), required=False, choices=LANGUAGES, widget=RadioTiles(), initial="en")
    reader = forms.CharField(
        label=_("Who read it with her"), required=False, max_length=120, help_text=_("A worker, or an interpreter with the number.")
    )
    renews = forms.UUIDField(required=False, widget=forms.HiddenInput)
    request_key = forms.CharField(max_length=56, required=False, widget=forms.HiddenInput, initial=lambda: str(uuid4()))

    def __init__(
        self, *args: Any, holder: Agency, others: Iterable[Agency], near: set[UUID], infants: list[tuple[str, str]], today: date,
        own_people: Iterable[OwnPerson] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        """`near` are the agencies to offer first: those she let in before, and those that are asked for. `own_people` are hers."""
        super().__init__(*args, **kwargs)
        self.holder, self.today, self.others = holder, today, {agency.pk: agency for agency in others}
        self.own_people = {person.key: person for person in own_people}
        self._offer(near)
        self._offer_people()
        hints = {key: str(hint) for key, hint in sharing.HINTS.items()}
        share, babies = self.fields["share"], self.fields["infants"]
        share.widget, babies.widget = ShareSwitches(hints=hints), ShareSwitches()
        share.choices = [(key, sharing.LABELS[key]) for key in sharing.groups_for(holder)]  # type: ignore[attr-defined]
        babies.choices = infants  # type: ignore[attr-defined]
        if not infants:
            del self.fields["infants"]

    def _offer(self, near: set[UUID]) -> None:
        every = [(str(pk), agency.name_outside) for pk, agency in self.others.items()]
        for name, is_near in (("recipients", True), ("farther", False)):
            self.fields[name].choices = every  # type: ignore[attr-defined]
            self.fields[name].widget.choices = [one for one in every if (UUID(one[0]) in near) is is_near]  # type: ignore[attr-defined]

    def _offer_people(self) -> None:
        field = self.fields["people"]
        field.choices = [(key, person.name) for key, person in self.own_people.items()]  # type: ignore[attr-defined]
        field.widget.hints = {
            key: _("Reads on a page of their own") if person.principal_id else person.relation for key, person in self.own_people.items()
        }
        if not self.own_people:
            del self.fields["people"]

    def clean(self) -> dict[str, Any]:
        """A last day that is past would be no consent; a day beside another end would leave open which of them she chose."""
        data: dict[str, Any] = super().clean() or {}
        last, until = data.get("until_on"), data.get("until")
        if until == "DATE" and last is not None and last < self.today:
            self.add_error("until_on", _("Choose today or a later day."))
        elif until != "DATE" and last is not None:
            self.add_error("until_on", _("It can end in one way only. Choose “Another day” above, or clear this day."))
        return data

    @property
    def chosen(self) -> list[Agency]:
        """The agencies that are named."""
        named = dict.fromkeys([*self.cleaned_data.get("recipients", []), *self.cleaned_data.get("farther", [])])
        return [self.others[pk] for pk in named if pk in self.others]

    @property
    def chosen_people(self) -> list[OwnPerson]:
        """Her own people who are named, those with a page of their own first: a form keeps their names in this order."""
        named = [self.own_people[key] for key in dict.fromkeys(self.cleaned_data.get("people", [])) if key in self.own_people]
        return sorted(named, key=lambda person: person.principal_id is None)

    @property
    def expires_on(self) -> date | None:
        """The last day, inclusive; None for an event or where no day is named."""
        until = self.cleaned_data.get("until", "")
        if until.isdigit():
            return self.today + timedelta(days=int(until))
        return self.cleaned_data.get("until_on") if until == "DATE" else None

    @property
    def expiry_event(self) -> str:
        """The event with which it ends; empty where it ends on a day."""
        until = self.cleaned_data.get("until", "")
        return until if until in sharing.EVENTS else ""

    def draft(self, *, identity_id: UUID) -> Draft:
        """What would be signed, with the kind of paper that the holder and the content need."""
        clean = self.cleaned_data
        information = sharing.information_of(clean.get("share", []))
        people, named = self.chosen_people, clean.get("named", "").strip()
        names = [*(person.name[:160] for person in people), *([named] if named else [])]
        own_people_only = bool(people) and not named and not self.chosen
        return Draft(
            identity_id=identity_id, subject_ids=(identity_id, *clean.get("infants", [])),
            kind=sharing.kind_for(holder=self.holder, information=information, own_people_only=own_people_only), discloser_ids=(self.holder.pk,),
            recipient_ids=(*(agency.pk for agency in self.chosen), *(person.principal_id for person in people if person.principal_id)),
            recipient_names=tuple(names), information=information,
            purposes=tuple(clean.get("purposes", [])), expires_on=self.expires_on,
            expiry_event=self.expiry_event, language=clean.get("language") or "en",
            reader=clean.get("reader", ""),
        )  # fmt: skip
