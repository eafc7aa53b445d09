"""One section of the gallery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and the components under it."""

    key: str
    title: str
    items: tuple[Any, ...]
    note: str = ""
    css: str = "cl-stack"
    wrap: str = ""
