"""The ordered decision table of one jurisdiction: the first row that holds decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from careloom.kernel.clocks import DueRule
from careloom.kernel.notification.conditions import ALWAYS, Condition, holds
from careloom.kernel.notification.facts import BirthFacts
from careloom.kernel.notification.vocabulary import LeadKind, Level, Notify, SentField


@dataclass(frozen=True, kw_only=True, slots=True)
class RowDue:
    """When the notification or the report of a row is due.

    `before_discharge` counts from the planned discharge; otherwise `rule` counts from the moment
    the condition was identified.
    """

    rule: DueRule | None = None
    before_discharge: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a row says. `says` maps a language to a sentence of the pack's own."""

    notify: Notify
    report: bool
    level: Level
    plan_offered: bool
    lead: LeadKind
    co_leads: tuple[LeadKind, ...] = ()
    due: RowDue | None = None
    report_due: RowDue | None = None
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleRow:
    """One row: an id, a condition, an outcome and its authority."""

    id: str
    when: Condition
    then: Outcome
    citations: tuple[str, ...]
    review_needed: bool

    @property
    def is_default(self) -> bool:
        """Say whether this row holds for all facts."""
        return self.when == ALWAYS


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleTable:
    """The notification rules of a jurisdiction in one version.

    `sends` lists, for each kind of notification, the fields that leave the building, and
    `report_sends` those of a report. `tribe_leads` lets the child's Tribe lead where there is
    reason to know of an Indian child. `effective_to` is the first day no longer covered.
    """

    jurisdiction: str
    version: str
    effective_from: date
    effective_to: date | None
    rows: tuple[RuleRow, ...]
    sends: Mapping[Notify, tuple[SentField, ...]]
    report_sends: tuple[SentField, ...]
    tribe_leads: bool = True

    def covers(self, *, day: date) -> bool:
        """Say whether this version was in force on a legal day."""
        return self.effective_from <= day and (self.effective_to is None or day < self.effective_to)

    def row_for(self, *, facts: BirthFacts) -> RuleRow:
        """Return the first row that holds. A checked table always has one."""
        return next(row for row in self.rows if holds(condition=row.when, facts=facts))

    def effective_notify(self, *, outcome: Outcome) -> Notify:
        """Return the kind of notification that the fields sent make it.

        # INVARIANT: a notification that carries an identifying field is identified, whatever
        the pack calls it (DESIGN 2; 45 CFR 164.514(b)(2)).
        """
        if outcome.notify is Notify.DEIDENTIFIED and self.identifying_fields:
            return Notify.IDENTIFIED
        return outcome.notify

    @property
    def identifying_fields(self) -> tuple[SentField, ...]:
        """The fields that keep a nameless notification from being de-identified."""
        sent = self.sends.get(Notify.DEIDENTIFIED, ())
        return tuple(sent_field for sent_field in sent if sent_field.identifies)
