"""Forms of a holder who answers: verify, put off, copy, list, correct, limit, say no. They parse and never save."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies.words import CATEGORIES
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.rights import words
from careloom.rights.forms.asking import Keyed, Told, texts

#: Where an action's finding is shown, if not at the field of its own name.
AT = {
    "CODES": "codes", "MUST_AGREE": "codes", "EMPTY": "without", "TOO_LATE": "because", "ALREADY_PUT_OFF": "because", "NO_EXTENSION": "because",
    "FEE": "fee_told_on", "SPOKEN_TOO_LONG": "until", "BECAUSE_ENDED": "because", "STATE": "words",
}  # fmt: skip


class Versioned(Told):
    """A form about a row that somebody else may change meanwhile."""

    AT = AT
    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class PlainForm(Versioned):
    """A yes to what stands on the page."""


class VerifyForm(Versioned):
    """How it was verified that she asks."""

    verified = texts(_("How you verified that she asks"), most=200, hint=_("Such as: called back on the number we have, saw an identity card."))


class PutOffForm(Versioned):
    """Why it takes longer, once."""

    because = texts(_("Why it takes longer"), most=400, rows=2, hint=_("She reads this with the new day."))


class CopyForm(Versioned):
    """How a copy is handed over, and what stays out of it."""

    how = forms.ChoiceField(label=_("How it is handed over"), choices=list(words.COPIES.items()), widget=RadioTiles)
    without = forms.MultipleChoiceField(
        label=_("Leave these parts out"), widget=CheckboxTiles, required=False, help_text=_("Only on a ground that the law names.")
    )
    codes = forms.MultipleChoiceField(label=_("On which grounds"), widget=CheckboxTiles(stack=True), required=False)
    answer = texts(_("What she should know"), most=1200, rows=3, required=False, hint=_("She reads this. Needed where something stays out."))

    def __init__(self, *args: Any, parts: Iterable[str], grounds: Iterable[str], on_pages: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["without"].choices = [(code, CATEGORIES.get(code, code)) for code in parts]  # type: ignore[attr-defined]
        self.fields["codes"].choices = ground_choices(grounds)  # type: ignore[attr-defined]
        if not on_pages:
            self.fields["how"].choices = [(k, v) for k, v in words.COPIES.items() if k != "PORTAL"]  # type: ignore[attr-defined]


class ListForm(Versioned):
    """The list as it stands on the page is handed over."""

    answer = texts(_("What she should know"), most=1200, rows=2, required=False)
    fee_told_on = MemorableDateField(
        label=_("Day on which she was told of the fee"), required=False, help_text=_("Only for a second list within twelve months.")
    )

    def __init__(self, *args: Any, free: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if free:
            del self.fields["fee_told_on"]


class CorrectForm(Versioned):
    """The correction as it is to stand beside the record, and beside which parts."""

    parts = forms.MultipleChoiceField(label=_("Beside which parts of the record"), widget=CheckboxTiles)
    text = texts(_("The correction"), most=1200, rows=4, hint=_("Who reads the part reads this with it. The old words stay."))

    def __init__(self, *args: Any, held: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [(part, _part(part)) for part in held]  # type: ignore[attr-defined]


class DisagreeForm(Versioned):
    """Her statement that came on paper, or the agency's own word beside it."""

    words = texts(_("Her statement, word for word"), most=1200, rows=4, as_said=True)


class RebutForm(Versioned):
    """The agency's own word beside her statement."""

    rebuttal = texts(_("The agency's own word beside it"), most=1200, rows=3, hint=_("She gets a copy. One, and short."))


class DenyForm(Versioned):
    """On which grounds the answer is no."""

    codes = forms.MultipleChoiceField(label=_("On which grounds"), widget=CheckboxTiles(stack=True))
    answer = texts(_("What she should know"), most=1200, rows=3, hint=_("She reads this: the reason in plain words, and what she can do now."))

    def __init__(self, *args: Any, grounds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = ground_choices(grounds)  # type: ignore[attr-defined]


class ReviewForm(Versioned):
    """What another licensed professional decided."""

    reviewer = texts(_("Who reviewed it"), most=120, hint=_("A licensed professional who took no part in the answer."))
    upheld = forms.ChoiceField(label=_("What was decided"), choices=[("1", _("The answer stands")), ("0", _("She gets the copy"))], widget=RadioTiles)
    answer = texts(_("What she should know"), most=1200, rows=3, hint=_("She reads this."))


class EndForm(Versioned):
    """Why a limit ends."""

    because = forms.ChoiceField(label=_("Why it ends"), choices=list(words.ENDINGS.items()), widget=RadioTiles(stack=True))


class HoldForm(Keyed):
    """Whose rows her list leaves out, on whose word, until when."""

    receiver = forms.ChoiceField(label=_("Whose rows"))
    said_by = texts(_("Who said so"), most=200, hint=_("The official and the office."))
    in_writing = forms.BooleanField(label=_("It came in writing and says for how long"), required=False)
    until = MemorableDateField(label=_("Last day"))

    def __init__(self, *args: Any, receivers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].choices = [("", _("Choose")), *receivers]  # type: ignore[attr-defined]


def ground_choices(codes: Iterable[str]) -> list[tuple[str, Any]]:
    """Grounds for a form."""
    return [(code, words.GROUNDS[code]) for code in codes]


def _part(part: str) -> Any:
    category, provenance = part.split("|", 1)
    label = CATEGORIES.get(category, category)
    return label if provenance == "originating" else f"{label} ({provenance.replace('_', ' ')})"
