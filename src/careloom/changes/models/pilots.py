"""Pilots: where, how long, by which measure, what was seen, what became of it. Families stand behind a value as a share of a month only.

Source: workflows 6.12; R-011, R-090.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.partnership.models import Body
from careloom.partnership.models.structure import OfCollaborative

PROTECT = models.PROTECT


class Pilot(OfCollaborative):
    """A trial of a practice, a protocol or a way to share: PROPOSED, APPROVED, RUNNING, EVALUATED, then ADOPT, ADAPT or ABANDON."""

    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)  # PRACTICE, PROTOCOL, SHARING
    body = models.ForeignKey(Body, on_delete=PROTECT, related_name="+")
    what = models.TextField()
    measure = models.CharField(max_length=160)
    unit = models.CharField(max_length=8)  # SHARE (of families, in a hundred), DAYS, NUMBER
    higher = models.BooleanField(default=True)  # whether more is better
    baseline = models.DecimalField(max_digits=8, decimal_places=1)
    target = models.DecimalField(max_digits=8, decimal_places=1)
    starts_on = models.DateField()
    until = models.DateField()
    marks = ArrayField(models.CharField(max_length=20), default=list)
    barrier_id = models.UUIDField(null=True)
    state = models.CharField(max_length=9, default="PROPOSED")
    approved_on = models.DateField(null=True)
    result = models.TextField(blank=True)
    evaluated_on = models.DateField(null=True)
    lesson = models.TextField(blank=True)
    decided_on = models.DateField(null=True)

    class Meta:
        db_table = "changes_pilot"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="changes_pilot_once")]


class PilotSite(OfCollaborative):
    """A place where it is tried, or one that goes on as before, to compare."""

    pilot = models.ForeignKey(Pilot, on_delete=PROTECT, related_name="sites")
    name = models.CharField(max_length=80)
    compares = models.BooleanField(default=False)

    class Meta:
        db_table = "changes_pilot_site"
        constraints = [models.UniqueConstraint(fields=["pilot", "name"], name="changes_site_name")]


class Cycle(OfCollaborative):
    """One round of plan, do, study, act."""

    pilot = models.ForeignKey(Pilot, on_delete=PROTECT, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    plan = models.TextField()
    did = models.TextField(blank=True)
    studied = models.TextField(blank=True)
    acts = models.TextField(blank=True)
    starts_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "changes_cycle"
        constraints = [models.UniqueConstraint(fields=["pilot", "number"], name="changes_cycle_number")]


class Observation(OfCollaborative):
    """A measure at a site in a month. Null where fewer than eleven families stand behind it: the counts themselves are not kept."""

    site = models.ForeignKey(PilotSite, on_delete=PROTECT, related_name="observations")
    month = models.DateField()  # its first day
    value = models.DecimalField(max_digits=8, decimal_places=1, null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "changes_observation"
        constraints = [models.UniqueConstraint(fields=["site", "month"], name="changes_observation_month")]
