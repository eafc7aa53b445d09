"""Clocks: business days, legal days, due rules, review schedules and court clocks."""

from careloom.kernel.clocks.calendar import (
    BusinessCalendar,
    add_business_days,
    add_months,
    business_days_between,
    local_day,
    next_midnight,
    start_of_day,
)
from careloom.kernel.clocks.due import DueRule, Unit, due_at, due_on
from careloom.kernel.clocks.permanency import (
    CareClock,
    CareRule,
    EntryBecause,
    Extension,
    Pause,
    PauseKind,
    Spell,
    care_clock,
    extension_gaps,
    file_on,
    notice_not_before,
)
from careloom.kernel.clocks.reviews import (
    EscalationStep,
    ReviewSchedule,
    escalation_step,
    next_review,
    review_dates,
    review_days,
)
from careloom.kernel.clocks.statutory import (
    alert_dates,
    entered_care_on,
    permanency_hearing_due_on,
    status_review_due_on,
)

__all__ = [
    "BusinessCalendar",
    "CareClock",
    "CareRule",
    "DueRule",
    "EntryBecause",
    "EscalationStep",
    "Extension",
    "Pause",
    "PauseKind",
    "ReviewSchedule",
    "Spell",
    "Unit",
    "add_business_days",
    "add_months",
    "alert_dates",
    "business_days_between",
    "care_clock",
    "due_at",
    "due_on",
    "entered_care_on",
    "escalation_step",
    "extension_gaps",
    "file_on",
    "local_day",
    "next_midnight",
    "next_review",
    "notice_not_before",
    "permanency_hearing_due_on",
    "review_dates",
    "review_days",
    "start_of_day",
    "status_review_due_on",
]
