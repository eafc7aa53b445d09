"""What stands in her way, told without her: the form, and the answers that came back to families."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.packs import current_pack
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles

CAUSES: dict[str, Any] = {
    "TOO_FAR": _("It is too far, or I have no ride"),
    "WAITLIST": _("I have to wait too long"),
    "NO_SERVICE": _("There is no such help here"),
    "COST": _("It costs too much"),
    "NOT_ELIGIBLE": _("They said it is not for me"),
    "LANGUAGE": _("They do not speak my language"),
    "CHILD_CARE": _("No one can watch my kids while I go"),
    "STIGMA": _("They did not treat me well"),
    "OTHER": _("Something else"),
}


# The kinds of help in words that tell nobody what she is cared for.
HELP: dict[str, Any] = {
    "INFANT_HEALTH": _("My baby’s health"),
    "PARENT_HEALTH": _("My health"),
    "RECOVERY": _("Staying well"),
    "PARENTING": _("Raising my kids"),
    "SAFETY": _("Being safe"),
    "HOUSEHOLD": _("Home and daily life"),
}


class InTheWayForm(forms.Form):
    """What is in her way. Her words are kept only where she ticks that they may be used."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    cause = forms.ChoiceField(label=_("What is in your way?"), choices=list(CAUSES.items()), widget=RadioTiles(stack=True, her=True))
    service = forms.ChoiceField(label=_("What kind of help is it?"), required=False)
    county = forms.ChoiceField(label=_("Where?"), required=False)
    words = forms.CharField(
        label=_("You can say it in your words"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": "3", "maxlength": 300}),
        help_text=_("No names and no dates, please."),
    )  # fmt: skip
    may_use = forms.MultipleChoiceField(
        label=_("May we use your words?"), required=False, widget=CheckboxTiles(stack=True, her=True),
        choices=[("YES", _("Yes. A person types them anew first, so no one knows them as mine."))],
        help_text=_("If you do not tick this, your words are thrown away. The rest still counts."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["service"].choices = [("", _("I would rather not say")), *HELP.items()]
        places = [(place.name, place.name) for place in current_pack().manifest.places if place.kind in ("COUNTY", "TRIBE")]
        fields["county"].choices = [("", _("I would rather not say")), *places]

    @property
    def told(self) -> dict[str, Any]:
        """What may be handed on."""
        clean = self.cleaned_data
        return {
            "cause": clean["cause"], "service": clean["service"] or "OTHER", "county": clean["county"],
            "words": clean["words"] if clean["may_use"] else "", "hers": True,
        }  # fmt: skip
