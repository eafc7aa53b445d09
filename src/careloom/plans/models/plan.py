"""The plan itself, its infants, and the shape of every row that belongs to a plan."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import FamilyRecord

OPEN_STATES = ["DRAFT", "ACTIVE", "UNDER_REVIEW", "CLOSE_PROPOSED"]


def by_plan(name: str) -> models.Index:
    """The index by which a page reads all rows of its plan."""
    return models.Index(fields=["plan_id"], name=name)


def once(name: str) -> models.UniqueConstraint:
    """Submitting a form twice makes one row: holder first, so that a clash tells nothing to another agency."""
    return models.UniqueConstraint(fields=["holder_id", "request_key"], condition=~models.Q(request_key=""), name=name)


class PlanOfSafeCare(FamilyRecord):
    """One plan for a birthing parent's pregnancy and the infants of it. About the mother's identity.

    The holder is the agency that started it and keeps its frame (plan, infants, lead, reviews, versions) whoever leads.
    `lead_agency_id` and `holder_id` are for actions; a page names the lead only from a `CareTeamMember` that its reader sees,
    because the agency's name alone can say that somebody is in treatment (42 CFR 2.13(c)).
    """

    pregnancy_id = models.UUIDField()
    kind = models.CharField(max_length=10)  # PRENATAL, POSTNATAL
    status = models.CharField(max_length=16)  # a kernel.plan.PlanState
    label = models.CharField(max_length=60, default="Family care plan")
    level = models.CharField(max_length=4, blank=True)
    pack = models.CharField(max_length=40)
    language = models.CharField(max_length=5, default="en")
    lead_agency_id = models.UUIDField()
    lead_worker_id = models.UUIDField()
    co_lead_ids = ArrayField(models.UUIDField(), default=list)
    started_at = models.DateTimeField()
    born_on = models.DateField(null=True)
    agreed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    next_review_on = models.DateField(null=True)
    follow_until = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=24, blank=True)
    close_confirmed = ArrayField(models.CharField(max_length=40), default=list)  # checklist codes that the lead stands for
    close_override = models.CharField(max_length=500, blank=True)
    template_version_id = models.UUIDField(null=True)  # the local template that it was started with, if any
    merged_into_id = models.UUIDField(null=True)
    row_version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "plans_plan"
        constraints = [
            # Holder first: a duplicate-key error must not tell one agency that another has a plan.
            models.UniqueConstraint(
                fields=["holder_id", "pregnancy_id"],
                condition=models.Q(status__in=OPEN_STATES),
                name="plans_one_active_per_pregnancy",
            ),
            models.UniqueConstraint(fields=["holder_id", "request_key"], name="plans_plan_once"),
        ]
        indexes = [
            models.Index(fields=["identity_id"], name="plans_plan_identity"),
            # A list of families and the board of late reviews walk these in order, over open plans only.
            models.Index(fields=["holder_id", "next_review_on", "id"], condition=models.Q(status__in=OPEN_STATES), name="plans_plan_open"),
            models.Index(fields=["lead_agency_id", "next_review_on", "id"], condition=models.Q(status__in=OPEN_STATES), name="plans_plan_led"),
        ]


class PlanRow(FamilyRecord):
    """A row that belongs to a plan. `made_by` is the worker, or the person herself."""

    plan_id = models.UUIDField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    changed_at = models.DateTimeField()
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class PlanInfant(PlanRow):
    """An infant (identity) of the plan; held by the plan's holder. Each infant is in one active plan at most."""

    birth_id = models.UUIDField(null=True)
    # True on the row that another agency keeps of having attached the infant to this plan; it claims no place.
    noted_only = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "plans_infant"
        indexes = [by_plan("plans_infant_plan")]
        constraints = [
            models.UniqueConstraint(
                fields=["holder_id", "identity_id"], condition=models.Q(ended_at=None, noted_only=False), name="plans_infant_one_active"
            )
        ]
