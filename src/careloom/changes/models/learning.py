"""What is learned and handed on: stories and lessons, known strategies, help, courses decided. Source: R-077, R-089, R-090, R-222, R-230."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.partnership.models import Body, Partner
from careloom.partnership.models.structure import OfCollaborative

PROTECT = models.PROTECT


class Lesson(OfCollaborative):
    """A story of a place: what was tried, whether it worked, and what one learns from it."""

    title = models.CharField(max_length=120)
    words = models.TextField()
    place = models.CharField(max_length=80)
    worked = models.BooleanField()
    learned = models.TextField()
    tags = ArrayField(models.CharField(max_length=40), default=list)
    pilot = models.ForeignKey("changes.Pilot", null=True, on_delete=PROTECT, related_name="+")
    shared_on = models.DateField(null=True)  # since when other collaboratives read it

    class Meta:
        db_table = "changes_lesson"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="changes_lesson_once")]
        indexes = [models.Index(fields=["shared_on"], name="changes_lesson_shared")]


class Adoption(OfCollaborative):
    """That this collaborative takes up a story of another one, or of its own."""

    lesson = models.ForeignKey(Lesson, on_delete=PROTECT, related_name="adoptions")
    how = models.CharField(max_length=300)
    on = models.DateField()

    class Meta:
        db_table = "changes_adoption"
        constraints = [models.UniqueConstraint(fields=["lesson", "collaborative"], name="changes_adoption_once")]


class KnownStrategy(OfCollaborative):
    """A strategy of the library, with how well it is known to work (R-077)."""

    name = models.CharField(max_length=120)
    what = models.TextField()
    evidence = models.CharField(max_length=12)
    source = models.CharField(max_length=300)
    populations = ArrayField(models.CharField(max_length=12))
    systems = ArrayField(models.CharField(max_length=24))

    class Meta:
        db_table = "changes_known_strategy"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="changes_known_once"),
            models.UniqueConstraint(fields=["collaborative", "name"], name="changes_known_name"),
        ]


class Assistance(OfCollaborative):
    """Help that was asked for: of whom, the answer, and what follows from it (R-230)."""

    title = models.CharField(max_length=120)
    asks = models.TextField()
    of = models.CharField(max_length=120)
    asked_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    follows = models.TextField(blank=True)
    follows_who = models.CharField(max_length=120, blank=True)
    follows_by = models.DateField(null=True)
    done_on = models.DateField(null=True)

    class Meta:
        db_table = "changes_assistance"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="changes_assistance_once")]


class Priority(OfCollaborative):
    """What oversight decided about an indicator, who answers for it, and when it looks again (R-089)."""

    indicator = models.CharField(max_length=40)
    course = models.CharField(max_length=8)
    why = models.TextField()
    plan = models.TextField(blank=True)
    owner = models.ForeignKey(Partner, on_delete=PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=PROTECT, related_name="+")
    decided_on = models.DateField()
    review_on = models.DateField()

    class Meta:
        db_table = "changes_priority"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="changes_priority_once")]
