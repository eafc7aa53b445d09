"""How often a word was suggested in an agency, by month: a number and a code, without text, person or worker."""

from __future__ import annotations

from django.db import models


class SaidCount(models.Model):
    """One code in one month of one agency. `kept`: how often the writer kept her own word; `used`: how often she took the other one."""

    agency_id = models.UUIDField()
    month = models.DateField()
    code = models.CharField(max_length=24)
    kept = models.PositiveIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "wording_count"
        constraints = [models.UniqueConstraint(fields=["agency_id", "month", "code"], name="wording_count_once")]
