"""What takes a birth that a hospital's system told. The faces know nothing of each other, so `config.subscriptions` joins them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from careloom.fhir.resources.shape import Json
from careloom.infra.access import Viewer


class TakesBirth(Protocol):
    """Reads a mother and her newborns from the entries of a message and starts the draft of their notification.

    Answers the id of the notification, or the faults, each with its FHIR path and what to do.
    """

    def __call__(self, *, by: Viewer, at: datetime, bundle: Json, source: str, pack: str) -> UUID | Sequence[str]: ...


_takers: list[TakesBirth] = []


def on_birth(taker: TakesBirth) -> Callable[[], None]:
    """Join the one that takes births; answers what takes it away again."""
    _takers.append(taker)
    return lambda: _takers.remove(taker)


def take_birth(*, by: Viewer, at: datetime, bundle: Json, source: str, pack: str) -> UUID | Sequence[str]:
    """Give a birth to the one that was joined."""
    return _takers[-1](by=by, at=at, bundle=bundle, source=source, pack=pack)
