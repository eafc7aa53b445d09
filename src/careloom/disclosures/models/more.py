"""A question whether there is more, and whom it reached. Source: DESIGN section 2, "Silence"; 42 CFR 2.13(c)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.disclosures.models.trail import Trail


class MoreAsked(Trail):
    """A worker's question for more about a family that she sees. A job passes it on; the asker reads this row and never hears whom it reached."""

    worker_id = models.UUIDField()
    topics = ArrayField(models.CharField(max_length=16))
    why = models.CharField(max_length=400)
    asked_at = models.DateTimeField()
    passed_on_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "disclosures_more_asked"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="disclosures_more_asked_once")]
        indexes = [
            models.Index(fields=["identity_id"], name="disclosures_more_asked_of"),
            models.Index(fields=["asked_at"], name="disclosures_more_asked_wait", condition=models.Q(passed_on_at=None)),
        ]


class MoreReached(Trail):
    """The question as it reached somebody: the mother (the holder is her own principal) or an agency that holds more.

    `asker_id` is empty where the holder may not know that the asker works with her.
    """

    more_id = models.UUIDField()
    asker_id = models.UUIDField(null=True)
    topics = ArrayField(models.CharField(max_length=16))
    why = models.CharField(max_length=400, blank=True)
    reached_at = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True)  # YES, NOT_NOW, NO; LOOKED for an agency
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "disclosures_more_reached"
        constraints = [models.UniqueConstraint(fields=["holder_id", "more_id"], name="disclosures_more_reached_once")]
        indexes = [models.Index(fields=["identity_id"], name="disclosures_more_reached_of")]
