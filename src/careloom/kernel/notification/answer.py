"""What the router answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from careloom.kernel.notification.reasons import Reason
from careloom.kernel.notification.vocabulary import LeadKind, Level, Notify, SentField


@dataclass(frozen=True, kw_only=True, slots=True)
class WouldChange:
    """One other answer to one question that would change the outcome.

    `fact` names the question, `value` the other answer, `exposure` the place in the list of
    exposures when the question is about one of them.
    """

    fact: str
    value: str
    exposure: int | None
    level: Level
    notify: Notify
    report: bool
    sentence: str
    message_key: str
    params: dict[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class NotificationAnswer:
    """The answer for one birth (DESIGN 2, last bullet; rows R-151, R-224).

    `due_on` is the last legal day and `due_at` the instant from which the notification is late;
    both are None when nothing is due or discharge is not planned yet. `because` explains the
    facts, `says` the outcome, sentence by sentence. `before_sending` lists what must be done
    first; while it is not empty nothing is sent. `sent_fields` is what leaves the building with
    the notification and `report_fields` with the report.
    """

    notify: Notify
    report: bool
    level: Level
    plan_offered: bool
    lead: LeadKind
    co_leads: tuple[LeadKind, ...]
    due_on: date | None
    due_at: datetime | None
    report_due_at: datetime | None
    says: tuple[Reason, ...]
    because: tuple[Reason, ...]
    before_sending: tuple[Reason, ...]
    would_change: tuple[WouldChange, ...]
    sent_fields: tuple[SentField, ...]
    report_fields: tuple[SentField, ...]
    rule_id: str
    rule_version: str
    jurisdiction: str
    citations: tuple[str, ...]
    review_needed: bool

    @property
    def may_send(self) -> bool:
        """Say whether nothing stands in the way of sending."""
        return not self.before_sending

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence in plain English: first what happens, then why."""
        return tuple(reason.sentence for reason in (*self.says, *self.because))
