"""How a change of practice moves: guidance down, proposals up, pilots round. Codes and pure rules; no person and no family is named.

Source: workflows 6.12; R-006 to R-008, R-011, R-012, R-015, R-064, R-077, R-089, R-090.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from careloom.kernel.suppression import publish_percent

#: Which steps each thing may take next. What stands in no list is an end.
GUIDANCE_STEPS: dict[str, frozenset[str]] = {
    "DRAFT": frozenset({"CONSULT"}),
    "CONSULT": frozenset({"DRAFT", "ISSUED"}),
    "ISSUED": frozenset({"REPLACED", "RETIRED"}),
}
PROPOSAL_STEPS: dict[str, frozenset[str]] = {
    "DRAFT": frozenset({"PROPOSED"}),
    "PROPOSED": frozenset({"APPROVED", "RETURNED", "DECLINED"}),
    "RETURNED": frozenset({"PROPOSED"}),
    "APPROVED": frozenset({"IN_EFFECT"}),
}
PILOT_STEPS: dict[str, frozenset[str]] = {
    "PROPOSED": frozenset({"APPROVED"}),
    "APPROVED": frozenset({"RUNNING"}),
    "RUNNING": frozenset({"EVALUATED"}),
    "EVALUATED": frozenset({"ADOPT", "ADAPT", "ABANDON"}),
    "ADAPT": frozenset({"RUNNING"}),
}


class ChangeKind(StrEnum):
    """The levels from the law down to what workers do (R-012), in order."""

    LAW = "LAW"
    POLICY = "POLICY"
    PROTOCOL = "PROTOCOL"
    PILOT = "PILOT"
    PRACTICE = "PRACTICE"


class Mark(StrEnum):
    """What type of change it is (R-064): three changes of rules, and a change of the system that stays and applies beyond grant clients."""

    SHARED_DATA = "SHARED_DATA"
    SHARED_PLAN = "SHARED_PLAN"
    UNIVERSAL_PROTOCOL = "UNIVERSAL_PROTOCOL"
    SYSTEM_CHANGE = "SYSTEM_CHANGE"


class Evidence(StrEnum):
    """How well a strategy is known to work (R-077)."""

    BASED = "BASED"
    INFORMED = "INFORMED"
    PROMISING = "PROMISING"


class Question(StrEnum):
    """The six questions that a place answers before it begins (R-015), in order."""

    CONTENT = "CONTENT"
    SHARING = "SHARING"
    FORMAT = "FORMAT"
    RECORD = "RECORD"
    ROLES = "ROLES"
    PRENATAL = "PRENATAL"


class Course(StrEnum):
    """What oversight decides about an indicator (R-089)."""

    CONTINUE = "CONTINUE"
    FIX = "FIX"
    STOP = "STOP"
    SCALE = "SCALE"


def share(*, some: int, of: int) -> Decimal | None:
    """How many in a hundred families, or None where fewer than eleven stand behind the whole, the part or the rest of it.

    It is the one suppression rule of the house. Raises ValueError where the part is more than the whole.
    """
    if not 0 <= some <= of:
        raise ValueError("a part is not more than the whole")
    cell = publish_percent(numerator=some, denominator=of)
    return None if cell.value is None else Decimal(str(cell.value))


def better(*, before: Decimal, after: Decimal, higher: bool) -> bool:
    """Whether a measure moved the way that is wished."""
    return after > before if higher else after < before


@dataclass(frozen=True, kw_only=True)
class Node:
    """One law, policy, protocol, pilot or practice by its key."""

    kind: ChangeKind
    key: str


@dataclass(frozen=True, kw_only=True)
class Chain:
    """From one practice (or what is lowest) up to what it rests on, with the levels that are not there."""

    held: tuple[Node, ...]  # law first
    missing: tuple[ChangeKind, ...]


def may_rest(lower: ChangeKind, upper: ChangeKind) -> bool:
    """Whether a thing of one level may put into practice a thing of the other: only what stands above it."""
    order = list(ChangeKind)
    return order.index(upper) < order.index(lower)


def chain_of(start: Node, *, rests: Iterable[tuple[Node, Node]]) -> Chain:
    """Everything that `start` puts into practice, through any number of steps; law first (R-012).

    `rests` are pairs of lower and upper. A level is missing where nothing of it is found above `start`: a pilot may be missing.
    """
    pairs, found, todo = list(rests), {start}, [start]
    while todo:
        one = todo.pop()
        above = {upper for lower, upper in pairs if lower == one} - found
        found |= above
        todo += above
    order = list(ChangeKind)
    held = tuple(sorted(found, key=lambda one: (order.index(one.kind), one.key)))
    wanted = [kind for kind in order[: order.index(start.kind)] if kind is not ChangeKind.PILOT]
    return Chain(held=held, missing=tuple(kind for kind in wanted if kind not in {one.kind for one in held}))
