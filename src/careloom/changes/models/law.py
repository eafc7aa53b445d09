"""The legal scan, what counts as an affected infant, and the six questions of a place. Source: R-015, R-224."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.partnership.models import Body
from careloom.partnership.models.structure import OfCollaborative

PROTECT = models.PROTECT


class Statute(OfCollaborative):
    """A law, rule or policy of the place as the scan found it: what it says, what it asks, and where practice falls short."""

    citation = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)  # FEDERAL, STATE, TRIBAL, LOCAL
    says = models.TextField()
    asks = models.TextField(blank=True)
    gap = models.TextField(blank=True)
    looked_on = models.DateField()
    ends_on = models.DateField(null=True)  # repealed, or replaced by another

    class Meta:
        db_table = "changes_statute"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="changes_statute_once"),
            models.UniqueConstraint(fields=["collaborative", "citation"], condition=models.Q(ends_on=None), name="changes_statute_citation"),
        ]


class Definition(OfCollaborative):
    """A version of what "affected infant" means here, as a body adopted it. A version is never changed."""

    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    covers = ArrayField(models.CharField(max_length=24))
    citation = models.CharField(max_length=120)
    changed = models.CharField(max_length=300, blank=True)
    body = models.ForeignKey(Body, on_delete=PROTECT, related_name="+")
    adopted_on = models.DateField()

    class Meta:
        db_table = "changes_definition"
        constraints = [models.UniqueConstraint(fields=["collaborative", "version"], name="changes_definition_version")]


class PlaceAnswer(OfCollaborative):
    """An answer of a place to one of the six questions; the newest counts, earlier ones stay."""

    question = models.CharField(max_length=8)
    place = models.CharField(max_length=40)
    choice = models.CharField(max_length=12)
    answer = models.TextField()
    rationale = models.TextField()
    approved_by = models.CharField(max_length=120)
    answered_on = models.DateField()
    version = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "changes_place_answer"
        constraints = [models.UniqueConstraint(fields=["collaborative", "question", "place", "version"], name="changes_place_answer_version")]
