"""Forms by which somebody asks: a holder, in Careloom or from outside, and whether there is more. They parse and never save."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency
from careloom.disclosures import words
from careloom.infra.ui import answering
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles


class Told(answering.Answering):
    """A form that shows what an action found missing."""

    def gap(self, code: str) -> str:
        """What to do next, in words."""
        return words.gap(code)


class Keyed(Told, answering.Keyed):
    """A form that makes one row however often it is sent."""


def texts(label: Any, *, most: int, rows: int = 0, required: bool = True, hint: Any = "") -> forms.CharField:
    """A text field of one line, or of some."""
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": most}) if rows else forms.TextInput(attrs={"maxlength": most, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, widget=widget, required=required, help_text=hint)


def parts_field(label: Any) -> forms.MultipleChoiceField:
    """Parts of a record, as tiles."""
    return forms.MultipleChoiceField(label=label, choices=[(code, capfirst(label)) for code, label in words.PARTS.items()], widget=CheckboxTiles)


def purpose_field() -> forms.ChoiceField:
    """What it is for."""
    return forms.ChoiceField(label=_("What for"), choices=[("", _("Choose")), *words.PURPOSES.items()])


class AskForm(Keyed):
    """One question to one agency about a person whom the worker sees."""

    holder = forms.ChoiceField(label=_("Whom you ask"), help_text=_("Every agency stands here, whether it knows her or not."))
    categories = parts_field(_("Which parts of the record"))
    purpose = purpose_field()
    why = texts(_("Why you need it"), most=600, rows=3, hint=_("The agency reads this. Say no more about her than it needs to answer."))
    papers = texts(
        _("What goes with it"), most=400, rows=2, required=False,
        hint=_("Such as: her consent of March 2, or the order of the court of March 9. Send a copy to them."),
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(agencies)
        names = Counter(agency.name_outside for agency in listed)
        # Two programs may use one name outside: their addresses tell them apart and nothing else does (42 CFR 2.13(c)).
        told = [(a.pk, f"{a.name_outside}, {a.address}" if names[a.name_outside] > 1 and a.address else a.name_outside) for a in listed]
        self.fields["holder"].choices = [("", _("Choose")), *((str(pk), name) for pk, name in told)]  # type: ignore[attr-defined]


class OutsideForm(Keyed):
    """A request that came from outside."""

    asker_kind = forms.ChoiceField(label=_("Who asks"), choices=[("", _("Choose")), *words.KINDS.items()])
    asker_name = texts(_("Name of the person or office"), most=160, hint=_("As her consent or the order names them, if there is one."))
    asker_contact = texts(_("Address or number for the answer"), most=200, required=False)
    about_name = texts(_("Whom they ask about, as the request says"), most=200)
    about_born_on = MemorableDateField(label=_("Date of birth in the request"), required=False)
    categories = parts_field(_("Which parts of the record they ask for"))
    purpose = purpose_field()
    why = texts(_("What they say they need it for"), most=600, rows=3)
    papers = texts(_("What came with it"), most=400, rows=2, required=False, hint=_("Such as: a consent form, a subpoena, a letterhead."))
    came_by = forms.ChoiceField(label=_("How it came"), choices=list(words.CAME_BY.items()), widget=RadioTiles)
    received_on = MemorableDateField(label=_("Day it came"))


class MoreForm(Keyed):
    """A question whether there is more."""

    topics = forms.MultipleChoiceField(label=_("About what"), choices=list(words.TOPICS.items()), widget=CheckboxTiles)
    why = texts(
        _("Why it would help"), most=400, rows=3, hint=_("She may read this. Write it so that you could say it to her, and name no diagnosis.")
    )


def noon(day: date, *, zone: str, now: datetime) -> datetime:
    """A day as an instant where the agency is: its noon; for today the present, so that what she signed this afternoon counts."""
    return now if day == now.astimezone(ZoneInfo(zone)).date() else datetime.combine(day, time(12), tzinfo=ZoneInfo(zone))
