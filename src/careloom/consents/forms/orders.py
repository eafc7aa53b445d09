"""A court's paper as the register asks for it: what it is, whom it names, what it lists, and what it says. Source: law.md 1.8; R-107."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency
from careloom.agencies.words import CATEGORIES
from careloom.consents.actions import OrderDraft
from careloom.consents.court import ENDINGS, GROUNDS, MATTERS, PURPOSES, SCOPES, SPOKEN, Paper
from careloom.consents.forms.signing import REFUSALS
from careloom.infra.documents.uploads import NotTaken, Upload, take_upload
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles

REPORTER = {"cw.reporter_identity": _("the name of the person who reported")}
WORDS: dict[str, Any] = {**CATEGORIES, **REPORTER}
_MOST_NAMES = 12


def kinds_of_record(*, without: frozenset[str] = frozenset()) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Every kind of record by its group, for a list of tiles, in words that begin a line."""
    said = {code: str(words)[:1].upper() + str(words)[1:] for code, words in WORDS.items()}
    return [(label, [(code, said[code]) for code in codes if code not in without]) for label, codes in SCOPES]


class OrderForm(forms.Form):
    """One paper about one family. `draft` is what it says; whether it qualifies is the kernel's to say, so a poor paper is kept too."""

    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    matter = forms.ChoiceField(label=_("What is it about?"), required=False, choices=[("", "")], widget=RadioTiles)
    court = forms.CharField(label=_("Which court, or who sent it"), max_length=160)
    docket = forms.CharField(label=_("Case number"), required=False, max_length=60)
    issued_on = MemorableDateField(label=_("The day on the paper"))
    expires_on = MemorableDateField(label=_("The last day it holds"), required=False, help_text=_("Leave it empty where the paper names no day."))
    subjects = forms.MultipleChoiceField(label=_("Whose records?"), widget=CheckboxTiles)
    recipients = forms.MultipleChoiceField(
        label=_("Which agencies may receive them?"), required=False, widget=CheckboxTiles, help_text=_("Only those that the paper names.")
    )
    named = forms.CharField(
        label=_("Who else may receive them"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One name a line, such as a judge or a lawyer without a place here. They get it on paper."),
    )  # fmt: skip
    scope = forms.MultipleChoiceField(label=_("What does the paper list?"), widget=CheckboxTiles)
    purposes = forms.MultipleChoiceField(label=_("What may it be used for?"), widget=CheckboxTiles)
    said = forms.MultipleChoiceField(label=_("Does the paper say that ..."), required=False, widget=CheckboxTiles(stack=True))
    ground = forms.ChoiceField(
        label=_("Why may what she said in confidence be opened?"), required=False, widget=RadioTiles(stack=True),
        help_text=_("Only where the paper lists confidential communications or counseling notes, and says why (42 CFR 2.63)."),
    )  # fmt: skip
    scan = forms.FileField(
        label=_("The scan of the paper"), required=False, help_text=_("A PDF, or a photo (JPEG or PNG), up to 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"}),
    )  # fmt: skip

    def __init__(self, *args: Any, paper: Paper, people: list[tuple[str, str]], agencies: list[Agency], today: date, **kwargs: Any) -> None:
        """`people` are the mother and her infants (id, name), the mother first; `agencies` whom a paper may name."""
        super().__init__(*args, **kwargs)
        self.paper, self.today, self.mother = paper, today, people[0][0]
        self.upload: Upload | None = None
        self._choices("subjects", people)
        self._choices("recipients", [(str(agency.pk), agency.name_outside) for agency in agencies])
        self._choices("purposes", [(code, PURPOSES[code]) for code in paper.purposes])
        self._choices("said", [(one.finding, one.asks) for one in paper.questions])
        self.fields["said"].widget.hints = {one.finding: one.citation for one in paper.questions}  # type: ignore[attr-defined]
        self._choices("ground", list(GROUNDS.items()))
        self._choices("matter", list(MATTERS.items()))
        self._choices("scope", kinds_of_record())
        for name, is_wanted in {"ground": paper.grounds, "matter": paper.matters, "said": bool(paper.questions)}.items():
            if not is_wanted:
                del self.fields[name]

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What makes the record useless is asked again; what the law misses in the paper is not: such a paper is kept and opens nothing."""
        data: dict[str, Any] = super().clean() or {}
        issued, ends = data.get("issued_on"), data.get("expires_on")
        if issued and issued > self.today:
            self.add_error("issued_on", _("Write the day that stands on the paper; it cannot lie ahead."))
        if issued and ends and ends < issued:
            self.add_error("expires_on", _("The last day lies before the day on the paper. Compare both with the paper."))
        data["names"] = list(dict.fromkeys(" ".join(line.split())[:160] for line in data.get("named", "").splitlines() if line.strip()))
        if not data["names"] and not data.get("recipients"):
            self.add_error("recipients", _("Mark an agency, or write a name below."))
        if len(data["names"]) > _MOST_NAMES:
            self.add_error("named", _("Write at most twelve names. A longer list belongs in a second record."))
        if data.get("ground") and not SPOKEN & set(data.get("scope", ())):
            self.add_error("ground", _("The lists hold no confidential communications and no counseling notes. Mark them, or take this answer back."))
        self._clean_scan(data)
        return data

    def _clean_scan(self, data: dict[str, Any]) -> None:
        taken = take_upload(data["scan"]) if data.get("scan") else None
        if isinstance(taken, NotTaken):
            self.add_error("scan", REFUSALS[taken.because])
        else:
            self.upload = taken

    @property
    def draft(self) -> OrderDraft:
        """The paper as the register keeps it."""
        clean = self.cleaned_data
        return OrderDraft(
            identity_id=UUID(self.mother), subject_ids=tuple(UUID(pk) for pk in clean["subjects"]), kind=self.paper.kind.value, court=clean["court"],
            issued_on=clean["issued_on"], scope=tuple(clean["scope"]), purposes=tuple(clean["purposes"]),
            recipient_ids=tuple(UUID(pk) for pk in clean["recipients"]), recipient_names=tuple(clean["names"]), docket=clean["docket"],
            target=self.paper.target, expires_on=clean["expires_on"], findings=tuple(clean.get("said", ())), ground_2_63=clean.get("ground", ""),
            matter=clean.get("matter", ""),
        )  # fmt: skip


class EndOrderForm(forms.Form):
    """Why an order no longer holds."""

    because = forms.ChoiceField(label=_("What happened?"), choices=list(ENDINGS.items()), widget=RadioTiles(stack=True))
    row_version = forms.IntegerField(widget=forms.HiddenInput)
