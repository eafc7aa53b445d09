"""That a family's records of one agency are to be expunged, by whom it was asked and confirmed, and what went."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.infra.access.records import RowApart

PROPOSED, CONFIRMED, SWEPT, DONE, WITHDRAWN = "PROPOSED", "CONFIRMED", "SWEPT", "DONE", "WITHDRAWN"
GROUNDS = ("COURT_ORDER", "LAW", "SCHEDULE", "MISTAKE")


class Expunging(RowApart):
    """One proposal and its way: PROPOSED, CONFIRMED by another person, SWEPT (the rows are gone), DONE (those who hold copies were told).

    INVARIANT: when it is DONE, `identity_id` is its own id and `reason` is empty: it says that something went, and not whose it was.
    """

    state = models.CharField(max_length=10, default=PROPOSED)
    ground = models.CharField(max_length=12)
    authority = models.CharField(max_length=80)
    reason = models.CharField(max_length=600, blank=True)
    counts = models.JSONField(default=dict)  # what was listed when it was proposed: app -> rows; "papers" -> sealed papers
    gone = models.JSONField(default=dict)  # what went
    told = models.JSONField(default=list)  # ids of agencies that read copies and are told
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()  # a worker
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)  # another worker
    done_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "keeping_expunging"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "request_key"], name="keeping_expunging_once"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("proposed_by")), name="keeping_expunging_two"
            ),
        ]
        indexes = [
            models.Index(fields=["holder_id", "-proposed_at"], name="keeping_expunging_holder"),
            models.Index(fields=["state"], name="keeping_expunging_open", condition=models.Q(state__in=[CONFIRMED, SWEPT])),
        ]


class Applied(models.Model):
    """A tombstone of the ledger that was carried out in this database. An older backup lacks it, so it is carried out again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        db_table = "keeping_applied"
