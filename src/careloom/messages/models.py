"""How to reach the mother safely, her appointments, and the messages that were sent."""

from __future__ import annotations

from django.db import models

from careloom.infra.access.records import FamilyRecord


class SafeContact(FamilyRecord):
    """How she may be reached. Honored by everything that sends or calls. Source: R-128, F36."""

    may_text = models.BooleanField(default=True)
    may_call = models.BooleanField(default=True)
    may_leave_voicemail = models.BooleanField(default=False)
    may_mail = models.BooleanField(default=False)
    shared_phone = models.BooleanField(default=False)
    from_hour = models.TimeField(null=True)
    to_hour = models.TimeField(null=True)
    note = models.CharField(max_length=200, blank=True)
    # Another way that she asked for and the holder agreed to (45 CFR 164.522(b)); it goes before every other number or address of hers.
    use_phone = models.CharField(max_length=20, blank=True)
    use_address = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "messages_safe_contact"
        constraints = [models.UniqueConstraint(fields=["holder_id", "identity_id"], name="messages_safe_contact_once")]


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


class Message(FamilyRecord):
    """An e-mail or SMS that went out, made of a neutral sentence by code; never free text, never a protected word."""

    channel = models.CharField(max_length=8)
    sentence = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    address = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_because = models.CharField(max_length=60, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "messages_message"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="messages_message_once")]
