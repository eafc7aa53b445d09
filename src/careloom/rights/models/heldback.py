"""A written or spoken word of law enforcement or an oversight agency that her accounting leaves its rows out. Source: 45 CFR 164.528(a)(2)."""

from __future__ import annotations

from django.db import models

from careloom.rights.models.trail import Trail


class HeldBack(Trail):
    """The disclosures of one holder about one person to one receiver, left out of her accounting until a day.

    INVARIANT: who looks beyond a caseload in the holder's agency reads it, and nobody else: not she, not the receiver. The database tests it
    for her lists by `rights_held_back`, which says yes or no and shows nothing.
    """

    to_agency_id = models.UUIDField(null=True)
    to_name = models.CharField(max_length=160, blank=True)  # in small letters, where the receiver is no agency here
    said_by = models.CharField(max_length=200)  # the official, with the office
    in_writing = models.BooleanField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    noted_by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "rights_held_back"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "request_key"], name="rights_held_back_once"),
            models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("begins_at")), name="rights_held_back_period"),
        ]
        indexes = [models.Index(fields=["holder_id", "identity_id"], name="rights_held_back_test")]
