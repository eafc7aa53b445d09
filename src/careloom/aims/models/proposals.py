"""Indicators that somebody proposes, how they were tested, and what a committee decided. Source: R-084."""

from __future__ import annotations

from django.db import models

from careloom.partnership.models import Body
from careloom.partnership.models.structure import OfCollaborative


class OfAims(OfCollaborative):
    """A row of the aims. A form that is sent twice makes one."""

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="%(app_label)s_%(class)s_once")]


class Proposal(OfAims):
    """A measure as it is proposed: what it asks, what is counted among whom, from which source, and why it would be better."""

    name = models.CharField(max_length=120)
    question = models.CharField(max_length=300)
    counted = models.CharField(max_length=400)
    among = models.CharField(max_length=400)
    source = models.CharField(max_length=200)
    whom = models.CharField(max_length=16)  # kernel.indicators.definition.Domain
    kind = models.CharField(max_length=8)  # kernel.indicators.definition.Kind
    goal = models.CharField(max_length=8)
    instead_of = models.CharField(max_length=40, blank=True)  # the code of an indicator that it would replace or sharpen
    why = models.CharField(max_length=1000)
    proposed_by = models.CharField(max_length=120)
    state = models.CharField(max_length=16, default="PROPOSED")  # PROPOSED, ADOPTED, NOT_ADOPTED, PUT_OFF

    class Meta(OfAims.Meta):
        db_table = "aims_proposal"


class Quality(OfAims):
    """How one of the four facets was judged, with what shows it. A new judgement is a new row; the newest of each facet counts."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="qualities")
    facet = models.CharField(max_length=16)
    judged = models.CharField(max_length=8)
    evidence = models.CharField(max_length=1000)
    judged_by = models.CharField(max_length=120)
    on = models.DateField()

    class Meta(OfAims.Meta):
        db_table = "aims_quality"


class Ruling(OfAims):
    """What a committee decided about a proposal, why, and what becomes of it: an aim of ours, or a definition for every place."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="rulings")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=16)
    becomes = models.CharField(max_length=8, blank=True)  # AIM, PACK
    why = models.CharField(max_length=1000)
    verdict = models.CharField(max_length=16)  # what the test said on that day
    decided_on = models.DateField()

    class Meta(OfAims.Meta):
        db_table = "aims_ruling"
