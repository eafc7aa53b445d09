"""Forms of the directory: they parse and never save."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from careloom.directory.asking import Answered
from careloom.directory.needs import catalogue
from careloom.directory.queries import FLAGS
from careloom.infra.ui.fields import MemorableDateField

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


class QuestionsForm(forms.Form):
    """The questions to a provider, one field each; what is left as it was is not written again."""

    spoke_with = forms.CharField(
        label=_("Who answered, at the provider"), max_length=120, help_text=_("A name or a function. Nothing about any family.")
    )
    on = MemorableDateField(label=_("Day"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    AT = {"LATER_DAY": ("on", _("This day has not come yet.")), "SPOKE_WITH": ("spoke_with", _("Write who answered."))}

    def __init__(self, *args: Any, answered: Iterable[Answered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        for one in answered:
            self.fields[f"q_{one.question.code}"] = forms.CharField(
                label=one.question.label(language), required=False, max_length=600, initial=one.answer.text if one.answer else "",
                widget=forms.Textarea(attrs={"rows": 2, "maxlength": 600}),
            )  # fmt: skip

    @property
    def given(self) -> dict[str, str]:
        """The answers by the code of their question."""
        return {name[2:]: text for name, text in self.cleaned_data.items() if name.startswith("q_")}

    def refuse(self, codes: Iterable[str]) -> None:
        """Show what was refused at its field."""
        for code in codes:
            self.add_error(*self.AT.get(code, (None, _("Your role does not write this down. Ask the directory steward."))))


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
