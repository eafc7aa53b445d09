"""Where a system is told of changes, what changed, and each telling. Ids only: no person is in any of these tables."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Hook(models.Model):
    """The address at which one system is told. `sealed` holds its one or two secrets, under a key that is not in the database."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    client = models.OneToOneField("fhir.SystemClient", on_delete=models.PROTECT, related_name="hook")
    url = models.CharField(max_length=500)
    base = models.CharField(max_length=300)  # of the FHIR server, as it was when the hook was made
    events = ArrayField(models.CharField(max_length=40))
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    failing_since = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_by = models.UUIDField(null=True)  # empty where Careloom paused it, because nothing was taken any more
    ended_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        app_label = "fhir"
        db_table = "fhir_hook"


class Signal(models.Model):
    """That a resource changed, until every hook was asked whether its system may know."""

    seq = models.BigAutoField(primary_key=True)
    event = models.CharField(max_length=40)
    resource_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        app_label = "fhir"
        db_table = "fhir_signal"


class Delivery(models.Model):
    """One telling: it waits, was taken (`sent_at`), or was given up (`dead_at`). Its id is the same at each try."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries")
    signal = models.BigIntegerField()
    event = models.CharField(max_length=40)
    resource_id = models.UUIDField()
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    answer = models.CharField(max_length=20, blank=True)  # a status, or why there was none
    sent_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "fhir"
        db_table = "fhir_delivery"
        constraints = [models.UniqueConstraint(fields=["hook", "signal"], name="fhir_delivery_once")]
        indexes = [
            models.Index(fields=["next_at"], name="fhir_delivery_waits", condition=models.Q(sent_at=None, dead_at=None)),
            models.Index(fields=["hook", "-at"], name="fhir_delivery_of_hook"),
        ]
