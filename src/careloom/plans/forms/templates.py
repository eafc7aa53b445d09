"""Forms of local templates."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.widgets import RadioTiles

STAGES = [("PRENATAL", _("Before the birth")), ("POSTNATAL", _("After the birth")), ("BOTH", _("Both"))]


class StartTemplateForm(Keyed):
    """A new template."""

    name = forms.CharField(label=_("Name of the template"), max_length=120)
    stage = forms.ChoiceField(label=_("For plans"), choices=STAGES, initial="BOTH", widget=RadioTiles())


class PublishForm(forms.Form):
    """Publish a draft."""

    what_changed = forms.CharField(label=_("What is new in this version?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class BodyForm(forms.Form):
    """Every section of a draft: its place, heading, guidance and further questions, one a line as “English | Spanish”."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, body: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [str(row["code"]) for row in body]
        for place, row in enumerate(body, start=1):
            code, name = row["code"], row["name"]
            asked = "\n".join(f"{one['en']} | {one['es']}" for one in row.get("questions", []))
            self.fields[f"place_{code}"] = forms.IntegerField(label=_("Place"), min_value=1, max_value=99, initial=place)
            self.fields[f"en_{code}"] = forms.CharField(label=_("Heading in English"), max_length=80, initial=name["en"])
            self.fields[f"es_{code}"] = forms.CharField(label=_("Heading in Spanish"), max_length=80, initial=name.get("es", ""))
            self.fields[f"needed_{code}"] = forms.BooleanField(
                label=_("Something must stand here"), required=False, initial=row.get("needed", False)
            )  # fmt: skip
            self.fields[f"guidance_{code}"] = forms.CharField(
                label=_("Guidance for who writes"), required=False, max_length=300, initial=row.get("guidance", "")
            )  # fmt: skip
            self.fields[f"questions_{code}"] = forms.CharField(
                label=_("Further questions"), required=False, max_length=1000, initial=asked, widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("One a line: English | Spanish"),
            )  # fmt: skip

    @property
    def groups(self) -> list[tuple[str, str, list[Any]]]:
        """The code, heading and fields of each section."""
        names = ("place", "en", "es", "needed", "guidance", "questions")
        return [(code, str(self[f"en_{code}"].value() or code), [self[f"{name}_{code}"] for name in names]) for code in self.codes]

    @property
    def body(self) -> list[dict[str, object]]:
        """The body as `edit_draft` takes it, in the order of the places."""
        clean = self.cleaned_data
        rows = [
            (clean[f"place_{code}"], index, {
                "code": code, "name": {"en": clean[f"en_{code}"].strip(), "es": clean[f"es_{code}"].strip()}, "needed": clean[f"needed_{code}"],
                "questions": _questions(clean[f"questions_{code}"]), "guidance": clean[f"guidance_{code}"].strip(),
            })
            for index, code in enumerate(self.codes)
        ]  # fmt: skip
        return [row for _place, _index, row in sorted(rows, key=lambda one: one[:2])]


def _questions(text: str) -> list[dict[str, str]]:
    """The questions of a section. A question's code comes from its English words, so that answers stay with it from version to version."""
    found = {}
    for line in text.splitlines():
        english, _bar, spanish = (part.strip() for part in line.partition("|"))
        if english:
            code = f"Q{sha256(english.casefold().encode()).hexdigest()[:10].upper()}"
            found[code] = {"code": code, "en": english[:200], "es": (spanish or english)[:200]}
    return list(found.values())
