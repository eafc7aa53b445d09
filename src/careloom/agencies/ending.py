"""Ends the sessions of a sign-in at once, on every device."""

from __future__ import annotations

from allauth.usersessions.models import UserSession


def end_sessions_of(*, user_id: int, but: str | None = None) -> int:
    """Remove every session of `user_id` except the one with key `but`; returns how many. Each next request of theirs is anonymous."""
    sessions = UserSession.objects.filter(user_id=user_id).exclude(session_key=but or "")
    count = 0
    for session in sessions:
        session.end()
        count += 1
    return count
