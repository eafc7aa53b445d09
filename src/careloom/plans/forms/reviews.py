"""Forms for reviews, what happened, and closing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.kernel.packs.schema import CodedText
from careloom.plans.actions.reviewing import Finding
from careloom.plans.merging import NeedNow
from careloom.plans.presenters import words

NOON = time(12)
LONG = forms.Textarea(attrs={"rows": 3})


class HeldForm(Keyed):
    """A contact, a visit or a review that took place."""

    held_on = MemorableDateField(label=_("On which day"))
    mode = forms.ChoiceField(label=_("How you met"), choices=list(words.MODES.items()), widget=RadioTiles())
    present = forms.CharField(label=_("Who was there"), required=False, max_length=400, help_text=_("Names with commas between them."))
    summary = forms.CharField(label=_("In a few sentences"), required=False, max_length=1000, widget=LONG)

    def held(self, *, zone: ZoneInfo) -> dict[str, Any]:
        """When, how, who and what was said."""
        clean = self.cleaned_data
        names = tuple(name.strip()[:120] for name in clean["present"].split(",") if name.strip())
        at = datetime.combine(clean["held_on"], NOON, tzinfo=zone)
        return {"held_at": at, "mode": clean["mode"], "present": names, "summary": clean["summary"]}


class ReviewForm(HeldForm):
    """A review: a finding for each need, her own rating and words, and the next day."""

    her_rating = forms.TypedChoiceField(
        label=_("How does she say it goes? 1 is hard, 5 is well"), required=False, coerce=int, empty_value=None,
        choices=[(n, str(n)) for n in range(1, 6)], widget=RadioTiles(her=True),
    )  # fmt: skip
    her_words = forms.CharField(label=_("In her words"), required=False, max_length=500, widget=LONG)
    next_review_on = MemorableDateField(label=_("Next review"), required=False, help_text=_("Leave empty for the usual day."))

    def __init__(self, *args: Any, needs: Iterable[NeedNow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs = [need for need in needs if not need.is_over]
        for need in self.needs:
            self.fields[f"finding_{need.id.hex}"] = forms.ChoiceField(
                label=need.row.title, choices=list(words.FINDINGS.items()), widget=RadioTiles(), required=False
            )
            self.fields[f"reason_{need.id.hex}"] = forms.ChoiceField(
                label=_("If not met, why"), choices=[("", ""), *words.UNMET.items()], required=False
            )
            self.fields[f"note_{need.id.hex}"] = forms.CharField(label=_("What was said about it"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """A need that was not met has its reason, and each need has its finding."""
        clean = super().clean() or {}
        for need in self.needs:
            finding = clean.get(f"finding_{need.id.hex}")
            if not finding:
                self.add_error(f"finding_{need.id.hex}", _("Choose how this need stands."))
            elif finding == "UNMET" and not clean.get(f"reason_{need.id.hex}"):
                self.add_error(f"reason_{need.id.hex}", _("Choose why it was not met."))
        return clean

    @property
    def groups(self) -> list[tuple[NeedNow, list[Any]]]:
        """The fields of each need, for the page."""
        return [(need, [self[f"{name}_{need.id.hex}"] for name in ("finding", "reason", "note")]) for need in self.needs]

    @property
    def last_fields(self) -> list[Any]:
        """What is asked after the needs."""
        return [self[name] for name in ("her_rating", "her_words", "summary", "next_review_on")]

    @property
    def facts(self) -> dict[str, Any]:
        """What `hold_review` takes beside when and how."""
        clean = self.cleaned_data
        findings = tuple(
            Finding(
                need_id=need.id, finding=clean[f"finding_{need.id.hex}"], note=clean[f"note_{need.id.hex}"],
                reason=clean[f"reason_{need.id.hex}"] if clean[f"finding_{need.id.hex}"] == "UNMET" else "",
            )
            for need in self.needs
        )  # fmt: skip
        names = ("her_rating", "her_words", "next_review_on", "request_key")
        return {name: clean[name] for name in names} | {"findings": findings}


class TimeForm(forms.Form):
    """A day and an hour for a review."""

    day = MemorableDateField(label=_("Day"))
    hour = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label=_("Where"), required=False, max_length=160)
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def starts_at(self, *, zone: ZoneInfo) -> datetime:
        """The instant in the agency's zone."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], tzinfo=zone)


class EventForm(forms.Form):
    """Why the plan is looked at again. It opens a review and never a report (R-124)."""

    why = forms.ChoiceField(label=_("What happened?"), choices=list(words.EVENTS.items()), widget=RadioTiles(stack=True))


class CloseForm(forms.Form):
    """Why the plan closes, and what the lead stands for."""

    reason = forms.ChoiceField(label=_("Why does the plan close?"))
    confirmed = forms.MultipleChoiceField(label=_("Check what is true"), required=False, widget=CheckboxTiles(stack=True))
    override = forms.CharField(
        label=_("If something is missing, why close all the same?"), required=False, max_length=500, widget=LONG,
        help_text=_("Leave empty to see what is missing."),
    )  # fmt: skip

    case_closed = forms.BooleanField(
        label=_("The child welfare case is closed too"), required=False,
        help_text=_("Then the consents that she let end with the case end today as well."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, reasons: Iterable[CodedText], checklist: Iterable[CodedText], language: str, asks_case: bool = False, **kwargs: Any
    ) -> None:
        """`asks_case` where a consent in force ends with the closing of the case."""
        super().__init__(*args, **kwargs)
        if not asks_case:
            del self.fields["case_closed"]
        read_from_plan = {"NEEDS_SETTLED", "PERIOD_DONE"}
        self.fields["reason"].choices = [("", ""), *((r.code, r.words[language]) for r in reasons)]  # type: ignore[attr-defined]
        self.fields["confirmed"].choices = [(c.code, c.words[language]) for c in checklist if c.code not in read_from_plan]  # type: ignore[attr-defined]


class TryForm(Keyed):
    """A try to reach her."""

    how = forms.ChoiceField(
        label=_("How"), widget=RadioTiles(),
        choices=[("CALL", _("Call")), ("TEXT", _("Text")), ("VISIT", _("Visit")), ("LETTER", _("Letter")), ("OTHER", _("Other"))],
    )  # fmt: skip
    reached = forms.TypedChoiceField(
        label=_("Did you reach her?"), choices=[("1", _("Yes")), ("0", _("No"))], coerce=lambda text: text == "1", widget=RadioTiles()
    )
