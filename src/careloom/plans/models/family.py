"""How each member takes part, what pulls in different directions, how help should be given, and which systems are in her life."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.plans.models.plan import PlanRow, by_plan, once


class Participation(PlanRow):
    """How one member of the family takes part from a day on. Rows are added and never changed: members need not start and stop together (R-121).

    `member_id` is the identity of the mother or an infant, or the row of a family member whom she named.
    """

    member_id = models.UUIDField()
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=12)  # NOT_STARTED, ACTIVE, PAUSED, ENDED
    starts_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_participation"
        indexes = [by_plan("plans_participation_plan")]
        constraints = [once("plans_participation_once")]


class Tension(PlanRow):
    """Needs or priorities that compete, or a crisis, with how it was resolved. It never closes a plan (R-122)."""

    kind = models.CharField(max_length=12)  # COMPETING, CRISIS
    words = models.CharField(max_length=500)
    hers = models.CharField(max_length=300, blank=True)  # how she sees it
    resolution = models.CharField(max_length=500, blank=True)
    resolved_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_tension"
        indexes = [by_plan("plans_tension_plan")]
        constraints = [once("plans_tension_once")]


class Preference(PlanRow):
    """How help should be given: language, culture, what services must offer. One row for each holder; choosing a service filters by it (R-067)."""

    languages = ArrayField(models.CharField(max_length=8), default=list)
    features = ArrayField(models.CharField(max_length=24), default=list)  # codes of the directory: CHILDREN_ON_SITE, TELEHEALTH, ...
    culture = models.CharField(max_length=300, blank=True)
    faith = models.CharField(max_length=300, blank=True)
    helps = models.CharField(max_length=300, blank=True)
    helps_not = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "plans_preference"
        indexes = [by_plan("plans_preference_plan")]
        constraints = [models.UniqueConstraint(fields=["holder_id", "plan_id"], name="plans_preference_one_each")]


class Involvement(PlanRow):
    """That a system is or was in the family's life, from one day to another, as its holder knows it. Source: R-050."""

    system = models.CharField(max_length=20)  # a code of presenters.systems.SYSTEMS
    words = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_involvement"
        indexes = [by_plan("plans_involvement_plan")]
        constraints = [once("plans_involvement_once")]
