"""Obligations: who owes what to which family, by when. One table, so that Today is one indexed query."""

from __future__ import annotations

from datetime import time
from uuid import uuid4

from django.db import models

from careloom.infra.access.records import FamilyRecord

IN_ORDER = ["holder_id", "-promised", "due_at", "opened_at", "id"]


class Obligation(FamilyRecord):
    """Something that an agency (its worker, or whoever takes it) must do for a family. The holder is the agency that owes it.

    The words are made by a presenter from `kind` and `facts` (codes and ids); no name is stored here.
    """

    kind = models.CharField(max_length=40)
    worker_id = models.UUIDField(null=True)
    family_id = models.UUIDField()
    about_id = models.UUIDField(null=True)
    about_kind = models.CharField(max_length=24, blank=True)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=160)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    promised = models.BooleanField(default=False)  # a legal or promised time, which goes first
    waiting_on = models.UUIDField(null=True)  # the agency whose answer it waits for; then nothing is owed by us yet
    met_at = models.DateTimeField(null=True)
    met_by = models.UUIDField(null=True)
    escalated_to = models.CharField(max_length=16, blank=True)  # SUPERVISOR, PARTNERSHIP
    escalated_at = models.DateTimeField(null=True)
    escalated_worker_id = models.UUIDField(null=True)  # who was told above her; None where the agency has nobody above
    request_key = models.CharField(max_length=80)

    class Meta:
        db_table = "work_obligation"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="work_obligation_once")]
        indexes = [
            models.Index(fields=["holder_id", "worker_id", "due_at"], name="work_obligation_today", condition=models.Q(met_at=None)),
            models.Index(fields=["holder_id", "worker_id", "met_at"], name="work_obligation_met", condition=models.Q(met_at__isnull=False)),
            # The list of a whole agency is thousands long, and its first page is read off these two in their order.
            models.Index(fields=IN_ORDER, name="work_obligation_agency", condition=models.Q(met_at=None, waiting_on=None)),
            models.Index(fields=IN_ORDER, name="work_obligation_awaited", condition=models.Q(met_at=None, waiting_on__isnull=False)),
            models.Index(fields=["identity_id"], name="work_obligation_identity"),
            models.Index(fields=["about_id"], name="work_obligation_about"),
            models.Index(
                fields=["holder_id", "escalated_worker_id", "due_at", "id"],
                name="work_obligation_late",
                condition=models.Q(met_at=None) & ~models.Q(escalated_to=""),
            ),
        ]


class WorkerSetting(models.Model):
    """How a worker of an agency wants to hear of her day, and who stands in while she is away. No person of a family is in it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency_id = models.UUIDField()
    worker_id = models.UUIDField()
    digest = models.BooleanField(default=True)
    digest_at = models.TimeField(default=time(7))
    quiet_from = models.TimeField(default=time(19))
    quiet_to = models.TimeField(default=time(7))
    away_from = models.DateField(null=True)
    away_until = models.DateField(null=True)  # the last day away
    cover_worker_id = models.UUIDField(null=True)
    digest_sent_on = models.DateField(null=True)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "work_setting"
        constraints = [models.UniqueConstraint(fields=["agency_id", "worker_id"], name="work_setting_once")]
        indexes = [models.Index(fields=["agency_id", "cover_worker_id"], name="work_setting_cover")]


class LateCount(models.Model):
    """How many duties of an agency were told to the partnership on a day: a number without a family, a worker or a kind."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency_id = models.UUIDField()
    on = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "work_late_count"
        constraints = [models.UniqueConstraint(fields=["agency_id", "on"], name="work_late_count_once")]
