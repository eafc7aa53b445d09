"""Forms of a holder: the check, the release, the neutral answer, and what was given by hand. They parse and never save."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.disclosures import words
from careloom.disclosures.forms.asking import Keyed, Told, parts_field, purpose_field, texts
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles


class Versioned(forms.Form):
    """A form about a row that somebody else may change meanwhile."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class CheckForm(Versioned):
    """How a request is checked."""

    identity_checked = texts(
        _("How you verified who asks"), most=200, hint=_("Such as: called back on the number of the court, saw a badge, known for years.")
    )
    authority_checked = texts(
        _("How you verified that they may ask"), most=200, hint=_("Such as: read the consent, read the order, letter on letterhead.")
    )
    facts = forms.MultipleChoiceField(
        label=_("What you know to be so"), choices=list(words.FACTS.items()), widget=CheckboxTiles(stack=True), required=False,
        help_text=_("Tick nothing that you have not seen or heard yourself."),
    )  # fmt: skip
    ways = forms.MultipleChoiceField(
        label=_("What may leave"), widget=CheckboxTiles(stack=True), required=False,
        help_text=_("Only what the purpose needs. A part that is not permitted stays here, whatever is ticked."),
    )  # fmt: skip
    from_on = MemorableDateField(label=_("From this day on"), required=False)
    to_on = MemorableDateField(label=_("Up to this day"), required=False)

    def __init__(self, *args: Any, ways: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ways"].choices = list(ways)  # type: ignore[attr-defined]
        if not self.fields["ways"].choices:  # type: ignore[attr-defined]
            del self.fields["ways"]


class ReleaseForm(Versioned):
    """The duties that a person meets, one by one, and whether the accounting to her must wait."""

    met = forms.MultipleChoiceField(label=_("Done by you"), widget=CheckboxTiles(stack=True), required=False)
    waits_until = MemorableDateField(
        label=_("Her accounting waits until"), required=False,
        help_text=_("Only where the police or an oversight agency asked for it in writing, with a day (45 CFR 164.528(a)(2))."),
    )  # fmt: skip

    def __init__(self, *args: Any, duties: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        todo = list(duties)
        if todo:
            self.fields["met"].choices = [(code, words.duty(code)) for code in todo]  # type: ignore[attr-defined]
        else:
            del self.fields["met"]


class DenyForm(Versioned):
    """Why the answer says neither yes nor no. The reasons stay in the agency."""

    codes = forms.MultipleChoiceField(label=_("Why"), choices=list(words.DENIALS.items()), widget=CheckboxTiles(stack=True))
    note = texts(_("Note for your own file"), most=600, rows=2, required=False)


class HandForm(Keyed):
    """A disclosure that was made by hand."""

    to_kind = forms.ChoiceField(label=_("Who received it"), choices=[("", _("Choose")), *words.KINDS.items()])
    to_name = texts(_("Name of the person or office"), most=160)
    to_address = texts(_("Address or number, if you know it"), most=200, required=False)
    how = forms.ChoiceField(label=_("How"), choices=list(words.CAME_BY.items()), widget=RadioTiles)
    given_on = MemorableDateField(label=_("Day"))
    categories = parts_field(_("Which parts of the record"))
    purpose = purpose_field()
    what = texts(_("What you told or sent, in a sentence"), most=600, rows=3, hint=_("She can read this in her list."))
    papers = texts(_("On which paper"), most=400, rows=2, required=False)
    facts = forms.MultipleChoiceField(
        label=_("What you know to be so"), choices=list(words.FACTS.items()), widget=CheckboxTiles(stack=True), required=False
    )


class BreachForm(Told):
    """How a disclosure that the law did not permit was assessed."""

    AT = {"TOLD_LATER": "told_on"}
    outcome = forms.ChoiceField(label=_("What came of it"), choices=list(words.BREACHES.items()), widget=RadioTiles(stack=True))
    told_on = MemorableDateField(label=_("Day on which she was told"), required=False)
    note = texts(_("Note"), most=600, rows=4, required=False)
