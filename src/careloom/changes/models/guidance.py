"""Guidance down, version by version, to whom it goes, and what they say back. Source: workflows 6.12; R-006."""

from __future__ import annotations

from django.db import models

from careloom.partnership.models import Body, Partner
from careloom.partnership.models.structure import OfCollaborative

PROTECT = models.PROTECT


class Guidance(OfCollaborative):
    """What oversight asks of teams and partners. Its words stand in its versions."""

    title = models.CharField(max_length=120)
    body = models.ForeignKey(Body, on_delete=PROTECT, related_name="+")  # who issues it
    barrier_id = models.UUIDField(null=True)  # the barrier that it answers; barriers stand above, so no foreign key

    class Meta:
        db_table = "changes_guidance"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="changes_guidance_once")]


class GuidanceVersion(OfCollaborative):
    """One version: DRAFT, CONSULT, ISSUED, then REPLACED by the next or RETIRED. Once issued its words do not change."""

    guidance = models.ForeignKey(Guidance, on_delete=PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    changed = models.CharField(max_length=300, blank=True)  # what is new in it
    state = models.CharField(max_length=8, default="DRAFT")
    pilot = models.ForeignKey("changes.Pilot", null=True, on_delete=PROTECT, related_name="+")  # the pilot that it came from
    consult_until = models.DateField(null=True)
    issued_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "changes_guidance_version"
        constraints = [
            models.UniqueConstraint(fields=["guidance", "number"], name="changes_version_number"),
            models.UniqueConstraint(fields=["guidance"], condition=models.Q(state__in=["DRAFT", "CONSULT"]), name="changes_version_one_open"),
        ]


class Comment(OfCollaborative):
    """What somebody says about a draft while it is open for comment."""

    guidance_version = models.ForeignKey(GuidanceVersion, on_delete=PROTECT, related_name="comments")
    who = models.CharField(max_length=120)
    words = models.TextField()

    class Meta:
        db_table = "changes_comment"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="changes_comment_once")]


class Addressee(OfCollaborative):
    """A partner or a body to whom a version goes: until when it acknowledges, when it did, and since when it works so."""

    guidance_version = models.ForeignKey(GuidanceVersion, on_delete=PROTECT, related_name="addressees")
    partner = models.ForeignKey(Partner, null=True, on_delete=PROTECT, related_name="+")
    body = models.ForeignKey(Body, null=True, on_delete=PROTECT, related_name="+")
    due_on = models.DateField()
    acknowledged_on = models.DateField(null=True)
    acknowledged_by = models.CharField(max_length=120, blank=True)
    noted_by = models.CharField(max_length=120, blank=True)  # who noted that the answer came on paper; "" where the partner gave it here
    applied_since = models.DateField(null=True)
    applied_how = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "changes_addressee"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(partner=None, body__isnull=False) | models.Q(partner__isnull=False, body=None), name="changes_addressee_one"
            ),
            models.UniqueConstraint(fields=["guidance_version", "partner"], name="changes_addressee_partner"),
            models.UniqueConstraint(fields=["guidance_version", "body"], name="changes_addressee_body"),
        ]


class Feedback(OfCollaborative):
    """What the places say about guidance or a pilot: SENT, READ, ANSWERED, CLOSED, each by its day."""

    guidance = models.ForeignKey(Guidance, null=True, on_delete=PROTECT, related_name="feedback")
    pilot = models.ForeignKey("changes.Pilot", null=True, on_delete=PROTECT, related_name="feedback")
    who = models.CharField(max_length=120)
    words = models.TextField()
    sent_on = models.DateField()
    read_by = models.DateField()  # the last day of the pack's clock
    read_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "changes_feedback"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(guidance=None, pilot__isnull=False) | models.Q(guidance__isnull=False, pilot=None), name="changes_feedback_about"
            ),
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="changes_feedback_once"),
        ]

    @property
    def state(self) -> str:
        """How far it came."""
        if self.closed_on:
            return "CLOSED"
        return "ANSWERED" if self.answered_on else "READ" if self.read_on else "SENT"
