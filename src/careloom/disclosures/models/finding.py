"""What a discloser found when it looked at an opening in an emergency. Source: workflows 6.16; 42 CFR 2.51(c)."""

from __future__ import annotations

from django.db import models

from careloom.disclosures.models.trail import Trail


class EmergencyFinding(Trail):
    """That a discloser's privacy officer looked at an opening: JUSTIFIED or NOT_JUSTIFIED, with a note.

    Held by the discloser. The agency that opened reads it only when it was not justified.
    """

    opening_id = models.UUIDField()
    opener_id = models.UUIDField()  # the agency that opened
    worker_id = models.UUIDField()  # who opened there
    facility = models.CharField(max_length=160)
    nature = models.CharField(max_length=600)
    opened_at = models.DateTimeField()
    outcome = models.CharField(max_length=16)
    note = models.CharField(max_length=600, blank=True)
    found_at = models.DateTimeField()
    found_by = models.UUIDField(null=True)

    class Meta:
        db_table = "disclosures_finding"
        constraints = [models.UniqueConstraint(fields=["holder_id", "opening_id"], name="disclosures_finding_once")]
        indexes = [
            models.Index(fields=["identity_id"], name="disclosures_finding_identity"),
            models.Index(fields=["opener_id", "-found_at"], name="disclosures_finding_opener"),
        ]
