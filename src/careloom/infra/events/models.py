"""The outbox table."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.infra.access.records import GuardedManager


class OutboxEvent(models.Model):
    """An event that waits for its handlers."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=60)
    body = models.JSONField()
    published_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = GuardedManager()

    class Meta:
        db_table = "events_outbox"
        indexes = [
            models.Index(fields=["published_at"], name="events_outbox_pending", condition=models.Q(delivered_at=None)),
        ]
