"""Principals, grants, segments, caseloads, the access log and the accounting of disclosures.

Owns who may read what. Does not decide: `consents` asks the kernel and writes grants here.
Source: DESIGN section 2; 42 CFR 2.25; 45 CFR 164.528; R-206.
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import FamilyRecord, GuardedManager

__all__ = ["AccessLog", "Caseload", "Disclosure", "FamilyRecord", "Grant", "Principal", "Segment"]


class Principal(models.Model):
    """Whoever reads: an agency, a person, a one-time link or a named system role, in one id space."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=8)

    class Meta:
        db_table = "access_principal"


class Segment(models.Model):
    """That a holder has something of one category, with one provenance, about an identity: what there is to share."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    holder_id = models.UUIDField()
    identity_id = models.UUIDField()
    category = models.CharField(max_length=40)
    provenance = models.CharField(max_length=40)

    objects = GuardedManager()

    class Meta:
        db_table = "access_segment"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "identity_id", "category", "provenance"], name="access_segment_once"),
        ]
        indexes = [models.Index(fields=["identity_id"], name="access_segment_identity")]


class Grant(models.Model):
    """A disclosure that law and consent allow, as row security reads it. Written only by `consents`, as System.GRANTS."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    identity_id = models.UUIDField()
    category = models.CharField(max_length=40)
    holder_id = models.UUIDField()
    provenance = models.CharField(max_length=40)
    recipient_id = models.UUIDField()
    purposes = ArrayField(models.CharField(max_length=40))
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    basis = ArrayField(models.CharField(max_length=80))
    obligations = ArrayField(models.CharField(max_length=40))
    instrument_id = models.UUIDField(null=True)
    # The rule that permits is one that counsel has not confirmed (domain/law.md [K], [?]); said on screen and in the accounting.
    review_needed = models.BooleanField(default=False, db_default=False)

    objects = GuardedManager()

    class Meta:
        db_table = "access_grant"
        constraints = [
            models.CheckConstraint(condition=models.Q(valid_to__gte=models.F("valid_from")), name="access_grant_period"),
        ]
        indexes = [
            models.Index(
                fields=["recipient_id", "identity_id", "category", "holder_id", "provenance"],
                include=["valid_from", "valid_to", "purposes", "instrument_id"],
                name="access_grant_test",
            ),
            models.Index(fields=["identity_id"], name="access_grant_identity"),
            models.Index(fields=["instrument_id"], name="access_grant_instrument"),
        ]


class Caseload(models.Model):
    """That a worker of an agency works with an identity: who inside the agency may look."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    holder_id = models.UUIDField()
    worker_id = models.UUIDField()
    identity_id = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = GuardedManager()

    class Meta:
        db_table = "access_caseload"
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("starts_at")), name="access_caseload_period"),
        ]
        indexes = [
            models.Index(fields=["holder_id", "worker_id", "identity_id"], include=["starts_at", "ends_at"], name="access_caseload_test"),
        ]


class AccessLog(models.Model):
    """One look: who read what of whom, or looked for it and was shown nothing. Read by the holder's privacy officer and by the person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField()
    principal_id = models.UUIDField()
    agency_id = models.UUIDField(null=True)
    worker_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=40)
    place = models.CharField(max_length=60)
    identity_id = models.UUIDField(null=True)
    holder_id = models.UUIDField(null=True)
    categories = ArrayField(models.CharField(max_length=40), default=list)
    found = models.BooleanField(default=True)

    objects = GuardedManager()

    class Meta:
        db_table = "access_log"
        indexes = [
            models.Index(fields=["identity_id", "-at"], name="access_log_identity"),
            models.Index(fields=["agency_id", "-at"], name="access_log_agency"),
        ]


class Disclosure(models.Model):
    """The accounting: one row per recipient, subject, holder, category, basis and hour. Source: 42 CFR 2.25, 45 CFR 164.528."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    hour = models.DateTimeField()
    identity_id = models.UUIDField()
    holder_id = models.UUIDField()
    recipient_id = models.UUIDField()
    worker_id = models.UUIDField(null=True)
    category = models.CharField(max_length=40)
    purpose = models.CharField(max_length=40)
    basis = ArrayField(models.CharField(max_length=80))
    obligations = ArrayField(models.CharField(max_length=40), default=list)
    instrument_id = models.UUIDField(null=True)
    review_needed = models.BooleanField(default=False, db_default=False)

    objects = GuardedManager()

    class Meta:
        db_table = "access_disclosure"
        constraints = [
            models.UniqueConstraint(fields=["recipient_id", "identity_id", "holder_id", "category", "basis", "hour"], name="access_disclosure_once"),
        ]
        indexes = [models.Index(fields=["identity_id", "-hour"], name="access_disclosure_identity")]
