"""How to reach the mother safely, appointments, messages that went out, and what the team and she write to each other."""

from careloom.messages.models.appointment import Appointment
from careloom.messages.models.contact import SafeContact, SafetyPolicy, UnsafeContact
from careloom.messages.models.feed import CalendarFeed
from careloom.messages.models.sent import Message
from careloom.messages.models.thread import Attachment, Entry, Participant, Thread

__all__ = ["Appointment", "Attachment", "CalendarFeed", "Entry", "Message", "Participant", "SafeContact", "SafetyPolicy", "Thread", "UnsafeContact"]
