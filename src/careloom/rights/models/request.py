"""A patient's request in the book of the holder who must answer it, its steps, and a worker's note that she passed one on."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.rights.models.trail import Trail

RECEIVED, GRANTED, PARTLY, DENIED, WITHDRAWN = "RECEIVED", "GRANTED", "PARTLY", "DENIED", "WITHDRAWN"


class RightsRequest(Trail):
    """One request of one right (`kinds.Right`). Read by the holder's keepers of papers and by herself; by nobody else.

    INVARIANT: it never says through whom it came. A program that wrote it down for her would else be named to the holder (42 CFR 2.13(c)).
    Fields after `words` belong to some rights only: a period (a copy, a list), a recipient (a restriction), another way (confidential).
    """

    right = models.CharField(max_length=12)
    about_name = models.CharField(max_length=200)
    about_born_on = models.DateField(null=True)
    came_by = models.CharField(max_length=8)  # PORTAL, WRITTEN, SPOKEN
    passed_on = models.BooleanField(default=False)  # another agency's worker wrote it down for her
    asked_by = models.UUIDField(null=True)  # her principal, when she asked on her own pages
    recorded_by = models.UUIDField(null=True)  # a worker of the holder
    verified = models.CharField(max_length=200, blank=True)  # how it was verified that it is she (45 CFR 164.514(h))
    received_at = models.DateTimeField()
    due_on = models.DateField()
    first_due_on = models.DateField()
    put_off_because = models.CharField(max_length=400, blank=True)
    put_off_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=1200, blank=True)
    categories = ArrayField(models.CharField(max_length=40), default=list)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    wants_how = models.CharField(max_length=8, blank=True)  # PORTAL, FILE, PAPER
    tell_others = models.BooleanField(default=False)  # she agrees that those who were told before hear of a correction (164.526(c)(3))
    to_agency_id = models.UUIDField(null=True)
    to_kind = models.CharField(max_length=24, blank=True)
    paid_in_full = models.BooleanField(default=False)
    use_phone = models.CharField(max_length=20, blank=True)
    use_address = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default=RECEIVED)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answered_how = models.CharField(max_length=8, blank=True)
    codes = ArrayField(models.CharField(max_length=24), default=list)  # grounds of a denial, or of what was left out
    answer = models.CharField(max_length=1200, blank=True)  # what the holder tells her, in its words
    fee_told_on = models.DateField(null=True)  # she was told of a fee for a second list within twelve months (164.528(c)(2))
    disagreement = models.CharField(max_length=1200, blank=True)
    rebuttal = models.CharField(max_length=1200, blank=True)
    review_asked_at = models.DateTimeField(null=True)
    review_upheld = models.BooleanField(null=True)
    reviewer = models.CharField(max_length=120, blank=True)  # a licensed professional who took no part in the denial
    reviewed_at = models.DateTimeField(null=True)
    restriction_id = models.UUIDField(null=True)
    end_asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    sealed = models.BinaryField(null=True)  # the paper or file as it was given, under the holder's key
    media_type = models.CharField(max_length=40, blank=True)
    late_told_at = models.DateTimeField(null=True)
    row_version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "rights_request"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="rights_request_once")]
        indexes = [
            models.Index(fields=["holder_id", "due_on", "received_at"], name="rights_request_open", condition=models.Q(state=RECEIVED)),
            models.Index(fields=["holder_id", "-received_at"], name="rights_request_holder"),
            models.Index(fields=["identity_id", "-received_at"], name="rights_request_identity"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether somebody must still answer it."""
        return self.state == RECEIVED


class RightsStep(Trail):
    """That something happened to a request, for her and for the holder alike: a code and an instant, no name and no text."""

    request_id = models.UUIDField()
    code = models.CharField(max_length=20)
    at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)

    class Meta:
        db_table = "rights_step"
        indexes = [
            models.Index(fields=["request_id", "at"], name="rights_step_request"),
            models.Index(fields=["identity_id"], name="rights_step_identity"),
        ]


class PassedOn(Trail):
    """A worker's note that she handed a request to another agency. INVARIANT: nothing in it depends on that agency, now or later."""

    to_agency_id = models.UUIDField()
    right = models.CharField(max_length=12)
    worker_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    answer_by = models.DateField()
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "rights_passed_on"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="rights_passed_on_once")]
        indexes = [models.Index(fields=["identity_id", "-at"], name="rights_passed_on_identity")]
