"""What left by e-mail or text message."""

from __future__ import annotations

from django.db import models

from careloom.infra.access.records import FamilyRecord


class Message(FamilyRecord):
    """An e-mail or SMS that went out, made of a neutral sentence by code; never free text, never a protected word.

    `wait_until` is set where it waits for the hours in which she may be reached (quiet hours).
    """

    channel = models.CharField(max_length=8)
    sentence = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    address = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    wait_until = models.DateTimeField(null=True)
    failed_because = models.CharField(max_length=60, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "messages_message"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="messages_message_once")]
        indexes = [
            models.Index(
                fields=["holder_id", "wait_until"], name="messages_message_waiting", condition=models.Q(wait_until__isnull=False, sent_at=None)
            )
        ]
