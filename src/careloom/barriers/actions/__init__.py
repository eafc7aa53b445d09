"""What is written of barriers. Each action is one transaction, for `by`, at `at`; a refusal is a value, and a form sent twice is one row.

`take_in` and `gather` have no author on purpose: what comes from a family keeps nobody and no day.
"""

from careloom.barriers.actions.cycles import begin_cycle, end_cycle
from careloom.barriers.actions.deciding import decide, put_outcome, send_up
from careloom.barriers.actions.ending import close, confirm, reopen, resolve, tell_back
from careloom.barriers.actions.giving import gather, take_in
from careloom.barriers.actions.posting import post_down
from careloom.barriers.actions.raising import note_try, raise_barrier, triage
from careloom.barriers.actions.turning import turn_into
from careloom.barriers.facts import BarrierFacts, CycleEnd, CycleFacts, DecisionFacts, PostingFacts, TriageFacts

__all__ = [
    "BarrierFacts",
    "CycleEnd",
    "CycleFacts",
    "DecisionFacts",
    "PostingFacts",
    "TriageFacts",
    "begin_cycle",
    "close",
    "confirm",
    "decide",
    "end_cycle",
    "gather",
    "note_try",
    "post_down",
    "put_outcome",
    "raise_barrier",
    "reopen",
    "resolve",
    "send_up",
    "take_in",
    "tell_back",
    "triage",
    "turn_into",
]
