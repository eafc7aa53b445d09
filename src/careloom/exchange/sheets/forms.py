"""Forms of bringing families in from a spreadsheet. They parse and never save."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.exchange.models import SheetMapping
from careloom.exchange.sheets.mapping import CODES, FIELDS, Mapping
from careloom.exchange.sheets.table import MOST_BYTES
from careloom.exchange.sheets.words import DATES, LANGUAGES, NOT_READ, SEXES
from careloom.exchange.sheets.words import FIELDS as LABELS
from careloom.notifications.words import SUBSTANCES

NAMED = {"exposures": SUBSTANCES, "child.sex": SEXES, "mother.language": LANGUAGES}


class SheetForm(forms.Form):
    """The file, and a mapping that was kept or saved before."""

    file = forms.FileField(label=_("Your spreadsheet as CSV"), help_text=_("A row for each child; the names of the columns first. Up to 5 MB."))
    kept = forms.ChoiceField(label=_("Mapping"), required=False)
    mapping_file = forms.FileField(label=_("Or a mapping file"), required=False, help_text=_("Saved from this page, here or elsewhere."))
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, kept: Iterable[SheetMapping], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = [("", _("Proposed by the names of the columns")), *((str(one.pk), one.name) for one in kept)]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """The file, no larger than one may be."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(NOT_READ["TOO_LARGE"])
        return file


class MappingForm(forms.Form):
    """A column for each of our fields, the form of the dates, and our code for each word that is not known."""

    dates = forms.ChoiceField(label=_("How days are written"), choices=list(DATES.items()))
    keep_as = forms.CharField(label=_("Keep this mapping as"), max_length=80, required=False, help_text=_("A name, for next month’s file."))

    def __init__(self, *args: Any, names: Iterable[str], mapping: Mapping, unknown: dict[str, tuple[str, ...]], **kwargs: Any) -> None:
        super().__init__(*args, initial={"dates": mapping.dates}, **kwargs)
        columns = [("", _("Not in the file")), *((name, name) for name in names)]
        self.mapping = mapping
        self.words: list[tuple[str, str, str]] = []
        for name in FIELDS:
            chosen = mapping.columns.get(name, "")
            self.fields[f"c-{name}"] = forms.ChoiceField(
                label=LABELS[name], choices=columns, required=False, initial=chosen if (chosen, chosen) in columns else ""
            )
        for name, words in unknown.items():
            codes = [("", _("Choose")), ("-", _("Nothing")), *((code, NAMED[name][code]) for code in sorted(CODES[name]) if code)]
            for place, word in enumerate(words):
                self.words.append((f"w-{name}-{place}", name, word))
                self.fields[f"w-{name}-{place}"] = forms.ChoiceField(label=f"“{word}” ({LABELS[name]})", choices=codes, required=False)

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The fields that choose a column."""
        return [self[f"c-{name}"] for name in FIELDS]

    @property
    def word_fields(self) -> list[forms.BoundField]:
        """The fields that give a word its meaning."""
        return [self[name] for name, _field, _word in self.words]

    @property
    def told(self) -> Mapping:
        """The mapping as it was told; words that had a meaning before keep it."""
        clean = self.cleaned_data
        codes = {name: dict(words) for name, words in self.mapping.codes.items()}
        for key, name, word in self.words:
            if clean.get(key):
                codes.setdefault(name, {})[word] = "" if clean[key] == "-" else clean[key]
        return Mapping(columns={name: clean[f"c-{name}"] for name in FIELDS if clean.get(f"c-{name}")}, dates=clean["dates"], codes=codes)
