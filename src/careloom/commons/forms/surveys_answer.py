"""What somebody answers without a name: her code, and her sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.fields import line
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.surveys import words
from careloom.surveys.instruments import words_in
from careloom.surveys.models import Round


class CodeForm(forms.Form):
    """A code as it was handed out."""

    code = line(_("Your code"), most=40, hint=_("20 letters and digits, as on your paper or your screen. Small letters do too."))


class SheetForm(forms.Form):
    """The statements of a round. Nothing is asked that could name her; who would rather not say her group leaves it."""

    def __init__(self, *args: Any, row: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, language = row, (get_language() or "en")[:2]
        self.sections: list[dict[str, Any]] = []
        for section in row.definition["sections"]:
            names = []
            for item in section["items"]:
                name = f"item_{item['id']}"
                self.fields[name] = forms.TypedChoiceField(
                    label=words_in(item, "text", language), choices=[(str(code), text) for code, text in words.ANSWERS.items()], coerce=int,
                    widget=RadioTiles(), error_messages={"required": _("Choose one. You can say that you cannot say.")},
                )  # fmt: skip
                names.append(name)
            self.sections.append({"title": words_in(section, "title", language), "names": names})
        if row.definition.get("votes"):
            self.fields["votes"] = forms.MultipleChoiceField(
                label=_("What should we work on first? Choose up to %(n)s.") % {"n": row.definition["votes"]}, required=False, widget=CheckboxTiles,
                choices=[(section["code"], words_in(section, "title", language)) for section in row.definition["sections"]],
            )  # fmt: skip
        for name in row.definition["groups"]:
            if row.choices.get(name):
                listed = [(code, words.PARTS.get(code, text)) for code, text in row.choices[name]]
                self.fields[f"group_{name}"] = forms.ChoiceField(
                    label=words.DIMENSIONS[name], required=False, choices=[("", _("I would rather not say")), *listed]
                )
        self.fields["words"] = line(
            _("What else would you like to say?"), most=1000, rows=4, required=False,
            hint=_("It is shown as you write it, apart from your answers. Write nothing by which somebody could know you or a family."),
        )  # fmt: skip

    def blocks(self) -> list[dict[str, Any]]:
        """The sections with their fields, and last what is asked about oneself."""
        known = {name for section in self.sections for name in section["names"]}
        found = [{"title": section["title"], "fields": [self[name] for name in section["names"]]} for section in self.sections]
        return [*found, {"title": _("At the end"), "fields": [self[name] for name in self.fields if name not in known]}]

    def clean_votes(self) -> list[str]:
        """No more than the questionnaire asks for."""
        chosen: list[str] = self.cleaned_data["votes"]
        if len(chosen) > int(self.row.definition["votes"]):
            raise forms.ValidationError(_("Choose at most %(n)s."), params={"n": self.row.definition["votes"]})
        return chosen

    @property
    def sheet(self) -> dict[str, Any]:
        """What was answered."""
        told = self.cleaned_data
        return {
            "answers": {name[5:]: value for name, value in told.items() if name.startswith("item_")},
            "groups": {name[6:]: value for name, value in told.items() if name.startswith("group_")},
            "votes": told.get("votes", []), "words": told["words"],
        }  # fmt: skip
