"""The shape of every entry: what it is about, which day it is of, who told it, and whether it was taken back."""

from __future__ import annotations

from django.db import models

from careloom.infra.access.records import FamilyRecord


class Entry(FamilyRecord):
    """One row of a treatment record. `happened_on` is the day it is of, and each list runs by it.

    `source` says where its holder has it from: OWN (the holder's own care), SHE_SAYS, or CHART (another's record that was shown to the holder).
    An entry is never deleted: written by mistake, it is taken back with the reason, and nobody but its holder reads it after that.
    """

    happened_on = models.DateField()
    source = models.CharField(max_length=8, default="OWN")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.CharField(max_length=300, blank=True)
    row_version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=64)

    class Meta:
        abstract = True


def once(name: str) -> models.UniqueConstraint:
    """Submitting twice makes one row; the key starts with the holder, so that a duplicate tells nobody else anything."""
    return models.UniqueConstraint(fields=["holder_id", "request_key"], name=name)


def by_person(name: str) -> models.Index:
    """A family's list, the newest first."""
    return models.Index(fields=["identity_id", "-happened_on"], name=name)
