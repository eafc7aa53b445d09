"""The form of a report about a child, and of a file from the state's system. They parse and never save."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.fields import day, line
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.safety import report_words as words
from careloom.safety.actions.reporting import Reported
from careloom.safety.forms.assessing import Keyed
from careloom.safety.models import ReportOnChild

APART = "services"  # many boxes: the page gives them a line of their own
CHILD, CARETAKER, KIND = "child-", "caretaker-", "kind-"
NOT_ASKED = _("Not asked")
MOST_BYTES = 5 * 1024 * 1024


def _choice(label: Any, among: Mapping[str, Any], *, empty: Any = NOT_ASKED, hint: Any = "") -> forms.ChoiceField:
    choices = list(among.items()) if "" in among else [("", empty), *among.items()]
    return forms.ChoiceField(label=label, choices=choices, required=False, help_text=hint)


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}), input_formats=["%H:%M", "%H:%M:%S"])


class ReportForm(Keyed):
    """A report about one child: how it came, how it was screened and decided, what was found, and what followed."""

    AT = {
        "ALTERNATIVE": "disposition", "SCREENED_OUT": "screened", "KINDS": "", "NO_KIND": "", "FACTORS": "", "TWICE": "number", "REPLACED": "",
    }  # fmt: skip
    GROUPS = (
        (_("The report"), ("child_id", "number", "received_on", "received_time", "source", "incident_on")),
        (_("Screening and response"), ("screened", "screened_on", "response", "started_on", "started_time")),
        (_("Disposition"), ("disposition", "disposed_on", "prior_victim", "died", "died_on")),
        (_("What followed"), ("safe_care_plan", "safe_care_referral", "services_given", "services_on", "services")),
    )

    child_id = forms.ChoiceField(label=_("Child"), widget=RadioTiles(stack=True))
    number = line(_("Number of the report"), most=40, required=False, hint=_("As your own system numbers it. Left empty, it gets one here."))
    received_on = day(_("Received on"))
    received_time = _time(_("Time received"))
    source = forms.ChoiceField(label=_("Who reported"), choices=[("", _("Choose")), *words.SOURCES.items()])
    incident_on = day(_("When it happened"), required=False, hint=_("If it is known."))
    screened = _choice(_("Screening"), words.SCREENED)
    screened_on = day(_("Screened on"), required=False)
    response = _choice(_("Response"), words.RESPONSES, empty=_("None yet"))
    started_on = day(_("Response began on"), required=False)
    started_time = _time(_("Time it began"))
    disposition = _choice(_("Disposition"), words.DISPOSITIONS, empty=_("Not decided yet"))
    disposed_on = day(_("Decided on"), required=False)
    prior_victim = _choice(_("Was the child a victim before?"), words.YES_NO)
    died = _choice(_("Did the child die of maltreatment?"), words.YES_NO)
    died_on = day(_("Died on"), required=False)
    safe_care_plan = _choice(_("Plan of safe care"), words.YES_NO)
    safe_care_referral = _choice(_("Referral to services for the infant or a caregiver"), words.YES_NO)
    services_given = _choice(_("Did services follow the response?"), words.YES_NO)
    services_on = day(_("Services began on"), required=False)
    services = forms.MultipleChoiceField(label=_("Which services"), choices=list(words.SERVICES.items()), required=False, widget=CheckboxTiles)
    reason = line(_("Why it is corrected"), most=300, required=False, rows=2, hint=_("Asked once the report had a disposition. It is kept."))

    def __init__(
        self, *args: Any, children: Iterable[tuple[UUID, str]] = (), row: ReportOnChild | None = None, received_id: UUID | None = None, **kwargs: Any
    ) -> None:
        self.row, self.received_id = row, row.received_id if row else received_id
        if row is not None:
            kwargs["initial"] = _initial(row)
        super().__init__(*args, **kwargs)
        for name, label in words.KINDS.items():
            self.fields[f"{KIND}{name}"] = _choice(label, words.LEVELS, empty=_("Not alleged"))
        for prefix, factors in ((CHILD, words.CHILD_FACTORS), (CARETAKER, words.CARETAKER_FACTORS)):
            for name, label in factors.items():
                self.fields[f"{prefix}{name}"] = _choice(label, words.YES_NO)
        if row is not None:
            del self.fields["child_id"], self.fields["number"]
        else:
            del self.fields["reason"]
            choices = [(str(child), name) for child, name in children]
            self.fields["child_id"].choices = choices  # type: ignore[attr-defined]
            if len(choices) == 1:
                self.fields["child_id"].initial = choices[0][0]

    def gap(self, code: str) -> str:
        """What to do next, in words."""
        return str(words.GAPS.get(code, _("Look at this again.")))

    @property
    def groups(self) -> list[tuple[Any, list[BoundField]]]:
        """The fields under their headings, as the page shows them."""
        named = [(title, [self[name] for name in names if name in self.fields and name != APART]) for title, names in self.GROUPS]
        made = [
            (_("Maltreatment, and what was found of it"), KIND), (_("What was known of the child"), CHILD),
            (_("What was known of a caregiver"), CARETAKER),
        ]  # fmt: skip
        more = [(title, [self[name] for name in self.fields if name.startswith(prefix)]) for title, prefix in made]
        return [*named[:3], *more, named[3]]

    def told(self) -> Reported:
        """What was told, as the action takes it."""
        given = self.cleaned_data
        plain = {name: given[name] for _title, names in self.GROUPS for name in names if name in given and name != "child_id"}
        child = self.row.child_id if self.row else UUID(given["child_id"])
        found = [(name.removeprefix(KIND), given[name]) for name in given if name.startswith(KIND) and given[name]]
        # What was found stands before what was not: the file takes four, the gravest first.
        order = list(words.LEVELS)
        return Reported(
            **plain | {"services": tuple(given["services"])}, child_id=child, received_id=self.received_id,
            maltreatments=tuple(sorted(found, key=lambda kind: order.index(kind[1]))),
            child_factors=_answers(given, CHILD), caretaker_factors=_answers(given, CARETAKER),
        )  # fmt: skip


class ReportsFileForm(forms.Form):
    """A file of reports from the state's system."""

    file = forms.FileField(label=_("File of reports"), help_text=_("CSV in UTF-8, up to 5 MB, with the columns that are listed below."))

    def clean_file(self) -> Any:
        """The file, if it is not too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file has more than 5 MB. Split it by month."))
        return file


def _answers(given: Mapping[str, Any], prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): value for name, value in given.items() if name.startswith(prefix) and value}


def _initial(row: ReportOnChild) -> dict[str, Any]:
    plain = {name: getattr(row, name) for _title, names in ReportForm.GROUPS for name in names}
    return (
        plain
        | {f"{KIND}{one['kind']}": one["level"] for one in row.maltreatments}
        | {f"{CHILD}{name}": value for name, value in row.child_factors.items()}
        | {f"{CARETAKER}{name}": value for name, value in row.caretaker_factors.items()}
    )
