"""Strategies, proposals, practices, and what each of them puts into practice. Source: R-007, R-008, R-012, R-064, R-081."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.partnership.models import Body, Partner
from careloom.partnership.models.structure import OfCollaborative

PROTECT = models.PROTECT


class Strategy(OfCollaborative):
    """A strategy for systems change: who owns it, at which tier, how far it came, and what an evaluation found (R-007)."""

    title = models.CharField(max_length=120)
    what = models.TextField()
    does = models.CharField(max_length=8)  # CREATE, DIRECT, EVALUATE
    tier = models.CharField(max_length=12)
    owner = models.ForeignKey(Partner, on_delete=PROTECT, related_name="+")
    stage = models.CharField(max_length=12)  # PLANNED, UNDER_WAY, EVALUATED, ENDED
    outcomes = ArrayField(models.CharField(max_length=120), default=list)
    marks = ArrayField(models.CharField(max_length=20), default=list)
    known = models.ForeignKey("changes.KnownStrategy", null=True, on_delete=PROTECT, related_name="+")
    result = models.TextField(blank=True)
    evaluated_on = models.DateField(null=True)

    class Meta:
        db_table = "changes_strategy"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="changes_strategy_once")]


class Proposal(OfCollaborative):
    """A change of policy, procedure or practice that a body drafts and oversight decides (R-008)."""

    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)  # POLICY, PROCEDURE, PRACTICE
    body = models.ForeignKey(Body, on_delete=PROTECT, related_name="+")
    now = models.TextField()
    new = models.TextField()
    why = models.TextField()
    marks = ArrayField(models.CharField(max_length=20), default=list)
    barrier_id = models.UUIDField(null=True)
    state = models.CharField(max_length=12, default="DRAFT")
    proposed_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)

    class Meta:
        db_table = "changes_proposal"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="changes_proposal_once")]


class ProposalStep(OfCollaborative):
    """A step that a proposal took: to where, when, with what words. It stays when the proposal goes on."""

    proposal = models.ForeignKey(Proposal, on_delete=PROTECT, related_name="steps")
    to = models.CharField(max_length=12)
    on = models.DateField()
    words = models.TextField(blank=True)

    class Meta:
        db_table = "changes_proposal_step"
        constraints = [models.UniqueConstraint(fields=["proposal", "request_key"], name="changes_step_once")]


class Practice(OfCollaborative):
    """What workers do now, or a marker of effective practice: adopted only with what families said about it (R-012, R-081)."""

    title = models.CharField(max_length=120)
    what = models.TextField()
    place = models.CharField(max_length=120, blank=True)
    marker = models.BooleanField(default=False)
    marks = ArrayField(models.CharField(max_length=20), default=list)
    family_how = models.CharField(max_length=300, blank=True)  # how families were asked
    family_on = models.DateField(null=True)
    family_said = models.TextField(blank=True)  # what they said and what changed because of it
    adopted_on = models.DateField(null=True)

    class Meta:
        db_table = "changes_practice"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="changes_practice_once")]


class Rests(OfCollaborative):
    """That a policy, protocol, pilot or practice puts something above it into practice."""

    lower_kind = models.CharField(max_length=8)
    lower_id = models.UUIDField()
    upper_kind = models.CharField(max_length=8)
    upper_id = models.UUIDField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "changes_rests"
        constraints = [
            models.UniqueConstraint(fields=["lower_id", "upper_id"], condition=models.Q(ends_on=None), name="changes_rests_pair"),
        ]
