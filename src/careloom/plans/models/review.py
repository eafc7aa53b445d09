"""Reviews, what they found, tries to reach her, and the versions of the plan."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.plans.models.plan import PlanRow, by_plan, once


class Review(PlanRow):
    """A review of the plan: due by the pack's schedule, held on a day, with what was found. Source: workflows 6.2, F17."""

    due_on = models.DateField()
    kind = models.CharField(max_length=16)  # FIRST_CONTACT, HOME_VISIT, REVIEW, AFTER_EVENT
    why = models.CharField(max_length=40, blank=True)
    planned_for = models.DateTimeField(null=True)
    asked = models.PositiveSmallIntegerField(default=1)  # rises when it is asked for again, so that it is owed again
    called_off_at = models.DateTimeField(null=True)  # no longer asked for: the birth or a later review took its place
    held_at = models.DateTimeField(null=True)
    mode = models.CharField(max_length=12, blank=True)  # IN_PERSON, VIDEO, PHONE
    present = ArrayField(models.CharField(max_length=120), default=list)
    her_rating = models.PositiveSmallIntegerField(null=True)
    her_words = models.CharField(max_length=500, blank=True)
    summary = models.CharField(max_length=1000, blank=True)

    class Meta:
        db_table = "plans_review"
        indexes = [by_plan("plans_review_plan")]
        constraints = [models.UniqueConstraint(fields=["plan_id", "kind", "due_on", "why"], name="plans_review_once")]


class ReviewFinding(PlanRow):
    """What a review found about one need."""

    review_id = models.UUIDField()
    need_id = models.UUIDField()
    finding = models.CharField(max_length=16)  # GOING_WELL, NEEDS_WORK, MET, UNMET, LET_GO
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "plans_review_finding"
        indexes = [by_plan("plans_finding_plan")]
        constraints = [models.UniqueConstraint(fields=["review_id", "need_id"], name="plans_finding_once")]


class ContactTry(PlanRow):
    """A try to reach her. A plan closes for lost contact only after the tries and days that the pack asks for."""

    at = models.DateTimeField()
    how = models.CharField(max_length=12)  # CALL, TEXT, VISIT, LETTER, OTHER
    reached = models.BooleanField(default=False)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_contact_try"
        indexes = [by_plan("plans_contact_try_plan")]
        constraints = [once("plans_contact_try_once")]


class PlanVersion(PlanRow):
    """A version of the plan: when, why, and who agreed. Its content is in PlanVersionEntry, row by row."""

    number = models.PositiveIntegerField()
    why = models.CharField(max_length=24)  # STARTED, AGREED, BIRTH, REVIEW, MEETING, MERGED, REOPENED, CLOSED
    agreed_by_mother = models.CharField(max_length=12, blank=True)  # SCREEN, PAPER, SPOKEN
    witness = models.CharField(max_length=120, blank=True)
    no_needs_because = models.CharField(max_length=300, blank=True)  # she was asked, and names none (plan-content G: no service needed, and why)
    agreed_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_version"
        constraints = [once("plans_version_once"), models.UniqueConstraint(fields=["plan_id", "number"], name="plans_version_number")]


class PlanVersionEntry(PlanRow):
    """One item as it stood in a version, with its own holder and category, so that a reader's copy holds only what she may see."""

    version_id = models.UUIDField()
    item_kind = models.CharField(max_length=16)
    item_id = models.UUIDField()
    body = models.JSONField()

    class Meta:
        db_table = "plans_version_entry"
        indexes = [models.Index(fields=["version_id"], name="plans_entry_version"), by_plan("plans_entry_plan")]
        constraints = [models.UniqueConstraint(fields=["version_id", "item_id"], name="plans_entry_once")]


class OverdueReviewCount(models.Model):
    """How many reviews of an agency are ten business days late, day by day: a number for the partnership, without names."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency_id = models.UUIDField()
    on = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "plans_overdue_count"
        constraints = [models.UniqueConstraint(fields=["agency_id", "on"], name="plans_overdue_count_once")]
