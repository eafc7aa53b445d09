"""What the actions of a referral are given and what they answer. A refusal is a value with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careloom.kernel.referral import Flaw, Kind, Outcome, Reason, State
from careloom.plans.models import Referral


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What is asked of a service: a listed one, or one that the worker names herself (features thread 37). Source: R-120."""

    kind: Kind
    service_id: UUID | None = None
    agency_id: UUID | None = None
    organization: str = ""
    service_name: str = ""
    household_ids: tuple[UUID, ...] = ()
    note: str = ""
    hand_off: str = ""
    service_type: str = ""
    frequency: str = ""
    length: str = ""
    place: str = ""
    method: str = ""
    funding: str = ""
    follows_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One step as it is said: the new state with what belongs to it."""

    state: State
    reason: Reason | None = None
    outcome: Outcome | None = None
    scheduled_for: datetime | None = None
    waitlist_place: int | None = None
    note: str = ""


class Why(StrEnum):
    """Why a referral is not made or changed."""

    NOT_ALLOWED = "NOT_ALLOWED"
    NO_SERVICE = "NO_SERVICE"
    NOT_ON_CARELOOM = "NOT_ON_CARELOOM"
    OWN_AGENCY = "OWN_AGENCY"
    NOT_THIS_FAMILY = "NOT_THIS_FAMILY"
    SHE_SAID_NO = "SHE_SAID_NO"
    PLAN_CLOSED = "PLAN_CLOSED"
    NOT_A_LINK = "NOT_A_LINK"
    NOBODY_OWNS = "NOBODY_OWNS"


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Nothing was changed, and why."""

    reasons: tuple[Why | Flaw, ...]


@dataclass(frozen=True, kw_only=True)
class MissingConsent:
    """The release that would let `recipient_id` see what `discloser_id` holds; fills the consent builder."""

    discloser_id: UUID
    recipient_id: UUID
    identity_id: UUID
    categories: tuple[str, ...]
    purposes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NeedsConsent:
    """Nothing left the agency: the referral stands as it was (a new one as a draft) until she allows it."""

    referral: Referral
    missing: MissingConsent


@dataclass(frozen=True, kw_only=True)
class Moved:
    """The referral as it is now. `token` is the secret of a new one-time page, shown once; `again` is true when nothing was new.

    `tries` is set where nobody was reached and it is not failed yet: on how many days somebody has tried.
    """

    referral: Referral
    token: str = ""
    again: bool = False
    tries: int = 0
