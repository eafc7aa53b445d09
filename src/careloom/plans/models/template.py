"""Templates of plans that agencies write, publish, adopt and fork. They hold headings and questions, and no person. Source: R-028."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class PlanTemplate(models.Model):
    """A template by its name and author. Its words are in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency_id = models.UUIDField()
    pack = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    stage = models.CharField(max_length=10)  # PRENATAL, POSTNATAL, BOTH
    forked_from_id = models.UUIDField(null=True)  # the version that it was taken from
    made_at = models.DateTimeField()
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "plans_template"
        constraints = [models.UniqueConstraint(fields=["agency_id", "request_key"], name="plans_template_once")]


class PlanTemplateVersion(models.Model):
    """One version: a draft that its author changes, then published and never changed again.

    `body` is a list of sections in order: {code, name: {en, es}, needed, questions: [{code, en, es}], guidance}.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    template = models.ForeignKey(PlanTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    what_changed = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "plans_template_version"
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="plans_template_number"),
            models.UniqueConstraint(fields=["template"], condition=models.Q(published_at=None), name="plans_template_one_draft"),
        ]


class PlanTemplateUse(models.Model):
    """That an agency uses a version for new plans of a stage, from when and until when."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(PlanTemplateVersion, on_delete=models.PROTECT, related_name="uses")
    agency_id = models.UUIDField()
    stage = models.CharField(max_length=10)  # PRENATAL, POSTNATAL
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "plans_template_use"
        constraints = [models.UniqueConstraint(fields=["agency_id", "stage"], condition=models.Q(until=None), name="plans_template_one_in_use")]
