"""Puts together what several holders said about one thing: the need with its latest answers, the goal that stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careloom.plans.models import Goal, Need, NeedStep


@dataclass(frozen=True, kw_only=True)
class NeedNow:
    """A need as it stands: its row, the latest choice and result that the reader may see, and every step."""

    row: Need
    choice: str
    words: str
    chosen_at: datetime | None
    chosen_by_her: bool
    result: str
    result_reason: str
    resolved_at: datetime | None
    steps: tuple[NeedStep, ...]

    @property
    def id(self) -> UUID:
        """The id of the need."""
        return self.row.pk

    @property
    def is_over(self) -> bool:
        """Her no ends the thread in calm; a need that is met is done. Nothing else ends one."""
        return self.choice == "NO" or self.result == "MET"


@dataclass(frozen=True, kw_only=True)
class GoalNow:
    """A goal that stands; `changed_by_her` when her words took the place of an agency's. `was` holds the words before."""

    row: Goal
    was: str
    changed_by_her: bool

    @property
    def id(self) -> UUID:
        """The id of the goal that stands."""
        return self.row.pk


def needs_now(needs: Iterable[Need], steps: Iterable[NeedStep]) -> tuple[NeedNow, ...]:
    """The needs as they stand, in the order given. The latest step of each kind counts, whoever said it."""
    said: dict[UUID, list[NeedStep]] = defaultdict(list)
    for step in sorted(steps, key=lambda row: (row.at, row.made_at)):
        said[step.need_id].append(step)
    return tuple(_need(need, said[need.pk]) for need in needs)


def goals_now(goals: Iterable[Goal]) -> tuple[GoalNow, ...]:
    """The goals that stand, in the order given: one that another visible goal takes the place of is left out."""
    rows = list(goals)
    replaced = {row.supersedes_id for row in rows if row.supersedes_id}
    return tuple(GoalNow(row=row, was=row.was, changed_by_her=row.supersedes_id is not None) for row in rows if row.pk not in replaced)


def _need(need: Need, steps: list[NeedStep]) -> NeedNow:
    choice = next((step for step in reversed(steps) if step.step == "CHOICE"), None)
    result = next((step for step in reversed(steps) if step.step == "RESULT"), None)
    return NeedNow(
        row=need,
        choice=choice.value if choice else need.her_choice,
        words=choice.words if choice else need.her_words,
        chosen_at=choice.at if choice else need.chosen_at,
        chosen_by_her=choice.hers if choice else False,
        result=result.value if result else need.result,
        result_reason=result.reason if result else need.result_reason,
        resolved_at=need.resolved_at if result is None else None if result.value == "OPEN" else result.at,
        steps=tuple(steps),
    )
