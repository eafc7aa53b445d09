"""What `meetings.yaml` says: how far ahead meetings are made, when papers go out, who hears of a late promise, who belongs to a work group.

Source: workflows 6.11; R-032, R-054, R-188, R-189.
"""

from __future__ import annotations

from dataclasses import dataclass

from careloom.kernel.packs.following import Said


@dataclass(frozen=True, kw_only=True, slots=True)
class LateStep:
    """After so many days one more hears of a promise that was not kept: OWNER, CHAIR or CORE."""

    after_days: int
    tell: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Meetings:
    """Everything that a jurisdiction decides about the meetings of a partnership."""

    ahead_months: int
    agenda_days: int
    minutes_business_days: int
    cycles_without_governance: int
    commitment_again_days: int
    overdue_action: tuple[LateStep, ...]
    work_group_minimum: tuple[Said, ...]
