"""The demo world's clock offset: one row that only the owner role may write."""

from __future__ import annotations

from datetime import timedelta

from django.db import models


class ClockOffset(models.Model):
    """How far the clock of a demo world runs ahead."""

    ahead_by = models.DurationField(default=timedelta(0))

    class Meta:
        db_table = "clock_offset"
