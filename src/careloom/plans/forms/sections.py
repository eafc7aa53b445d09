"""Forms of the sections: a text, the things of a home, who answers for a section, approvals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency
from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.widgets import RadioTiles
from careloom.plans.actions.sections import CheckSaid
from careloom.plans.models import SectionCheck
from careloom.plans.presenters import words
from careloom.plans.presenters.sections import CHECKED


class TextForm(forms.Form):
    """Our words in answer to one question."""

    text = forms.CharField(label=_("What we write"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    code = forms.CharField(max_length=24, widget=forms.HiddenInput)
    row_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ChecksForm(forms.Form):
    """Each thing of a section: how it stands, and a few words. Carries the version of each row that it was read with."""

    def __init__(self, *args: Any, names: dict[str, str], rows: Iterable[SectionCheck], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        known = {row.code: row for row in rows}
        for code, name in names.items():
            row = known.get(code)
            self.fields[f"state_{code}"] = forms.ChoiceField(
                label=name, required=False, choices=list(CHECKED.items()), initial=row.state if row else ""
            )  # fmt: skip
            self.fields[f"note_{code}"] = forms.CharField(label=_("A few words"), required=False, max_length=200, initial=row.note if row else "")
            self.fields[f"version_{code}"] = forms.IntegerField(widget=forms.HiddenInput, initial=row.row_version if row else 0)

    @property
    def groups(self) -> list[tuple[Any, Any, Any]]:
        """The three fields of each thing."""
        return [(self[f"state_{code}"], self[f"note_{code}"], self[f"version_{code}"]) for code in self.names]

    @property
    def said(self) -> dict[str, CheckSaid]:
        """What `put_checks` takes."""
        clean = self.cleaned_data
        return {
            code: CheckSaid(state=clean[f"state_{code}"], note=clean[f"note_{code}"].strip(), row_version=clean[f"version_{code}"])
            for code in self.names
        }  # fmt: skip


class OwnerForm(Keyed):
    """Which agency answers for a section."""

    agency = forms.TypedChoiceField(label=_("Which agency answers for this section?"), coerce=UUID)

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", ""), *((str(one.pk), one.name_outside) for one in agencies)]  # type: ignore[attr-defined]


class CosignForm(Keyed):
    """The family signs a section too."""

    name = forms.CharField(label=_("Who signs for the family?"), max_length=120)
    how = forms.ChoiceField(label=_("How?"), choices=list(words.METHODS.items()), widget=RadioTiles(her=True), initial="SCREEN")
    witness = forms.CharField(label=_("Who heard it"), required=False, max_length=120, help_text=_("Only when it was said aloud."))


class SignForm(Keyed):
    """Approve a section as it stands."""
