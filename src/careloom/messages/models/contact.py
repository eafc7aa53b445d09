"""How she may be reached, whether somebody near her is a danger, and what an agency does to keep families safe."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.infra.access.records import FamilyRecord


class SafeContact(FamilyRecord):
    """How she may be reached. Honored by everything that sends or calls (`messages.contact`). Source: R-128, F36."""

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


class UnsafeContact(FamilyRecord):
    """That somebody who hurts or scares her may see her phone, mail or messages. Kept as `dv.victim_record`, which no form opens (R-128).

    It makes every way of reaching her narrower, and is shown only to who works with her.
    """

    says = models.CharField(max_length=300, blank=True)
    noted_by = models.UUIDField(null=True)
    noted_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "messages_unsafe_contact"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "identity_id"], condition=models.Q(lifted_at=None), name="messages_unsafe_contact_once")
        ]


class SafetyPolicy(models.Model):
    """What a program does when a family may be in danger: its own words, for its own workers. About no family (R-128)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency_id = models.UUIDField(unique=True)
    text = models.CharField(max_length=3000)
    call_first = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField()
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "messages_safety_policy"
        verbose_name_plural = "safety policies"
