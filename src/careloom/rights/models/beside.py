"""What stands beside a record: a correction that was accepted, or her statement that she disagrees. Source: 45 CFR 164.526(c), (d)."""

from __future__ import annotations

from django.db import models

from careloom.infra.access.records import FamilyRecord

AMENDMENT, DISAGREEMENT, REBUTTAL = "AMENDMENT", "DISAGREEMENT", "REBUTTAL"


class StandsBeside(FamilyRecord):
    """A text linked to one part of a holder's record. The record itself is never overwritten.

    Its category and provenance are those of the part, so whoever may read the part reads this with it, and a later disclosure carries it
    (164.526(d)(5)). A REBUTTAL is the holder's own word beside a disagreement (164.526(d)(3)). Written once and never changed.
    """

    kind = models.CharField(max_length=12)
    request_id = models.UUIDField()
    text = models.CharField(max_length=1200)
    at = models.DateTimeField()

    class Meta:
        db_table = "rights_beside"
        constraints = [
            models.UniqueConstraint(fields=["request_id", "kind", "category", "provenance"], name="rights_beside_once"),
        ]
        indexes = [models.Index(fields=["identity_id"], name="rights_beside_identity")]
