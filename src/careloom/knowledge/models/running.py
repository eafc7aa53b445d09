"""What is under way: tasks, reviews, disputes, and what members say of themselves. Source: R-023, R-034, R-039, R-044, R-047, R-059, R-060, R-112."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import GuardedManager
from careloom.partnership.models import OfCollaborative, Partner


class Task(OfCollaborative):
    """A task of a list: an item that everybody has (`code`), or one of their own (`words`). `about`: a seat, a partner, or the collaborative."""

    task_list = models.CharField(max_length=12)
    about = models.UUIDField()
    code = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=200, blank=True)
    topic = models.CharField(max_length=12, blank=True)  # the guide that led to it
    rural = models.BooleanField(default=False)
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)  # who was there, or how it went

    class Meta:
        db_table = "knowledge_task"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="knowledge_task_once"),
            models.UniqueConstraint(fields=["about", "task_list", "code"], condition=~models.Q(code=""), name="knowledge_task_item"),
        ]


class Review(OfCollaborative):
    """A look at something that is due again later: champions, who should be at the table, a partner's equity. Each look is a row."""

    kind = models.CharField(max_length=12)
    about = models.UUIDField()
    held_on = models.DateField()
    words = models.TextField()
    outcomes = models.TextField(blank=True)  # equity: what families' outcomes show
    next_on = models.DateField()

    class Meta:
        db_table = "knowledge_review"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="knowledge_review_once")]


class Process(OfCollaborative):
    """How partners settle disputes, version by version: steps with days, who stands between, who decides at last (R-044)."""

    version = models.PositiveSmallIntegerField()
    steps = ArrayField(models.CharField(max_length=200))
    days = ArrayField(models.PositiveSmallIntegerField())
    neutral = models.CharField(max_length=160)
    decider = models.CharField(max_length=160)
    adopted_on = models.DateField()

    class Meta:
        db_table = "knowledge_process"
        constraints = [models.UniqueConstraint(fields=["collaborative", "version"], name="knowledge_process_version")]


class Dispute(OfCollaborative):
    """A dispute between partners.

    INVARIANT: nobody outside of `hands` (workers, by id) learns that it exists, also not who runs the collaborative. The database holds to it
    too: its policies ask for the worker in `hands` (migration 0002), and only how it ended is ever changed (infra.access.rights).
    """

    subject = models.CharField(max_length=160)
    words = models.TextField()
    partners = ArrayField(models.UUIDField())
    hands = ArrayField(models.UUIDField())
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)

    objects = GuardedManager()

    class Meta:
        db_table = "knowledge_dispute"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="knowledge_dispute_once")]


class DisputeStep(OfCollaborative):
    """What was done at one step of a dispute; read and written by the hands of the dispute, and never changed."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="steps")
    step = models.PositiveSmallIntegerField()  # of the process, from 1
    on = models.DateField()
    words = models.TextField()

    objects = GuardedManager()

    class Meta:
        db_table = "knowledge_dispute_step"
        constraints = [models.UniqueConstraint(fields=["dispute", "request_key"], name="knowledge_dispute_step_once")]


class SelfSaid(OfCollaborative):
    """What a member says of herself, if she likes. INVARIANT: read by herself, and counted with small numbers hidden; by nobody else."""

    worker_id = models.UUIDField()
    race = ArrayField(models.CharField(max_length=20), default=list)
    place = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "knowledge_self_said"
        constraints = [models.UniqueConstraint(fields=["collaborative", "worker_id"], name="knowledge_self_said_once")]
