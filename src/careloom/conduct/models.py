"""What an agency asks of its workers first, and who has done it. Names no family."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.agencies.models import Agency, Membership, Worker

CODE, TRAINING = "CODE", "TRAINING"


class Demand(models.Model):
    """One thing that comes first in an agency. It is ended and never changed: another text is another demand."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(CODE, CODE), (TRAINING, TRAINING)])
    title = models.CharField(max_length=120)
    # The code itself, or where to take the training; read in the language of the agency.
    words = models.TextField()
    # After how many months it must be done again; empty: once is enough.
    months = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "conduct_demand"
        constraints = [models.UniqueConstraint(fields=["agency", "request_key"], name="conduct_demand_once")]


class Met(models.Model):
    """That a worker has done it: she accepted the code herself, or an administrator noted the training."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="met")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField()
    # The last day on which it counts; empty: for good.
    until = models.DateField(null=True)
    noted_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "conduct_met"
        constraints = [models.UniqueConstraint(fields=["demand", "membership", "done_on"], name="conduct_met_once")]
