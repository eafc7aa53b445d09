"""Openings in a medical emergency. Source: 42 CFR 2.51; workflows 6.16; 45 CFR 164.506(c)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import RowApart


class EmergencyOpening(RowApart):
    """That a clinician opened what others hold of one patient because of a bona fide emergency, for a few hours.

    Held by the agency that asked. 2.51(c) wants the name of the personnel and the facility, the discloser, the instant and the nature.
    `discloser_ids` are those whose records a grant opened; each reads this row, gets a duty to review it, and nobody else does.
    """

    worker_id = models.UUIDField()
    facility = models.CharField(max_length=160)
    nature = models.CharField(max_length=600)
    why_no_consent = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # ended before its time
    discloser_ids = ArrayField(models.UUIDField(), default=list)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "consents_emergency"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "request_key"], name="consents_emergency_once"),
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opened_at")), name="consents_emergency_period"),
        ]
        indexes = [models.Index(fields=["identity_id", "-opened_at"], name="consents_emergency_identity")]
