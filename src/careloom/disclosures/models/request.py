"""A request for records in the book of the holder who must answer it. Source: workflows 6.16; 45 CFR 164.514(d), (h); 42 CFR 2.13."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.disclosures.models.trail import Trail

REQUESTED, CHECKED, RELEASED, DENIED = "REQUESTED", "CHECKED", "RELEASED", "DENIED"
OPEN = (REQUESTED, CHECKED)


class RecordRequest(Trail):
    """Who asked this holder for what, how it was checked, and how it ended. Read by the holder's keepers of papers and by nobody else.

    `identity_id` is whom the asker means; where the holder knows nobody, or a request on paper names a stranger, it may be nobody's identity.
    `facts` are names of the kernel's facts that somebody confirmed; `ways` are `category|provenance` pairs that are released.
    """

    asker_agency_id = models.UUIDField(null=True)
    asked_id = models.UUIDField(null=True)  # the row in the asker's book
    asker_kind = models.CharField(max_length=32)  # disclosure.Actor
    asker_name = models.CharField(max_length=160)
    asker_contact = models.CharField(max_length=200, blank=True)
    about_name = models.CharField(max_length=200)
    about_born_on = models.DateField(null=True)
    categories = ArrayField(models.CharField(max_length=40))
    purpose = models.CharField(max_length=40)
    why = models.CharField(max_length=600)
    came_by = models.CharField(max_length=12)  # CARELOOM, LETTER, FAX, PHONE, IN_PERSON
    papers = models.CharField(max_length=400, blank=True)  # what was attached or cited, as the asker names it
    received_at = models.DateTimeField()
    answer_by = models.DateField()
    state = models.CharField(max_length=10, default=REQUESTED)
    facts = ArrayField(models.CharField(max_length=40), default=list)
    ways = ArrayField(models.CharField(max_length=90), default=list)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    identity_checked = models.CharField(max_length=200, blank=True)  # how it was verified who asks
    authority_checked = models.CharField(max_length=200, blank=True)  # how it was verified that they may
    checked_at = models.DateTimeField(null=True)
    checked_by = models.UUIDField(null=True)
    denied_codes = ArrayField(models.CharField(max_length=60), default=list)
    note = models.CharField(max_length=600, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    given_id = models.UUIDField(null=True)
    row_version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "disclosures_request"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="disclosures_request_once")]
        indexes = [
            models.Index(fields=["holder_id", "answer_by", "received_at"], name="disclosures_request_open", condition=models.Q(answered_at=None)),
            models.Index(fields=["holder_id", "-received_at"], name="disclosures_request_holder"),
            models.Index(fields=["identity_id"], name="disclosures_request_identity"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether somebody must still answer it."""
        return self.state in OPEN
