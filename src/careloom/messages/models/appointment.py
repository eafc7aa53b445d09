"""Something that happens at a time."""

from __future__ import annotations

from django.db import models

from careloom.infra.access.records import FamilyRecord


class Appointment(FamilyRecord):
    """Something that happens at a time, for a person of the family."""

    plan_id = models.UUIDField(null=True)
    referral_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=24)  # VISIT, HOME_VISIT, REVIEW, COURT, CLASS, OTHER
    title = models.CharField(max_length=120)
    # What the mother's page and a calendar may say: neutral words, no program and no substance.
    neutral_title = models.CharField(max_length=120)
    place = models.CharField(max_length=160, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, default="PLANNED")  # PLANNED, KEPT, MISSED, MOVED, CANCELLED
    ride_wanted = models.BooleanField(default=False)

    class Meta:
        db_table = "messages_appointment"
        indexes = [
            models.Index(fields=["identity_id", "starts_at"], name="messages_appointment_identity"),
            models.Index(fields=["holder_id", "starts_at"], name="messages_appointment_day"),
        ]
