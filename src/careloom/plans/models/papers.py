"""Copies that were given of the plan, and plans that became one."""

from __future__ import annotations

from django.db import models

from careloom.plans.models.plan import PlanRow, by_plan, once


class PlanCopy(PlanRow):
    """That a copy of a version was given to her, put in a medical record, or given to another, by whom and when (R-207)."""

    kind = models.CharField(max_length=16)  # HER, MEDICAL_RECORD, OTHER
    form = models.CharField(max_length=8)  # PAPER, SCREEN, FILE
    language = models.CharField(max_length=5, default="en")
    place = models.CharField(max_length=160, blank=True)  # which hospital or clinic, or who received it
    reason = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=120)
    on = models.DateField()
    version = models.PositiveIntegerField()
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_copy"
        indexes = [by_plan("plans_copy_plan")]
        constraints = [once("plans_copy_once")]


class PlanMerge(PlanRow):
    """Two plans of one pregnancy that became one: `plan_id` went into `kept_id`. `moved` says which rows, so that it can be undone.

    Source: workflows 6.2; plan-content 2.2 (duplicate active plans block closure).
    """

    kept_id = models.UUIDField()
    reason = models.CharField(max_length=300)
    status_before = models.CharField(max_length=16)
    moved = models.JSONField(default=dict)  # table -> holder -> row ids
    ended = models.JSONField(default=dict)  # seats and infants of the plan that went, ended at the merge
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField(max_length=300, blank=True)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_merge"
        indexes = [by_plan("plans_merge_plan"), models.Index(fields=["kept_id"], name="plans_merge_kept")]
        constraints = [once("plans_merge_once")]
