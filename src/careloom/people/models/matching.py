"""Two records that may be one person, and the searches over everybody that find them."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.infra.access.records import GuardedManager

OPEN, SAME, NOT_SAME, LATER = "OPEN", "SAME", "NOT_SAME", "LATER"
QUEUED, RUNNING, STOPPED, DONE = "QUEUED", "RUNNING", "STOPPED", "DONE"


class PossibleMatch(models.Model):
    """Two records that may be one person, the smaller id first, and what somebody who looked at both said.

    INVARIANT: row security shows it to whoever may read both records, and to nobody else: that somebody else has a record of her would say
    that she is known there (42 CFR 2.13(c)). It holds no word of either record.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    left_id = models.UUIDField()
    right_id = models.UUIDField()
    weight = models.FloatField()  # bits; above zero it speaks for one person
    answers = models.JSONField(default=list)  # [comparison, code], in the model's order
    found_at = models.DateTimeField()
    found_how = models.CharField(max_length=8)  # ENTRY, SEARCH
    state = models.CharField(max_length=10, default=OPEN)
    because = models.CharField(max_length=24, blank=True)
    look_again_on = models.DateField(null=True)
    said_at = models.DateTimeField(null=True)
    said_by = models.UUIDField(null=True)
    row_version = models.PositiveIntegerField(default=1)

    objects = GuardedManager()

    class Meta:
        db_table = "people_match"
        verbose_name_plural = "possible matches"
        constraints = [models.UniqueConstraint(fields=["left_id", "right_id"], name="people_match_once")]
        indexes = [
            models.Index(fields=["state", "-weight", "id"], name="people_match_list"),
            models.Index(fields=["right_id"], name="people_match_right"),
        ]

    @property
    def chance(self) -> float:
        """How likely the model holds it that they are one person, 0 to 1."""
        return 1 / (1 + 2 ** -max(-200.0, min(200.0, self.weight)))


class MatchSearch(models.Model):
    """One search over all records, in steps: how far it is. It holds no count of people and no id of anybody."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    state = models.CharField(max_length=8, default=QUEUED)
    asked_at = models.DateTimeField()
    steps = models.PositiveSmallIntegerField()
    steps_done = models.PositiveSmallIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    beat_at = models.DateTimeField(null=True)  # when the process that works on it was last heard of
    ended_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "people_search"
        verbose_name_plural = "match searches"
