"""The words of a referral: its states, who may speak, the reasons and the outcomes.

Source: workflows 6.4; features F14, F15 and threads 31 to 38.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a referral stands."""

    DRAFT = "DRAFT"
    REQUESTED = "REQUESTED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    SCHEDULED = "SCHEDULED"
    ATTENDED = "ATTENDED"
    NO_SHOW = "NO_SHOW"
    WAITLISTED = "WAITLISTED"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"
    FAILED = "FAILED"
    REOPENED = "REOPENED"


class Voice(StrEnum):
    """Who says a step: the agency that asked, the one that was asked, or the mother."""

    US = "US"
    THEM = "THEM"
    HER = "HER"


class Kind(StrEnum):
    """How the service is asked: it answers here, by a one-time page, or by telephone and we note it."""

    LIVE = "LIVE"
    LINK = "LINK"
    LOGGED = "LOGGED"


class Reason(StrEnum):
    """Why a referral did not go on. A reason describes a service or a wish, never a person."""

    FULL = "FULL"
    INELIGIBLE = "INELIGIBLE"
    NO_CONTACT = "NO_CONTACT"
    WRONG_SERVICE = "WRONG_SERVICE"
    NOT_NOW_AGENCY = "NOT_NOW_AGENCY"
    NOT_NOW = "NOT_NOW"
    NO = "NO"
    MOVED = "MOVED"
    GOT_IT_ELSEWHERE = "GOT_IT_ELSEWHERE"
    REROUTED = "REROUTED"
    CONSENT_ENDED = "CONSENT_ENDED"
    SENT_BY_MISTAKE = "SENT_BY_MISTAKE"
    DID_NOT_HELP = "DID_NOT_HELP"


class Outcome(StrEnum):
    """What a completed referral came to. The loop is closed only when this is known."""

    ENROLLED = "ENROLLED"
    SERVICE_DELIVERED = "SERVICE_DELIVERED"
    INELIGIBLE = "INELIGIBLE"
    DECLINED_BY_FAMILY = "DECLINED_BY_FAMILY"
    NO_CONTACT = "NO_CONTACT"


class Help(StrEnum):
    """Her answer to "Did you get help?"."""

    YES = "YES"
    PARTLY = "PARTLY"
    NO = "NO"


AGENCY_REASONS = frozenset({Reason.FULL, Reason.INELIGIBLE, Reason.NO_CONTACT, Reason.WRONG_SERVICE, Reason.NOT_NOW_AGENCY})
FAMILY_REASONS = frozenset({Reason.NOT_NOW, Reason.NO, Reason.MOVED, Reason.GOT_IT_ELSEWHERE})
OUR_REASONS = FAMILY_REASONS | {Reason.REROUTED, Reason.CONSENT_ENDED, Reason.SENT_BY_MISTAKE, Reason.NO_CONTACT}

#: Nothing more is expected; only REOPENED follows, and a DECLINED referral is followed by a new one.
ENDED = frozenset({State.DECLINED, State.COMPLETED, State.CANCELLED, State.FAILED})
#: The service was asked and has not said yes or no.
UNANSWERED = frozenset({State.REQUESTED, State.REOPENED})
#: The service said yes or "wait".
TAKEN = frozenset({State.ACCEPTED, State.SCHEDULED, State.ATTENDED, State.NO_SHOW, State.WAITLISTED})
#: The family is in service.
IN_SERVICE = frozenset({State.SCHEDULED, State.ATTENDED})
