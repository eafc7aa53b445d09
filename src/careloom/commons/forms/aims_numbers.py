"""Forms of unit costs, savings, the two purposes of a program, and figures that go on a schedule."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from careloom.aims import facts as told_as
from careloom.aims import words
from careloom.commons.forms.aims import AimsForm, several_indicators, whole
from careloom.commons.forms.changes import one_of
from careloom.commons.forms.changes_sheets import radios
from careloom.infra.ui.fields import day, line
from careloom.kernel.indicators.savings import Part

MOST_DOLLARS = 2_000_000_000


class CostForm(AimsForm):
    """What a unit costs here."""

    AT = {"ENDS": "low"}
    value = whole(_("Dollars for one"), most=MOST_DOLLARS)
    low = whole(_("At the least"), most=MOST_DOLLARS)
    high = whole(_("At the most"), most=MOST_DOLLARS)
    year = whole(_("Dollars of which year?"), least=1990, most=2100)
    status = radios(_("How well is it known?"), words.STATUSES, stack=True)
    source = line(_("Where does it come from?"), most=400, rows=2)


class SavingForm(AimsForm):
    """What families with help and a comparison had, part by part."""

    AT = {"WORDS": "helped", "FEW": "families", "FAMILIES": "compared", "PAID": "paid_source", "LATER_DAY": "on"}
    name = line(_("What do you call it?"), most=120)
    helped = line(_("Which families had the help, and when?"), most=200, rows=2)
    families = whole(_("How many families were that?"))
    against = line(
        _("What are they compared with?"), most=300, rows=2,
        hint=_("Families of the same kind and the same months, such as those of the two years before, or of a county without the help."),
    )  # fmt: skip
    compared = whole(_("How many families are compared?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in Part:
            said = {"part": words.PARTS[part]}
            self.fields[f"{part.lower()}_ours"] = whole(_now("%(part)s: families with help") % said, required=False)
            self.fields[f"{part.lower()}_theirs"] = whole(_now("%(part)s: the comparison") % said, required=False)
            self.fields[f"{part.lower()}_source"] = line(_now("%(part)s: from which data?") % said, most=200, required=False)
        self.fields["paid"] = whole(_("What did the help cost, in dollars?"), required=False, most=MOST_DOLLARS)
        self.fields["paid_source"] = line(_("Where does that cost come from?"), most=200, required=False)
        self.fields["on"] = day(_("Worked out on"))

    def clean(self) -> dict[str, Any]:
        """A part is counted on both sides or on neither, and says from which data."""
        told = super().clean() or self.cleaned_data
        for part in Part:
            ours, theirs, source = (told.get(f"{part.lower()}_{side}") for side in ("ours", "theirs", "source"))
            if (ours is None) != (theirs is None):
                missing = f"{part.lower()}_{'ours' if ours is None else 'theirs'}"
                if missing not in self.errors:
                    self.add_error(missing, _("Count it on both sides, or on neither."))
            elif ours is not None and not source:
                self.add_error(f"{part.lower()}_source", words.REFUSALS["SOURCE"])
        return told

    @property
    def saving(self) -> told_as.SavingFacts:
        """What was told."""
        told = self.cleaned_data
        lines = tuple(
            told_as.LineFacts(
                part=part.value, ours=told[f"{part.lower()}_ours"], theirs=told[f"{part.lower()}_theirs"], source=told[f"{part.lower()}_source"]
            )
            for part in Part
            if told.get(f"{part.lower()}_ours") is not None and told.get(f"{part.lower()}_theirs") is not None
        )
        plain = ("name", "helped", "against", "families", "compared", "on", "paid", "paid_source")
        return told_as.SavingFacts(lines=lines, **{name: told[name] for name in plain})


class PurposeForm(AimsForm):
    """By which indicators one purpose is tracked."""

    ROWS = {"partner_id": ""}
    AT = {"PARTNER": "partner_id", "NAME": "program", "INDICATOR": "indicators"}
    program = line(_("Which program?"), most=120)
    partner_id = one_of(_("Which partner answers for it?"))
    indicators = several_indicators(_("By which indicators?"), hint=_("The first to be read is enough; more make it surer."))
    words = line(_("What does it mean that it goes well?"), most=300, rows=2)


class ScheduleForm(AimsForm):
    """Figures that go to somebody again and again."""

    FACTS = told_as.ScheduleFacts
    ROWS = {"partner_id": ""}
    AT = {"PARTNER": "partner_id", "INDICATOR": "indicators", "WORDS": "to_whom"}
    name = line(_("Which data points?"), most=120)
    to_whom = line(_("To whom do they go?"), most=120)
    partner_id = one_of(_("Which partner sends them?"))
    indicators = several_indicators(_("Which figures?"))
    every = radios(_("How often?"), words.EVERIES)
    first = day(_("First day of the first period"), hint=_("The first day of a month."))
    days = whole(_("Due how many days after a period ends?"), most=366)


class SentForm(AimsForm):
    """That the figures of a period went."""

    AT = {"PERIOD_OPEN": "period_on", "LATER_DAY": "on"}
    period_on = forms.TypedChoiceField(label=_("Of which period?"), coerce=date.fromisoformat)
    on = day(_("Sent on"))
    how = line(_("How?"), most=160, hint=_("Such as the Department’s portal, with its receipt."))
    snapshot_id = one_of(_("From which snapshot of the numbers?"), required=False)
    source = line(_("Or from where else?"), most=200, required=False)

    def __init__(self, *args: Any, periods: list[tuple[str, str]], snapshots: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        period: Any = self.fields["period_on"]
        period.choices = periods
        one: Any = self.fields["snapshot_id"]
        one.choices = [("", _("None: counted elsewhere")), *snapshots]
        self.named = dict(snapshots)

    @property
    def sent(self) -> told_as.SentFacts:
        """What was told; a snapshot names itself."""
        told = self.told
        source = told["source"] or (self.named.get(told["snapshot_id"], "") if told["snapshot_id"] else "")
        return told_as.SentFacts(**{**told, "source": source})
