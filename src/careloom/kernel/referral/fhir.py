"""The codes that other systems know a referral by.

Task.status: Gravity SDOHCC-ValueSetReferralTaskStatus (without `ready` and `received`). Task.businessStatus: BSeR TaskBusinessStatusCS 2.0.0.
Source: interop.md 1.3; workflows 6.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from careloom.kernel.referral.vocabulary import State

TASK_STATUS: Final[Mapping[State, str]] = MappingProxyType(
    {
        State.DRAFT: "draft",
        State.REQUESTED: "requested",
        State.ACCEPTED: "accepted",
        State.DECLINED: "rejected",
        State.SCHEDULED: "in-progress",
        State.ATTENDED: "in-progress",
        State.NO_SHOW: "in-progress",
        State.WAITLISTED: "on-hold",
        State.COMPLETED: "completed",
        State.CANCELLED: "cancelled",
        State.FAILED: "failed",
        State.REOPENED: "requested",
    }
)

#: A draft has no business status: nobody was asked. A waiting list is an acceptance that Task.status calls on-hold.
BUSINESS_STATUS: Final[Mapping[State, str]] = MappingProxyType(
    {
        State.REQUESTED: "2.0",
        State.ACCEPTED: "3.0",
        State.DECLINED: "4.0",
        State.SCHEDULED: "5.1.1",
        State.NO_SHOW: "5.1.2",
        State.ATTENDED: "5.1.4",
        State.WAITLISTED: "3.0",
        State.COMPLETED: "7.0",
        State.CANCELLED: "6.0",
        State.FAILED: "6.0",
        State.REOPENED: "2.0",
    }
)
