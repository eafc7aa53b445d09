"""What a change of a data clause would begin and stop: done in a savepoint, read, and always rolled back.

The numbers are the agency's own families, so they are exact and stay inside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from careloom.consents.actions.outcomes import Changed, require_papers
from careloom.infra.access import Viewer
from careloom.infra.access.models import Grant
from careloom.infra.answers import Refused, Stale

Flows = frozenset[tuple[UUID, str]]


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What would follow: of how many people something begins or stops to flow to the other agency, and which kinds of record.

    `refused` holds the codes of a change that would not be done; nothing else is told then.
    """

    begins: int = 0
    stops: int = 0
    begins_kinds: tuple[str, ...] = ()
    stops_kinds: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def try_change(*, by: Viewer, at: datetime, recipient_id: UUID, change: Callable[[], Changed | Refused | Stale]) -> Effect:
    """What `change` would do to what flows from the agency of `by` to one recipient. Leaves nothing behind.

    Raises what the change raises: NotVisible for a role that keeps no papers.
    """
    require_papers(by)
    with _rolled_back():
        before = _flowing(by=by, at=at, recipient_id=recipient_id)
        done = change()
        if isinstance(done, Refused):
            return Effect(refused=done.codes)
        after = _flowing(by=by, at=at, recipient_id=recipient_id)
    new, gone = after - before, before - after
    return Effect(
        begins=len({identity for identity, _ in new}), stops=len({identity for identity, _ in gone}),
        begins_kinds=tuple(sorted({kind for _, kind in new})), stops_kinds=tuple(sorted({kind for _, kind in gone})),
    )  # fmt: skip


def _flowing(*, by: Viewer, at: datetime, recipient_id: UUID) -> Flows:
    """Who flows, and what of them; also what begins on a later day, because the paper is what is judged."""
    # All of them, whatever kinds of record the role opens: who keeps the papers answers for all that flows.
    rows = Grant.objects.filter(holder_id=by.holder_id, recipient_id=recipient_id, valid_to__gt=at).filter(valid_to__gt=F("valid_from"))
    return frozenset(rows.values_list("identity_id", "category").distinct())


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
