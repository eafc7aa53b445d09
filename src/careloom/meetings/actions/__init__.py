"""What the meetings write. Each action is one transaction, for `by`, at `at`; a refusal is a value, and a form sent twice is one row."""

from careloom.meetings.actions.agenda import add_item, build_agenda, keep_agenda, publish_agenda, write_notes
from careloom.meetings.actions.barring import decide_barrier
from careloom.meetings.actions.bringing import commit, log_visit, put_load, put_priority, put_represents, report
from careloom.meetings.actions.deciding import decide, put_dissent
from careloom.meetings.actions.holding import Read, approve_minutes, begin_meeting, end_meeting, send_minutes, take_attendance
from careloom.meetings.actions.promises import go_on, promise
from careloom.meetings.actions.scheduling import cancel_meeting, put_meeting, put_series

__all__ = [
    "Read", "add_item", "approve_minutes", "begin_meeting", "build_agenda", "cancel_meeting", "commit", "decide", "decide_barrier", "end_meeting",
    "go_on", "keep_agenda", "log_visit", "promise", "publish_agenda", "put_dissent", "put_load", "put_meeting", "put_priority",
    "put_represents", "put_series", "report", "send_minutes", "take_attendance", "write_notes",
]  # fmt: skip
