"""Who holds the position in an agency, program episodes, contacts, ancillary support, and days beside partners."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import FamilyRecord, Retractable, RowApart


class Holder(models.Model):
    """That a worker holds the integration position in her agency, from one day to another. No family is in it (R-193)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency_id = models.UUIDField()
    worker_id = models.UUIDField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # the first day on which she no longer does
    named_by = models.UUIDField()

    class Meta:
        db_table = "position_holder"
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "worker_id"], condition=models.Q(ends_on=None), name="position_holder_once"),
        ]


class Episode(FamilyRecord):
    """A mother's time with the position: engaged from one day, admitted and discharged by the pack's definitions of a stated version."""

    worker_id = models.UUIDField()
    engaged_on = models.DateField()
    admitted_on = models.DateField(null=True)
    discharged_on = models.DateField(null=True)
    discharge_code = models.CharField(max_length=24, blank=True)
    definition = models.CharField(max_length=24)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "position_episode"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "identity_id"], condition=models.Q(discharged_on=None), name="position_episode_one_open"),
        ]
        indexes = [models.Index(fields=["identity_id"], name="position_episode_identity")]


class Contact(Retractable):
    """A contact, or a try to make one (`took_part` False: an engagement attempt). Source: R-197.

    A corrected one is taken back with the reason, and the row that stands for it names it in `replaces_id`.
    One of the position belongs to an episode. A caseworker of child welfare keeps hers here too, and no episode comes of it (J3.12).
    """

    episode_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=16)
    place = models.CharField(max_length=16)
    minutes = models.PositiveSmallIntegerField()
    took_part = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)
    worker_id = models.UUIDField()
    made_at = models.DateTimeField()
    entered_on = models.DateField(null=True)  # in the state system
    entered_by = models.UUIDField(null=True)
    replaces_id = models.UUIDField(null=True)
    request_key = models.CharField(max_length=56)

    class Meta:
        db_table = "position_contact"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "request_key"], name="position_contact_once"),
            models.UniqueConstraint(fields=["holder_id", "replaces_id"], name="position_contact_replaced_once"),
        ]
        indexes = [
            models.Index(fields=["holder_id", "worker_id", "at"], name="position_contact_worker"),
            models.Index(fields=["episode_id", "at"], name="position_contact_episode"),
            models.Index(fields=["identity_id"], name="position_contact_identity"),
        ]


class Support(FamilyRecord):
    """Ancillary support to a child welfare case manager or a treatment provider for this family. Source: R-199."""

    on = models.DateField()
    to_whom = models.CharField(max_length=16)  # CASE_MANAGER, PROVIDER
    code = models.CharField(max_length=24)
    minutes = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300, blank=True)
    worker_id = models.UUIDField()
    made_at = models.DateTimeField()
    request_key = models.CharField(max_length=56)

    class Meta:
        db_table = "position_support"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="position_support_once")]
        indexes = [
            models.Index(fields=["holder_id", "worker_id", "on"], name="position_support_worker"),
            models.Index(fields=["identity_id"], name="position_support_identity"),
        ]


class BesideDay(models.Model):
    """A day on which the position worked at a partner's site. No family is in it (R-200)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency_id = models.UUIDField()
    worker_id = models.UUIDField()
    on = models.DateField()
    site = models.CharField(max_length=120)
    hours = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "position_beside_day"
        constraints = [models.UniqueConstraint(fields=["agency_id", "worker_id", "on", "site"], name="position_beside_day_once")]


class StateFile(models.Model):
    """A file that was made for the state system: by whom, when, under which columns. No family is in it; its lines are `Sent` (R-197)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency_id = models.UUIDField()
    worker_id = models.UUIDField()
    made_at = models.DateTimeField()
    head = ArrayField(models.CharField(max_length=80))
    lines = models.PositiveIntegerField()
    request_key = models.CharField(max_length=56)

    class Meta:
        db_table = "position_state_file"
        constraints = [models.UniqueConstraint(fields=["agency_id", "request_key"], name="position_state_file_once")]
        indexes = [models.Index(fields=["agency_id", "made_at"], name="position_state_file_made")]


class Sent(RowApart):
    """One line of a file for the state system, as it left: a contact leaves once, and a corrected one names the earlier (R-197).

    What the state was given is no part of her record: its holder reads it, and no form of hers opens it to another agency.
    """

    file_id = models.UUIDField()
    contact_id = models.UUIDField()
    corrects_id = models.UUIDField(null=True)  # the contact that was given to the state before
    worker_id = models.UUIDField()
    line = models.PositiveIntegerField()
    cells = ArrayField(models.CharField(max_length=600))
    made_at = models.DateTimeField()

    class Meta:
        db_table = "position_sent"
        constraints = [models.UniqueConstraint(fields=["holder_id", "contact_id"], name="position_sent_once")]
        indexes = [
            models.Index(fields=["file_id", "line"], name="position_sent_file"),
            models.Index(fields=["identity_id"], name="position_sent_identity"),
        ]
