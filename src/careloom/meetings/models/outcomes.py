"""What a meeting comes to: decisions with their method and what was said against them, and what somebody promised to do.

Source: workflows 6.11; R-221.
"""

from __future__ import annotations

from django.db import models

from careloom.meetings.models.meetings import AgendaItem, Meeting
from careloom.partnership.models import Body, Seat
from careloom.partnership.models.structure import OfCollaborative


class Decision(OfCollaborative):
    """What a body decided and how. `about_kind` and `about_id` name a row of another room, such as a barrier."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.PROTECT, related_name="decisions")
    proposal = models.CharField(max_length=500)
    for_families = models.CharField(max_length=400)
    rule = models.CharField(max_length=16)  # as the charter said that day
    rule_words = models.CharField(max_length=300, blank=True)
    result = models.CharField(max_length=16)  # ADOPTED, NOT_ADOPTED, PUT_OFF
    votes_for = models.PositiveSmallIntegerField(null=True)
    votes_against = models.PositiveSmallIntegerField(null=True)
    abstained = models.PositiveSmallIntegerField(null=True)
    quorum_met = models.BooleanField(null=True)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True)
    decided_on = models.DateField()

    class Meta:
        db_table = "meetings_decision"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="meetings_decision_once")]
        indexes = [models.Index(fields=["about_id"], name="meetings_decision_about")]


class Dissent(OfCollaborative):
    """A reservation about a decision, or dissent from it, named or nameless. A nameless one keeps nobody who wrote it."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="dissents")
    kind = models.CharField(max_length=12)  # RESERVATION, DISSENT
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=400)

    class Meta:
        db_table = "meetings_dissent"
        constraints = [models.UniqueConstraint(fields=["decision", "request_key"], name="meetings_dissent_once")]


class ActionItem(OfCollaborative):
    """What somebody promised to do by a day: OPEN, ACCEPTED, IN_PROGRESS, DONE, VERIFIED, or BLOCKED."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="action_items")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="action_items")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="action_items")
    what = models.CharField(max_length=300)
    for_families = models.CharField(max_length=400, blank=True)
    owner = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=12, default="OPEN")
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True)  # the barrier that a blocked one became, where it became one

    class Meta:
        db_table = "meetings_action"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="meetings_action_once")]
        indexes = [models.Index(fields=["body", "state", "due_on"], name="meetings_action_open")]


class ActionStep(OfCollaborative):
    """How a promise went on: its state from then on, and what was said."""

    action = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12)
    words = models.CharField(max_length=400, blank=True)

    class Meta:
        db_table = "meetings_step"
        constraints = [models.UniqueConstraint(fields=["action", "request_key"], name="meetings_step_once")]
