"""Counts of screens and of fields, by agency; without an agency they are the sum over at least `FEWEST` of them.

INVARIANT: no row says who or about whom: a month has one set of days and one set of roles, so not even which role came on which day.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import GuardedManager

#: A sum over fewer agencies would say what one of them does.
FEWEST = 3


class ScreenUse(models.Model):
    """One screen in one month. `days` has one bit for each day of the month; `roles` are those of the workers who opened it, together."""

    agency_id = models.UUIDField(null=True)
    month = models.DateField()
    place = models.CharField(max_length=80)  # the name of the view
    uses = models.PositiveIntegerField()
    days = models.PositiveIntegerField()
    roles = ArrayField(models.CharField(max_length=30))
    agencies = models.PositiveIntegerField(default=1)

    objects = GuardedManager()

    class Meta:
        db_table = "usage_screen"
        constraints = [models.UniqueConstraint(fields=["agency_id", "month", "place"], name="usage_screen_once", nulls_distinct=False)]


class FieldUse(models.Model):
    """One field of one form, in the last three and twelve whole months: how many rows there are, and in how many of them it says something."""

    agency_id = models.UUIDField(null=True)
    form = models.CharField(max_length=260)
    field = models.CharField(max_length=200)
    rows_3 = models.PositiveIntegerField()
    filled_3 = models.PositiveIntegerField()
    rows_12 = models.PositiveIntegerField()
    filled_12 = models.PositiveIntegerField()
    agencies = models.PositiveIntegerField(default=1)

    objects = GuardedManager()

    class Meta:
        db_table = "usage_field"
        constraints = [models.UniqueConstraint(fields=["agency_id", "form", "field"], name="usage_field_once", nulls_distinct=False)]


class Counted(models.Model):
    """That an agency (or the sum) was counted: up to the first day that is not in it, and when."""

    agency_id = models.UUIDField(null=True)
    until = models.DateField()
    at = models.DateTimeField()

    objects = GuardedManager()

    class Meta:
        db_table = "usage_counted"
        constraints = [models.UniqueConstraint(fields=["agency_id"], name="usage_counted_once", nulls_distinct=False)]
