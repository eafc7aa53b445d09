"""What she answers on her own page between visits."""

from __future__ import annotations

from django.db import models

from careloom.plans.models.plan import PlanRow, by_plan, once


class BetweenVisits(PlanRow):
    """How things are, in her own answers and words. Held by her; no score is made of it. Source: ux 7.2, F34.

    `answers` says YES, SOME or NO for each question code of the pack that she answered.
    """

    answers = models.JSONField(default=dict)
    words = models.CharField(max_length=500, blank=True)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_between_visits"
        indexes = [by_plan("plans_between_visits_plan")]
        constraints = [once("plans_between_visits_once")]
