"""The PIN that opens a locked screen: six digits, not a run and not one digit six times, hashed like a password."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.hashers import check_password, make_password

LENGTH = 6
_RUNS = ("01234567890", "09876543210")


def is_good(pin: str) -> bool:
    """Whether `pin` may be used: six digits that nobody guesses in five tries."""
    if len(pin) != LENGTH or not (pin.isascii() and pin.isdigit()):
        return False
    return len(set(pin)) > 2 and not any(pin in run for run in _RUNS)


def sealed(pin: str, *, practice: bool = False) -> str:
    """The hash to keep. In a practice world the same PIN is hashed once, since a hundred made-up workers share it."""
    return _once(pin) if practice else make_password(pin)


def opens(pin: str, sealed_pin: str) -> bool:
    """Whether `pin` is the one that was kept. An empty `sealed_pin` opens for nobody."""
    return bool(sealed_pin) and check_password(pin, sealed_pin)


@cache
def _once(pin: str) -> str:
    return make_password(pin)
