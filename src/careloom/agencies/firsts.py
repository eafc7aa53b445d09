"""What a worker must have done before she meets families: her agency's code of conduct and the trainings that it asks for.

`Agency.firsts` says what is asked and `Membership.cleared` what she has done, so that the gate needs no query. Both are kept by `careloom.conduct`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from careloom.agencies.models import Membership
from careloom.infra import clock

# Her sign-in remembers the day on which she was let through, so that a form opened before midnight is not refused after it.
PASSED: Final = "firsts_passed"


@dataclass(frozen=True, kw_only=True)
class First:
    """One thing that is asked: a code of conduct (`kind` CODE) or a training (TRAINING), from `starts_on` on."""

    id: str
    kind: str
    title: str
    starts_on: date


def asked(membership: Membership) -> tuple[First, ...]:
    """Everything that her agency asks, also what is asked from a later day on; no query."""
    return tuple(
        First(id=one["id"], kind=one["kind"], title=one["title"], starts_on=date.fromisoformat(one["from"])) for one in membership.agency.firsts
    )


def is_done(one: First, *, membership: Membership, today: date) -> bool:
    """Whether she has done it and it still counts on `today`."""
    until = membership.cleared.get(one.id)
    return until is not None and (until == "" or date.fromisoformat(until) >= today)


def lacking(membership: Membership) -> tuple[First, ...]:
    """What keeps her from the pages of families today, by her agency's calendar; no query."""
    if not membership.agency.firsts:
        return ()
    today = clock.today(membership.agency.zone)
    return tuple(one for one in asked(membership) if one.starts_on <= today and not is_done(one, membership=membership, today=today))


def lets_through(membership: Membership, *, session: Any, is_reading: bool) -> bool:
    """Whether the gate opens. A form is let through when its page was opened by this sign-in yesterday or today: nothing that was typed is lost."""
    if not membership.agency.firsts:
        return True
    today = clock.today(membership.agency.zone)
    if not lacking(membership):
        if session.get(PASSED) != today.isoformat():
            session[PASSED] = today.isoformat()
        return True
    return not is_reading and session.get(PASSED, "") >= (today - timedelta(days=1)).isoformat()
