"""The in-force register of agreements' data clauses. Source: 42 CFR 2.11 (QSO), 2.33(c); 45 CFR 164.504(e), 164.514(e); R-102, R-103."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import GuardedManager


class DataClause(models.Model):
    """One line of an agreement's element schedule: which categories one agency may give another, for what, from when until when.

    Kinds are `disclosure.AgreementKind`, and DATA_SHARING, which permits nothing by itself: between two agencies with such a schedule only what it
    lists flows, and only while it is in force. No person is in it. The discloser puts it in force: another's paper opens nothing of hers.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=160)
    discloser_id = models.UUIDField()
    recipient_id = models.UUIDField()
    categories = ArrayField(models.CharField(max_length=40))
    purposes = ArrayField(models.CharField(max_length=40))
    terms = models.JSONField(default=dict)  # irb, privacy_board_waiver, part2_undertaking, lawful_authority
    service = models.CharField(max_length=200, blank=True)  # what a service organization does for the program (42 CFR 2.11)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # the last day, inclusive
    review_due_on = models.DateField(null=True)
    closes_when_overdue = models.BooleanField(default=False)
    reviewed_at = models.DateTimeField(null=True)
    put_at = models.DateTimeField()
    put_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=24, blank=True)
    row_version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=64)

    objects = GuardedManager()

    class Meta:
        db_table = "consents_clause"
        constraints = [models.UniqueConstraint(fields=["discloser_id", "request_key"], name="consents_clause_once")]
        indexes = [models.Index(fields=["discloser_id", "recipient_id"], name="consents_clause_pair")]
