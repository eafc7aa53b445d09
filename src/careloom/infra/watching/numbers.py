"""The number of a request, which a person can read out to the help line and an operator finds in the log."""

from __future__ import annotations

import secrets
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("careloom_request_number", default="")


def begin() -> str:
    """A new number for the request that begins in this thread: eight letters and digits that say nothing."""
    number = secrets.token_hex(4)
    _current.set(number)
    return number


def end() -> None:
    """The request is over: a thread that is used again has no number until the next one."""
    _current.set("")


def current() -> str:
    """The number of the request that this thread answers, or ""."""
    return _current.get()
