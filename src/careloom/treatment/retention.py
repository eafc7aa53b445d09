"""How long somebody stayed in treatment, computed from the episodes. No reading. Source: workflows 6.15."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MARKS = (30, 90, 180, 365)


@dataclass(frozen=True, kw_only=True)
class Stay:
    """One time in treatment: its first day, and its last where it ended."""

    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Retained:
    """Days in treatment without a gap up to a day, which marks were reached, and which is next on which day (None after the last)."""

    since: date
    days: int
    reached: tuple[int, ...]
    next_mark: int | None
    next_on: date | None


def retained(stays: Iterable[Stay], *, as_of: date) -> Retained | None:
    """The stay that lasts on `as_of`, with what leads up to it without a day between; None where none lasts.

    A transfer to another level or program is one stay (a stay that begins on the day another ends, or the next). The first day counts as day 0.
    """
    begun = [stay for stay in stays if stay.starts_on <= as_of]
    lasting = [stay.starts_on for stay in begun if stay.ends_on is None or stay.ends_on >= as_of]
    if not lasting:
        return None
    since = min(lasting)
    for stay in sorted(begun, key=lambda one: one.starts_on, reverse=True):
        if stay.ends_on is not None and stay.starts_on < since <= stay.ends_on + timedelta(days=1):
            since = stay.starts_on
    days = (as_of - since).days
    ahead = next((mark for mark in MARKS if mark > days), None)
    return Retained(
        since=since, days=days, reached=tuple(mark for mark in MARKS if mark <= days), next_mark=ahead,
        next_on=since + timedelta(days=ahead) if ahead else None,
    )  # fmt: skip
