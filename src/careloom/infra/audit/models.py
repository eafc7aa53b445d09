"""One row for each change: who, as whom, when, what. Without foreign keys, so that nothing blocks deletion."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.infra.access.records import GuardedManager


class AuditRow(models.Model):
    """A change that an action made, written in the action's transaction."""

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
