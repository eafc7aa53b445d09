"""What the kernel remembers to be quick: its own rules and words, never a question, a paper or a person."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

Found = TypeVar("Found", bound=Callable[..., object])
_FORGET: list[Callable[[], None]] = []


def remembered(function: Found) -> Found:
    """Remember the last answers of a function of rules and words. It must be pure, and its arguments must name no one."""
    kept = lru_cache(maxsize=8192)(function)
    _FORGET.append(kept.cache_clear)
    return kept  # type: ignore[return-value]


def also_forget(clear: Callable[[], None]) -> None:
    """Let `forget` clear this too."""
    _FORGET.append(clear)


def forget() -> None:
    """Forget everything: for a test that changes a function of the kernel while it runs."""
    for clear in _FORGET:
        clear()
