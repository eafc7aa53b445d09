"""What was joined, and what each changed row said before: kept so that a join can be undone to the same rows."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.infra.access.records import GuardedManager


class Join(models.Model):
    """Two identities found to be one person: every row of `gone_id` now belongs to `identity_id`. `holder_id` is the agency that said so."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    holder_id = models.UUIDField()
    identity_id = models.UUIDField()
    gone_id = models.UUIDField()
    number = models.PositiveIntegerField()  # the place of a join among those that touch either identity
    match_id = models.UUIDField(null=True)
    because = models.CharField(max_length=24)
    at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_because = models.CharField(max_length=24, blank=True)

    objects = GuardedManager()

    class Meta:
        db_table = "people_join"
        indexes = [
            models.Index(fields=["holder_id", "-at"], name="people_join_list"),
            models.Index(fields=["identity_id"], name="people_join_kept"),
            models.Index(fields=["gone_id"], name="people_join_gone"),
        ]


class JoinedRow(models.Model):
    """One column of one row that a join changed, as it was and as it became; or a whole row that it took away. Read by the matching role only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    join_id = models.UUIDField()
    table = models.CharField(max_length=63)
    row_id = models.UUIDField()
    column = models.CharField(max_length=63, blank=True)  # empty: the row was taken away, and `was` is all of it
    was = models.JSONField()
    became = models.JSONField(null=True)

    objects = GuardedManager()

    class Meta:
        db_table = "people_joined_row"
        indexes = [models.Index(fields=["join_id"], name="people_joined_row_of")]
