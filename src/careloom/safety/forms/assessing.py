"""Forms of an assessment: who is in it, each part, the decision and what a supervisor says. They parse and never save."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui import answering
from careloom.infra.ui.fields import MemorableDateField, line
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.kernel.safety import Response
from careloom.safety import words
from careloom.safety.actions import Person, Said
from careloom.safety.facts import NONE
from careloom.safety.instruments import Item
from careloom.safety.models import AssessedPerson, Finding

#: Where an action's finding is shown, if not at the field of its own name.
AT = {"SEEN_LATER": "seen_on", "BORN_LATER": "born_on", "BLANK": "response", "NO_PLAN": "", "TO_ON": "to_on", "BECAUSE_ENDED": "because"}


class Told(answering.Answering):
    """A form that shows what an action found missing."""

    AT = AT

    def gap(self, code: str) -> str:
        """What to do next, in words."""
        return words.gap(code)


class Keyed(Told, answering.Keyed):
    """A form that makes one row however often it is sent."""


class Versioned(Told):
    """A form about a row that somebody else may change meanwhile."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def meet(self, *, row_version: int) -> None:
        """Somebody changed the row meanwhile: what was written stays here, and sent again it is sent knowing the change."""
        data: Any = self.data
        self.data = data.copy()
        self.data["row_version"] = str(row_version)
        self.add_error(None, words.gap("STALE"))


class StartForm(Keyed):
    """Why an assessment starts."""

    because = forms.ChoiceField(label=_("Why now"), widget=RadioTiles(stack=True))
    because_words = line(
        _("What changed for a child's safety"), most=600, rows=3, required=False,
        hint=_("Needed when somebody moved in or out, and after a return to use. Use alone is no reason: say what it meant for a child."),
    )  # fmt: skip

    def __init__(self, *args: Any, reasons: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].choices = [(code, words.BECAUSE[code]) for code in reasons]  # type: ignore[attr-defined]


class PersonForm(Keyed):
    """A child or an adult in the assessment, and the day on which she or he was seen."""

    name = line(_("Name"), most=120)
    relation = line(_("Who it is to the child"), most=80, required=False, hint=_("In the family's words."))
    born_on = MemorableDateField(label=_("Born on"), required=False)
    cares = forms.BooleanField(label=_("Has the daily care of the child"), required=False)
    at_home = forms.BooleanField(label=_("Lives with the child now"), required=False)
    seen_on = MemorableDateField(label=_("Seen face to face on"), required=False)

    def __init__(self, *args: Any, kind: str, person: AssessedPerson | None = None, **kwargs: Any) -> None:
        if person is not None:
            kwargs["initial"] = {name: getattr(person, name) for name in ("name", "relation", "born_on", "cares", "at_home", "seen_on")}
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in ("relation", "cares", "at_home") if kind == "CHILD" else ("born_on",):
            del self.fields[name]

    def told(self) -> Person:
        """Who it is, for the action."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "request_key"}
        return Person(kind=self.kind, **data)


class PartForm(Told):
    """One part with a field group for each item, the mark of what stood there when it was opened, and nothing required: a draft may be half empty."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=12)

    def __init__(self, *args: Any, items: Iterable[Item], found: Mapping[str, Finding], mark: str, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"version": mark}
        for item in items:
            if item.id in found:
                initial |= self.stored(item, found[item.id])
        super().__init__(*args, initial=initial, **kwargs)
        self.items = tuple(items)
        for item in self.items:
            for name, field in self.asked(item).items():
                self.fields[f"{slug(item)}_{name}"] = field

    def stored(self, item: Item, row: Finding) -> dict[str, Any]:
        """What was saved before, by field."""
        values = {
            "answer": row.answer, "picked": [*row.picked, *([row.answer] if row.answer == NONE else [])], "evidence": row.evidence,
            "source": row.source, "seen_on": row.seen_on, "children": list(map(str, row.child_ids)), "by": list(map(str, row.by_ids)),
        }  # fmt: skip
        return {f"{slug(item)}_{name}": value for name, value in values.items()}

    @abstractmethod
    def asked(self, item: Item) -> dict[str, forms.Field]:
        """The fields of an item, by the last part of their names."""

    def groups(self) -> list[tuple[Item, list[Any]]]:
        """Each item with its bound fields, for the page."""
        return [(item, [self[f"{slug(item)}_{name}"] for name in self.asked(item)]) for item in self.items]

    def told(self) -> list[Said]:
        """What the form says, item by item, for the action."""
        data = self.cleaned_data
        return [self.said(item, {name: data.get(f"{slug(item)}_{name}") for name in self.asked(item)}) for item in self.items]

    def said(self, item: Item, data: Mapping[str, Any]) -> Said:
        """What it says about one item."""
        return Said(item=item.id, answer=data.get("answer") or "", evidence=data.get("evidence") or "")


