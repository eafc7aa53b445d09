"""What stands beside assessment and plan: earlier involvement and who asked for it, what she was told, and that a plan of safe care is ensured."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import Retractable, RowApart

HISTORY = "cw.history"


class EarlierInvolvement(Retractable):
    """Earlier child welfare involvement as a summary: dates, type, outcome, and the statute on which it is told (R-109).

    INVARIANT: an input of no route and of no decision. Nothing in kernel/notification or kernel/safety can be given it.
    """

    from_on = models.DateField()
    to_on = models.DateField(null=True)
    kind = models.CharField(max_length=24)
    outcome = models.CharField(max_length=24)
    statute = models.CharField(max_length=200)
    at = models.DateTimeField()
    written_by = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "safety_history"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="safety_history_once")]
        indexes = [models.Index(fields=["identity_id", "-from_on"], name="safety_history_identity")]


class HistoryLook(RowApart):
    """That somebody asked for the summary of earlier involvement, and why. Read by the agency that asked and by herself.

    It is written whether or not there is anything to show, so it tells nobody that there is.
    """

    reason = models.CharField(max_length=20)
    words = models.CharField(max_length=300)
    at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "safety_history_look"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="safety_history_look_once")]
        indexes = [models.Index(fields=["identity_id", "-at"], name="safety_history_look_identity")]


class ToldHer(Retractable):
    """Which talking points and reassurances the worker gave her, and when (R-115)."""

    points = ArrayField(models.CharField(max_length=40), default=list)
    told_on = models.DateField()
    how = models.CharField(max_length=12)  # IN_PERSON, INTERPRETER, PHONE
    asked = models.CharField(max_length=400, blank=True)  # what she asked, in her words
    at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "safety_told"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="safety_told_once")]
        indexes = [models.Index(fields=["identity_id", "-told_on"], name="safety_told_identity")]


class PlanEnsured(Retractable):
    """That a plan of safe care is completed by child welfare, or that its worker made sure of one (R-153). It says nothing of the plan's content."""

    how = models.CharField(max_length=16)  # COMPLETED, LED_BY_OTHER, OFFERED
    words = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "safety_plan_ensured"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="safety_ensured_once")]
        indexes = [models.Index(fields=["identity_id", "-at"], name="safety_ensured_identity")]
