"""Forms about a family: drafts, what was handed in, what was done about an answer, and that she was shown beforehand what is asked."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import FamilyRecord, Retractable, RowApart

OPEN, HANDED_IN, DISCARDED = "OPEN", "HANDED_IN", "DISCARDED"


class FormDraft(RowApart):
    """Answers as they are typed. Whoever of the agency works with the family goes on with it, on any device.

    INVARIANT: no part of a record until it is handed in, so no grant opens it. `others` keeps what a colleague typed at the same time until
    somebody says which text stands: nothing is overwritten in silence.
    """

    family_id = models.UUIDField()
    pack = models.CharField(max_length=40)
    url = models.CharField(max_length=200)
    form_version = models.CharField(max_length=40)
    language = models.CharField(max_length=5, default="en")
    answers = models.JSONField(default=dict)
    others = models.JSONField(default=list)
    tab = models.CharField(max_length=32, blank=True)  # the open page that saved last: it may save again without meeting itself
    started_by = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    saved_by = models.UUIDField(null=True)
    saved_at = models.DateTimeField()
    amends_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=10, default=OPEN)
    response_id = models.UUIDField(null=True)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "screening_draft"
        constraints = [
            models.UniqueConstraint(
                fields=["holder_id", "identity_id", "url", "amends_id"], name="screening_draft_one_open",
                condition=models.Q(state=OPEN), nulls_distinct=False,
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["holder_id", "family_id"], name="screening_draft_family", condition=models.Q(state=OPEN))]


class FormResponse(Retractable):
    """One form as it was handed in, with its answers as a FHIR QuestionnaireResponse. A correction is a new row; the old one is kept.

    `series_id` is the id of the first of them; `replaced_at` says since when a later one stands.
    """

    family_id = models.UUIDField()
    pack = models.CharField(max_length=40)
    url = models.CharField(max_length=200)
    form_version = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    topic = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    how = models.CharField(max_length=8)  # SPOKEN, HERSELF, PAPER
    answers = models.JSONField(default=dict)
    response = models.JSONField(default=dict)
    scores = models.JSONField(default=dict)
    alerts = ArrayField(models.CharField(max_length=24), default=list)
    handed_in_at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    series_id = models.UUIDField()
    number = models.PositiveIntegerField(default=1)
    replaces_id = models.UUIDField(null=True)
    replaced_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    draft_id = models.UUIDField()

    class Meta:
        db_table = "screening_response"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "draft_id"], name="screening_response_once"),
            models.UniqueConstraint(fields=["holder_id", "series_id", "number"], name="screening_response_number"),
        ]
        indexes = [models.Index(fields=["identity_id", "-handed_in_at"], name="screening_response_list")]


class FormFollowUp(RowApart):
    """What was done about an answer that somebody had to act on at once. Written once; it stays with who wrote it."""

    family_id = models.UUIDField()
    response_id = models.UUIDField()
    code = models.CharField(max_length=24)
    did = ArrayField(models.CharField(max_length=24), default=list)
    words = models.CharField(max_length=1200, blank=True)
    at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)

    class Meta:
        db_table = "screening_follow_up"
        constraints = [models.UniqueConstraint(fields=["holder_id", "response_id", "code"], name="screening_follow_up_once")]


class ProtocolShown(FamilyRecord):
    """That she was shown what is asked, when, and what comes of it, before she was asked (R-135): by a worker, or read on her own pages.

    Her own reading is held by herself and reaches whoever keeps her plan, as all that she writes; a worker's note stays with the agency.
    Once for a version, by the turn that the action takes and not by the table: two notes must not stand in the way of joining two records of hers.
    """

    version = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)

    class Meta:
        db_table = "screening_shown"
        indexes = [models.Index(fields=["identity_id"], name="screening_shown_identity")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a worker's note opens no segment, for asking somebody makes nobody a holder of records about her."""
        if self.provenance == "self_reported":
            super().save(*args, **kwargs)
        else:
            models.Model.save(self, *args, **kwargs)
