"""What happened, as frozen events that travel up or sideways. They carry ids only, never words about a person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that an action did. Delivered at least once, after its transaction committed; handlers are idempotent."""


@dataclass(frozen=True, kw_only=True)
class NotificationSent(Event):
    """A birth notification left its hospital (42 U.S.C. 5106a(b)(2)(B)(ii))."""

    notification_id: UUID
    holder_id: UUID
    identity_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReceivedAnswered(Event):
    """Child welfare answered a report or a notification with names that it received (workflows 6.1)."""

    received_id: UUID
    holder_id: UUID
    identity_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsentChanged(Event):
    """A consent began, was revoked, expired or was superseded."""

    consent_id: UUID
    holder_id: UUID
    identity_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClauseChanged(Event):
    """An agreement's data clause was reviewed or ended by its discloser (R-103)."""

    clause_id: UUID
    holder_id: UUID


@dataclass(frozen=True, kw_only=True)
class PlanReviewed(Event):
    """A review of a plan was held and a new version exists."""

    plan_id: UUID
    holder_id: UUID
    identity_id: UUID


@dataclass(frozen=True, kw_only=True)
class PlanClosed(Event):
    """A plan was closed, for a coded reason of its pack."""

    plan_id: UUID
    holder_id: UUID
    identity_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReferralMoved(Event):
    """A referral changed its state."""

    referral_id: UUID
    holder_id: UUID
    identity_id: UUID
    state: str


@dataclass(frozen=True, kw_only=True)
class PlanCountsChanged(Event):
    """The plan or referral facts that a de-identified notification counts have changed; travels by receipt."""

    plan_id: UUID
    holder_id: UUID
    identity_id: UUID


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(Event):
    """A worker left an agency; her work there goes to who is above her."""

    agency_id: UUID
    worker_id: UUID


@dataclass(frozen=True, kw_only=True)
class EmergencyOpened(Event):
    """A clinician opened what others hold of a patient in a medical emergency (42 CFR 2.51); `holder_id` is the facility that asked."""

    opening_id: UUID
    holder_id: UUID
    identity_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReturnedToUse(Event):
    """A return to use was told to `holder_id` (R-124). Who keeps her plan looks at it again; nobody is reported and nothing is closed."""

    entry_id: UUID
    holder_id: UUID
    identity_id: UUID


@dataclass(frozen=True, kw_only=True)
class MessageWritten(Event):
    """Somebody wrote in a thread of the care team; `holder_id` is whose words they are, `thread_holder_id` who began the thread (R-141)."""

    entry_id: UUID
    holder_id: UUID
    thread_holder_id: UUID


@dataclass(frozen=True, kw_only=True)
class MessageRead(Event):
    """An agency read a thread, or left it."""

    thread_id: UUID
    reader_id: UUID


@dataclass(frozen=True, kw_only=True)
class PossibleMatchFound(Event):
    """Two records may be one person; who may read both is asked when it is told."""

    match_id: UUID


@dataclass(frozen=True, kw_only=True)
class PossibleMatchAnswered(Event):
    """Somebody looked at both records: one person, two people, or later."""

    match_id: UUID
    state: str
