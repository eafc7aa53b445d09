"""What plans and families hand over, before it is a barrier: one row for each family that met it, with nothing of her in it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.barriers.models.register import Barrier


class Given(models.Model):
    """Something that stands in the way of a family, as it came in.

    INVARIANT: no family, plan, worker, agency, day or key of a form stands in it. Its id is drawn at random, and whenever a row comes in, all rows
    of its month are written anew in an order drawn at random: neither their place in the table nor the number of their transaction tells
    which came with what (`actions.giving`). Words go when triage has written its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    month = models.DateField()  # its first day
    county = models.CharField(max_length=80, blank=True)
    cause = models.CharField(max_length=16)
    service = models.CharField(max_length=40)  # a domain of the needs catalogue
    hers = models.BooleanField(default=False)  # she told it herself, and not a worker from her plan
    words = models.CharField(max_length=300, blank=True)
    barrier = models.ForeignKey(Barrier, null=True, on_delete=models.PROTECT, related_name="given")

    class Meta:
        db_table = "barriers_given"
        indexes = [models.Index(fields=["county", "service", "cause"], name="barriers_given_groups")]
