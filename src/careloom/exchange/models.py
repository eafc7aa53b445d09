"""Which record systems an agency's workers may open a notification from or fetch a record from, our keys there, and what was fetched."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property

from careloom.agencies.models import Agency
from careloom.infra.access.records import GuardedManager, RowApart

WAITING, RUNNING, STOPPED, READY, DONE, REFUSED, OVER = "WAITING", "RUNNING", "STOPPED", "READY", "DONE", "REFUSED", "OVER"
#: Of these a family has one for each source.
OPEN = (WAITING, RUNNING, STOPPED, READY)


class Ehr(models.Model):
    """A hospital's own record system that Careloom opens from, as a public client with a proof key and no secret.

    `iss` is its FHIR address without a slash at its end, `hosts` the other hosts (host or host:port) on which its sign-in stands.
    Source: SMART App Launch 2.2.0.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    iss = models.CharField(max_length=300)
    client_id = models.CharField(max_length=200)
    hosts = ArrayField(models.CharField(max_length=120), default=list)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "exchange_ehr"
        constraints = [
            models.UniqueConstraint(fields=["agency", "request_key"], name="exchange_ehr_once"),
            models.UniqueConstraint(fields=["agency", "iss"], condition=models.Q(ended_at=None), name="exchange_ehr_one_in_use"),
        ]

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """A partner's record system that an agency fetches from by SMART Backend Services. `discloser` is whose records it gives.

    `iss` is its FHIR address without a slash at its end, `hosts` the other hosts (host or host:port) on which its token address stands.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    discloser = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    iss = models.CharField(max_length=300)
    client_id = models.CharField(max_length=200)
    hosts = ArrayField(models.CharField(max_length=120), default=list)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "exchange_source"
        constraints = [
            models.UniqueConstraint(fields=["agency", "request_key"], name="exchange_source_once"),
            models.UniqueConstraint(fields=["agency", "iss"], condition=models.Q(ended_at=None), name="exchange_source_one_in_use"),
            models.CheckConstraint(condition=~models.Q(agency=models.F("discloser")), name="exchange_source_of_another"),
        ]

    def __str__(self) -> str:
        return self.name


class SourceKey(models.Model):
    """A key pair by which an agency proves itself to record systems. The private half is sealed under the agency's data key, for this row."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    public = models.JSONField()  # a JWK (RFC 7517), `kid` is the id
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    signs_from = models.DateTimeField()
    """A new key is shown before it is used: others keep what they read of ours for some time."""
    ends_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_source_key"
        indexes = [models.Index(fields=["agency", "-signs_from"], name="exchange_source_key_agency")]


class Fetch(RowApart):
    """One asking for a person's record: how far it is, and what came, sealed for this row under the asking agency's data key until it is over.

    While it runs `sealed` holds what was read so far; when it is ready, only the facts that her consent covers.
    """

    source_id = models.UUIDField()
    consent_id = models.UUIDField()
    state = models.CharField(max_length=8, default=WAITING)
    why = models.CharField(max_length=16, blank=True)  # `words.FAILURES`
    done = ArrayField(models.CharField(max_length=24), default=list)  # the types that were read
    kept_back = ArrayField(models.CharField(max_length=24), default=list)  # the types that the source refused
    sealed = models.BinaryField(null=True)
    facts = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "exchange_fetch"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="exchange_fetch_once")]
        indexes = [
            models.Index(fields=["identity_id"], name="exchange_fetch_identity"),
            models.Index(fields=["next_at"], condition=models.Q(state__in=(WAITING, RUNNING)), name="exchange_fetch_waits"),
        ]

    @cached_property
    def source(self) -> Source:
        """The system that is asked, with whose records it gives. One query."""
        found: Source = Source.objects.select_related("discloser").get(pk=self.source_id)
        return found


class SheetMapping(models.Model):
    """What the columns of a spreadsheet mean, kept by name for the agency (`sheets.mapping.Mapping.as_json`). No person is in it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    spec = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "exchange_sheet_mapping"
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="exchange_sheet_mapping_name")]

    def __str__(self) -> str:
        return self.name


class Sheet(models.Model):
    """A spreadsheet that one worker brings in, sealed for this row under her agency's data key until it is over; how far it is.

    `digest` is the SHA-256 of the file. `wrong` are the rows that are not brought in: number, field and code, and nothing that stood in them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency_id = models.UUIDField(editable=False)
    sealed = models.BinaryField(null=True)
    digest = models.CharField(max_length=64)
    spec = models.JSONField()
    state = models.CharField(max_length=8, default="MAPPING")
    rows = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    place = models.PositiveIntegerField(default=0)  # rows that the job has done
    made = models.PositiveIntegerField(default=0)  # children who were not here before
    same = models.PositiveIntegerField(default=0)
    wrong = models.JSONField(default=list)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    request_key = models.CharField(max_length=64)

    objects = GuardedManager()

    class Meta:
        db_table = "exchange_sheet"
        constraints = [models.UniqueConstraint(fields=["agency_id", "request_key"], name="exchange_sheet_once")]
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="exchange_sheet_hers")]
