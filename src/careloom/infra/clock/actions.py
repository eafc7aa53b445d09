"""Moves the clock of a demo world. Only the owner role may; a live world refuses."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from careloom.infra.clock import reading
from careloom.infra.clock.models import ClockOffset


class ClockRefusedError(RuntimeError):
    """The clock may not be moved here, or not backwards."""


def advance(*, by: timedelta) -> timedelta:
    """Move the clock of a demo world ahead and return the whole offset.

    Raises:
        ClockRefusedError: in a live world, or when `by` is not positive.
    """
    if settings.CARELOOM_WORLD != "demo":
        raise ClockRefusedError("Only a demo world has a clock that can be moved. Start one with bin/up in another CARELOOM_HOME.")
    if by <= timedelta(0):
        raise ClockRefusedError("The clock only moves ahead. Give a positive time such as 30d.")
    row, _ = ClockOffset.objects.using("owner").get_or_create(pk=1)
    row.ahead_by += by
    row.save(using="owner")
    reading.forget()
    return row.ahead_by
