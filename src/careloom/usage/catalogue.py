"""Which forms are looked at for fields that stay empty: the form that people see, and the table that keeps what it says.

Only fields that may be left empty are counted: one that must be filled is always full. The label is the form's own, so that the report says
what people read on the screen; a test holds every entry against its form and its table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from django import forms
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

_PLANS, _CASE, _CARE = "careloom.plans.forms", "careloom.permanency.forms", "careloom.treatment.forms.entries"


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheet:
    """One form: its title, its class, the table and the column that says when a row of it came to be. A field's column has the field's name."""

    title: Any
    form: str
    model: str
    when: str = "made_at"

    @property
    def table(self) -> type[models.Model]:
        """The model that keeps what the form says."""
        return apps.get_model(self.model)

    @property
    def code(self) -> str:
        """What names it in the counts."""
        return f"{self.model}:{self.form.rsplit('.', 1)[1]}"


SHEETS = (
    Sheet(title=_("A mother, as she says who she is"), form=f"{_PLANS}.mothers.MotherForm", model="people.PersonRecord"),
    Sheet(title=_("Family and support"), form=f"{_PLANS}.people.MemberForm", model="people.FamilyMember", when="at"),
    Sheet(title=_("Care team"), form=f"{_PLANS}.people.TeamForm", model="plans.CareTeamMember"),
    Sheet(title=_("Need"), form=f"{_PLANS}.content.NeedForm", model="plans.Need"),
    Sheet(title=_("Goal"), form=f"{_PLANS}.content.GoalForm", model="plans.Goal"),
    Sheet(title=_("Strength"), form=f"{_PLANS}.content.StrengthForm", model="plans.Strength"),
    Sheet(title=_("What matters to her"), form=f"{_PLANS}.together.PreferenceForm", model="plans.Preference"),
    Sheet(title=_("Who else takes part"), form=f"{_PLANS}.together.InvolvementForm", model="plans.Involvement"),
    Sheet(title=_("Review"), form=f"{_PLANS}.reviews.ReviewForm", model="plans.Review"),
    Sheet(title=_("Minutes of a family meeting"), form=f"{_PLANS}.meeting.MinuteForm", model="plans.MeetingNote"),
    Sheet(title=_("Referral"), form="careloom.plans.referrals.forms.ReferForm", model="plans.Referral"),
    Sheet(title=_("Report of maltreatment"), form="careloom.safety.forms.reporting.ReportForm", model="safety.ReportOnChild", when="at"),
    Sheet(title=_("Case plan: one line"), form=f"{_CASE}.case.ItemForm", model="permanency.PlanItem", when="at"),
    Sheet(title=_("Relative who was told"), form=f"{_CASE}.care.TellForm", model="permanency.KinContact", when="at"),
    Sheet(title=_("Question about a Tribe"), form=f"{_CASE}.court.TribeForm", model="permanency.TribeQuestion", when="at"),
    Sheet(title=_("Treatment: episode"), form=f"{_CARE}.EpisodeForm", model="treatment.Episode", when="recorded_at"),
    Sheet(title=_("Treatment: medicine"), form=f"{_CARE}.MedicineForm", model="treatment.Medicine", when="recorded_at"),
    Sheet(title=_("Treatment: drug test"), form=f"{_CARE}.TestForm", model="treatment.DrugTest", when="recorded_at"),
    Sheet(title=_("Treatment: progress"), form=f"{_CARE}.ProgressForm", model="treatment.Progress", when="recorded_at"),
    Sheet(title=_("Treatment: check-in"), form=f"{_CARE}.CheckInForm", model="treatment.CheckIn", when="recorded_at"),
    Sheet(title=_("Treatment: meeting"), form=f"{_CARE}.MeetingForm", model="treatment.Meeting", when="recorded_at"),
    Sheet(title=_("Treatment: return to use"), form=f"{_CARE}.ReturnForm", model="treatment.ReturnToUse", when="recorded_at"),
    Sheet(title=_("Support that was given"), form="careloom.position.forms.SupportForm", model="position.Support"),
)  # fmt: skip


@lru_cache(maxsize=1)
def by_code() -> Mapping[str, Sheet]:
    """Every sheet by its code."""
    return {one.code: one for one in SHEETS}


@lru_cache(maxsize=64)
def fields_of(sheet: Sheet) -> Mapping[str, Any]:
    """The labels of the fields that may stay empty and have a column of their own, by field."""
    module, name = sheet.form.rsplit(".", 1)
    form: type[forms.Form] = getattr(import_module(module), name)
    # A box to tick is never empty: without a tick it says no.
    columns = {one.name for one in sheet.table._meta.concrete_fields if not isinstance(one, models.BooleanField)}
    may_stay_empty = ((key, each) for key, each in form.base_fields.items() if not each.required and not each.widget.is_hidden)
    return {key: each.label or key for key, each in may_stay_empty if key in columns}


def says_something(column: models.Field[Any, Any]) -> models.Q:
    """When a row says something there: neither nothing nor what stands there by itself."""
    name = column.name
    said = models.Q(**{f"{name}__isnull": False})
    empty: list[Any] = [""] if isinstance(column, models.CharField | models.TextField) else []
    if isinstance(column, models.JSONField):
        empty = [[], {}, ""]
    elif isinstance(column, ArrayField):
        empty = [[]]
    if column.has_default() and not callable(column.default) and column.default is not None:
        empty.append(column.default)
    for one in empty:
        said &= ~models.Q(**{name: one})
    return said
