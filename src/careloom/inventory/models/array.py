"""What partners add to the directory, quality standards with their checks, and the changes that answer a gap. Source: R-013, R-014, R-037, R-225."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.kernel.partnership.array import Found, Progress, Way
from careloom.partnership.models import Partner
from careloom.partnership.models.structure import OfCollaborative


class OfInventory(OfCollaborative):
    """A row of the inventory. A form that is sent twice makes one."""

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="%(app_label)s_%(class)s_once")]


class Offer(OfInventory):
    """A service that a partner gives and that the directory does not list: for whom, where, who pays, and how much room there is."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    needs = ArrayField(models.CharField(max_length=40))  # codes of the need catalogue
    points = ArrayField(models.CharField(max_length=16), default=list)  # empty: those of its needs
    populations = ArrayField(models.CharField(max_length=20), default=list)
    places = ArrayField(models.CharField(max_length=40), default=list)  # empty: everywhere in the collaborative
    payers = ArrayField(models.CharField(max_length=20), default=list)
    unit = models.CharField(max_length=40, blank=True)
    most = models.PositiveIntegerField(null=True)
    room = models.PositiveIntegerField(null=True)
    said_on = models.DateField()
    notes = models.CharField(max_length=300, blank=True)
    ends_on = models.DateField(null=True)

    class Meta(OfInventory.Meta):
        db_table = "inventory_offer"


class Standard(OfInventory):
    """A standard of quality for one delivery system, which is one of the sixteen kinds of partner (R-013)."""

    system = models.CharField(max_length=24)
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=300, blank=True)  # how one checks it
    every_months = models.PositiveSmallIntegerField(default=12)
    ends_on = models.DateField(null=True)

    class Meta(OfInventory.Meta):
        db_table = "inventory_standard"


class Check(OfInventory):
    """Whether a partner met a standard on a day. A check is never changed: the next one follows."""

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="checks")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    found = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Found])
    evidence = models.CharField(max_length=400)
    checked_by = models.CharField(max_length=120)

    class Meta(OfInventory.Meta):
        db_table = "inventory_check"
        indexes = [models.Index(fields=["standard", "partner", "on"], name="inventory_check_last")]


class Strategy(OfInventory):
    """One of four ways to answer a gap, as a change that somebody owns until a day (R-037)."""

    need = models.CharField(max_length=40)  # a code of the need catalogue
    place = models.CharField(max_length=40, blank=True)  # empty: everywhere in the collaborative
    way = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Way])
    what = models.CharField(max_length=300)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=120)
    due_on = models.DateField()
    progress = models.CharField(max_length=12, default=Progress.PLANNED.value, choices=[(one.value, one.value) for one in Progress])

    class Meta(OfInventory.Meta):
        db_table = "inventory_strategy"


class Step(OfInventory):
    """What became of a change: where it stood from a day on, and why. Steps are added and never changed."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="steps")
    progress = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Progress])
    words = models.CharField(max_length=400)
    on = models.DateField()

    class Meta(OfInventory.Meta):
        db_table = "inventory_step"
        indexes = [models.Index(fields=["strategy", "on"], name="inventory_step_of")]
