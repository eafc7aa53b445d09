"""Journeys on several machines: what the test process must know that the pages are answered by other processes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, overload

import pytest
from django.test import override_settings
from tests.several.rooms import Room, room

from careloom.infra.clock import reading

#: A process reads the practice clock anew each second: who moved it waits until every machine knows.
_KNOWN_TO_ALL: Final = reading.REREAD_SECONDS + 0.2
_HASHERS: Final = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]


#: Where the machines of the story that is played put what they send.
_POSTS: list[Path] = []


class Post(Sequence[str]):
    """The texts of the messages that leave from now on: those of this process, whose carrier it is, then those of the machines."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._here: list[tuple[str, str]] = []
        self.clear()
        here = self._here

        class Carrier:
            def send(self, *, channel: str, address: str, text: str) -> None:
                here.append((address, text))

        patch.setattr("careloom.messages.actions.sending.provider", Carrier)

    def clear(self) -> None:
        """Forget what left until now."""
        self._here.clear()
        self._before = {path: len(_lines(path)) for path in _POSTS}

    @property
    def sent(self) -> list[tuple[str, str]]:
        """Each as its address and its text."""
        return self._here + [line for path in _POSTS for line in _lines(path)[self._before[path] :]]

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: Any) -> Any:
        return [text for _, text in self.sent][index]

    def __len__(self) -> int:
        return len(self.sent)


def _lines(path: Path) -> list[tuple[str, str]]:
    """What a practice county keeps of its messages (`messages.providers.FileProvider`)."""
    parted = [line.split("\t", 2) for line in path.read_text().splitlines()] if path.exists() else []
    return [(address, text) for _, address, text in parted]


@contextmanager
def several_machines(blocker: Any, *, durable: bool = False, jobs: bool = True) -> Iterator[Room]:
    """A room of its own with two machines and their balancer, ready for the pages of a story."""
    with room() as made:
        made.server("db1", durable=durable)
        made.open(jobs=jobs)
        with played_in(made, blocker):
            yield made


@contextmanager
def a_site_of(made: Room, blocker: Any, *, story: int) -> Iterator[str]:
    """Two machines of a room whose server runs, on a new database for one module of journeys; the address of their balancer."""
    made.another_database(f"story_{story}")
    try:
        made.open(jobs=False)  # a story does the jobs itself, in its own order and with its own post
        with played_in(made, blocker):
            yield made.url
    finally:
        made.close()


@contextmanager
def played_in(made: Room, blocker: Any) -> Iterator[None]:
    """Let the test process set up and look behind the screens of this room."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser driver runs an event loop in this thread
    forget = reading.forget

    def forgotten() -> None:
        forget()
        time.sleep(_KNOWN_TO_ALL)

    # The machines know the real way to check a password only.
    with made.seen_by_django(blocker), override_settings(PASSWORD_HASHERS=_HASHERS), pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "forget", forgotten)
        _POSTS[:] = [machine.home / "outbox.txt" for machine in made.machines]
        try:
            yield
        finally:
            _POSTS.clear()
