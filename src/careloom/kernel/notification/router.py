"""The notify-or-report router: facts and a rule table in, one answer out (row R-151)."""

from __future__ import annotations

from datetime import date, datetime

from careloom.kernel.clocks import BusinessCalendar, DueRule, Unit, due_at, due_on, local_day, next_midnight
from careloom.kernel.notification.answer import NotificationAnswer
from careloom.kernel.notification.explain import (
    reasons_before_sending,
    reasons_for_facts,
    reasons_for_outcome,
)
from careloom.kernel.notification.facts import BirthFacts
from careloom.kernel.notification.table import Outcome, RowDue, RuleTable
from careloom.kernel.notification.vocabulary import LeadKind, Notify, YesNoUnsure
from careloom.kernel.notification.what_if import what_would_change


def decide(*, facts: BirthFacts, rules: RuleTable, identified_at: datetime, calendar: BusinessCalendar) -> NotificationAnswer:
    """Answer for one birth.

    `identified_at` is the instant at which the exposure or sign was identified; due times count
    from it in the calendar's zone. The table must have been checked on load (it has a default
    row). The same facts and table always give the same answer.
    """
    row = rules.row_for(facts=facts)
    then = row.then
    notify = rules.effective_notify(outcome=then)
    lead, co_leads = _leads(facts, rules, then)
    on, at = _due(then.due, facts, identified_at, calendar)
    if notify is Notify.NONE:
        on, at = None, None
    _, report_at = _due(then.report_due, facts, identified_at, calendar)
    return NotificationAnswer(
        notify=notify,
        report=then.report,
        level=then.level,
        plan_offered=then.plan_offered,
        lead=lead,
        co_leads=co_leads,
        due_on=on,
        due_at=at,
        report_due_at=report_at if then.report else None,
        says=reasons_for_outcome(
            facts=facts,
            row=row,
            table=rules,
            lead=lead,
            due_at=at,
            report_due_at=report_at,
            zone=calendar.zone,
        ),
        because=reasons_for_facts(facts=facts, row=row),
        before_sending=reasons_before_sending(facts=facts, sends=then.report or notify is not Notify.NONE),
        would_change=what_would_change(facts=facts, rules=rules),
        sent_fields=() if notify is Notify.NONE else rules.sends.get(then.notify, ()),
        report_fields=rules.report_sends if then.report else (),
        rule_id=row.id,
        rule_version=rules.version,
        jurisdiction=rules.jurisdiction,
        citations=row.citations,
        review_needed=row.review_needed,
    )


def _leads(facts: BirthFacts, rules: RuleTable, then: Outcome) -> tuple[LeadKind, tuple[LeadKind, ...]]:
    """Put the Tribe first where the pack lets it lead (NM 8.10.5.9; DESIGN 5)."""
    tribal = rules.tribe_leads and facts.indian_child is YesNoUnsure.YES and then.plan_offered
    if tribal and then.lead is not LeadKind.TRIBE:
        others = (then.lead, *(kind for kind in then.co_leads if kind is not LeadKind.TRIBE))
        return LeadKind.TRIBE, others
    return then.lead, then.co_leads


def _due(due: RowDue | None, facts: BirthFacts, start: datetime, calendar: BusinessCalendar) -> tuple[date | None, datetime | None]:
    if due is None:
        return None, None
    if due.before_discharge:
        if facts.discharge_on is None:
            return None, None
        return facts.discharge_on, next_midnight(day=facts.discharge_on, zone=calendar.zone)
    rule = due.rule or DueRule(unit=Unit.IMMEDIATE)
    at = due_at(start=start, rule=rule, calendar=calendar)
    if rule.unit in (Unit.IMMEDIATE, Unit.HOURS):
        return local_day(at=at, zone=calendar.zone), at
    day = local_day(at=start, zone=calendar.zone)
    return due_on(start=day, rule=rule, calendar=calendar), at
