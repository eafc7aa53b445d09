"""CAPTA/CARA notifications at their hospital, and the de-identified rows that the state counts.

INVARIANT: nothing in the de-identified row leads back to a family without the hospital's own key. Source: 42 U.S.C. 5106a; DESIGN section 2.
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import FamilyRecord, GuardedManager


class Notification(FamilyRecord):
    """A notification as its hospital keeps it: twelve facts, the answer of the rules, what the mother was told. About the mother's identity."""

    birth_ids = ArrayField(models.UUIDField(), default=list)
    infant_ids = ArrayField(models.UUIDField(), default=list)
    facts = models.JSONField(default=dict)
    answer = models.JSONField(default=dict)
    pack = models.CharField(max_length=40)
    rule = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=16, default="DRAFT")  # DRAFT, SENT, NOT_REQUIRED, VOIDED
    told_at = models.DateTimeField(null=True)
    told_by = models.UUIDField(null=True)
    told_how = models.CharField(max_length=24, blank=True)
    not_told_because = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    started_by = models.UUIDField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField(null=True)
    # What child welfare asked this hospital about an identified notification or a report.
    asked_for = models.CharField(max_length=300, blank=True)
    # The receipts of the de-identified rows, sealed under the hospital's key, which the database does not have.
    sealed_receipts = models.BinaryField(null=True)
    row_version = models.PositiveIntegerField(default=1)
    # Which open page saved last: a page that saves as one types is never in conflict with itself.
    saved_from = models.CharField(max_length=40, blank=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "notifications_notification"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "request_key"], name="notifications_once"),
            models.CheckConstraint(
                condition=models.Q(sent_at=None, sent_by=None) | models.Q(sent_at__isnull=False, sent_by__isnull=False),
                name="notifications_sent_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["identity_id"], name="notifications_identity"),
            models.Index(fields=["holder_id", "status", "-started_at"], name="notifications_holder"),
        ]


class SealedOutgoing(models.Model):
    """A de-identified notification, correction or withdrawal that waits for the nightly batch, sealed under the hospital's key."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    holder_id = models.UUIDField()
    sealed = models.BinaryField()

    objects = GuardedManager()

    class Meta:
        db_table = "notifications_outgoing"


class DeidentifiedNotification(models.Model):
    """What the state sees: a random receipt, the year, the state and the coded answers. No time, no maker, no order."""

    receipt = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=2)
    answers = models.JSONField()
    has_plan = models.BooleanField()
    has_referral = models.BooleanField()
    withdrawn = models.BooleanField(default=False)

    objects = GuardedManager()

    class Meta:
        db_table = "notifications_deidentified"
        indexes = [models.Index(fields=["state", "year"], name="notifications_deid_year")]


class ReceivedNotification(FamilyRecord):
    """An identified notification or a report as the agency that must act on it holds it. Kept apart from the hospital's own."""

    notification_id = models.UUIDField()
    kind = models.CharField(max_length=12)  # IDENTIFIED, REPORT
    from_agency_id = models.UUIDField()
    facts = models.JSONField(default=dict)  # by SentField: exactly what the hospital's screen said would leave
    basis = ArrayField(models.CharField(max_length=80), default=list)
    received_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer = models.CharField(max_length=24, blank=True)  # ACCEPTED_PATHWAY, SCREENED_OUT, ASKS_INFORMATION
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "notifications_received"
        constraints = [models.UniqueConstraint(fields=["holder_id", "notification_id", "kind"], name="notifications_received_once")]
