"""Forms about children in care, kin and visits. They parse and never save."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.fields import day, line
from careloom.permanency import words as codes
from careloom.permanency.forms.fields import CaseForm, hour, one, pick


class RemoveForm(CaseForm):
    """A removal, with why nothing less restrictive sufficed."""

    child = pick(_("Which child"))
    insufficient = line(
        _("What less restrictive was tried or weighed, and why it was not enough"),
        most=1200,
        rows=5,
        hint=_("Such as: a safety plan at home, a relative who moves in, mother and child together in treatment."),
    )
    authority = one(_("On whose authority"), codes.AUTHORITIES, stack=True)
    removed_on = day(_("Day of the removal"))
    found_on = day(_("Day of the first court finding"), required=False, hint=_("Leave it empty while there is none."))
    AT = {"NOT_UNSAFE": "child", "IN_CARE": "child", "LATER": "removed_on", "NOTHING": "authority"}


class PlaceForm(CaseForm):
    """Where a child lives, and why nothing less restrictive."""

    setting = one(_("Where the child lives"), codes.SETTINGS, stack=True)
    with_whom = line(_("With whom, or where"), most=200)
    why_with_parent = line(_("Why not with the mother in residential family treatment"), most=600, rows=2, required=False)
    why_relative = line(_("Why not a relative"), most=600, rows=2, required=False)
    why_kin = line(_("Why not kin or a close friend"), most=600, rows=2, required=False)
    why_foster = line(_("Why not a foster family"), most=600, rows=2, required=False)
    siblings = one(_("Brothers and sisters in care"), codes.SIBLINGS, stack=True)
    starts_on = day(_("From"))
    ended_because = one(_("Why the placement before ends"), codes.PLACEMENT_ENDS, required=False)
    AT = {
        "NOTHING": "with_whom",
        "TOGETHER": "siblings",
        "LATER": "starts_on",
        "BEFORE": "starts_on",
        "SKIPPED": "setting",
        "NOT_IN_CARE": "setting",
    }

    @property
    def skipped(self) -> dict[str, str]:
        """The explanations, by the setting that was not used."""
        told: dict[str, Any] = self.cleaned_data
        return {code: told.get(f"why_{code.lower()}", "") for code in ("WITH_PARENT", "RELATIVE", "KIN", "FOSTER")}


class CustodyForm(CaseForm):
    """Who has custody from a day on."""

    child = pick(_("Which child"))
    to = one(_("Who has custody"), codes.CUSTODY, stack=True)
    whom = line(_("Name"), most=160, required=False)
    starts_on = day(_("From"))
    paper = pick(_("By which order"), required=False)
    AT = {"NOTHING": "to", "LATER": "starts_on", "BEFORE": "starts_on"}


class PauseForm(CaseForm):
    """Days that do not count."""

    kind = one(_("Why these days do not count"), codes.PAUSES)
    starts_on = day(_("First day"))
    ends_on = day(_("First day back in care"), required=False, hint=_("Leave it empty while it lasts."))
    AT = {"NOTHING": "kind", "LATER": "starts_on", "BEFORE": "starts_on", "NOT_IN_CARE": "kind"}


class BackForm(CaseForm):
    """Back in care."""

    ends_on = day(_("First day back in care"))
    AT = {"LATER": "ends_on", "BEFORE": "ends_on"}


class FactsForm(CaseForm):
    """What a court found that moves the clock."""

    found_on = day(_("First finding of abuse or neglect"), required=False)
    no_efforts_on = day(_("A court found that efforts to reunify are not required"), required=False, hint=_("The hearing then falls within 30 days."))
    no_filing = one(_("Why the agency need not file to end parental rights"), codes.NO_FILING, required=False, stack=True)
    words = line(_("The reason in the case plan"), most=800, rows=3, required=False)
    AT = {"LATER": "found_on", "NOTHING": "no_filing"}


class ExitForm(CaseForm):
    """How a stay in care ends."""

    how = one(_("Where the child goes"), codes.EXITS, stack=True)
    ended_on = day(_("Day"))
    words = line(_("In a sentence"), most=400, required=False)
    AT = {"NOTHING": "how", "LATER": "ended_on", "BEFORE": "ended_on"}


class TellForm(CaseForm):
    """Whether a relative was told, and the answer."""

    told_on = day(_("Told on"), required=False)
    told_how = one(_("How"), codes.TOLD, required=False)
    not_told = one(_("Or why not"), codes.NOT_TOLD, required=False, stack=True)
    answer = one(_("What the relative answered"), codes.KIN_ANSWERS, required=False, stack=True)
    words = line(_("Note"), most=400, required=False)
    AT = {"TOLD": "told_on", "LATER": "told_on"}


class KinForm(TellForm):
    """One relative who was looked for."""

    name = line(_("Name"), most=120)
    relation = line(_("What they are to the child"), most=80)
    how_found = line(_("How they were found"), most=120, hint=_("Such as: the mother named them, a letter, a search."))
    AT = {"NOTHING": "name", "TOLD": "told_on", "LATER": "told_on"}
    field_order = ["name", "relation", "how_found", "told_on", "told_how", "not_told", "answer", "words"]


class VisitForm(CaseForm):
    """A visit that is planned."""

    child = pick(_("Which child"))
    on = day(_("Day"))
    hour = hour()
    place = line(_("Where"), most=160, hint=_("As near to daily life as it can be."))
    who = line(_("Who comes"), most=160)
    AT = {"NOTHING": "place"}


class VisitNoteForm(CaseForm):
    """What came of a visit."""

    state = one(_("What happened"), {"HELD": codes.VISITS["HELD"], "MISSED": codes.VISITS["MISSED"]})
    whose = one(_("If it was missed: whose reason"), codes.WHOSE, required=False)
    words = line(_("In a sentence"), most=400, required=False, hint=_("The parent reads this."))
    AT = {"NOTHING": "state", "LATER": "state"}
