"""Forms for what follows from an agreement: reviews, notices, filing, self-audits and annual reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agreements import words
from careloom.agreements.facts import AnswerFacts, ReviewFacts
from careloom.commons.forms.agreements import LARGE, SMALL, Paper
from careloom.commons.forms.keyed import choices
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import RadioTiles


class FileForm(Paper):
    """The final copy to a contract manager, and the receipt."""

    AT = {"LATER_DAY": "filed_on", "BEFORE": "filed_on", "HOW": "filed_how"}
    filed_on = MemorableDateField(label=_("Sent on"))
    filed_how = forms.CharField(label=_("How it was sent"), max_length=160)
    receipt_on = MemorableDateField(label=_("Receipt came on"), required=False)
    receipt = forms.CharField(label=_("What the receipt says"), required=False, max_length=160, help_text=_("A number, a name or a file."))


class ReviewForm(Paper):
    """A look at an agreement."""

    because = forms.ChoiceField(
        label=_("Why do you look at it now?"), widget=RadioTiles(stack=True), choices=[(k, v) for k, v in words.BECAUSE.items() if k != "DEFINITIONS"]
    )
    needed = forms.TypedChoiceField(
        label=_("Is it still needed?"), coerce=lambda text: text == "1", widget=RadioTiles(), choices=[("1", _("Yes")), ("0", _("No"))]
    )
    changed = forms.CharField(label=_("What changed since the last look?"), max_length=8000, widget=LARGE, help_text=_("Needs, people, law, places."))
    outcome = forms.ChoiceField(label=_("What follows?"), choices=choices(words.OUTCOMES), widget=RadioTiles(stack=True))
    next_on = MemorableDateField(label=_("The next review"), required=False)

    @property
    def facts(self) -> ReviewFacts:
        """What was told."""
        return ReviewFacts(**{key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version")})


class SuccessForm(Paper):
    """What the partners call progress and success."""

    success = forms.CharField(label=_("What do we call progress, and what success?"), max_length=8000, widget=LARGE)
    changed = forms.CharField(
        label=_("What did you change, and what did the new partner bring?"),
        max_length=8000,
        widget=SMALL,
        help_text=_("Say so too where nothing changed."),
    )

    @property
    def facts(self) -> ReviewFacts:
        """What was told."""
        return ReviewFacts(because="DEFINITIONS", success=self.cleaned_data["success"], changed=self.cleaned_data["changed"])


class NoticeForm(Paper):
    """A change, and that the Department was told."""

    AT = {"WORDS": "what", "LATER_DAY": "changed_on", "BEFORE": "sent_on", "HOW": "sent_how"}
    what = forms.CharField(label=_("What changed?"), max_length=500, widget=SMALL)
    changed_on = MemorableDateField(label=_("Changed on"))
    sent_on = MemorableDateField(label=_("The Department was told on"), required=False)
    sent_to = forms.CharField(label=_("Who was told"), required=False, max_length=160)
    sent_how = forms.CharField(label=_("How"), required=False, max_length=160)


class AuditForm(Paper):
    """A self-audit of a year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    auditor = forms.CharField(label=_("Who looks?"), max_length=120)
    due_on = MemorableDateField(label=_("To be answered by"))


class AnswerForm(Paper):
    """An answer of a self-audit. What the data show stands above it."""

    AT = {"LATER_DAY": "done_on"}
    says = forms.ChoiceField(label=_("Answer"), choices=choices(words.SAYS), widget=RadioTiles())
    evidence = forms.CharField(label=_("What shows it"), required=False, max_length=1000, widget=SMALL)
    finding = forms.CharField(label=_("What you found"), required=False, max_length=1000, widget=SMALL, help_text=_("Where the answer is not yes."))
    action = forms.CharField(label=_("What is done about it"), required=False, max_length=500, widget=SMALL)
    owner = forms.CharField(label=_("By whom"), required=False, max_length=120)
    due_on = MemorableDateField(label=_("By when"), required=False)
    done_on = MemorableDateField(label=_("Done on"), required=False)

    def facts(self, *, code: str) -> AnswerFacts:
        """What was told."""
        return AnswerFacts(code=code, **{key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version")})


class ReportForm(Paper):
    """The annual report, section by section. `new`: the year is asked too."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["year"]
        for code, label in words.SECTIONS.items():
            self.fields[code] = forms.CharField(label=label, required=False, max_length=8000, widget=LARGE)

    @property
    def sections(self) -> dict[str, str]:
        """What was written, by section."""
        return {code: self.cleaned_data[code] for code in words.SECTIONS}


class StepForm(Paper):
    """A step of a report: on which day, and by whom or how."""

    AT = {"LATER_DAY": "on", "BEFORE": "on"}
    on = MemorableDateField(label=_("On"))
    how = forms.CharField(label=_("How"), max_length=120)
