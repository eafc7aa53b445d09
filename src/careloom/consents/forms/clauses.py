"""A data clause as the register asks for it: with whom, what, for what, from when until when, and when somebody looks at it again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency
from careloom.consents.actions import ClauseDraft
from careloom.consents.agreements import ENDINGS, PURPOSES, TERM_WORDS, Kind, Terms, can_serve, next_review
from careloom.consents.forms.orders import REPORTER, kinds_of_record
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.kernel.disclosure import AgreementKind

STUDY_TERMS = ("irb", "privacy_board_waiver")
NOT_A_QSO = _(
    "This agency cannot be a service organization of a treatment program: it treats, monitors or judges. What it needs of a patient, she allows "
    "with a consent, or a court orders (42 CFR 2.11)."
)


class ClauseForm(forms.Form):
    """One line of an element schedule. `draft` is what it says; what it would begin or stop is shown before it is put in force."""

    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Name of the paper"), max_length=160, help_text=_("As your files call it."))
    recipient = forms.ChoiceField(label=_("With which agency?"), widget=forms.Select)
    service = forms.CharField(label=_("Which service does it do for you?"), required=False, max_length=200)
    categories = forms.MultipleChoiceField(label=_("What does the schedule list?"), widget=CheckboxTiles)
    purposes = forms.MultipleChoiceField(label=_("What may it be used for?"), widget=CheckboxTiles)
    terms = forms.MultipleChoiceField(label=_("What does the paper say?"), required=False, widget=CheckboxTiles(stack=True))
    starts_on = MemorableDateField(label=_("The first day"))
    ends_on = MemorableDateField(label=_("The last day"), required=False, help_text=_("Leave it empty where the paper has no end."))
    review_due_on = MemorableDateField(label=_("The day by which somebody reviews it"))

    def __init__(self, *args: Any, kind: Kind, agencies: list[Agency], pack: Terms, today: date, **kwargs: Any) -> None:
        """`agencies` are all that may stand on a paper; `pack` proposes the review."""
        initial = {"starts_on": today, "review_due_on": next_review(since=today, months=pack.review_months)}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.kind, self.pack, self.today = kind, pack, today
        self.by_id = {str(agency.pk): agency for agency in agencies}
        self._choices("recipient", [("", _("Choose an agency")), *((pk, agency.name_outside) for pk, agency in self.by_id.items())])
        self._choices("purposes", [(code, PURPOSES[code]) for code in kind.purposes])
        asked = (*kind.terms, *STUDY_TERMS) if kind.code == AgreementKind.RESEARCH_APPROVAL else kind.terms
        self._choices("terms", [(code, TERM_WORDS[code]) for code in asked])
        self._choices("categories", kinds_of_record(without=frozenset(REPORTER)))
        for name, is_wanted in {
            "service": kind.serves, "categories": bool(kind.purposes), "purposes": bool(kind.purposes), "terms": bool(asked),
        }.items():  # fmt: skip
            if not is_wanted:
                del self.fields[name]

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Each kind of paper asks for what its law asks of it."""
        data: dict[str, Any] = super().clean() or {}
        self._clean_party(data)
        self._clean_days(data)
        return data

    def _clean_party(self, data: dict[str, Any]) -> None:
        agency, said = self.by_id.get(data.get("recipient", "")), set(data.get("terms", ()))
        if self.kind.code == AgreementKind.QSOA and agency is not None and not can_serve(agency.kind):
            self.add_error("recipient", NOT_A_QSO)
        if self.kind.serves and not data.get("service", "").strip():
            self.add_error("service", _("Write which service it does for your agency. Care of her is none (42 CFR 2.11)."))
        if missing := [code for code in self.kind.terms if code not in said]:
            self.add_error("terms", _("Without this the paper opens nothing: %(what)s.") % {"what": TERM_WORDS[missing[0]]})
        if self.kind.code == AgreementKind.RESEARCH_APPROVAL and not said & set(STUDY_TERMS):
            self.add_error("terms", _("Mark which board looked at the study (42 CFR 2.52(a); 45 CFR 164.512(i))."))

    def _clean_days(self, data: dict[str, Any]) -> None:
        starts, ends, review = data.get("starts_on"), data.get("ends_on"), data.get("review_due_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day lies before the first. Compare both with the paper."))
        if starts and review and review <= starts:
            self.add_error("review_due_on", _("Choose a day after the first one."))

    @property
    def draft(self) -> ClauseDraft:
        """The clause as the register keeps it. The pack says whether an overdue review closes it."""
        clean = self.cleaned_data
        return ClauseDraft(
            kind=str(self.kind.code), title=clean["title"], recipient_id=UUID(clean["recipient"]), categories=tuple(clean.get("categories", ())),
            purposes=tuple(clean.get("purposes", ())), starts_on=clean["starts_on"], ends_on=clean["ends_on"], review_due_on=clean["review_due_on"],
            closes_when_overdue=self.pack.overdue_review_closes, terms=dict.fromkeys(clean.get("terms", ()), True), service=clean.get("service", ""),
        )  # fmt: skip


class ReviewForm(forms.Form):
    """A review was held: by when the next one is due."""

    next_review_on = MemorableDateField(label=_("The next review is due by"))
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_next_review_on(self) -> date:
        """A review lies ahead."""
        day: date = self.cleaned_data["next_review_on"]
        if day <= self.today:
            raise forms.ValidationError(_("Choose a day that lies ahead."))
        return day


class EndClauseForm(forms.Form):
    """Why a clause no longer holds."""

    because = forms.ChoiceField(
        label=_("What happened?"), choices=[one for one in ENDINGS.items() if one[0] != "RAN_OUT"], widget=RadioTiles(stack=True)
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)
