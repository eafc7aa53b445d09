"""A request for everything an agency owns, how far it is, and the sealed file in pieces. Nothing here opens a piece: the key is the receiver's."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.infra.access.records import GuardedManager

ASKED, WAITING, WRITING, STOPPED, READY, DECLINED, FAILED, OVER = (
    "ASKED", "WAITING", "WRITING", "STOPPED", "READY", "DECLINED", "FAILED", "OVER",
)  # fmt: skip
#: Of these an agency has one at a time.
OPEN = (ASKED, WAITING, WRITING, STOPPED)


class Departure(models.Model):
    """One export. INVARIANT: `confirmed_by` is never `asked_by`, and a piece exists only after both."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency_id = models.UUIDField(editable=False)
    receiver = models.CharField(max_length=120)  # who gets it, in the words of who asked
    recipient = models.CharField(max_length=64)  # the receiver's public key (X25519), in hexadecimal
    state = models.CharField(max_length=8, default=ASKED)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)  # who confirmed or declined
    answered_at = models.DateTimeField(null=True)
    kinds = models.PositiveIntegerField(default=0)  # kinds of records written so far
    of_kinds = models.PositiveIntegerField(default=0)
    sealed = models.PositiveBigIntegerField(default=0)  # bytes in the pieces so far
    tries = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    papers = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the sealed file, in hexadecimal
    finished_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()  # a request waits until then, and a finished file lies until then
    request_key = models.CharField(max_length=64)

    objects = GuardedManager()

    class Meta:
        db_table = "departing_export"
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "request_key"], name="departing_once"),
            models.UniqueConstraint(fields=["agency_id"], name="departing_one_open", condition=models.Q(state__in=OPEN)),
            models.CheckConstraint(condition=~models.Q(answered_by=models.F("asked_by")), name="departing_by_two"),
        ]


class Piece(models.Model):
    """One piece of the sealed file."""

    departure = models.ForeignKey(Departure, on_delete=models.CASCADE, related_name="pieces")
    place = models.PositiveIntegerField()
    content = models.BinaryField()

    objects = GuardedManager()

    class Meta:
        db_table = "departing_piece"
        constraints = [models.UniqueConstraint(fields=["departure", "place"], name="departing_piece_once")]
