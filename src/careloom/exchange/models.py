"""Which hospital records an agency's workers may open a notification from. No person is in it."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.agencies.models import Agency


class Ehr(models.Model):
    """A hospital's own record system that Careloom opens from, as a public client with a proof key and no secret.

    `iss` is its FHIR address without a slash at its end, `hosts` the other hosts (host or host:port) on which its sign-in stands.
    Source: SMART App Launch 2.2.0.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    iss = models.CharField(max_length=300)
    client_id = models.CharField(max_length=200)
    hosts = ArrayField(models.CharField(max_length=120), default=list)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "exchange_ehr"
        constraints = [
            models.UniqueConstraint(fields=["agency", "request_key"], name="exchange_ehr_once"),
            models.UniqueConstraint(fields=["agency", "iss"], condition=models.Q(ended_at=None), name="exchange_ehr_one_in_use"),
        ]

    def __str__(self) -> str:
        return self.name
