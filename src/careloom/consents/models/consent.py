"""The release that a mother signs. Source: 42 CFR 2.31; law.md 1.4; workflows 6.5."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from careloom.infra.access.records import FamilyRecord


class Consent(FamilyRecord):
    """A release that the mother signed: from whom, to whom, what, for which purpose, until when.

    `identity_id` is the one who signs; `subject_ids` are the identities whose records it opens (herself, her infants).
    The status is derived (`queries.status_of`), never stored.
    """

    kind = models.CharField(max_length=24)
    subject_ids = ArrayField(models.UUIDField())
    discloser_ids = ArrayField(models.UUIDField())
    recipient_ids = ArrayField(models.UUIDField())
    recipient_names = ArrayField(models.CharField(max_length=160), default=list)
    recipient_class = models.CharField(max_length=200, blank=True)
    information = ArrayField(models.CharField(max_length=40))
    purposes = ArrayField(models.CharField(max_length=40))
    statements = models.JSONField(default=dict)
    drafted_at = models.DateTimeField()
    explained_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=5, default="en")
    reader = models.CharField(max_length=120, blank=True)
    signer = models.CharField(max_length=24, blank=True)  # mother, guardian, personal representative
    signature_method = models.CharField(max_length=12, blank=True)  # SCREEN, PAPER, SPOKEN, PORTAL
    signed_name = models.CharField(max_length=120, blank=True)  # the name typed on the screen as her signature (42 CFR 2.31(a)(8))
    signed_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    expires_on = models.DateField(null=True)
    expiry_event = models.CharField(max_length=24, blank=True)
    event_on = models.DateField(null=True)
    held_on = models.DateField(null=True)  # the last day on which somebody asked and the event had not happened
    revoked_at = models.DateTimeField(null=True)
    revoked_how = models.CharField(max_length=12, blank=True)
    superseded_by = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "consents_consent"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "request_key"], name="consents_consent_once"),
            models.CheckConstraint(
                condition=models.Q(signed_on=None, signed_at=None) | models.Q(signed_on__isnull=False, signed_at__isnull=False),
                name="consents_signed_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["identity_id"], name="consents_consent_identity"),
            GinIndex(fields=["subject_ids"], name="consents_consent_subjects"),
        ]
