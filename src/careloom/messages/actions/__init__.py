"""What can be done: appointments, how she may be reached, neutral text messages, and what the team and she write to each other."""

from careloom.infra.answers import Done, Refused
from careloom.messages.actions.appointments import plan_appointment, set_appointment_state
from careloom.messages.actions.contact import ContactRules, keep_policy, note_unsafe, put_safe_contact, use_other_way
from careloom.messages.actions.feeds import MadeFeed, end_feed, make_feed
from careloom.messages.actions.sending import NotSent, send, send_waiting
from careloom.messages.actions.threads import Written, add_entry, leave_thread, read_thread, start_thread

__all__ = [
    "ContactRules",
    "Done",
    "MadeFeed",
    "NotSent",
    "Refused",
    "Written",
    "add_entry",
    "end_feed",
    "keep_policy",
    "leave_thread",
    "make_feed",
    "note_unsafe",
    "plan_appointment",
    "put_safe_contact",
    "read_thread",
    "send",
    "send_waiting",
    "set_appointment_state",
    "start_thread",
    "use_other_way",
]  # fmt: skip
