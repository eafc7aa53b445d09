"""What partners tell of themselves and agree on: profile parts, words, roles, answers. Source: R-055, R-069 to R-073, R-079, R-086, R-134, R-229."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from careloom.partnership.models import OfCollaborative, Partner


class Part(OfCollaborative):
    """One part of a partner's profile, version by version: a new text is a new row, and the old one shows what changed."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    words = models.TextField()
    as_of = models.DateField()

    class Meta:
        db_table = "knowledge_part"
        constraints = [models.UniqueConstraint(fields=["partner", "part", "version"], name="knowledge_part_version")]


class Settled(OfCollaborative):
    """How partners settled a difference, such as who the client is, version by version (R-069)."""

    part = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    words = models.TextField()
    as_of = models.DateField()

    class Meta:
        db_table = "knowledge_settled"
        constraints = [models.UniqueConstraint(fields=["collaborative", "part", "version"], name="knowledge_settled_version")]


class Term(OfCollaborative):
    """A word that partners use, perhaps differently."""

    name = models.CharField(max_length=60)

    class Meta:
        db_table = "knowledge_term"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="knowledge_term_once"),
            models.UniqueConstraint(Lower("name"), "collaborative", name="knowledge_term_name"),
        ]


class Meaning(OfCollaborative):
    """What a word means at one partner."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="meanings")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=600)
    source = models.CharField(max_length=200, blank=True)  # the statute or manual that says so

    class Meta:
        db_table = "knowledge_meaning"
        constraints = [models.UniqueConstraint(fields=["term", "partner"], name="knowledge_meaning_once")]


class Agreed(OfCollaborative):
    """What a word means to all of them, version by version; `plain` is what families read where the word stands."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="agreed")
    version = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=600)
    plain = models.CharField(max_length=300, blank=True)
    plain_es = models.CharField(max_length=300, blank=True)
    agreed_on = models.DateField()

    class Meta:
        db_table = "knowledge_agreed"
        constraints = [models.UniqueConstraint(fields=["term", "version"], name="knowledge_agreed_version")]


class Matrix(OfCollaborative):
    """Who does what in each step, version by version; `cells`: step -> partner id -> letters of R, A, C, I."""

    version = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=8)
    words = models.CharField(max_length=300, blank=True)
    cells: ClassVar = models.JSONField(default=dict)
    adopted_on = models.DateField()

    class Meta:
        db_table = "knowledge_matrix"
        constraints = [models.UniqueConstraint(fields=["collaborative", "version"], name="knowledge_matrix_version")]


class Answer(OfCollaborative):
    """What one member answers to one question of a guide; she may change it."""

    guide = models.CharField(max_length=12)
    question = models.PositiveSmallIntegerField()
    worker_id = models.UUIDField()
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000)

    class Meta:
        db_table = "knowledge_answer"
        constraints = [models.UniqueConstraint(fields=["collaborative", "guide", "question", "worker_id"], name="knowledge_answer_once")]
