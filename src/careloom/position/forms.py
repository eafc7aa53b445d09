"""Forms of the position: they parse and never save."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from careloom.infra.packs import current_pack
from careloom.infra.ui import answering
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import RadioTiles
from careloom.kernel.packs.following import Said
from careloom.position import words as texts
from careloom.position.actions import Gave, Met

AREA = forms.Textarea(attrs={"rows": 2, "maxlength": 500})


def choices(said: Sequence[Said]) -> list[tuple[str, str]]:
    """Codes of the pack with their words in the reader's language."""
    language = get_language() or "en"
    return [(one.code, one.label(language)) for one in said]


class Answering(answering.Answering):
    """A form with the words of this app for what was refused."""

    def gap(self, code: str) -> Any:
        """What to do next, in words."""
        return texts.REFUSALS.get(code, texts.REFUSALS["NOT_ALLOWED"])


class Keyed(Answering, answering.Keyed):
    """A form that makes one row however often it is sent."""


class ContactForm(Keyed):
    """A contact, or a try to make one."""

    AT = {"MINUTES": "minutes", "LATER_DAY": "day", "CODE": "kind"}
    took_part = forms.TypedChoiceField(
        label=_("What was it?"), choices=[("1", _("A contact: she took part")), ("0", _("A try to engage her"))], coerce=lambda text: text == "1",
        widget=RadioTiles(), initial="1",
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Type"), widget=RadioTiles())
    place = forms.ChoiceField(label=_("Place"), widget=RadioTiles())
    day = MemorableDateField(label=_("Day"))
    hour = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=24 * 60)
    words = forms.CharField(label=_("A few words"), required=False, max_length=500, widget=AREA)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = current_pack().following.position
        self.fields["kind"].choices = choices(position.contact_types)  # type: ignore[attr-defined]
        self.fields["place"].choices = choices(position.places)  # type: ignore[attr-defined]

    def met(self, *, zone: ZoneInfo) -> Met:
        """What was filled in."""
        clean = self.cleaned_data
        same = ("kind", "place", "minutes", "took_part", "words")
        return Met(at=datetime.combine(clean["day"], clean["hour"], tzinfo=zone), **{name: clean[name] for name in same})


class CorrectForm(ContactForm):
    """A contact as it was, and what was wrong with it."""

    because = forms.CharField(label=_("What was wrong?"), max_length=300)


class FileForm(Keyed):
    """That a file is to be made."""


class SupportForm(Keyed):
    """Ancillary support to a case manager or a treatment provider."""

    AT = {"MINUTES": "minutes", "LATER_DAY": "on"}
    to_whom = forms.ChoiceField(label=_("For whom"), choices=list(texts.TO_WHOM.items()), widget=RadioTiles())
    code = forms.ChoiceField(label=_("What was done"), widget=RadioTiles(stack=True))
    on = MemorableDateField(label=_("Day"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=24 * 60)
    words = forms.CharField(label=_("A few words"), required=False, max_length=300, widget=AREA)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = choices(current_pack().following.position.supports)  # type: ignore[attr-defined]

    @property
    def gave(self) -> Gave:
        """What was filled in."""
        return Gave(**{name: self.cleaned_data[name] for name in ("on", "to_whom", "code", "minutes", "words")})


class DischargeForm(Answering):
    """The end of her time with the position."""

    AT = {"LATER_DAY": "on"}
    code = forms.ChoiceField(label=_("Why"), widget=RadioTiles(stack=True))
    on = MemorableDateField(label=_("Day"))

    def __init__(self, *args: Any, reasons: Iterable[Said], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = choices(reasons)  # type: ignore[attr-defined]


class EntryForm(Answering):
    """Which contacts were entered in the state system, and on which day."""

    AT = {"LATER_DAY": "on"}
    contact = forms.TypedMultipleChoiceField(label=_("Contacts"), coerce=UUID, error_messages={"required": _("Tick the contacts that you entered.")})
    on = MemorableDateField(label=_("Entered on"))

    def __init__(self, *args: Any, ids: Iterable[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = [(str(pk), str(pk)) for pk in ids]  # type: ignore[attr-defined]


class DayForm(Answering):
    """A day at a partner's site."""

    AT = {"LATER_DAY": "on", "SITE": "site", "HOURS": "hours"}
    on = MemorableDateField(label=_("Day"))
    site = forms.CharField(label=_("At whose site"), max_length=120, help_text=_("Such as: child welfare office, Pine County."))
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=24)
