"""One form for each sort of entry. They parse and never save."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.fields import day, line
from careloom.treatment import medicines
from careloom.treatment import words as say
from careloom.treatment.codes import Component, Sort
from careloom.treatment.forms.fields import Entered, Keyed, one_of, some_of

LANGUAGES = {"en": _("English"), "es": _("Spanish")}
FRAME = frozenset({"request_key", "row_version", "happened_on"})


class EntryForm(Keyed):
    """What every entry has: the day it is of, where it comes from, and on a change the version that was read."""

    happened_on = day(_("Day"))
    source = one_of(_("Where it comes from"), say.SOURCES, initial="OWN")
    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def values(self) -> dict[str, Any]:
        """What the entry says, by the names of its columns."""
        return {name: value for name, value in self.cleaned_data.items() if name not in FRAME}

    @classmethod
    def initial_of(cls, get: Any) -> dict[str, Any]:
        """The values of an entry for its form."""
        return {name: get(name) for name in cls.base_fields if name != "request_key"}


class EpisodeForm(EntryForm):
    """A time in treatment."""

    elsewhere = forms.BooleanField(label=_("It was at another program"), required=False)
    program = line(_("Program"), most=120, required=False, hint=_("Only for another program. Your own name is known."))
    level = one_of(_("Level of care"), say.LEVELS, hint=_("By the levels of the American Society of Addiction Medicine."), initial="UNKNOWN")
    happened_on = day(_("First day"))
    ends_on = day(_("Last day"), required=False, hint=_("Leave it empty while it lasts. Nothing asks for an end."))
    ended_how = one_of(_("How it ended"), {"": _("It lasts")} | dict(say.ENDED), required=False)


class ComponentsForm(EntryForm):
    """How the five parts stand."""

    happened_on = day(_("As of"))
    medication = one_of(say.PARTS[Component.MEDICATION], say.STANDS)
    counseling = one_of(say.PARTS[Component.COUNSELING], say.STANDS)
    support = one_of(say.PARTS[Component.SUPPORT], say.STANDS)
    services = one_of(say.PARTS[Component.SERVICES], say.STANDS)
    testing = one_of(say.PARTS[Component.TESTING], say.STANDS)
    words = line(_("What to know about them"), most=600, rows=3, required=False)


class ProgressForm(EntryForm):
    """The treatment plan in short."""

    happened_on = day(_("As of"))
    goals = line(_("Goals of treatment"), most=600, rows=3, hint=_("Hers, in plain words."))
    schedule = line(_("Schedule"), most=300, required=False, hint=_("Such as: group Monday and Thursday, prescriber once a month."))
    going = line(_("How it goes"), most=600, rows=3, required=False)
    supports = line(_("What would help her"), most=600, rows=3, required=False)


class AttendanceForm(EntryForm):
    """A band for a stretch of time."""

    from_on = day(_("First day of that time"))
    happened_on = day(_("Last day of that time"))
    band = one_of(_("Visits kept of those planned"), say.BANDS, stack=True)


class MedicineForm(EntryForm):
    """A medicine, which may last as long as it helps."""

    happened_on = day(_("Since"))
    code = one_of(_("Medicine"), medicines.NAMES, stack=True)
    dose = line(_("Dose"), most=60, required=False, hint=_("Only where it is needed."))
    prescriber = line(_("Prescriber"), most=120, required=False)
    pregnant = forms.BooleanField(label=_("She was pregnant when it began"), required=False)
    ends_on = day(_("Last day"), required=False, hint=_("Leave it empty while she takes it. Nothing asks for an end."))


class DiagnosisForm(EntryForm):
    """What she is treated for."""

    happened_on = day(_("Since"))
    text = line(_("Diagnosis"), most=160)
    code = line(_("Code"), most=12, required=False, hint=_("ICD-10-CM, if you use one."))


class MeetingForm(EntryForm):
    """A progress review with child welfare."""

    happened_on = day(_("Day of the meeting"))
    present = line(_("Who took part"), most=300, hint=_("Names and agencies."))
    she_took_part = forms.BooleanField(label=_("She took part herself"), required=False)
    going = line(_("How treatment goes"), most=1200, rows=4, hint=_("What she agrees to have said here."))
    supports = line(_("Supports she needs"), most=1200, rows=3, required=False)
    her_words = line(_("What she says about it"), most=600, rows=3, required=False, hint=_("In her own words."))
    next_on = day(_("Next meeting"), required=False)
    copy_given_on = day(_("She got her copy on"), required=False)
    copy_how = one_of(_("How she got it"), {"": _("Not yet")} | dict(say.COPY_HOW), required=False)


class TestForm(EntryForm):
    """A drug test, whole only with a reviewer and a meaning."""

    happened_on = day(_("Collected on"))
    specimen = one_of(_("What was tested"), say.SPECIMENS)
    result = one_of(_("Result"), say.RESULTS, stack=True)
    found = line(_("What was found"), most=200, required=False)
    reviewer = line(_("Reviewed by"), most=120, required=False)
    reviewed_on = day(_("Reviewed on"), required=False)
    meaning = line(_("What it means"), most=600, rows=3, required=False, hint=_("Medicines, foods and time can explain a result. Ask her."))


class ReturnForm(EntryForm):
    """A return to use."""

    happened_on = day(_("Day, or about"))
    told_by = one_of(_("Who told it"), say.TOLD_BY)
    words = line(_("What she says about it"), most=600, rows=3, required=False, hint=_("In her own words, if she wants to."))
    helps_now = line(_("What helps now"), most=600, rows=3, required=False)


class SupportForm(EntryForm):
    """Her plan for hard days."""

    happened_on = day(_("Made on"))
    triggers = line(_("What makes it hard"), most=600, rows=3, required=False)
    skill_1 = line(_("First thing that helps"), most=160, required=False)
    skill_2 = line(_("Second thing"), most=160, required=False)
    skill_3 = line(_("Third thing"), most=160, required=False)
    person_1 = line(_("First person to talk to"), most=160, required=False, hint=_("Name and number, as she wants it."))
    person_2 = line(_("Second person"), most=160, required=False)
    person_3 = line(_("Third person"), most=160, required=False)
    caregiver_1 = line(_("Who can safely care for the baby"), most=160, required=False)
    caregiver_2 = line(_("Somebody else who can"), most=160, required=False)
    caregiver_3 = line(_("And somebody else"), most=160, required=False)
    naloxone = one_of(_("Naloxone"), say.NALOXONE, stack=True, initial="NOT_ASKED")

    LISTS = {"skills": "skill", "people": "person", "caregivers": "caregiver"}

    def values(self) -> dict[str, Any]:
        """The lines of each list under its own name."""
        told = super().values()
        lists = {name: [told.pop(f"{line}_{number}") for number in (1, 2, 3)] for name, line in self.LISTS.items()}
        return told | lists

    @classmethod
    def initial_of(cls, get: Any) -> dict[str, Any]:
        """The lists as single lines."""
        found = {name: get(name) for name in ("happened_on", "source", "row_version", "triggers", "naloxone")}
        for name, start in cls.LISTS.items():
            found |= {f"{start}_{number}": value for number, value in enumerate(get(name) or (), start=1)}
        return found


class EducationForm(EntryForm):
    """What she was told about newborn withdrawal."""

    happened_on = day(_("Day"))
    topics = some_of(_("What she was told"), say.TOPICS, required=True)
    how = one_of(_("How"), say.GIVEN_HOW)
    language = one_of(_("Language"), LANGUAGES, initial="en")
    given_by = line(_("Who told her"), most=120)
    her_questions = line(_("What she asked"), most=600, rows=3, required=False)


class CheckInForm(EntryForm):
    """A check-in: how she is, and what helps. No score."""

    happened_on = day(_("Planned for"))
    born_on = day(_("Day of the birth"))
    held_on = day(_("You asked her on"), required=False)
    stresses = some_of(_("What weighs on her"), say.STRESSES)
    words = line(_("What she says"), most=600, rows=3, required=False, hint=_("In her own words."))
    helps = line(_("What helps, and who does it"), most=600, rows=3, required=False)


class GoalCheckForm(EntryForm):
    """Whether a goal is realistic."""

    happened_on = day(_("Day"))
    answer = one_of(_("Is it realistic?"), say.ANSWERS)
    words = line(_("Why, and what would make it fit"), most=600, rows=3)


FORMS: dict[Sort, type[EntryForm]] = {
    Sort.EPISODE: EpisodeForm, Sort.COMPONENTS: ComponentsForm, Sort.PROGRESS: ProgressForm, Sort.ATTENDANCE: AttendanceForm,
    Sort.MEDICINE: MedicineForm, Sort.DIAGNOSIS: DiagnosisForm, Sort.MEETING: MeetingForm, Sort.TEST: TestForm, Sort.RETURN: ReturnForm,
    Sort.SUPPORT: SupportForm, Sort.EDUCATION: EducationForm, Sort.CHECK_IN: CheckInForm, Sort.GOAL_CHECK: GoalCheckForm,
}  # fmt: skip
#: Entries that are the holder's own work by nature: nobody is asked where they come from.
ALWAYS_OWN = frozenset({Sort.COMPONENTS, Sort.PROGRESS, Sort.ATTENDANCE, Sort.MEETING, Sort.SUPPORT, Sort.EDUCATION, Sort.CHECK_IN, Sort.GOAL_CHECK})


def form_for(sort: Sort, data: Any = None, *, initial: dict[str, Any] | None = None, today: date, program: bool, first: Any = None) -> EntryForm:
    """The form of a sort; `program`: the writer's agency is a treatment program. `initial` are an entry's own values on a change."""
    before: dict[str, Any] = {"happened_on": today, "source": "OWN" if program else "SHE_SAYS", "she_took_part": True}
    form = FORMS[sort](data, initial=before | (first or {}) | (initial or {}))
    if sort in ALWAYS_OWN:
        del form.fields["source"]
    order = ["happened_on"] if sort not in {Sort.EPISODE, Sort.ATTENDANCE} else []
    form.order_fields([*order, *(name for name in form.fields if name not in {"source", "happened_on"}), "source"])
    if sort is Sort.EPISODE:
        form.order_fields(["elsewhere", "program", "level", "happened_on", "ends_on", "ended_how", "source"])
    if sort is Sort.ATTENDANCE:
        form.order_fields(["from_on", "happened_on", "band"])
    return form


class TakeBackForm(Entered):
    """Why an entry is taken back."""

    because = line(_("Why it is taken back"), most=300, hint=_("Such as: written in the wrong record."))
    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
