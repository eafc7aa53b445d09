"""A federal file while it is written and afterwards: its records under seal, what is wrong in them, and whether it agrees with our own counts.

The state's office reads its own files; child welfare reads what is wrong in its own records, which it alone can mend.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.infra.access.records import GuardedManager

WAITING, WRITING, READY, FAILED = "WAITING", "WRITING", "READY", "FAILED"


class FederalFile(models.Model):
    """One file of one period. Chunks are written one after the other, so that a job that stopped goes on after the last one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    holder_id = models.UUIDField(editable=False)
    kind = models.CharField(max_length=8)  # CHILD, AGENCY, AFCARS
    layout = models.CharField(max_length=40)
    layout_digest = models.CharField(max_length=64)
    period = models.CharField(max_length=12)  # FFY2025, 2025A
    starts_on = models.DateField()
    ends_on = models.DateField()  # the first day after it
    state = models.CharField(max_length=8, default=WAITING)
    is_draft = models.BooleanField(default=True)
    draft_because = models.JSONField(default=list)  # codes: UNCONFIRMED, ERRORS, PERIOD_OPEN, PRACTICE
    records = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    chunks = models.PositiveIntegerField(default=0)
    last_id = models.UUIDField(null=True)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    missing = models.JSONField(default=dict)  # field name -> records without a value that could have one
    tallied = models.JSONField(default=dict)  # what was counted while writing
    agreement = models.JSONField(default=dict)  # the comparison with our own counts
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the file, in hexadecimal
    problem = models.CharField(max_length=24, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=64)

    objects = GuardedManager()

    class Meta:
        db_table = "federal_file"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="federal_file_once")]
        indexes = [
            models.Index(fields=["holder_id", "-asked_at"], name="federal_file_holder"),
            models.Index(fields=["state"], name="federal_file_state"),
        ]


class FederalChunk(models.Model):
    """Some records of a file, one after the other, sealed under a key of this installation."""

    file = models.ForeignKey(FederalFile, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveIntegerField()
    sealed = models.BinaryField()

    objects = GuardedManager()

    class Meta:
        db_table = "federal_chunk"
        constraints = [models.UniqueConstraint(fields=["file", "place"], name="federal_chunk_once")]


class FederalFault(models.Model):
    """Something wrong with a record of a file: the field and a code. It holds no value of the record.

    `holder_id` is the agency that can mend it and `row_id` the row there; the state's office is shown the encrypted id alone.
    """

    file = models.ForeignKey(FederalFile, on_delete=models.CASCADE, related_name="faults")
    holder_id = models.UUIDField()
    row_id = models.UUIDField()
    record = models.CharField(max_length=26)  # the encrypted ids of report and child
    field = models.CharField(max_length=40)
    code = models.CharField(max_length=32)
    is_error = models.BooleanField(default=True)
    kind = models.CharField(max_length=8)
    period = models.CharField(max_length=12)
    stands = models.BooleanField(default=True)  # until a newer file of the same period is written

    objects = GuardedManager()

    class Meta:
        db_table = "federal_fault"
        indexes = [
            models.Index(fields=["file", "field"], name="federal_fault_file"),
            models.Index(fields=["holder_id"], name="federal_fault_holder", condition=models.Q(stands=True)),
        ]
