"""What units cost, what was worked out from them, the two purposes of a program, and figures that are sent on a schedule.

Source: R-098, R-194, R-201.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.aims.models.proposals import OfAims
from careloom.partnership.models import Partner


class UnitCost(OfAims):
    """What a unit costs, in whole dollars of `year`, as this collaborative reckons; where there is no row the pack's stands."""

    code = models.CharField(max_length=16)  # kernel.indicators.savings.Part
    value = models.PositiveIntegerField()
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=1)  # V, D, K, A: packs/base/costs
    source = models.CharField(max_length=400)

    class Meta(OfAims.Meta):
        db_table = "aims_unit_cost"
        constraints = [*OfAims.Meta.constraints, models.UniqueConstraint(fields=["collaborative", "code"], name="aims_unit_cost_each")]


class Calculation(OfAims):
    """A saving as it was worked out, with everything that it rests on, so that it can be worked out again.

    `lines`: [{"part", "ours", "theirs", "source"}]. `costs`: {part: {"value", "low", "high", "year", "status", "source"}} as they were that day.
    INVARIANT: a number of people from 1 to 10 is not kept here (`aims.actions.saving`).
    """

    name = models.CharField(max_length=120)
    helped = models.CharField(max_length=200)  # which families had help, and when
    against = models.CharField(max_length=300)  # the stated comparison
    families = models.PositiveIntegerField()
    compared = models.PositiveIntegerField()
    lines = models.JSONField()
    costs = models.JSONField()
    paid = models.PositiveBigIntegerField(null=True)  # dollars that the help cost
    paid_source = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta(OfAims.Meta):
        db_table = "aims_calculation"


class Purpose(OfAims):
    """By which indicators one of the two purposes of a program is tracked, and who answers for it (R-194)."""

    code = models.CharField(max_length=12)  # TREATMENT, TOGETHER
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    program = models.CharField(max_length=120)
    indicators = ArrayField(models.CharField(max_length=40))
    words = models.CharField(max_length=300)

    class Meta(OfAims.Meta):
        db_table = "aims_purpose"
        constraints = [*OfAims.Meta.constraints, models.UniqueConstraint(fields=["collaborative", "code"], name="aims_purpose_each")]


class Schedule(OfAims):
    """Figures that go to somebody again and again: which, to whom, for which periods, and so many days after a period ends (R-201)."""

    name = models.CharField(max_length=120)
    to_whom = models.CharField(max_length=120)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")  # who sends them
    indicators = ArrayField(models.CharField(max_length=40))
    every = models.CharField(max_length=8)  # kernel.indicators.schedule.Every
    first = models.DateField()  # the first day of the first period
    days = models.PositiveSmallIntegerField()
    ends_on = models.DateField(null=True)

    class Meta(OfAims.Meta):
        db_table = "aims_schedule"


class Sent(OfAims):
    """That the figures of a period went: when, how, and from which snapshot. Sent again after a correction it is a new row."""

    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="sent")
    period_on = models.DateField()  # the first day of the period
    on = models.DateField()
    how = models.CharField(max_length=160)
    snapshot_id = models.UUIDField(null=True)  # of outcomes; null: counted elsewhere, and `source` says where
    source = models.CharField(max_length=200)

    class Meta(OfAims.Meta):
        db_table = "aims_sent"
