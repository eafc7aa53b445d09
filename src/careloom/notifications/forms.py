"""Forms of a birth notification: they parse and never save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.notifications import words
from careloom.notifications.facts import ExposureFact, NotificationFacts, changed

# What no prescriber gives; everything else that is new on the list begins as "not sure", which is never read against her.
NEVER_PRESCRIBED = frozenset({"ALCOHOL", "HEROIN", "HALLUCINOGEN"})
CHANGEABLE = (3, 4, 5, 6, 7)
TAPS = ("as_prescribed", "in_treatment", "safety_concern", "plan_status")


def _tap(label: Any, choices: Mapping[str, Any], *, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices.items()), widget=RadioTiles, required=False, help_text=hint)


class NotificationForm(forms.Form):
    """The five questions, and of the seven facts those that somebody opened to change (numbers 3 to 7)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    as_prescribed = _tap(words.QUESTION_LABELS["as_prescribed"], words.YES_NO_UNSURE, hint=_("Leave it when nothing was prescribed."))
    in_treatment = _tap(words.QUESTION_LABELS["in_treatment"], words.TREATMENT)
    safety_concern = _tap(
        words.QUESTION_LABELS["safety_concern"],
        words.SAFETY,
        hint=_("Worry means something seen or said. A diagnosis, a medicine or the past is not enough."),
    )
    safety_words = forms.CharField(
        label=_("What was seen or said?"),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
        max_length=1000,
        required=False,
        help_text=_("A sentence or two, as you would say it on the phone."),
    )
    plan_status = _tap(words.QUESTION_LABELS["plan_status"], words.PLAN, hint=_("We don’t look it up. She shows it if she wishes."))
    told = _tap(words.QUESTION_LABELS["told"], words.TOLD)

    def __init__(self, data: Any = None, *, facts: NotificationFacts, version: int, opened: frozenset[int] = frozenset()) -> None:
        asked = {int(n) for n in data.getlist("open") if n.isdigit()} if data is not None else set()
        self.opened = frozenset((opened | asked) & set(CHANGEABLE))
        self.before = facts
        told = _told_code(facts)
        super().__init__(data, initial={**{name: getattr(facts, name) for name in (*TAPS, "safety_words")}, "told": told, **_start(version)})
        self._offer_told({told, (data or {}).get("told", "")})
        for number in sorted(self.opened):
            self.fields.update(_fact_fields(number, facts))

    def _offer_told(self, in_use: set[str]) -> None:
        """Three tiles as a rule; the two others only where they are the answer already."""
        rare = {"INTERPRETER", "NOT_SAFE_TO_TELL"} - in_use
        self.fields["told"].choices = [(c, w) for c, w in words.TOLD.items() if c not in rare]  # type: ignore[attr-defined]

    @property
    def asks_words(self) -> bool:
        """Whether the one text field is open."""
        return (self.data.get("safety_concern") if self.is_bound else self.before.safety_concern) == "YES"

    def fields_of(self, number: int) -> list[Any]:
        """The bound fields of one opened fact."""
        return [self[name] for name in _fact_fields(number, self.before)] if number in self.opened else []

    @property
    def facts(self) -> NotificationFacts:
        """The facts with these answers. What the form did not hold stays as it was."""
        cleaned = self.cleaned_data
        answers: dict[str, Any] = {name: cleaned[name] for name in TAPS if cleaned.get(name)}
        if "safety_words" in self.data:
            answers["safety_words"] = cleaned.get("safety_words", "")
        if cleaned.get("told"):
            answers |= _told(cleaned["told"], self.before)
        after = changed(self.before, **answers)
        for number in sorted(self.opened):
            after = _with_fact(number, after, cleaned)
        return after


def _start(version: int) -> dict[str, Any]:
    return {"version": version, "form_key": uuid4().hex}


def _told_code(facts: NotificationFacts) -> str:
    return facts.told_how or "IN_HER_LANGUAGE" if facts.told_mother == "YES" else facts.told_mother


def _told(code: str, before: NotificationFacts) -> dict[str, str]:
    if code in ("NOT_YET", "NOT_SAFE_TO_TELL"):
        return {"told_mother": code, "told_how": "", "not_told_because": before.not_told_because if code == "NOT_SAFE_TO_TELL" else ""}
    return {"told_mother": "YES", "told_how": code, "not_told_because": ""}


def _fact_fields(number: int, facts: NotificationFacts) -> dict[str, forms.Field]:
    if number == 3:
        chosen = [e.substance for e in facts.exposures]
        return {
            "substances": forms.MultipleChoiceField(
                label=_("What was the baby exposed to?"),
                choices=list(words.SUBSTANCES.items()),
                widget=CheckboxTiles,
                required=False,
                initial=chosen,
            )
        }
    if number == 4:
        return {
            f"prescribed_{e.substance}": _with_start(
                _tap(_("Was it prescribed? %s") % words.SUBSTANCES[e.substance], words.YES_NO_UNSURE), e.prescribed
            )
            for e in facts.exposures
        }
    if number == 5:
        return {"withdrawal": _with_start(_tap(_("What did the baby show?"), words.WITHDRAWAL), facts.withdrawal)}
    if number == 6:
        return {"fasd": _with_start(_tap(_("Signs of a fetal alcohol disorder?"), words.FASD), facts.fasd)}
    day = forms.DateField(label=_("Going home on"), required=False, widget=forms.DateInput(attrs={"type": "date"}), initial=facts.discharge_on)
    return {"goes_home_with": _with_start(_tap(_("Who does the baby go home with?"), words.HOMES), facts.goes_home_with), "discharge_on": day}


