"""What a partnership looks at together: a walk through the system, its stage, and whether practices fit. Source: R-062, R-063, R-214, R-217."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.partnership.models import Partner
from careloom.partnership.models.structure import OfCollaborative


class Walk(OfCollaborative):
    """A walk through the system with the eyes of one group of families."""

    title = models.CharField(max_length=120)
    scope = models.CharField(max_length=300)  # for whom, from where to where
    sponsor = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    walked_on = models.DateField()
    year = models.PositiveSmallIntegerField(null=True)  # of which the counts of notifications are read
    groups = ArrayField(models.CharField(max_length=40), default=list)
    root_cause = models.TextField(blank=True)
    to_be = models.TextField(blank=True)
    next_on = models.DateField(null=True)

    class Meta:
        db_table = "surveys_walk"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="surveys_walk_once")]


class WalkStep(OfCollaborative):
    """A step that a family takes, or does not. A count from 1 to 10 is not kept at all (`small`)."""

    walk = models.ForeignKey(Walk, on_delete=models.PROTECT, related_name="steps")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    who = models.CharField(max_length=120, blank=True)
    passed = models.CharField(max_length=300, blank=True)  # form, consent and information that go with it
    days = models.PositiveSmallIntegerField(null=True)  # how long it usually takes
    works = models.CharField(max_length=300, blank=True)
    barrier = models.CharField(max_length=300, blank=True)
    barrier_kind = models.CharField(max_length=16, blank=True)
    source = models.CharField(max_length=16, blank=True)  # which count of the state it shows; "" for one of its own
    count = models.PositiveIntegerField(null=True)
    small = models.BooleanField(default=False)
    by_group = models.JSONField(default=dict)  # group -> count, without those from 1 to 10
    dropped = models.BooleanField(default=False)

    class Meta:
        db_table = "surveys_walk_step"
        constraints = [models.UniqueConstraint(fields=["walk", "request_key"], name="surveys_walk_step_once")]


class StageReading(OfCollaborative):
    """At which stage the collaborative, or two of its partners, worked on a day, with the evidence. A reading is never changed."""

    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    read_on = models.DateField()
    stage = models.PositiveSmallIntegerField()
    met = models.JSONField(default=list)  # [{indicator, kind, id, words}]
    why = models.TextField()
    next_steps = models.TextField()
    moved_back = models.TextField(blank=True)

    class Meta:
        db_table = "surveys_stage_reading"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="surveys_stage_reading_once")]


class AlignmentReview(OfCollaborative):
    """Whether what is done supports the shared goals and what the numbers show (R-217)."""

    reviewed_on = models.DateField()
    lines = models.JSONField(default=list)  # [{practice, goal, shows, fits, finding}]
    summary = models.TextField(blank=True)
    next_on = models.DateField()

    class Meta:
        db_table = "surveys_alignment_review"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="surveys_alignment_once")]
