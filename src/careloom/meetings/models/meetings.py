"""A series of meetings of a body, each meeting with its agenda, and who was there. Source: workflows 6.11; R-032, R-046, R-189 to R-191, R-221."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.partnership.models import Body, Seat
from careloom.partnership.models.structure import OfCollaborative


class Series(OfCollaborative):
    """When and where a body meets, and who leads in turn. Its meetings are made ahead."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="series")
    week = models.PositiveSmallIntegerField()  # 1 to 4; 5 is the last of the month
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    hour = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    every_months = models.PositiveSmallIntegerField(default=1)
    mode = models.CharField(max_length=12)  # IN_PERSON, VIRTUAL, HYBRID
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    dial_in = models.CharField(max_length=80, blank=True)
    rotation = ArrayField(models.UUIDField(), default=list)  # seats, in the order in which they lead
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "meetings_series"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="meetings_series_once"),
            models.UniqueConstraint(fields=["body"], condition=models.Q(ends_on=None), name="meetings_series_live"),
        ]


class Meeting(OfCollaborative):
    """One meeting: SCHEDULED, AGENDA_PUBLISHED, RUNNING, HELD, MINUTES_DRAFT, MINUTES_APPROVED, or CANCELLED with its reason."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="meetings")
    planned_on = models.DateField()  # the day that the series gives; a meeting that is moved keeps it
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=12)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    dial_in = models.CharField(max_length=80, blank=True)
    leader = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    own = models.BooleanField(default=False)  # said for this meeting alone, so that a change of the series leaves it
    state = models.CharField(max_length=20, default="SCHEDULED")
    reason = models.CharField(max_length=300, blank=True)
    quorum = models.PositiveSmallIntegerField(default=0)  # as it was agreed when the meeting began
    guests = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    drafted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_in = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "meetings_meeting"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="meetings_meeting_once"),
            models.UniqueConstraint(fields=["series", "planned_on"], name="meetings_meeting_day"),
        ]
        indexes = [models.Index(fields=["body", "starts_at"], name="meetings_meeting_body")]


class AgendaItem(OfCollaborative):
    """A point of the agenda, its notes as they are kept in the room, and what it changes for families (R-221)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16)  # BLOCK, OWN, LATE_MINUTES, LATE_ACTION, ABOUT_AGENCY, or of another room: BARRIER, AGREEMENT, GUIDANCE
    block = models.CharField(max_length=16, blank=True)  # the duty of governance that it serves
    title = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField(default=10)
    who = models.CharField(max_length=120, blank=True)
    for_families = models.CharField(max_length=400, blank=True)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True)
    talked = models.BooleanField(default=False)
    notes = models.TextField(blank=True)
    noted_at = models.DateTimeField(null=True)
    taken_off = models.BooleanField(default=False)

    class Meta:
        db_table = "meetings_item"
        constraints = [models.UniqueConstraint(fields=["meeting", "request_key"], name="meetings_item_once")]


class Attendance(OfCollaborative):
    """How a member took part in a meeting (R-046, R-191): IN_PERSON, VIDEO, PHONE or ABSENT."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=12)

    class Meta:
        db_table = "meetings_attendance"
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="meetings_attendance_once")]
