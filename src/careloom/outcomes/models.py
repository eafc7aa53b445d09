"""What was computed, kept as it was: a snapshot and its figures.

A figure holds sums over many families and no family. The exact ones are the state's alone: row security shows others only what publishing has marked
as fit to be shown. Source: O13, O14, R-087, R-091; DESIGN section 6.
"""

from __future__ import annotations

import uuid

from django.db import models

from careloom.infra.access.records import GuardedManager


class Snapshot(models.Model):
    """One computation: from which inputs, by which code and definitions. `folder` (in the data folder) keeps the inputs for a second run."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request_key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    data_until = models.DateField()  # the last day that the extract knows
    engine = models.CharField(max_length=16)
    code_version = models.CharField(max_length=64)
    definitions = models.CharField(max_length=64)  # SHA-256 of the indicators' definitions
    inputs = models.JSONField(default=list)  # one for each extract: {"name", "tables": {table: {"rows", "sha256"}}}
    figures_hash = models.CharField(max_length=64)  # SHA-256 of all figures and curves in order: what a second run must give again
    folder = models.CharField(max_length=120)
    sealed_at = models.DateTimeField(null=True)  # since when it is protected, and others may read what is fit to be shown

    class Meta:
        db_table = "outcomes_snapshot"
        indexes = [models.Index(fields=["-made_at"], name="outcomes_snapshot_newest")]


class Figure(models.Model):
    """One indicator in one period, for everybody (`by` is "") or for one value of one stratum.

    `counted`, `met`, `apart` and `unripe` count subjects; `whole` and `part` are what is divided. `hidden` is None until publishing has judged
    the row, "" when it may be shown, else the reason.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="figures")
    indicator = models.CharField(max_length=40)
    variant = models.CharField(max_length=24, blank=True)
    period = models.CharField(max_length=16)  # "2025", "2025-Q1", "FFY2025"
    starts_on = models.DateField()
    ends_on = models.DateField()  # the day after its last
    by = models.CharField(max_length=16, blank=True)
    value = models.CharField(max_length=64, blank=True)
    counted = models.BigIntegerField()
    met = models.BigIntegerField()
    apart = models.BigIntegerField()
    unripe = models.BigIntegerField()
    whole = models.BigIntegerField()
    part = models.BigIntegerField()
    hidden = models.CharField(max_length=16, null=True)

    objects = GuardedManager()

    class Meta:
        db_table = "outcomes_figure"
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "indicator", "variant", "period", "by", "value"], name="outcomes_figure_once"),
        ]


class Curve(models.Model):
    """How long it takes: a Kaplan-Meier curve of one indicator in one period.

    `steps` are `[day, share still waiting, low, high, at risk]`, shares as decimal text. `median` is None when half were never reached.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="curves")
    indicator = models.CharField(max_length=40)
    period = models.CharField(max_length=16)
    starts_on = models.DateField()
    ends_on = models.DateField()
    by = models.CharField(max_length=16, blank=True)
    value = models.CharField(max_length=64, blank=True)
    seen = models.BigIntegerField()
    came = models.BigIntegerField()
    median = models.PositiveIntegerField(null=True)  # days
    steps = models.JSONField(default=list)
    hidden = models.CharField(max_length=16, null=True)

    objects = GuardedManager()

    class Meta:
        db_table = "outcomes_curve"
        constraints = [models.UniqueConstraint(fields=["snapshot", "indicator", "period", "by", "value"], name="outcomes_curve_once")]


class Publication(models.Model):
    """Figures that were made ready to be published, by whom, and who let them go. What it published stays readable until it is withdrawn.

    `years` lists [family, year]; `told` how many figures; `cells_hash` is a hash of them in order.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="publications")
    request_key = models.CharField(max_length=64, unique=True)
    prepared_at = models.DateTimeField()
    prepared_by = models.UUIDField(null=True)  # a worker; None: an operator at the console
    years = models.JSONField(default=list)
    told = models.PositiveIntegerField(default=0)
    cells_hash = models.CharField(max_length=64)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    alone_because = models.CharField(max_length=300, blank=True)  # why one person both prepared and approved
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)  # the note that is published in its place
    despite = models.CharField(max_length=300, blank=True)  # why it was made ready though a site's data are under the line

    class Meta:
        db_table = "outcomes_publication"
        indexes = [models.Index(fields=["-approved_at"], name="outcomes_publication_newest")]


class Leave(models.Model):
    """A nation's leave that figures of its citizens stand apart: who of it said so, from when, until when. Without one in force they do not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request_key = models.CharField(max_length=64, unique=True)
    nation = models.CharField(max_length=64)  # as the extract's column `nation` has it
    given_by = models.CharField(max_length=200)  # the resolution or the officer of the nation
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day on which it holds
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)  # taken back before its last day

    class Meta:
        db_table = "outcomes_leave"
