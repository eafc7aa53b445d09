"""The form on which a worker writes down what she asks, one shape for each right. It parses and never saves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency
from careloom.agencies.words import CATEGORIES
from careloom.infra.ui import answering
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.rights import words
from careloom.rights.kinds import Right

#: Parts that no form names: they are told to nobody outside, or are a paper of their own.
NOT_NAMED = frozenset({"dv.victim_record", "notif.capta_identified", "part2.confidential_communications", "part2.counseling_notes"})
PARTS = [(code, label) for code, label in CATEGORIES.items() if code not in NOT_NAMED]


class Told(answering.Answering):
    """A form that shows what an action found missing."""

    def gap(self, code: str) -> str:
        """What to do next, in words."""
        return words.gap(code)


class Keyed(Told, answering.Keyed):
    """A form that makes one row however often it is sent."""

    AT = {"RECEIVED_LATER": "received_on", "WAY": "use_phone", "DAYS": "to_on", "IN_WRITING": "came_by"}


def texts(label: Any, *, most: int, rows: int = 0, required: bool = True, hint: Any = "", as_said: bool = False) -> forms.CharField:
    """A text field of one line, or of some. `as_said`: somebody else's words to the letter, so that no other words are suggested."""
    widget = (
        forms.Textarea(attrs={"rows": rows, "maxlength": most} | ({"data-as-said": True} if as_said else {}))
        if rows
        else forms.TextInput(attrs={"maxlength": most, "autocomplete": "off"})
    )
    return forms.CharField(label=label, max_length=most, widget=widget, required=required, help_text=hint)


class RecordForm(Keyed):
    """What she asks, as a worker writes it down. `agencies` stand in the list alike, whether they know her or not."""

    holder = forms.ChoiceField(label=_("Whom she asks"), help_text=_("Every agency stands here, whether it knows her or not."))
    came_by = forms.ChoiceField(
        label=_("How she asks"), choices=[("WRITTEN", _("In writing")), ("SPOKEN", _("Spoken"))], widget=RadioTiles, initial="SPOKEN"
    )
    received_on = MemorableDateField(label=_("Day on which she asked"))
    verified = texts(
        _("How you know that it is she"), most=200, required=False, hint=_("Such as: she is here with me, I called her back. For your own agency.")
    )
    categories = forms.MultipleChoiceField(
        label=_("Which parts of the record"), choices=PARTS, widget=CheckboxTiles, required=False, help_text=_("Tick nothing for all of it.")
    )
    from_on = MemorableDateField(label=_("From this day on"), required=False)
    to_on = MemorableDateField(label=_("Up to this day"), required=False)
    wants_how = forms.ChoiceField(
        label=_("How she wants it"), choices=[("PAPER", words.COPIES["PAPER"]), ("FILE", words.COPIES["FILE"])], widget=RadioTiles, initial="PAPER"
    )
    words = texts(_("What is wrong, and what should stand there"), most=1200, rows=4, hint=_("In her own words."))
    tell_others = forms.BooleanField(label=_("She agrees that those who were told before hear of the correction"), required=False)
    to = forms.ChoiceField(label=_("Nothing is to go to"))
    paid_in_full = forms.BooleanField(label=_("She paid for it in full herself, and it is about a health plan"), required=False)
    use_phone = texts(_("Telephone number to use"), most=20, required=False)
    use_address = texts(_("Address to use"), most=200, required=False, hint=_("No reason is asked of her."))

    FIELDS: dict[str, tuple[str, ...]] = {
        Right.ACCESS: ("categories", "from_on", "to_on", "wants_how"),
        Right.AMENDMENT: ("words", "categories", "tell_others"),
        Right.ACCOUNTING: ("from_on", "to_on"),
        Right.INTERMEDIARY: (),
        Right.RESTRICTION: ("to", "categories", "paid_in_full"),
        Right.CONFIDENTIAL: ("use_phone", "use_address"),
    }

    def __init__(self, *args: Any, right: str, own: Agency, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {"request_key", "holder", "came_by", "received_on", "verified", *self.FIELDS[right]}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        named = [(str(agency.pk), agency.name_outside) for agency in agencies]
        self.fields["holder"].choices = [(str(own.pk), _("This agency")), *named]  # type: ignore[attr-defined]
        if "to" in self.fields:
            self.fields["to"].choices = [("", _("Choose")), *words.AGENCY_KINDS.items(), *named]  # type: ignore[attr-defined]
