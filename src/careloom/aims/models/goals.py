"""Shared outcomes with baseline and target, looks at them, years in which one comes first, and what each agency wants for families.

Source: R-082, R-083, R-089, R-091.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.aims.models.proposals import OfAims, Proposal
from careloom.partnership.models import Body, Partner


class Aim(OfAims):
    """An outcome that partners share: what success is, by what it is measured, where it stood, where it shall stand by when, and whose it is.

    Values are in the unit of the indicator: of 100 for a share, for its own `per` for a rate. `indicator` is the code of a definition, or "" while
    the measure is only proposed.
    """

    outcome = models.CharField(max_length=160)
    success = models.CharField(max_length=400)
    indicator = models.CharField(max_length=40, blank=True)
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="+")
    candidates = ArrayField(models.CharField(max_length=40), default=list)
    goal = models.CharField(max_length=8)  # kernel.indicators.definition.Goal: which way is better
    baseline = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    baseline_period = models.CharField(max_length=60, blank=True)
    baseline_source = models.CharField(max_length=200, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    target_by = models.DateField(null=True)
    owner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    owner_name = models.CharField(max_length=120)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")  # who agreed on it together
    agreed_on = models.DateField()
    review_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta(OfAims.Meta):
        db_table = "aims_aim"
        indexes = [models.Index(fields=["indicator"], name="aims_aim_indicator")]


class Look(OfAims):
    """That an aim was looked at: what was seen, of which period and from where, what follows, and when it is looked at next."""

    aim = models.ForeignKey(Aim, on_delete=models.PROTECT, related_name="looks")
    on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    period = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200, blank=True)
    seen = models.CharField(max_length=1000)
    follows = models.CharField(max_length=500, blank=True)
    next_on = models.DateField()

    class Meta(OfAims.Meta):
        db_table = "aims_look"


class YearPriority(OfAims):
    """That an oversight committee puts an aim first for a year, and why."""

    aim = models.ForeignKey(Aim, on_delete=models.PROTECT, related_name="priorities")
    year = models.PositiveSmallIntegerField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=400)

    class Meta(OfAims.Meta):
        db_table = "aims_year_priority"
        constraints = [*OfAims.Meta.constraints, models.UniqueConstraint(fields=["aim", "year"], name="aims_year_priority_each")]


class Desire(OfAims):
    """What one agency wants for families, in its own words, and which of the shared outcomes that is (R-083)."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    measured_by = models.CharField(max_length=200, blank=True)  # how the agency knows today
    aims = ArrayField(models.UUIDField(), default=list)  # of this collaborative; the action checks it
    ends_on = models.DateField(null=True)

    class Meta(OfAims.Meta):
        db_table = "aims_desire"
