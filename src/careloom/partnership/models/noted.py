"""What was written down for a body by somebody who holds no office in it. Source: decision 0013; R-031; workflows 6.11."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.partnership.models.structure import Body, OfCollaborative


class Noted(OfCollaborative):
    """A decision of a body that no officer of it wrote down. It is not final before an officer confirms it or the body approves its minutes.

    `about` are the rows that say what was decided, in whichever rooms keep it: one form may decide in a meeting and move a barrier. The key of
    that form is the key of this row; `words` say it in a line.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    about = ArrayField(models.UUIDField())
    words = models.CharField(max_length=200)
    noted_by = models.CharField(max_length=120)
    confirmed_on = models.DateField(null=True)
    confirmed_how = models.CharField(max_length=8, blank=True)  # OFFICER, PAPER (an officer who does not sign in here), MINUTES
    confirmed_by = models.CharField(max_length=120, blank=True)  # the officer; "" for minutes

    class Meta:
        db_table = "partnership_noted"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="partnership_noted_once")]
        indexes = [models.Index(fields=["body", "confirmed_on"], name="partnership_noted_open")]
