"""A family meeting on the plan: who was there, what was said and decided, and who signed. Source: F49."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.plans.models.plan import PlanRow, by_plan, once


class Meeting(PlanRow):
    """One meeting. `agency_ids` and `her_present` decide what the shared screen shows: only what everyone present may see."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    agency_ids = ArrayField(models.UUIDField(), default=list)  # agencies at the table, the one that holds the meeting among them
    her_present = models.BooleanField(default=True)
    people = ArrayField(models.CharField(max_length=120), default=list)  # others in the room: they read the screen with her consent
    since_version = models.PositiveIntegerField(default=0)
    made_version = models.PositiveIntegerField(null=True)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_meeting"
        indexes = [by_plan("plans_meeting_plan")]
        constraints = [once("plans_meeting_once")]


class MeetingNote(PlanRow):
    """A line of the minutes: something said, something agreed with who and by when, or something for another day.

    `became` is what one press made of a decision. A line about a closed need lies where that need lies.
    """

    meeting_id = models.UUIDField()
    kind = models.CharField(max_length=8)  # SAID, AGREED, LATER
    words = models.CharField(max_length=500)
    who = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)
    about_id = models.UUIDField(null=True)
    became = models.CharField(max_length=8, blank=True)  # GOAL, NEED, TASK
    became_id = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_meeting_note"
        indexes = [by_plan("plans_meeting_note_plan"), models.Index(fields=["meeting_id"], name="plans_meeting_note_of")]
        constraints = [once("plans_meeting_note_once")]


class MeetingSignature(PlanRow):
    """A name under the minutes: typed, or a picture of a drawn signature, sealed under its holder's key."""

    meeting_id = models.UUIDField()
    name = models.CharField(max_length=120)
    hers = models.BooleanField(default=False)
    sealed = models.BinaryField(null=True)
    media_type = models.CharField(max_length=40, blank=True)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_meeting_signature"
        indexes = [by_plan("plans_meeting_sign_plan"), models.Index(fields=["meeting_id"], name="plans_meeting_sign_of")]
        constraints = [once("plans_meeting_sign_once")]
