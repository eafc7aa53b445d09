"""What will last: the sustainability plan, money and its end, what to keep, what was learned, the seven strategies, scope and scale.

Source: R-056, R-065, R-066, R-088, R-132, R-213, R-218.
"""

from __future__ import annotations

from django.db import models

from careloom.inventory.models.array import OfInventory
from careloom.kernel.partnership.lasting import After, Here, Kind, Stay
from careloom.partnership.models import Partner


class Fund(OfInventory):
    """Money with the day on which it ends, and what follows it. Dollars are whole dollars for a year."""

    name = models.CharField(max_length=120)
    payer = models.CharField(max_length=20)
    pays_for = models.CharField(max_length=200)
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")  # who holds it; none: the collaborative
    dollars = models.PositiveIntegerField(null=True)
    until = models.DateField(null=True)  # none: it has no end
    after = models.CharField(max_length=12, choices=[(one.value, one.value) for one in After])
    after_words = models.CharField(max_length=300, blank=True)
    ends_on = models.DateField(null=True)  # taken off the list

    class Meta(OfInventory.Meta):
        db_table = "inventory_fund"


class Keep(OfInventory):
    """A change to keep, to alter or to let go: who keeps it, and where it is written down (R-088)."""

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Kind])
    stay = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Stay])
    why = models.CharField(max_length=400, blank=True)
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    keeper = models.CharField(max_length=120, blank=True)
    written_at = models.CharField(max_length=200, blank=True)
    look_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta(OfInventory.Meta):
        db_table = "inventory_keep"


class Lesson(OfInventory):
    """What the collaborative knows because it went through it: a decision with its reasons, a lesson, or how something is done."""

    kind = models.CharField(max_length=12)  # DECISION, LESSON, HOW_TO
    name = models.CharField(max_length=160)
    words = models.TextField()
    on = models.DateField()
    keeper = models.CharField(max_length=120)

    class Meta(OfInventory.Meta):
        db_table = "inventory_lesson"


class Promising(OfInventory):
    """How far one of the seven strategies is in place, with what shows it (R-132). One row for each that was looked at."""

    code = models.CharField(max_length=24)
    here = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Here])
    evidence = models.CharField(max_length=400, blank=True)
    since = models.DateField(null=True)
    looked_on = models.DateField()

    class Meta(OfInventory.Meta):
        db_table = "inventory_promising"
        constraints = [
            *OfInventory.Meta.constraints,
            models.UniqueConstraint(fields=["collaborative", "code"], name="inventory_promising_each"),
        ]


class Sustain(OfInventory):
    """The sustainability plan of a collaborative: relationships, resources, results, and how it grows (R-213, R-065)."""

    relationships = models.TextField()
    resources = models.TextField()
    results = models.TextField()
    scale_up = models.TextField(blank=True)
    reach_goal = models.PositiveSmallIntegerField(null=True)  # percent of the intended families
    reach_by = models.DateField(null=True)
    review_on = models.DateField()

    class Meta(OfInventory.Meta):
        db_table = "inventory_sustain"
        constraints = [
            *OfInventory.Meta.constraints,
            models.UniqueConstraint(fields=["collaborative"], name="inventory_sustain_one"),
        ]


class Reach(OfInventory):
    """Scope and scale at the end of a month (R-056, R-065).

    INVARIANT: a number of families from 1 to 10 is never kept; `few` says that it was one.
    """

    month = models.DateField()  # its first day
    kinds = models.PositiveSmallIntegerField()  # kinds of need for which there is a service
    services = models.PositiveSmallIntegerField()
    families = models.PositiveIntegerField(null=True)
    few = models.BooleanField(default=False)
    eligible = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=200)

    class Meta(OfInventory.Meta):
        db_table = "inventory_reach"
        constraints = [
            *OfInventory.Meta.constraints,
            models.UniqueConstraint(fields=["collaborative", "month"], name="inventory_reach_month"),
            models.CheckConstraint(
                condition=models.Q(families__isnull=True) | models.Q(families=0) | models.Q(families__gte=11), name="inventory_reach_few"
            ),
        ]
