"""What left a holder by hand or on paper: part of the accounting. Source: 42 CFR 2.16(b), 2.25; 45 CFR 164.400 to 164.414, 164.528; R-206."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.disclosures.models.trail import Trail


class Given(Trail):
    """One disclosure that no page made: a release on paper, a call, a fax, a letter, a talk. Written once and never changed.

    The receiver may be no principal, so it is named here (164.528(b)(2)(ii): name and, if known, address). `permitted` is what the kernel said
    on `basis`; one that the law did not permit is kept with `reasons` all the same. `sealed` is the paper as it left, under the holder's key.
    """

    to_agency_id = models.UUIDField(null=True)
    to_kind = models.CharField(max_length=32)  # disclosure.Actor
    to_name = models.CharField(max_length=160)
    to_address = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=12)  # RELEASE, PHONE, FAX, LETTER, EMAIL, IN_PERSON
    categories = ArrayField(models.CharField(max_length=40))
    purpose = models.CharField(max_length=40)
    what = models.CharField(max_length=600)  # brief description (164.528(b)(2)(iii))
    papers = models.CharField(max_length=400, blank=True)
    permitted = models.BooleanField()
    basis = ArrayField(models.CharField(max_length=80), default=list)
    reasons = ArrayField(models.CharField(max_length=60), default=list)
    obligations = ArrayField(models.CharField(max_length=40), default=list)
    instrument_id = models.UUIDField(null=True)
    review_needed = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    about_request_id = models.UUIDField(null=True)
    # A health oversight agency or the police may ask in writing that the accounting waits (164.528(a)(2)); the last day of the wait.
    waits_until = models.DateField(null=True)
    sealed = models.BinaryField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "disclosures_given"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="disclosures_given_once")]
        indexes = [models.Index(fields=["identity_id", "-given_at"], name="disclosures_given_identity")]


class Breach(Trail):
    """How a disclosure that the law did not permit was assessed, and whether she was told (45 CFR 164.402, 164.404; 42 CFR 2.16(b))."""

    given_id = models.UUIDField()
    found_on = models.DateField()
    tell_by = models.DateField()  # 60 calendar days after it was found, and without unreasonable delay
    outcome = models.CharField(max_length=16, blank=True)  # TOLD, LOW_RISK, NOT_ONE
    told_on = models.DateField(null=True)
    note = models.CharField(max_length=600, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        db_table = "disclosures_breach"
        constraints = [models.UniqueConstraint(fields=["holder_id", "given_id"], name="disclosures_breach_once")]
        indexes = [models.Index(fields=["identity_id"], name="disclosures_breach_identity")]
