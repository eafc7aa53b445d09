"""What the inventory keeps. No table has a family, an identity or a plan in it: where families stand behind a number, it is a month and a count."""

from careloom.inventory.models.array import Check, Offer, Standard, Step, Strategy
from careloom.inventory.models.lasting import Fund, Keep, Lesson, Promising, Reach, Sustain
from careloom.inventory.models.sharing import DataRule, DataYes, Hesitation

__all__ = [
    "Check", "DataRule", "DataYes", "Fund", "Hesitation", "Keep", "Lesson", "Offer", "Promising", "Reach", "Standard", "Step", "Strategy", "Sustain",
]  # fmt: skip
