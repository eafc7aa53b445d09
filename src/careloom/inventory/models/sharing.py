"""Why partners do not share data, the rule for using it, and who agreed to the rule. Source: R-052."""

from __future__ import annotations

from django.db import models

from careloom.inventory.models.array import OfInventory
from careloom.kernel.partnership.named import Fear
from careloom.partnership.models import Partner


class Hesitation(OfInventory):
    """What keeps a partner from sharing data, by kind, until it is eased."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Fear])
    words = models.CharField(max_length=400)
    eased_on = models.DateField(null=True)
    eased_by = models.CharField(max_length=400, blank=True)

    class Meta(OfInventory.Meta):
        db_table = "inventory_hesitation"


class DataRule(OfInventory):
    """The rule for using each other's numbers, version by version. A new version asks every partner again."""

    version = models.PositiveSmallIntegerField()
    words = models.TextField()
    never = models.TextField()  # what the numbers are never used for
    adopted_on = models.DateField()

    class Meta(OfInventory.Meta):
        db_table = "inventory_data_rule"
        constraints = [
            *OfInventory.Meta.constraints,
            models.UniqueConstraint(fields=["collaborative", "version"], name="inventory_data_rule_version"),
        ]


class DataYes(OfInventory):
    """That a partner agreed to a version of the rule, and when it took that back."""

    rule = models.ForeignKey(DataRule, on_delete=models.PROTECT, related_name="answers")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    said_by = models.CharField(max_length=120)
    on = models.DateField()
    left_on = models.DateField(null=True)

    class Meta(OfInventory.Meta):
        db_table = "inventory_data_yes"
        constraints = [
            *OfInventory.Meta.constraints,
            models.UniqueConstraint(fields=["rule", "partner"], condition=models.Q(left_on=None), name="inventory_data_yes_one"),
        ]
