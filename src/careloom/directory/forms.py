"""Forms of the directory: they parse and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from careloom.directory.needs import catalogue
from careloom.directory.queries import FLAGS

FLAG_NAMES = tuple(FLAGS)


class SearchForm(forms.Form):
    """What a worker looks for. Every field may stay empty; a value that is not known is ignored with a word."""

    need = forms.ChoiceField(label=_("What is needed"), required=False)
    place = forms.CharField(label=_("Where"), required=False, max_length=60, help_text=_("A county, a city or a ZIP code"))
    language = forms.ChoiceField(label=_("Language"), required=False)
    text = forms.CharField(label=_("Name or word"), required=False, max_length=80)
    has_capacity = forms.BooleanField(label=_("Has room now"), required=False)

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known, spoken = catalogue(), get_language() or "en"
        groups: dict[str, list[tuple[str, str]]] = {code: [] for code in known.domains}
        for need in known.needs.values():
            groups[need.domain].append((need.code, need.label(spoken)))
        labels = {code: words.get(spoken[:2], words["en"]) for code, words in known.domains.items()}
        self.fields["need"].choices = [("", _("Any need")), *((labels[code], entries) for code, entries in groups.items())]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("Any language")), *languages]  # type: ignore[attr-defined]
        for name, code in FLAGS.items():
            self.fields[name] = forms.BooleanField(label=known.features[code].label(spoken), required=False)

    @property
    def criteria(self) -> dict[str, Any]:
        """Keyword arguments for `search_services`; a field with an error asks for nothing."""
        cleaned = self.cleaned_data if self.is_bound else {}
        return {name: cleaned[name] for name in self.fields if cleaned.get(name)}


class CapacityForm(forms.Form):
    """How much room there is."""

    available = forms.IntegerField(
        label=_("Free now"), min_value=0, max_value=100_000, error_messages={"required": _("Type a number, or 0 if there is no room.")}
    )
    maximum = forms.IntegerField(
        label=_("The most you can take"), min_value=0, max_value=100_000, required=False, help_text=_("Leave empty if there is no limit.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        free, most = cleaned.get("available"), cleaned.get("maximum")
        if free is not None and most is not None and free > most:
            self.add_error("available", _("More is free than you can take. Change one of the two numbers."))
        return cleaned
