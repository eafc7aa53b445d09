"""Limits that a patient asked for and a holder keeps to. Source: 42 CFR 2.26; 45 CFR 164.522(a)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import RowApart


class Restriction(RowApart):
    """A limit in force at one holder: nothing of these categories to this recipient, or to any recipient of this kind, from then on.

    `paid_in_full` binds the holder towards health plans whether it agreed or not (45 CFR 164.522(a)(1)(vi)); empty `categories` means all.
    """

    to_agency_id = models.UUIDField(null=True)
    to_kind = models.CharField(max_length=24, blank=True)  # AgencyKind, when no single agency is meant
    categories = ArrayField(models.CharField(max_length=40), default=list)
    agreed = models.BooleanField(default=True)
    paid_in_full = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    begun_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=24, blank=True)
    about_request_id = models.UUIDField(null=True)  # the request of hers that it answers
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "consents_restriction"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "request_key"], name="consents_restriction_once"),
            models.CheckConstraint(condition=models.Q(to_agency_id__isnull=False) | ~models.Q(to_kind=""), name="consents_restriction_to"),
        ]
        indexes = [models.Index(fields=["identity_id"], name="consents_restriction_identity")]
