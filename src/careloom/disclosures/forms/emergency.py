"""Forms of a look in an emergency. They parse and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.disclosures.forms.asking import Keyed, texts
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import RadioTiles


class FindForm(forms.Form):
    """A patient in the facility's own registration: by number, or by both names and the day of birth."""

    number = texts(_("Number in your records"), most=120, required=False)
    given_name = texts(_("Given name"), most=80, required=False)
    family_name = texts(_("Family name"), most=120, required=False)
    born_on = MemorableDateField(label=_("Date of birth"), required=False)

    def clean(self) -> dict[str, Any]:
        """One way or the other, whole."""
        told = super().clean() or {}
        if not told.get("number") and not (told.get("given_name") and told.get("family_name") and told.get("born_on")) and not self.errors:
            self.add_error(None, _("Type the number, or both names and the date of birth."))
        return told


class OpenForm(Keyed):
    """Why records are opened in an emergency (42 CFR 2.51(c))."""

    facility = texts(_("Facility"), most=160)
    nature = texts(_("What is the emergency?"), most=600, rows=3)
    why_no_consent = texts(_("Why can she not be asked?"), most=300, rows=2)


class ReviewForm(forms.Form):
    """What a discloser found."""

    outcome = forms.ChoiceField(
        label=_("Was it an emergency as the law means it?"), widget=RadioTiles(stack=True),
        choices=[("JUSTIFIED", _("Yes, it was justified")), ("NOT_JUSTIFIED", _("No, or it cannot be told. Their privacy officer is told"))],
    )  # fmt: skip
    note = texts(_("Note"), most=600, rows=3, required=False)
