"""A calendar that a phone or a calendar program reads by a secret address."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.infra.access.records import GuardedManager


class CalendarFeed(models.Model):
    """The secret address of one person's calendar: a worker's in one agency, or the mother's. Only the hash of its secret is kept.

    Read by its owner and by the sign-in role, which looks it up before anybody is signed in.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    principal_id = models.UUIDField()  # the agency in which the worker acts, or the mother's own principal
    worker_id = models.UUIDField(null=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=5, default="en")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = GuardedManager()

    class Meta:
        db_table = "messages_calendar_feed"
        constraints = [
            models.UniqueConstraint(
                fields=["principal_id", "worker_id"], condition=models.Q(ended_at=None), nulls_distinct=False, name="messages_feed_once"
            )
        ]
