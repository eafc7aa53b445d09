"""Who may ask by FHIR: systems of an agency, the tokens they hold, and the signed requests that were used up; and the exports that they asked for.

No person is in it that could be read: the files of an export are sealed.
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.agencies.models import Agency
from careloom.fhir.hooks.models import Delivery, Hook, Signal

__all__ = ["Delivery", "Export", "ExportFile", "Hook", "Signal", "SystemClient", "Taken", "Token", "UsedAssertion"]


class SystemClient(models.Model):
    """A computer system of one agency, which reads in one role for one purpose and proves itself by its public keys.

    Its id is its `client_id`. `purpose` is empty for the usual one of its kind of agency. Source: SMART App Launch 2.2.0, Backend Services.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=30)
    purpose = models.CharField(max_length=40, blank=True)
    scopes = ArrayField(models.CharField(max_length=60))
    jwks = models.JSONField()  # public keys only
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    last_at = models.DateTimeField(null=True)  # when it last got a token
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "fhir_client"
        constraints = [models.UniqueConstraint(fields=["agency", "request_key"], name="fhir_client_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def mark(self) -> str:
        """The short mark by which the access log tells this system from another."""
        return str(self.pk)[:8]


class Token(models.Model):
    """A token that a client holds for five minutes. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    client = models.ForeignKey(SystemClient, on_delete=models.CASCADE, related_name="tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=60))
    given_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "fhir_token"


class UsedAssertion(models.Model):
    """That a signed request of a client was used (its `jti`), until it would have ended anyway."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    client = models.ForeignKey(SystemClient, on_delete=models.CASCADE, related_name="+")
    jti_hash = models.CharField(max_length=64)
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "fhir_used_assertion"
        constraints = [models.UniqueConstraint(fields=["client", "jti_hash"], name="fhir_assertion_once")]


class Taken(models.Model):
    """That something a client sent was taken, and what it became. `key` and `digest` are hashes of its name and its content; neither is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    client = models.ForeignKey(SystemClient, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    object_id = models.UUIDField(null=True)
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "fhir_taken"
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="fhir_taken_once")]


class Export(models.Model):
    """A bulk export that a system asked for: which types, since when, and how far it is. Its files are rows of their own, sealed.

    `step` and `after` are where it goes on. It is gone, with its files, when it is cancelled and at `ends_at`.
    Source: FHIR Bulk Data Access 2.0.0.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    client = models.ForeignKey(SystemClient, on_delete=models.CASCADE, related_name="+")
    request = models.CharField(max_length=2000)  # the address that was asked, with the parameters that counted
    base = models.CharField(max_length=300)
    kinds = ArrayField(models.CharField(max_length=40))
    since = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    worked_at = models.DateTimeField(null=True)
    polled_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)
    ends_at = models.DateTimeField()
    step = models.PositiveIntegerField(default=0)
    after = models.UUIDField(null=True)
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "fhir_export"


class ExportFile(models.Model):
    """One finished file of an export: resources of one type, sealed under a key that is not in the database."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="files")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    lines = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "fhir_export_file"
        constraints = [models.UniqueConstraint(fields=["export", "place"], name="fhir_export_file_once")]
