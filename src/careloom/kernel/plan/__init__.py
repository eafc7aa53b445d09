"""What is decided about a plan of safe care without any storage: states, closing, differences between versions, flags."""

from careloom.kernel.plan.closing import ClosingFacts, ContactTries, NeedFact, unmet_items
from careloom.kernel.plan.difference import Change, ChangeKind, Item, ItemKind, current_items, difference
from careloom.kernel.plan.flags import Flag, FlagFacts, flags
from careloom.kernel.plan.states import OPEN, PlanState, may_move

__all__ = [
    "OPEN",
    "Change",
    "ChangeKind",
    "ClosingFacts",
    "ContactTries",
    "Flag",
    "FlagFacts",
    "Item",
    "ItemKind",
    "NeedFact",
    "PlanState",
    "current_items",
    "difference",
    "flags",
    "may_move",
    "unmet_items",
]
