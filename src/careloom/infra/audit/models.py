"""One row for each change: who, as whom, when, what. And the seals that make this log and those of access tamper-evident (decision 0005).

Without foreign keys, so that nothing blocks deletion.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.infra.access.records import GuardedManager


class AuditRow(models.Model):
    """A change that an action made, written in the action's transaction. The database numbers it (`entry_no`, which no application sets)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField()
    principal_id = models.UUIDField()
    agency_id = models.UUIDField(null=True)
    worker_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    identity_id = models.UUIDField(null=True)
    object_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    objects = GuardedManager()

    class Meta:
        db_table = "audit_row"
        indexes = [
            models.Index(fields=["agency_id", "-at"], name="audit_agency"),
            models.Index(fields=["identity_id", "-at"], name="audit_identity"),
        ]


class Seal(models.Model):
    """One block of the chain of hashes over the logs (see `canon.Block`). Read and added to by System.SEAL; nobody changes it."""

    number = models.BigIntegerField(primary_key=True)
    form = models.SmallIntegerField()
    log = models.CharField(max_length=30)
    after = models.BigIntegerField()
    through = models.BigIntegerField()
    entries = models.BinaryField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    salt = models.BinaryField()
    sealed_at = models.DateTimeField()
    previous = models.BinaryField()
    body = models.BinaryField()
    hash = models.BinaryField()
    mac = models.BinaryField()

    objects = GuardedManager()

    class Meta:
        db_table = "audit_seal"
        indexes = [
            models.Index(fields=["log", "-through"], name="audit_seal_through"),
            models.Index(fields=["log", "last_at"], name="audit_seal_period"),
        ]


class Expunged(models.Model):
    """That a row of a log was lawfully taken away: which hash stood there, why, by whom. Without identity; sealed like a log itself."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField()
    principal_id = models.UUIDField()
    log = models.CharField(max_length=30)
    log_entry = models.BigIntegerField()
    leaf = models.BinaryField()
    because = models.CharField(max_length=80)
    mac = models.BinaryField()

    objects = GuardedManager()

    class Meta:
        db_table = "audit_expunged"
        constraints = [models.UniqueConstraint(fields=["log", "log_entry"], name="audit_expunged_once")]
