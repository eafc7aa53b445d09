"""Who may ask by FHIR: systems of an agency, the tokens they hold, and the signed requests that were used up. No person is in it."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.agencies.models import Agency


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
