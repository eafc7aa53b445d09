"""How she signs, who signs for her where the law lets somebody, the scan of a paper, and how she stops."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.consents.jurisdiction import Jurisdiction
from careloom.consents.signing import Signer
from careloom.infra.documents.uploads import NotTaken, Refusal, Upload, take_upload
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import RadioTiles

ADULT = 18
WAYS = [("SCREEN", _("Here on the screen")), ("PAPER", _("On paper, with a scan"))]
ALOUD = ("SPOKEN", _("She said yes aloud"))
HINTS = {
    "SPOKEN": _("Enough here: this form opens no treatment record (45 CFR 164.510(b))"), "PAPER": _("It takes effect when the scan is here"),
}  # fmt: skip
WRITTEN = _("A yes said aloud is not enough: what a treatment program tells, or what shows treatment, needs her signature (42 CFR 2.31(a)(8)).")
# Which kinds of paper the law wants in writing, and why, for who asks her. A kind that is not here may be agreed aloud.
IN_WRITING: dict[str, Any] = {
    **dict.fromkeys(
        ("specific", "tpo_single", "counseling_notes", "proceedings", "criminal_justice", "central_registry", "pdmp", "research"), WRITTEN
    ),
    "hipaa_authorization": _("A yes said aloud is not enough: health records need her signature (45 CFR 164.508(c)(1)(vi))."),
}  # fmt: skip
STOPS = [("SPOKEN", _("She said it")), ("PAPER", _("She wrote it")), ("SCREEN", _("She is here at the screen"))]
# Who signs, by the kernel's words; each label says what must be so. PARENT is she with a parent beside her.
HERSELF, PARENT = "mother", "PARENT"
ADULTS = [
    (HERSELF, _("She herself")), ("guardian", _("Her guardian. A court found that she cannot decide, and named this person")),
    ("program_director", _("The program director, for payment only. She cannot decide now, and no court named anybody")),
]  # fmt: skip
AFTER_DEATH = [
    ("executor", _("She has died. The executor of her estate")),
    ("spouse", _("She has died, and there is no executor. Her husband or wife")),
    ("grandmother", _("She has died, with no executor and no spouse. The family member who is responsible")),
]
FACTS: dict[str, dict[str, Any]] = {
    "guardian": {"adjudicated_incapacity": True, "guardian_appointed": True},
    "program_director": {"director_incapacity_determination": True},
    "executor": {"patient_deceased": True, "personal_representative": "executor"},
    "spouse": {"patient_deceased": True, "surviving_spouse": True},
    "grandmother": {"patient_deceased": True, "surviving_spouse": False},
}
REFUSALS: dict[Refusal, Any] = {
    Refusal.EMPTY: _("This file is empty. Scan the paper again."),
    Refusal.TOO_LARGE: _("This file is larger than 25 megabytes. Scan it in gray, or take a smaller photo."),
    Refusal.NOT_A_PICTURE_OR_PDF: _("This is no PDF, JPEG or PNG. Scan the paper, or take a photo of it."),
    Refusal.UNREADABLE: _("This file cannot be opened. It may be damaged. Scan the paper again."),
    Refusal.LOCKED: _("This PDF is locked with a password. Save it without one, or take a photo of the paper."),
    Refusal.ACTS: _("This PDF holds more than pages: a form that runs or files inside. Print and scan it, or take a photo."),
}


class SignForm(forms.Form):
    """The signature: a typed name, or the paper with its scan, its day and the name that stands on it."""

    who = forms.ChoiceField(label=_("Who signs?"), required=False, widget=RadioTiles(stack=True), initial=HERSELF)
    signer_name = forms.CharField(
        label=_("The name of who signs with her or for her"), required=False, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    seen = forms.BooleanField(label=_("I have seen the paper, or the finding in her record, that lets this person sign"), required=False)
    how = forms.ChoiceField(label=_("How does she sign?"), choices=WAYS, widget=RadioTiles(stack=True, her=True, hints=HINTS), initial="SCREEN")
    typed = forms.CharField(
        label=_("She types her name"), required=False, max_length=120, help_text=_("On the screen, this is her signature. Its day is today."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    signed_on = MemorableDateField(label=_("The day on the paper"), required=False, help_text=_("Only when she signed on paper."))
    name_on_paper = forms.CharField(
        label=_("The name on the paper"), required=False, max_length=120, help_text=_("As she wrote it. Only when she signed on paper."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    scan = forms.FileField(
        label=_("The scan of the paper"), required=False, help_text=_("A PDF, or a photo (JPEG or PNG), up to 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, today: date, kind: str, place: Jurisdiction, born_on: date | None = None, died_on: date | None = None, **kwargs: Any
    ) -> None:
        """`kind` is the kind of paper: only an agreement may be given aloud. `place` says who signs for a minor there."""
        super().__init__(*args, **kwargs)
        self.today, self.place, self.died_on = today, place, died_on
        self.age = _age(born_on, on=today)
        self.upload: Upload | None = None
        how, why, who = self.fields["how"], IN_WRITING.get(kind, ""), self.fields["who"]
        how.choices = WAYS if why else [*WAYS, ALOUD]  # type: ignore[attr-defined]
        how.help_text = why
        how.error_messages["invalid_choice"] = why or how.error_messages["invalid_choice"]
        who.choices = self._who()  # type: ignore[attr-defined]
        who.initial = self._who()[0][0]
        who.help_text = self._about_minors()

    def _who(self) -> list[tuple[str, Any]]:
        if self.died_on is not None:
            return AFTER_DEATH
        if self.age is None or self.age >= ADULT:
            return [*ADULTS, *AFTER_DEATH]
        alone = self.place.may_sign_alone(self.age)
        said = [(HERSELF, _("She alone. The law of this state lets her agree to this treatment herself"))] if alone is not False else []
        both = [(PARENT, _("She and a parent. The law of this state asks for both"))] if alone is not True else []
        return [*said, *both, ADULTS[1]]

    def _about_minors(self) -> Any:
        if self.age is None or self.age >= ADULT or self.died_on is not None:
            return ""
        if self.place.may_sign_alone(self.age) is None:
            return _(
                "She is under 18, and which law holds here is not written down. Ask your privacy officer first: to ask a parent tells the parent "
                "that she came for treatment (42 CFR 2.14)."
            )
        return _("She is under 18. Who signs follows the law of this state: %(citation)s.") % {"citation": self.place.minors_citation}

    def clean(self) -> dict[str, Any]:
        """Each way asks for its own proof."""
        data: dict[str, Any] = super().clean() or {}
        how, who = data.get("how"), data.get("who") or self._who()[0][0]
        data["who"] = who
        if how == "SCREEN" and not data.get("typed", "").strip():
            self.add_error("typed", _("Ask her to type her name. It is her signature (42 CFR 2.31(a)(8))."))
        if how == "PAPER":
            self._clean_paper(data)
        if who != HERSELF and not data.get("signer_name", "").strip():
            self.add_error("signer_name", _("Write the name of the person who signs with her or for her."))
        if who not in {HERSELF, PARENT} and not data.get("seen"):
            self.add_error("seen", _("Look at the paper or the finding first, then mark this (42 CFR 2.15)."))
        return data

    def _clean_paper(self, data: dict[str, Any]) -> None:
        day, file = data.get("signed_on"), data.get("scan")
        if "signed_on" not in self.errors and (day is None or day > self.today):
            self.add_error("signed_on", _("Write the day that stands on the paper; it cannot lie ahead (42 CFR 2.31(a)(9))."))
        if not data.get("name_on_paper", "").strip():
            self.add_error("name_on_paper", _("Write the name as it stands on the paper (42 CFR 2.31(a)(8))."))
        if "scan" in self.errors:
            return
        taken = take_upload(file) if file else None
        if taken is None:
            self.add_error("scan", _("Add the scan of the signed paper. The consent takes effect with it."))
        elif isinstance(taken, NotTaken):
            self.add_error("scan", REFUSALS[taken.because])
        else:
            self.upload = taken

    @property
    def signer(self) -> Signer:
        """Who signs, with the facts that carry it."""
        clean = self.cleaned_data
        who, name = clean["who"], clean.get("signer_name", "").strip()
        facts: dict[str, Any] = dict(FACTS.get(who, {}))
        if self.age is not None and self.age < ADULT and who in {HERSELF, PARENT}:
            facts |= {"patient_age": self.age, "minor_may_consent_alone": who == HERSELF}
        if self.died_on is not None:
            facts["patient_deceased"] = True
        if who == PARENT:
            return Signer(cosigner="parent", cosigner_name=name, facts=facts)
        return Signer(role=who, name="" if who == HERSELF else name, facts=facts)


def _age(born_on: date | None, *, on: date) -> int | None:
    if born_on is None:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


class HappenedForm(forms.Form):
    """The day of the event with which a consent ends."""

    on = MemorableDateField(label=_("On which day did it happen?"))

    def __init__(self, *args: Any, today: date, since: date, **kwargs: Any) -> None:
        """`since` is the day of the signature: what lies before it did not end this form."""
        super().__init__(*args, **kwargs)
        self.today, self.since = today, since

    def clean_on(self) -> date:
        """Only what has happened ends a form, and only after it was signed."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("Write down only what has happened. This day lies ahead."))
        if day < self.since:
            raise forms.ValidationError(_("She signed after that day. Then the form waits for a later one, or she stops it."))
        return day


