"""What an agency asked of a holder. Source: workflows 6.16; 42 CFR 2.13(c)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.disclosures.models.trail import Trail


class AskedRecord(Trail):
    """One question to one holder, in the book of who asked.

    INVARIANT: nothing in it depends on the holder until something is released: a denial, a holder without a record and a holder who has not
    looked yet are one state. `given_id` names what was released.
    """

    asked_agency_id = models.UUIDField()
    worker_id = models.UUIDField()
    categories = ArrayField(models.CharField(max_length=40))
    purpose = models.CharField(max_length=40)
    why = models.CharField(max_length=600)
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    given_id = models.UUIDField(null=True)
    given_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "disclosures_asked"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="disclosures_asked_once")]
        indexes = [
            models.Index(fields=["identity_id", "-asked_at"], name="disclosures_asked_identity"),
            models.Index(fields=["holder_id", "-asked_at"], name="disclosures_asked_holder"),
            models.Index(fields=["given_id"], name="disclosures_asked_given"),
        ]
