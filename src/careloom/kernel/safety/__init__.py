"""The safety decision: pure, without a clock, a number or a memory. Source: R-164 to R-168; OAC 5101:2-37-01 as far as it was read."""

from careloom.kernel.safety.complete import Gap, Given, Items, gaps
from careloom.kernel.safety.decision import Decision, Held, decide
from careloom.kernel.safety.vocabulary import STRENGTH, Adult, Answer, Capacity, Child, Factor, Part, Reason, Response

__all__ = [
    "STRENGTH", "Adult", "Answer", "Capacity", "Child", "Decision", "Factor", "Gap", "Given", "Held", "Items", "Part", "Reason", "Response",
    "decide", "gaps",
]  # fmt: skip
