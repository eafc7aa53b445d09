"""The steps of a story that carry dates: releases, referrals, reviews, visits, portal use and promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentGiven:
    """A release: who may tell whom what, why, from when until when (``ends_on`` exclusive). 42 CFR 2.31."""

    key: str
    discloser_key: str
    recipient_key: str
    categories: tuple[str, ...]
    purpose: str
    language: str
    explained_on: date
    signed_on: date
    starts_on: date
    ends_on: date
    revoked_at: datetime | None = None
    revoked_how: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralEvent:
    """One step of a referral: REQUESTED, ACCEPTED, DECLINED, WAITLISTED, SCHEDULED, NO_SHOW, ATTENDED, COMPLETED..."""

    at: datetime
    status: str
    reason: str | None = None
    scheduled_for: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralStory:
    """A referral from asking to a known outcome; ``consent_key`` names the release that lets it be sent."""

    key: str
    need_key: str
    from_agency_key: str
    to_agency_key: str
    sent_by: str
    service_kind: str
    consent_key: str | None
    events: tuple[ReferralEvent, ...]
    answer_due_on: date | None
    outcome: str | None = None
    answered_by_link: bool = False

    @property
    def status(self) -> str:
        """The latest known step; DRAFT before it was sent."""
        return self.events[-1].status if self.events else "DRAFT"

    @property
    def is_connected(self) -> bool:
        """Did she or the infant meet the service at least once?"""
        return any(event.status == "ATTENDED" for event in self.events)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewStory:
    """A review of the plan at 30, 60, 90 days and on; ``held_on`` is None while it is to come or late."""

    key: str
    day: int
    due_on: date
    scheduled_at: datetime | None
    held_on: date | None
    plan_version: int
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AppointmentStory:
    """``kept`` is None for a visit to come."""

    key: str
    kind: str
    at: datetime
    agency_key: str
    worker_key: str | None
    person_key: str
    kept: bool | None
    needs_ride: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PortalUse:
    """What she did in her portal: SIGNED_IN, GOT_HELP, STOPPED_SHARING, CHANGED_GOAL, DISAGREED or LOOKED."""

    at: datetime
    kind: str
    about_key: str | None = None
    answer: str | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """Something a named worker owes the family by a day; ``met_on`` is None while it is open."""

    key: str
    worker_key: str
    kind: str
    words: str
    made_at: datetime
    due_on: date
    met_on: date | None = None
    waits_on_agency_key: str | None = None
    about_key: str | None = None
