"""A legal hold: from when to when nothing of certain records may be destroyed, and why.

Authority: 45 CFR 164.316(b)(2)(i), 164.528(a)(1) (what must be kept); DESIGN section 8 (legal hold wins). The duty to preserve comes from a court or
a claim that is expected; the officer writes which.
"""

from __future__ import annotations

from django.db import models

from careloom.infra.access.records import RowApart

#: Each row carries it, as the shape of family data asks. It opens nothing: the policies of the table let its holder read it and nobody else.
CATEGORY = "posc.plan_core"


class Hold(RowApart):
    """A hold on everything that the holder has (`whole`), or has about one family (`identity_id` is the mother's).

    INVARIANT: of a `whole` hold `identity_id` is the holder's own id, which is nobody's identity, so that joining people never moves it.
    """

    whole = models.BooleanField(default=False)
    reason = models.CharField(max_length=600)
    placed_at = models.DateTimeField()
    placed_by = models.UUIDField()  # a worker
    last_on = models.DateField(null=True)  # the last day, inclusive, in the agency's zone; None: until it is lifted
    ends_at = models.DateTimeField(null=True)  # the midnight after it
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)  # a worker
    lifted_because = models.CharField(max_length=300, blank=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "keeping_hold"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="keeping_hold_once")]
        indexes = [
            models.Index(fields=["holder_id", "-placed_at"], name="keeping_hold_holder"),
            models.Index(fields=["identity_id"], name="keeping_hold_identity"),
        ]
