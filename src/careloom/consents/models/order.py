"""The register of court orders. Source: 42 CFR 2.61 to 2.67; 45 CFR 164.512(e); 42 USC 5106a(b)(2)(B)(viii); law.md 1.8; R-107."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from careloom.infra.access.records import RowApart


class CourtOrder(RowApart):
    """A court's paper as its holder keeps it. It opens records of that holder only: an order permits a holder, it does not compel (2.61(a)).

    `identity_id` is the mother (or whom the case is about); `subject_ids` are whose records it reaches; `scope` are the categories it lists.
    A finding that is not marked was not made. Whether the paper qualifies is asked of the kernel, never stored.
    """

    kind = models.CharField(max_length=32)  # disclosure.OrderKind
    matter = models.CharField(max_length=12, blank=True)  # of a general order: CUSTODY, CASE_PLAN, DISCLOSURE or OTHER
    court = models.CharField(max_length=160)
    docket = models.CharField(max_length=60, blank=True)
    subject_ids = ArrayField(models.UUIDField())
    recipient_ids = ArrayField(models.UUIDField())
    recipient_names = ArrayField(models.CharField(max_length=160), default=list)
    scope = ArrayField(models.CharField(max_length=40))
    purposes = ArrayField(models.CharField(max_length=40))
    target = models.CharField(max_length=12, default="patient")  # patient, or program for 2.66
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)
    findings = ArrayField(models.CharField(max_length=40), default=list)  # names of the kernel's finding fields that the order states
    ground_2_63 = models.CharField(max_length=40, blank=True)
    document_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)  # vacated, replaced, or recorded by mistake
    ended_because = models.CharField(max_length=24, blank=True)
    row_version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "consents_order"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="consents_order_once")]
        indexes = [
            models.Index(fields=["identity_id"], name="consents_order_identity"),
            GinIndex(fields=["subject_ids"], name="consents_order_subjects"),
        ]
