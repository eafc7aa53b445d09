"""A program's admission queue. Source: R-176; workflows 6.15; 45 CFR 96.126, 96.131."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import RowApart

WAITING, INTERIM, ADMITTED, CLOSED = "WAITING", "INTERIM", "ADMITTED", "CLOSED"
OPEN = (WAITING, INTERIM)


class Admission(RowApart):
    """Somebody who asks to be admitted. INVARIANT: read by the program alone; no form of hers opens it, for it says that she asked."""

    came_by = models.CharField(max_length=16)
    from_agency_id = models.UUIDField(null=True)
    referral_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    pregnant = models.BooleanField(default=False)
    child_welfare = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=WAITING)
    interim_due_at = models.DateTimeField(null=True)
    interim = ArrayField(models.CharField(max_length=20), default=list)
    interim_at = models.DateTimeField(null=True)
    interim_words = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=16, blank=True)
    episode_id = models.UUIDField(null=True)
    recorded_by = models.UUIDField(null=True)
    row_version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "treatment_admission"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="treatment_admission_once")]
        indexes = [
            models.Index(fields=["holder_id", "asked_at"], name="treatment_admission_open", condition=models.Q(state__in=["WAITING", "INTERIM"])),
            models.Index(fields=["identity_id"], name="treatment_admission_person"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether she still waits."""
        return self.state in OPEN

    @property
    def first(self) -> bool:
        """Whether the law or the county puts her first: pregnant (45 CFR 96.131) or with a child welfare case (R-176)."""
        return self.pregnant or self.child_welfare
