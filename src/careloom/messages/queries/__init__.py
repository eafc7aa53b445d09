"""Reads of appointments, of how the mother may be reached, and of what the team and she write to each other."""

from careloom.messages.contact import Channel, Ways, ways_for
from careloom.messages.queries.appointments import ahead_of, appointments_of, clashing, day_of, kept_visits
from careloom.messages.queries.contact import live_feed, own_rules, policy_of
from careloom.messages.queries.threads import (
    Reader,
    ThreadLine,
    ThreadPage,
    paper_of,
    readers_of,
    thread_page,
    threads_about,
    unread_for_her,
    who_may_join,
)

__all__ = [
    "Channel",
    "Reader",
    "ThreadLine",
    "ThreadPage",
    "Ways",
    "ahead_of",
    "appointments_of",
    "clashing",
    "day_of",
    "kept_visits",
    "live_feed",
    "own_rules",
    "paper_of",
    "policy_of",
    "readers_of",
    "thread_page",
    "threads_about",
    "unread_for_her",
    "ways_for",
    "who_may_join",
]