def _with_start(field: forms.ChoiceField, initial: str) -> forms.ChoiceField:
    field.initial = initial
    return field


def _with_fact(number: int, facts: NotificationFacts, cleaned: dict[str, Any]) -> NotificationFacts:
    if number == 3:
        known = {e.substance: e for e in facts.exposures}
        listed = [known.get(code) or _new_exposure(code) for code in cleaned.get("substances", [])]
        return changed(facts, exposures=tuple(listed))
    if number == 4:
        answered = (changed_exposure(e, cleaned.get(f"prescribed_{e.substance}")) for e in facts.exposures)
        return changed(facts, exposures=tuple(answered))
    if number == 7:
        day = cleaned.get("discharge_on")
        return changed(facts, goes_home_with=cleaned.get("goes_home_with") or facts.goes_home_with, discharge_on=day.isoformat() if day else "")
    name = {5: "withdrawal", 6: "fasd"}[number]
    return changed(facts, **{name: cleaned.get(name) or getattr(facts, name)})


def _new_exposure(code: str) -> ExposureFact:
    return ExposureFact(substance=code, prescribed="NO" if code in NEVER_PRESCRIBED else "UNSURE")


def changed_exposure(fact: ExposureFact, prescribed: str | None) -> ExposureFact:
    """One exposure with another answer about the prescription."""
    if not prescribed or prescribed == fact.prescribed:
        return fact
    return ExposureFact(
        substance=fact.substance, prescribed=prescribed, as_prescribed=fact.as_prescribed, known_from=fact.known_from, part2=fact.part2
    )


class ToldForm(forms.Form):
    """That she was told, or why she could not be."""

    told = forms.ChoiceField(
        label=_("Who told her?"),
        choices=[(code, words.TOLD[code]) for code in ("IN_HER_LANGUAGE", "INTERPRETER", "COLLEAGUE")],
        widget=RadioTiles(stack=True),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class NotToldForm(forms.Form):
    """Why she is not told before it is sent."""

    because = forms.CharField(
        label=_("Why is she not told first?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept with the notification. She can read it later."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class BirthForm(forms.Form):
    """The least that a birth needs when nothing can be read from a chart: the mother, and the baby or babies."""

    given_name = forms.CharField(label=_("Her first name"), max_length=80)
    family_name = forms.CharField(label=_("Her last name"), max_length=120)
    birth_date = MemorableDateField(label=_("Her date of birth"), required=False)
    language = forms.ChoiceField(label=_("Her language"), choices=list(words.LANGUAGES.items()), widget=RadioTiles, initial="en")
    born_on = MemorableDateField(label=_("When was the baby born?"))
    babies = forms.ChoiceField(
        label=_("How many babies?"), choices=[("1", _("One")), ("2", _("Twins")), ("3", _("Triplets"))], widget=RadioTiles, initial="1"
    )
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=40)


class MotherForm(forms.Form):
    """Mends what the chart says of the mother."""

    given_name = forms.CharField(label=_("First name"), max_length=80)
    family_name = forms.CharField(label=_("Last name"), max_length=120)
    birth_date = MemorableDateField(label=_("Date of birth"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=list(words.LANGUAGES.items()), widget=RadioTiles)
    wants_interpreter = forms.BooleanField(label=_("She wants an interpreter"), required=False)


class BabyForm(forms.Form):
    """Mends what the chart says of a baby. Weight in grams; gestation in completed weeks and days."""

    given_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    sex = forms.ChoiceField(label=_("Girl or boy"), choices=list(words.SEXES.items()), widget=RadioTiles, required=False)
    born_on = MemorableDateField(label=_("Born on"))
    gestation_weeks = forms.IntegerField(label=_("Weeks of pregnancy"), min_value=20, max_value=45, required=False)
    gestation_days = forms.IntegerField(label=_("and days"), min_value=0, max_value=6, required=False)
    weight_g = forms.IntegerField(label=_("Weight in grams"), min_value=200, max_value=8000, required=False)


class ReasonForm(forms.Form):
    """Why a sent notification is withdrawn or corrected."""

    reason = forms.ChoiceField(label=_("Why?"), choices=list(words.REASONS.items()), widget=RadioTiles(stack=True))


class ReceivedAnswerForm(forms.Form):
    """What child welfare answers."""

    answer = forms.ChoiceField(
        label=_("What do you do with it?"),
        choices=[
            ("ACCEPTED_PATHWAY", _("Take it up, and offer a family assessment")),
            ("SCREENED_OUT", _("Hand it to the community pathway")),
            ("ASKS_INFORMATION", _("Ask the hospital something first")),
        ],
        widget=RadioTiles(stack=True),
    )
    reason = forms.CharField(label=_("Why, or what do you ask?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
