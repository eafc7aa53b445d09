"""A safety plan: what is done now so that each active danger is held back. It is no plan of safe care and no case plan (R-169)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import FamilyRecord

DRAFT, SPOKEN, SIGNED, NOT_KEPT, ENDED, COURT = "DRAFT", "SPOKEN", "SIGNED", "NOT_KEPT", "ENDED", "COURT"
#: States in which the plan holds somebody to something.
IN_FORCE = frozenset({SPOKEN, SIGNED, NOT_KEPT})


class SafetyPlan(FamilyRecord):
    """The plan as a whole: the assessment that it rests on, who agreed and when, and how it ended. Source: OAC 5101:2-37-02; workflows 6.6."""

    assessment_id = models.UUIDField()
    pack = models.CharField(max_length=40)
    response = models.CharField(max_length=12)  # IN_HOME, OUT_OF_HOME
    factors = ArrayField(models.CharField(max_length=60), default=list)  # the dangers that it controls, by item
    state = models.CharField(max_length=8, default=DRAFT)
    worker_id = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)  # the spoken yes
    agreed_who = models.CharField(max_length=200, blank=True)
    heard_by = models.CharField(max_length=120, blank=True)
    sign_by = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    not_kept_at = models.DateTimeField(null=True)
    not_kept_words = models.CharField(max_length=600, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=12, blank=True)  # INACTIVE, CONTROLLED, NEW_PLAN, COURT
    ended_words = models.CharField(max_length=600, blank=True)
    row_version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "safety_plan"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "request_key"], name="safety_plan_once"),
            models.UniqueConstraint(fields=["assessment_id"], name="safety_plan_of_assessment"),
        ]
        indexes = [models.Index(fields=["identity_id", "-started_at"], name="safety_plan_identity")]

    @property
    def is_in_force(self) -> bool:
        """Whether it was agreed to and has not ended."""
        return self.state in IN_FORCE


class SafetyStep(FamilyRecord):
    """One action step: which danger it controls, what is done, who does it and when."""

    safety_plan_id = models.UUIDField()
    factor = models.CharField(max_length=60)
    what = models.CharField(max_length=400)
    who = models.CharField(max_length=160)
    when = models.CharField(max_length=160)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "safety_step"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="safety_step_once")]
        indexes = [models.Index(fields=["identity_id"], name="safety_step_identity")]


class SafetySignature(FamilyRecord):
    """Who signed, or why a signature was waived. A spoken yes stands in the plan; this is what follows within the clock."""

    safety_plan_id = models.UUIDField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=80, blank=True)
    how = models.CharField(max_length=8)  # WRITTEN, WAIVED
    reason = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "safety_signature"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="safety_signature_once")]
        indexes = [models.Index(fields=["identity_id"], name="safety_signature_identity")]


class SafetyContact(FamilyRecord):
    """A monitoring contact: whether the plan is kept, as it was seen or said."""

    safety_plan_id = models.UUIDField()
    on = models.DateField()
    how = models.CharField(max_length=8)  # VISIT, PHONE, OTHER
    with_whom = models.CharField(max_length=160)
    kept = models.BooleanField()
    words = models.CharField(max_length=600, blank=True)
    at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "safety_contact"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="safety_contact_once")]
        indexes = [models.Index(fields=["identity_id"], name="safety_contact_identity")]
