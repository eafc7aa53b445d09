"""What other rooms bring to a worker's day: something that she owes or that came back to her. Rooms bring it; Today draws it.

It is no obligation: nothing is kept, each room asks its own rows, and what is done there is gone here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careloom.infra.access import Viewer


@dataclass(frozen=True, kw_only=True)
class Brought:
    """One thing: its words (verb first), where it belongs, where it leads and the words of that link, and the last day where there is one.

    `identity_id`: the family that it is about, where the reader may know; `news`: it came back to her, and nothing is owed.
    """

    head: str
    where: str
    url: str
    do: str
    due_on: date | None = None
    late: bool = False
    news: bool = False
    identity_id: UUID | None = None


Bringing = Callable[[Viewer, datetime], Iterable[Brought]]
_BRINGING: list[Bringing] = []


def on_day(bring: Bringing) -> None:
    """Let a room bring what it has for a reader; once for each room."""
    if bring not in _BRINGING:
        _BRINGING.append(bring)


def brought_to(*, viewer: Viewer, at: datetime) -> tuple[Brought, ...]:
    """Everything for this reader: what is owed by its last day, what is late first; then what came back."""
    return in_order(one for bring in _BRINGING for one in bring(viewer, at))


def in_order(found: Iterable[Brought]) -> tuple[Brought, ...]:
    """What is late first, then by its last day; what came back at the end."""
    return tuple(sorted(found, key=lambda one: (one.news, not one.late, one.due_on or date.max, one.head)))
