"""Tries to reach a family, what was offered when nobody did, a safety concern that a person stated, and drafts of barriers without a family."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import FamilyRecord, RowApart


class Attempt(FamilyRecord):
    """A try to reach a family: how, when, and what came of it. Nothing that was written is changed. Source: F18, plan-content 2.7."""

    plan_id = models.UUIDField()
    at = models.DateTimeField()
    how = models.CharField(max_length=12)  # CALL, TEXT, VISIT, LETTER, OTHER
    outcome = models.CharField(max_length=16)  # a code of words.OUTCOMES
    words = models.CharField(max_length=300, blank=True)
    worker_id = models.UUIDField()
    made_at = models.DateTimeField()
    request_key = models.CharField(max_length=56)

    class Meta:
        db_table = "following_attempt"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="following_attempt_once")]
        indexes = [
            models.Index(fields=["plan_id", "at"], name="following_attempt_plan"),
            models.Index(fields=["identity_id"], name="following_attempt_identity"),
        ]


class Outreach(FamilyRecord):
    """What was offered and written to a family that nobody reaches. It ends when she is reached or lets go; it never reports anybody."""

    plan_id = models.UUIDField()
    offers = ArrayField(models.CharField(max_length=24), default=list)
    written_on = models.DateField(null=True)
    written_in = models.CharField(max_length=5, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "following_outreach"
        constraints = [models.UniqueConstraint(fields=["holder_id", "plan_id"], name="following_outreach_once")]
        indexes = [models.Index(fields=["identity_id"], name="following_outreach_identity")]


class Concern(RowApart):
    """A safety concern that a person stated in her own words, with what she did about it. Read by its agency alone (42 CFR 2.13(c)).

    Losing touch is no concern: this row comes from a page of its own and from nothing else.
    """

    plan_id = models.UUIDField()
    words = models.CharField(max_length=1000)
    does = models.CharField(max_length=12)  # CONSULTED, REPORTED, NEITHER
    stated_by = models.UUIDField()
    stated_at = models.DateTimeField()
    request_key = models.CharField(max_length=56)

    class Meta:
        db_table = "following_concern"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="following_concern_once")]
        indexes = [models.Index(fields=["identity_id"], name="following_concern_identity")]


class BarrierNoted(FamilyRecord):
    """That a need was passed on as a barrier, so that it is passed on once. INVARIANT: it names no draft, and no draft names it."""

    plan_id = models.UUIDField()
    need_id = models.UUIDField()
    code = models.CharField(max_length=16)
    on = models.DateField()

    class Meta:
        db_table = "following_barrier_noted"
        constraints = [models.UniqueConstraint(fields=["holder_id", "need_id", "code"], name="following_barrier_noted_once")]
        indexes = [
            models.Index(fields=["plan_id"], name="following_barrier_noted_plan"),
            models.Index(fields=["identity_id"], name="following_barrier_noted_of"),
        ]


class BarrierDraft(models.Model):
    """Something that stands in the way of families, for the partnership: a code, a county, a kind of service and checked words.

    INVARIANT: no family, no plan, no worker, no agency and no day stand in it; the month is all that is kept of when (workflows 6.9).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    month = models.DateField()  # its first day
    county = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=16)
    service = models.CharField(max_length=40)  # a domain of the needs catalogue
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "following_barrier_draft"
        indexes = [models.Index(fields=["county", "service", "code"], name="following_barrier_groups")]
