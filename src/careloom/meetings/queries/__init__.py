"""Reads of the meetings. Each asks first how the reader stands to the collaborative."""

from careloom.meetings.queries.calendar import BodyYear, Calendar, ahead_of, calendar_of, coming_up, meetings_of
from careloom.meetings.queries.numbers import Coming, Ledger, attendance_over, ledgers_of, parts_of, visits_of
from careloom.meetings.queries.promises import Mine, Promised, PromisePage, mine, promise_of, promises_of, told_of
from careloom.meetings.queries.sitting import Sitting, decision_of, decisions_about, decisions_of, sitting_of

__all__ = [
    "BodyYear", "Calendar", "Coming", "Ledger", "Mine", "PromisePage", "Promised", "Sitting", "ahead_of", "attendance_over", "calendar_of",
    "coming_up", "decision_of", "decisions_about", "decisions_of", "ledgers_of", "meetings_of", "mine", "parts_of", "promise_of", "promises_of",
    "sitting_of", "told_of", "visits_of",
]  # fmt: skip
