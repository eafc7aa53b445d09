"""Forms of following: they parse and never save."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Membership
from careloom.following import words as texts
from careloom.following.actions import Told
from careloom.following.models import Outreach
from careloom.infra.ui import answering
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.kernel.packs.following import Disengagement


def area(most: int, *, rows: int = 3) -> forms.Textarea:
    """A field of some lines."""
    return forms.Textarea(attrs={"rows": rows, "maxlength": most})


class Answering(answering.Answering):
    """A form with the words of this app for what was refused."""

    def gap(self, code: str) -> Any:
        """What to do next, in words."""
        return texts.REFUSALS.get(code, texts.REFUSALS["NOT_ALLOWED"])


class Keyed(Answering, answering.Keyed):
    """A form that makes one row however often it is sent."""


class AttemptForm(Keyed):
    """A try to reach her. Ways that she does not allow are not offered."""

    AT = {"NOT_SAFE": "how", "LATER_DAY": "day"}
    how = forms.ChoiceField(label=_("How"), widget=RadioTiles())
    outcome = forms.ChoiceField(label=_("What came of it"), choices=list(texts.OUTCOMES.items()), widget=RadioTiles(stack=True))
    day = MemorableDateField(label=_("Day"))
    hour = forms.TimeField(label=_("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    words = forms.CharField(label=_("A few words"), required=False, max_length=300, widget=area(300, rows=2))

    def __init__(self, *args: Any, shut: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = [(code, label) for code, label in texts.HOWS.items() if code not in shut]  # type: ignore[attr-defined]

    def told(self, *, zone: ZoneInfo, at: datetime) -> Told:
        """The try. Without an hour it was at noon, or now where noon has not come yet."""
        clean = self.cleaned_data
        when = datetime.combine(clean["day"], clean["hour"] or time(12), tzinfo=zone)
        today = clean["day"] == at.astimezone(zone).date()
        return Told(how=clean["how"], outcome=clean["outcome"], at=min(when, at) if today else when, words=clean["words"])


class OffersForm(Answering):
    """What was offered, and the letter to her."""

    AT = {"OFFER": "offers", "NOT_SAFE": "written_on"}
    offers = forms.MultipleChoiceField(label=_("What was offered"), required=False, widget=CheckboxTiles)
    written_on = MemorableDateField(label=_("Day on which the letter went to her"), required=False)
    written_in = forms.ChoiceField(
        label=_("Language of the letter"), choices=[("en", _("English")), ("es", _("Spanish"))], widget=RadioTiles(), initial="en"
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rule: Disengagement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.fields["offers"].choices = [(one.code, one.label(language)) for one in rule.offers]  # type: ignore[attr-defined]

    @staticmethod
    def start(row: Outreach | None) -> dict[str, Any]:
        """What the form shows at first."""
        if row is None:
            return {"row_version": 0}
        return {"offers": row.offers, "written_on": row.written_on, "written_in": row.written_in or "en", "row_version": row.row_version}


class ConcernForm(Keyed):
    """A safety concern of the worker's own."""

    AT = {"WORDS": "words", "NOT_LOST_TOUCH": "is_own", "CODE": "does"}
    words = forms.CharField(label=_("What did you see or hear, and why does it worry you?"), max_length=1000, widget=area(1000, rows=5))
    does = forms.ChoiceField(label=_("What did you do about it?"), choices=list(texts.DOES.items()), widget=RadioTiles(stack=True))
    is_own = forms.BooleanField(label=_("This is a concern of my own. It is not that nobody could reach her."), required=False)


class BarrierForm(Answering):
    """The words of a barrier, without anybody in them."""

    AT = {"NAMES": "words"}
    words = forms.CharField(
        label=_("What stands in the way, for any family?"), required=False, max_length=300, widget=area(300),
        help_text=_("No names, no days, no numbers but a distance. The partnership reads it without knowing from whom it comes."),
    )  # fmt: skip


class NextForm(Answering):
    """Who owns a need, and when it is looked at next."""

    AT = {"WORKER": "owner", "DAY": "next_on"}
    owner = forms.TypedChoiceField(label=_("Who owns it"), coerce=UUID)
    next_on = MemorableDateField(label=_("Next day"))
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [(str(m.worker_id), m.worker.name) for m in members]  # type: ignore[attr-defined]