def slug(item: Item) -> str:
    """The stable id of an item as the beginning of a field's name."""
    return item.id.replace(".", "_")


class ChildForm(PartForm):
    """Part A of a child: in each of the five domains what makes the child depend on others' protection, or that there is nothing."""

    def asked(self, item: Item) -> dict[str, forms.Field]:
        """What is there, or nothing, and what shows it."""
        choices = [*item.options, (NONE, _("Nothing noted"))]
        return {
            "picked": forms.MultipleChoiceField(label=item.text, choices=choices, widget=CheckboxTiles, required=False),
            "evidence": line(_("What shows it"), most=1000, required=False),
        }

    def said(self, item: Item, data: Mapping[str, Any]) -> Said:
        """Ticks; "nothing" counts only where nothing else is ticked."""
        picked = tuple(code for code in data.get("picked") or () if code != NONE)
        none = NONE if not picked and NONE in (data.get("picked") or ()) else ""
        return Said(item=item.id, picked=picked, answer=none, evidence=data.get("evidence") or "")


class AdultForm(PartForm):
    """Part B of an adult: each capacity as it was seen, with what shows it."""

    def asked(self, item: Item) -> dict[str, forms.Field]:
        """Present, diminished or absent, and the evidence."""
        choices = [(code, words.CAPACITIES.get(code, label)) for code, label in item.options]
        return {
            "answer": forms.ChoiceField(label=item.text, choices=choices, widget=RadioTiles, required=False),
            "evidence": line(_("What shows it"), most=1000, required=False),
        }


class FactorsForm(PartForm):
    """Part C: each safety factor with its answer, the evidence, its source and date, which child it reaches and whose behavior it is about."""

    def __init__(self, *args: Any, children: Iterable[AssessedPerson], adults: Iterable[AssessedPerson], **kwargs: Any) -> None:
        self.children = [(str(person.pk), person.name) for person in children]
        self.adults = [(str(person.pk), person.name) for person in adults]
        super().__init__(*args, **kwargs)

    def asked(self, item: Item) -> dict[str, forms.Field]:
        """Everything that is asked about a factor."""
        return {
            "answer": forms.ChoiceField(label=_("Is it there now?"), choices=list(words.ANSWERS.items()), widget=RadioTiles, required=False),
            "evidence": line(_("What was seen or said, by whom"), most=1000, rows=2, required=False, hint=item.hint),
            "source": line(_("Where it comes from"), most=200, required=False),
            "seen_on": MemorableDateField(label=_("Day on which it was seen or said"), required=False),
            "children": forms.MultipleChoiceField(label=_("Which child it reaches"), choices=self.children, widget=CheckboxTiles, required=False),
            "by": forms.MultipleChoiceField(
                label=_("Whose behavior it is about, if an adult's"), choices=self.adults, widget=CheckboxTiles, required=False
            ),
        }  # fmt: skip

    def said(self, item: Item, data: Mapping[str, Any]) -> Said:
        """All of it."""
        return Said(
            item=item.id, answer=data.get("answer") or "", evidence=data.get("evidence") or "", source=data.get("source") or "",
            seen_on=data.get("seen_on"), child_ids=tuple(map(UUID, data.get("children") or ())), by_ids=tuple(map(UUID, data.get("by") or ())),
        )  # fmt: skip


class DecideForm(Versioned):
    """The worker's decision among what the parts allow."""

    response = forms.ChoiceField(label=_("Your decision"), widget=RadioTiles(stack=True))
    response_why = line(_("Why, if it is not what the parts point to"), most=600, rows=3, required=False)

    def __init__(self, *args: Any, may: Iterable[Response], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["response"].choices = [(code.value, words.RESPONSES[code]) for code in may]  # type: ignore[attr-defined]


class PlainForm(Versioned):
    """A yes to what stands on the page."""


class ReturnForm(Versioned):
    """What the worker should look at again."""

    words = line(_("What to look at again"), most=600, rows=3)


class CorrectForm(Keyed):
    """Why a new version is needed."""

    reason = line(_("Why it is corrected"), most=600, rows=2)


class VoidForm(Versioned):
    """Why an assessment is void."""

    reason = line(_("Why it is void"), most=300, rows=2, hint=_("Such as: begun for the wrong family."))


class TakeBackForm(Told):
    """Why a line is taken back."""

    reason = line(_("Why it is taken back"), most=300, rows=2, hint=_("Such as: written for the wrong family."))


class OfferForm(Versioned):
    """What she said to a voluntary in-home case."""

    offer_answer = forms.ChoiceField(label=_("What she said"), choices=list(words.OFFERS.items()), widget=RadioTiles)
