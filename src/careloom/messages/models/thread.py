"""What the care team and the mother write to each other about a family. Source: R-141, F48.

A thread is read by its participants only, and of them by those whom her papers let read it: thread, participants and entries are rows of
whoever wrote them, each with its category. What a Part 2 program writes to another agency is a disclosure (42 CFR 2.13, 2.31).
"""

from __future__ import annotations

from django.db import models

from careloom.infra.access.records import FamilyRecord

AGENCY, HER = "AGENCY", "HER"


class Thread(FamilyRecord):
    """One conversation. What it is about is a code, so that a list of threads tells nothing."""

    topic = models.CharField(max_length=12)  # PLAN, VISIT, BABY, RIDE, HOME, MEETING, OTHER
    started_at = models.DateTimeField()
    started_by = models.UUIDField(null=True)  # the worker; she herself is the holder
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "messages_thread"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="messages_thread_once")]
        indexes = [models.Index(fields=["identity_id", "-started_at"], name="messages_thread_identity")]


class Participant(FamilyRecord):
    """Who takes part: an agency, or the mother (`party_id` is null: whichever page she has). The holder is the thread's.

    A Part 2 program's row is kept as the plan's treatment part: that it takes part tells that she is its patient.
    """

    thread_id = models.UUIDField()
    party = models.CharField(max_length=8)  # AGENCY, HER
    party_id = models.UUIDField(null=True)
    read_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "messages_participant"
        constraints = [models.UniqueConstraint(fields=["thread_id", "party_id"], nulls_distinct=False, name="messages_participant_once")]


class Entry(FamilyRecord):
    """One message in a thread, held by who wrote it. It is never changed: a second thought is a second entry."""

    thread_id = models.UUIDField()
    thread_holder_id = models.UUIDField()
    words = models.CharField(max_length=2000)
    written_at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "messages_entry"
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="messages_entry_once")]
        indexes = [
            models.Index(fields=["thread_id", "written_at"], name="messages_entry_thread"),
            models.Index(fields=["identity_id"], name="messages_entry_identity"),
        ]


class Attachment(FamilyRecord):
    """A picture or paper beside an entry, sealed under the key of its holder (`infra.documents.uploads`)."""

    thread_id = models.UUIDField()
    entry_id = models.UUIDField(unique=True)
    written_at = models.DateTimeField()
    media_type = models.CharField(max_length=40)
    sealed = models.BinaryField()

    class Meta:
        db_table = "messages_attachment"
