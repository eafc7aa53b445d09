"""Moves the clock of a demo world. Only the owner role may; a live world refuses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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


def stand_at(*, instant: datetime) -> None:
    """Have the clock of a practice world stand at an instant, also one that is past: for a county that is walked through its year, by itself.

    Nobody else may use that world meanwhile; whoever walks it sets the clock right at the end.

    Raises:
        ClockRefusedError: in a live world.
    """
    if settings.CARELOOM_WORLD != "demo":
        raise ClockRefusedError("Only a demo world has a clock that can be moved. Start one with bin/up in another CARELOOM_HOME.")
    ClockOffset.objects.using("owner").update_or_create(pk=1, defaults={"ahead_by": instant - datetime.now(tz=UTC)})
    reading.forget()


def stand_right() -> None:
    """Have the clock of a practice world show the real present again."""
    ClockOffset.objects.using("owner").filter(pk=1).update(ahead_by=timedelta(0))
    reading.forget()
