"""The consent before it is signed: who, what, why, until when, in which language. Nothing is required here: what is missing is named beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency
from careloom.consents.actions import STATEMENTS, Draft
from careloom.consents.forms import sharing
from careloom.consents.forms.wishes import TOGETHER, TPO_CLASS, WISHES, Wish, content_for, kind_of
from careloom.consents.jurisdiction import jurisdiction
from careloom.consents.pages.people import OwnPerson
from careloom.consents.terms import KEY, Terms
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles, ShareSwitches

# One choice: a day or an event, never both.
UNTIL = {
    "30": _("30 days"), "90": _("90 days"), "180": _("180 days"), "365": _("One year"), "DATE": _("Another day"), **sharing.EVENTS,
}  # fmt: skip
UNTIL_HINTS = {"DATE": _("Write it below"), **sharing.EVENT_HINTS}
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
TREATING, NAMED = "TREATING", "NAMED"
DESIGNATIONS = [(TREATING, _("Those of its members who treat her")), (NAMED, _("The members that are named here"))]
ANY_DAY, DISPOSITION = "ANY_DAY", "DISPOSITION"
STOPS = [(ANY_DAY, _("On any day")), (DISPOSITION, _("Not before the criminal matter is finally decided"))]


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """What the form still needs beside the elements that the kernel asks for: what to do next, and the rule."""

    next_step: Any
    citation: str


class ConsentForm(forms.Form):
    """What she allows. `draft` is what would be signed."""

    wish = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    recipients = forms.TypedMultipleChoiceField(label=_("Who may hear it"), coerce=UUID, required=False, widget=CheckboxTiles())
    farther = forms.TypedMultipleChoiceField(label=_("Everybody else"), coerce=UUID, required=False, widget=CheckboxTiles())
    people = forms.MultipleChoiceField(label=_("Her own people"), required=False, widget=CheckboxTiles())
    named = forms.CharField(
        label=_("Or a service that is not in Careloom"), required=False, max_length=160, help_text=_("Its name, as the referral has it.")
    )
    hub = forms.TypedChoiceField(label=_("Which network"), coerce=UUID, empty_value=None, required=False, widget=RadioTiles())
    designation = forms.ChoiceField(
        label=_("Who of the network may hear it"), required=False, choices=DESIGNATIONS, widget=RadioTiles(), initial=TREATING
    )
    share = forms.MultipleChoiceField(label=_("What may be told"), required=False)
    infants = forms.TypedMultipleChoiceField(label=_("About the babies too"), coerce=UUID, required=False)
    purposes = forms.MultipleChoiceField(label=_("Why"), required=False, widget=CheckboxTiles())
    matter = forms.CharField(required=False, max_length=160, help_text=_("Its name or number, so that everybody knows which one is meant."))
    condition = forms.BooleanField(label=_("Treatment is a condition of a criminal sentence, probation, parole or release"), required=False)
    stops_when = forms.ChoiceField(label=_("From when may she stop it?"), required=False, choices=STOPS, widget=RadioTiles(), initial=ANY_DAY)
    until = forms.ChoiceField(label=_("How does it end?"), required=False, widget=RadioTiles(hints=UNTIL_HINTS), initial="180")
    until_on = MemorableDateField(label=_("The other day"), required=False, help_text=_("The last day on which it holds. Only for “Another day”."))
    language = forms.ChoiceField(label=_("Language it was read in"), required=False, choices=LANGUAGES, widget=RadioTiles(), initial="en")
    reader = forms.CharField(
        label=_("Who read it with her"), required=False, max_length=120, help_text=_("A worker, or an interpreter with the number.")
    )
    renews = forms.UUIDField(required=False, widget=forms.HiddenInput)
    request_key = forms.CharField(max_length=56, required=False, widget=forms.HiddenInput, initial=lambda: str(uuid4()))

    def __init__(
        self, *args: Any, holder: Agency, others: Iterable[Agency], near: set[UUID], infants: list[tuple[str, str]], today: date,
        own_people: Iterable[OwnPerson] = (), wants: Wish | None = None, hubs: Iterable[Agency] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        """`near` are the agencies to offer first: those she let in before, and those that are asked for. `own_people` are hers.

        `wants` is what she wants to happen (default: that the team plans together); `others` are the agencies that its form may name.
        """
        super().__init__(*args, **kwargs)
        self.wants = wants or WISHES[TOGETHER]
        self.holder, self.today, self.others = holder, today, {agency.pk: agency for agency in others}
        self.hubs = {agency.pk: agency for agency in hubs}
        self.own_people = {person.key: person for person in own_people} if not self.wants.apart else {}
        self._offer(near)
        self._offer_people()
        self._offer_content(infants)
        self._offer_ends()

    def _offer(self, near: set[UUID]) -> None:
        every = [(str(pk), agency.name_outside) for pk, agency in self.others.items()]
        for name, is_near in (("recipients", True), ("farther", False)):
            self.fields[name].choices = every  # type: ignore[attr-defined]
            self.fields[name].widget.choices = [one for one in every if (UUID(one[0]) in near) is is_near]  # type: ignore[attr-defined]
        if self.wants.apart:
            self.fields["named"].label = _("By name") if not self.others else _("Or by name")
            self.fields["named"].help_text = _("The person or office, as it shall stand on the form.")
        if self.wants.names == ():
            del self.fields["recipients"], self.fields["farther"]
        if self.wants.code == "NETWORK":
            self.fields["hub"].choices = [(str(pk), hub.name_outside) for pk, hub in self.hubs.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["hub"], self.fields["designation"]

    def _offer_people(self) -> None:
        field = self.fields["people"]
        field.choices = [(key, person.name) for key, person in self.own_people.items()]  # type: ignore[attr-defined]
        field.widget.hints = {
            key: _("Reads on a page of their own") if person.principal_id else person.relation for key, person in self.own_people.items()
        }
        if not self.own_people:
            del self.fields["people"]

    def _offer_content(self, infants: list[tuple[str, str]]) -> None:
        wants = self.wants
        share, babies, why = self.fields["share"], self.fields["infants"], self.fields["purposes"]
        share.widget, babies.widget = ShareSwitches(hints={key: str(hint) for key, hint in sharing.HINTS.items()}), ShareSwitches()
        share.choices = [(key, sharing.LABELS[key]) for key in content_for(wants, holder=self.holder)]  # type: ignore[attr-defined]
        babies.choices = infants  # type: ignore[attr-defined]
        why.choices = [(code, sharing.WHY[code]) for code in wants.purposes]  # type: ignore[attr-defined]
        gone = {"infants": not infants or not wants.infants, "share": wants.fixed_content, "purposes": wants.fixed_purposes}
        gone |= {"matter": not wants.asks_matter, "condition": wants.code != "CRIMINAL", "stops_when": wants.code != "CRIMINAL"}
        for name in (name for name, is_gone in gone.items() if is_gone):
            del self.fields[name]
        if wants.asks_matter:
            self.fields["matter"].label = wants.asks_matter

    def _offer_ends(self) -> None:
        self.fields["until"].choices = [(code, UNTIL[code]) for code in self.wants.ends]  # type: ignore[attr-defined]
        if "DATE" not in self.wants.ends:
            del self.fields["until_on"]

    def clean(self) -> dict[str, Any]:
        """A last day that is past would be no consent; a day beside another end would leave open which of them she chose."""
        data: dict[str, Any] = super().clean() or {}
        last, until = data.get("until_on"), data.get("until")
        if until == "DATE" and last is not None and last < self.today:
            self.add_error("until_on", _("Choose today or a later day."))
        elif until != "DATE" and last is not None:
            self.add_error("until_on", _("It can end in one way only. Choose “Another day” above, or clear this day."))
        return data

    def lacking(self) -> list[Lacking]:
        """What this wish needs that is no element of 42 CFR 2.31(a), and is not there yet."""
        clean, wants = self.cleaned_data, self.wants
        lacks = []
        if "hub" in self.fields and not clean.get("hub"):
            lacks.append(Lacking(next_step=_("Choose the network that passes it on."), citation="42 CFR 2.31(a)(4)(ii)"))
        if wants.asks_matter and not clean.get("matter", "").strip():
            lacks.append(Lacking(next_step=_("Write down which one it is about."), citation=wants.citation))
        if "condition" in self.fields and not clean.get("condition"):
            next_step = _("This form is only for a criminal matter of which treatment is a condition. Mark it if it is so.")
            lacks.append(Lacking(next_step=next_step, citation="42 CFR 2.35(a)"))
        return lacks

    @property
    def chosen(self) -> list[Agency]:
        """The agencies that are named."""
        named = dict.fromkeys([*self.cleaned_data.get("recipients", []), *self.cleaned_data.get("farther", [])])
        return [self.others[pk] for pk in named if pk in self.others]

    @property
    def network(self) -> Agency | None:
        """The network that may pass it on."""
        return self.hubs.get(self.cleaned_data.get("hub"))  # type: ignore[arg-type]

    @property
    def chosen_people(self) -> list[OwnPerson]:
        """Her own people who are named, those with a page of their own first: a form keeps their names in this order."""
        named = [self.own_people[key] for key in dict.fromkeys(self.cleaned_data.get("people", [])) if key in self.own_people]
        return sorted(named, key=lambda person: person.principal_id is None)

    @property
    def groups(self) -> list[str]:
        """What is told, by group: what is ticked, or what the wish fixes."""
        return list(content_for(self.wants, holder=self.holder)) if self.wants.fixed_content else list(self.cleaned_data.get("share", []))

    @property
    def reasons(self) -> list[str]:
        """Why: what is ticked, or what the wish fixes."""
        return list(self.wants.purposes) if self.wants.fixed_purposes else list(self.cleaned_data.get("purposes", []))

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

    @property
    def waits(self) -> bool:
        """Whether the form says that it can be stopped only once the criminal matter is decided (42 CFR 2.35(c))."""
        return self.cleaned_data.get("stops_when") == DISPOSITION

    @property
    def recipient_class(self) -> str:
        """The class that the form describes, in the rule's words; empty where it names each one."""
        if self.wants.code == "CARE":
            return TPO_CLASS
        by_treating = self.network is not None and self.cleaned_data.get("designation") != NAMED
        return f"my treating providers who take part in {self.network.name_outside}" if by_treating and self.network else ""

    def draft(self, *, identity_id: UUID) -> Draft:
        """What would be signed, with the kind of paper that the wish, the holder and the content need."""
        clean, network = self.cleaned_data, self.network
        information = sharing.information_of(self.groups)
        people, named = self.chosen_people, clean.get("named", "").strip()
        names = [*(person.name[:160] for person in people), *([named] if named else [])]
        agencies = dict.fromkeys([*([network.pk] if network else []), *(agency.pk for agency in self.chosen)])
        own_people_only = bool(people) and not named and not self.chosen
        return Draft(
            identity_id=identity_id, subject_ids=(identity_id, *clean.get("infants", [])),
            kind=kind_of(self.wants, holder=self.holder, information=information, own_people_only=own_people_only),
            discloser_ids=(self.holder.pk,),
            recipient_ids=(*agencies, *(person.principal_id for person in people if person.principal_id)),
            recipient_names=tuple(names), recipient_class=self.recipient_class[:200], information=information,
            purposes=tuple(self.reasons), expires_on=self.expires_on, expiry_event=self.expiry_event,
            language=clean.get("language") or "en", reader=clean.get("reader", ""), statements={**STATEMENTS, KEY: self._terms().kept()},
        )  # fmt: skip

    def _terms(self) -> Terms:
        clean, network, code = self.cleaned_data, self.network, self.wants.code
        facts = {"treatment_condition_of_criminal_disposition": True} if clean.get("condition") else {}
        if code == "MEDICINE_LIST" and jurisdiction(self.holder.pack).must_report:
            facts["state_law_requires_pdmp"] = True
        return Terms(
            wish=code if self.wants.apart else "", matter=clean.get("matter", "").strip(), intermediary=str(network.pk) if network else "",
            general_designation="treating" if network and self.recipient_class else "",
            revocable_after="final_disposition" if self.waits else "", facts=facts,
        )  # fmt: skip
