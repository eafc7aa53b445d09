"""A safety assessment of a family: who is in it, what was found, what was decided and who approved it. Source: R-164 to R-168; workflows 6.6."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import FamilyRecord

CATEGORY = "cw.case_record"
STARTED, COMPLETED, RETURNED, APPROVED, REPLACED = "STARTED", "COMPLETED", "RETURNED", "APPROVED", "REPLACED"
#: Begun by mistake; nothing was decided in it.
VOID = "VOID"
#: States in which the worker may still write.
OPEN = frozenset({STARTED, RETURNED})


class SafetyAssessment(FamilyRecord):
    """One assessment, about the mother's identity. Once it is approved nothing in it changes; a correction is a new version beside it.

    INVARIANT: no column holds a number that was computed from findings.
    """

    pack = models.CharField(max_length=40)
    instrument = models.CharField(max_length=120)  # the key of the list that it is filled in, with its version
    because = models.CharField(max_length=20)  # words.BECAUSE
    because_words = models.CharField(max_length=600, blank=True)
    received_id = models.UUIDField(null=True)  # the report that was screened in
    safety_plan_id = models.UUIDField(null=True)  # the plan that was not kept
    worker_id = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    see_by = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)  # each child and a caregiver were seen
    state = models.CharField(max_length=10, default=STARTED)
    version = models.PositiveSmallIntegerField(default=1)
    corrects_id = models.UUIDField(null=True)
    correction_reason = models.CharField(max_length=600, blank=True)
    pointed_to = models.CharField(max_length=12, blank=True)  # what the parts pointed to when it was completed; empty: something was not known
    response = models.CharField(max_length=12, blank=True)
    response_why = models.CharField(max_length=600, blank=True)
    completed_at = models.DateTimeField(null=True)
    completed_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.UUIDField(null=True)
    returned_words = models.CharField(max_length=600, blank=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.UUIDField(null=True)
    voided_because = models.CharField(max_length=300, blank=True)
    offered_at = models.DateTimeField(null=True)  # a voluntary in-home case, offered where it is safe
    offer_answer = models.CharField(max_length=8, blank=True)  # YES, NOT_NOW, NO
    row_version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "safety_assessment"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "request_key"], name="safety_assessment_once"),
            models.CheckConstraint(condition=~models.Q(state="APPROVED") | models.Q(approved_at__isnull=False), name="safety_assessment_approved"),
        ]
        indexes = [
            models.Index(fields=["identity_id", "-started_at"], name="safety_assessment_identity"),
            models.Index(fields=["holder_id", "-started_at"], name="safety_assessment_holder"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether the worker may still write."""
        return self.state in OPEN


class AssessedPerson(FamilyRecord):
    """A child or an adult in an assessment, and when each was seen face to face."""

    assessment_id = models.UUIDField()
    kind = models.CharField(max_length=6)  # CHILD, ADULT
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True)
    person_identity_id = models.UUIDField(null=True)  # the person's identity, where it is known here
    cares = models.BooleanField(default=False)
    at_home = models.BooleanField(default=False)
    seen_on = models.DateField(null=True)
    seen_by = models.UUIDField(null=True)
    place = models.PositiveSmallIntegerField(default=0)
    request_key = models.CharField(max_length=80)

    class Meta:
        db_table = "safety_person"
        constraints = [models.UniqueConstraint(fields=["assessment_id", "request_key"], name="safety_person_once")]
        indexes = [models.Index(fields=["identity_id"], name="safety_person_identity")]


class Finding(FamilyRecord):
    """What was found about one item: of a child (part A), of an adult (part B) or about a safety factor (part C).

    Evidence about violence between adults is kept under `dv.victim_record`, which no plan consent opens.
    """

    assessment_id = models.UUIDField()
    item = models.CharField(max_length=60)
    person_id = models.UUIDField(null=True)
    answer = models.CharField(max_length=12, blank=True)
    picked = ArrayField(models.CharField(max_length=40), default=list)
    evidence = models.CharField(max_length=1000, blank=True)
    source = models.CharField(max_length=200, blank=True)
    seen_on = models.DateField(null=True)
    child_ids = ArrayField(models.UUIDField(), default=list)
    by_ids = ArrayField(models.UUIDField(), default=list)
    written_at = models.DateTimeField()
    written_by = models.UUIDField(null=True)

    class Meta:
        db_table = "safety_finding"
        constraints = [
            models.UniqueConstraint(fields=["assessment_id", "item", "person_id"], nulls_distinct=False, name="safety_finding_once"),
        ]
        indexes = [models.Index(fields=["identity_id"], name="safety_finding_identity")]
