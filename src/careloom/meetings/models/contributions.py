"""What partners promise and bring, what weighs on them, what their leaders signed, visits to them, and for whom they stand.

Source: R-053, R-054, R-057, R-058, R-188.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.meetings.models.meetings import Meeting
from careloom.partnership.models import Partner
from careloom.partnership.models.structure import OfCollaborative


class Commitment(OfCollaborative):
    """What a partner commits a quarter, from a day on; confirming it, or committing something else, is a new row."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    hours = models.PositiveIntegerField()
    funds = models.PositiveIntegerField(default=0)  # dollars
    in_kind = models.CharField(max_length=200, blank=True)
    mission = models.CharField(max_length=300)  # why it still matters to them, in their words
    on = models.DateField()

    class Meta:
        db_table = "meetings_commitment"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="meetings_commitment_once")]


class Contribution(OfCollaborative):
    """What a partner brought in a quarter beside the hours in meetings, as it reports it."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    quarter = models.DateField()
    hours = models.PositiveIntegerField(default=0)
    funds = models.PositiveIntegerField(default=0)
    in_kind = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "meetings_contribution"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="meetings_contribution_once"),
            models.UniqueConstraint(fields=["partner", "quarter"], name="meetings_contribution_quarter"),
        ]


class Load(OfCollaborative):
    """What weighs on a partner in a month: families for each worker, staff who left in a year, change of the budget, in its own words."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    caseload = models.PositiveSmallIntegerField(null=True)
    turnover = models.PositiveSmallIntegerField(null=True)  # of 100 staff, within a year
    budget = models.SmallIntegerField(null=True)  # of 100 dollars, against the year before
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "meetings_load"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="meetings_load_once"),
            models.UniqueConstraint(fields=["partner", "month"], name="meetings_load_month"),
        ]


class Priority(OfCollaborative):
    """Evidence that a leader made this a priority of her agency (R-058)."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)  # LETTER, PLAN_ITEM, BUDGET_LINE, ORDER
    what = models.CharField(max_length=200)
    signed_by = models.CharField(max_length=120)
    where = models.CharField(max_length=200)  # where it can be read: a file, a link, a page of the agency's plan
    on = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "meetings_priority"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="meetings_priority_once")]


class Visit(OfCollaborative):
    """A visit to one partner before a meeting: with whom, and what was heard (R-053)."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="visits")
    on = models.DateField()
    who = models.CharField(max_length=200)
    heard = models.TextField()
    asks = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "meetings_visit"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="meetings_visit_once")]


class Represents(OfCollaborative):
    """For which parts of a work group's minimum a partner stands (R-188)."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    parts = ArrayField(models.CharField(max_length=24), default=list)

    class Meta:
        db_table = "meetings_represents"
        constraints = [models.UniqueConstraint(fields=["partner"], name="meetings_represents_partner")]
