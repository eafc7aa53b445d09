"""What an action of plans answers when it did not do what was asked: values, never exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why an action was refused. Presenters turn these into what to do next."""

    NOT_ALLOWED = "NOT_ALLOWED"
    NOT_LEAD = "NOT_LEAD"
    NOT_YOURS = "NOT_YOURS"
    PLAN_CLOSED = "PLAN_CLOSED"
    HAS_PLAN = "HAS_PLAN"
    NOT_BEFORE_BIRTH = "NOT_BEFORE_BIRTH"
    NOT_IN_RECORD = "NOT_IN_RECORD"
    SECOND_LEAD = "SECOND_LEAD"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    ALREADY_OFFERED = "ALREADY_OFFERED"
    ALREADY_ANSWERED = "ALREADY_ANSWERED"
    CANNOT_SEE_PLAN = "CANNOT_SEE_PLAN"
    UNKNOWN_CODE = "UNKNOWN_CODE"
    NO_WORDS = "NO_WORDS"
    WITNESS_NEEDED = "WITNESS_NEEDED"
    STRENGTH_NEEDED = "STRENGTH_NEEDED"
    REASON_NEEDED = "REASON_NEEDED"
    NOT_DUE = "NOT_DUE"
    ALREADY_HELD = "ALREADY_HELD"
    INFANT_IN_PLAN = "INFANT_IN_PLAN"
    SUPERVISOR_NEEDED = "SUPERVISOR_NEEDED"
    NOT_CLOSED = "NOT_CLOSED"
    TOO_LATE = "TOO_LATE"
    NEED_NEEDED = "NEED_NEEDED"
    NOT_OWNER = "NOT_OWNER"
    NOTHING_TO_SIGN = "NOTHING_TO_SIGN"
    NAME_NEEDED = "NAME_NEEDED"
    ALREADY_RESOLVED = "ALREADY_RESOLVED"
    ALREADY_ENDED = "ALREADY_ENDED"
    NOT_A_DRAFT = "NOT_A_DRAFT"
    NOT_KEPT_HERE = "NOT_KEPT_HERE"
    OTHER_MOTHER = "OTHER_MOTHER"
    SAME_PLAN = "SAME_PLAN"
    NOT_MERGED = "NOT_MERGED"
    NOBODY_SIGNED = "NOBODY_SIGNED"
    PICTURE_NOT_TAKEN = "PICTURE_NOT_TAKEN"
    WORDS_TELL = "WORDS_TELL"
    CHANGED_MEANWHILE = "CHANGED_MEANWHILE"


@dataclass(frozen=True, kw_only=True)
class Refused:
    """The action did nothing; `reasons` say why."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Somebody changed the row after the form was read. Both texts by field; nothing was written.

    To save `mine` after all, post again with this `row_version`.
    """

    mine: dict[str, object]
    theirs: dict[str, object]
    row_version: int


@dataclass(frozen=True, kw_only=True)
class NotReady:
    """The plan may not close yet: the checklist codes that are not met."""

    unmet: tuple[str, ...]


def refused(*reasons: Reason) -> Refused:
    """A refusal with these reasons."""
    return Refused(reasons=reasons)