class StopForm(forms.Form):
    """How she said that sharing stops, to whom and when."""

    how = forms.ChoiceField(label=_("How did she say it?"), choices=STOPS, widget=RadioTiles(her=True), initial="SPOKEN")
    heard_by = forms.CharField(label=_("Who heard or read it"), required=False, max_length=120)
    heard_on = MemorableDateField(label=_("On which day"), required=False, help_text=_("It stops now. This is the day on which she said it."))

    def __init__(self, *args: Any, today: date, since: date | None = None, **kwargs: Any) -> None:
        """`since` is the day of the signature: she stopped it after that."""
        super().__init__(*args, **kwargs)
        self.today, self.since = today, since

    def clean_heard_on(self) -> date:
        """Today unless another day is written; she said it already, and after she signed."""
        day: date = self.cleaned_data.get("heard_on") or self.today
        if day > self.today:
            raise forms.ValidationError(_("Write the day on which she said it. This day lies ahead."))
        if self.since is not None and day < self.since:
            raise forms.ValidationError(_("She signed after that day. Write the day on which she stopped it."))
        return day


class MemberForm(forms.Form):
    """An agency that belongs to the class of a form: the worker says that it treats her, or pays for her care."""

    agency = forms.TypedChoiceField(label=_("Which agency"), coerce=UUID, widget=RadioTiles())
    belongs = forms.BooleanField(label=_("It treats her now, or pays for her care"))

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        """`agencies` are those that may belong to the class, by id and name."""
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
